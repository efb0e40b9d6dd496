"""What can be asked for: each room registers its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.kernel.refusals import Refusal

Report = Callable[[int, int], None]
"""Say how many steps are done, and how many there are."""
Arguments = Mapping[str, Any]
Save = Callable[[Mapping[str, Any]], None]
"""Commit what was written so far, and with it how far that is; raises JobCancelled when it is another's by now."""


def save_nothing(reached: Mapping[str, Any]) -> None:
    """Save for nobody: what is done once and for all."""


@dataclass(frozen=True)
class Asked:
    """What whoever does the work is told."""

    arguments: Arguments
    by: int | None
    reached: Mapping[str, Any] | None = None
    """What whoever began it before had saved last; None when nothing was."""
    save: Save = save_nothing


@dataclass(frozen=True)
class Kind:
    """A kind of job.

    `work` reads and computes, for as long as it takes; it writes nothing but what is known by its
    own content, a file or a voice, so that doing it twice does no harm. `keep` writes what
    `work` found and returns what is told of it, in the very transaction that ends the job: so
    a job that was begun twice is kept once.

    Work that is too long for one transaction, and of which each part holds by itself, writes part by
    part: `asked.save` commits a part with the place that was reached, in one transaction, so that
    whoever takes the job up goes on from there (`asked.reached`).
    """

    name: str
    work: Callable[[Asked, Report], Any]
    keep: Callable[[Any], dict[str, Any]]
    due: Callable[[datetime], Iterable[tuple[str, Arguments]]] = lambda now: ()
    """What the house asks by itself at a moment: subjects with their arguments."""


class JobFailed(Refusal):
    """Something unexpected happened while the work was done."""


class JobBrokenOff(Refusal):
    """The same, of work whose parts hold by themselves, once one was saved."""


class JobGivenUp(Refusal):
    """Whoever worked on it was stopped again and again, and none got further than those before."""


class JobCancelled(Refusal):
    """Whoever asked for it wants it no longer."""


class JobCutShort(Refusal):
    """The same, of work whose parts hold by themselves."""


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known."""
    KINDS[kind.name] = kind
    return kind


def silent(done: int, whole: int) -> None:
    """Report to nobody."""
