"""How a rule says no.

A refusal is an exception class with a one-sentence docstring. It carries facts,
never words for a reader: `web/shared/refusals.py` words each class once, in the
reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


class Refusal(Exception):
    """A rule of the domain said no."""

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__doc__, facts)
        self.facts = facts


class NotFound(Refusal):
    """What was asked for does not exist, or not for this person."""


class Forbidden(Refusal):
    """The person may not do this."""


@dataclass(frozen=True)
class Problem:
    """One fault at one place of one file.

    `code` names the rule that was broken (it is worded in `web/shared/problems.py`);
    `facts` fill its sentence; `line` counts from 1; `path` is the field, dotted.
    """

    code: str
    file: str = ""
    line: int | None = None
    path: str = ""
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class TextFault:
    """One fault in one text of a document; `line` counts from 1 within the text."""

    code: str
    line: int
    found: str


class FileRefused(Refusal):
    """A file brought in from elsewhere has faults; nothing of it was kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=tuple(problems))
        self.problems = tuple(problems)
