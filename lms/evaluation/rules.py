"""When a pilot may be changed, frozen, run and evaluated. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Any

from lms.evaluation.choices import Baseline, Signatory
from lms.evaluation.designs import Layout, flaws
from lms.evaluation.indicators.definition import Definition
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.protocol import Change, amended
from lms.evaluation.units import NAMES, SCALES, Unit, fits, limits
from lms.evaluation.verdict import Direction
from lms.kernel.refusals import Refusal

MOST_PRIMARY = 5
"""More primary indicators and one of them is met by luck (evaluation reference, section 3.8)."""


class PilotCodeTaken(Refusal):
    """Another pilot has this code already."""


class PilotCodeMalformed(Refusal):
    """A pilot's code is not of letters, digits and hyphens."""


class PilotEndsBeforeStart(Refusal):
    """A pilot's last day is before its first."""


class PilotWithoutTeams(Refusal):
    """A pilot names no team, so that it concerns nobody."""


class AllTeamsCompared(Refusal):
    """Every team of a pilot is in its comparison group, so that none tries anything."""


class ComparedOutsidePilot(Refusal):
    """A team of the comparison group, or one that starts by steps, is no team of the pilot."""


class StepOutsidePilot(Refusal):
    """A team would start before the pilot's first day or after its last."""


class DesignCannotAnswer(Refusal):
    """The design lacks something without which it cannot answer its question."""


class PilotsOverlap(Refusal):
    """Another frozen pilot has some of the same people on some of the same days."""


class NoSignatory(Refusal):
    """Nobody signs for the protocol."""


class BaselineWithoutSource(Refusal):
    """A value from before the pilot says nothing without where it is known from."""


class BaselineOutOfRange(Refusal):
    """A baseline is outside the range of the indicator's unit, or counts fewer than one."""


class PilotFrozen(Refusal):
    """The protocol is frozen: only an amendment changes it."""


class ProtocolNotFrozen(Refusal):
    """There is no frozen protocol yet."""


class PilotWithoutIndicators(Refusal):
    """A protocol without an indicator answers nothing."""


class TooManyPrimaryIndicators(Refusal):
    """A protocol declares more primary indicators than the rule allows."""


class CriticalMustBePrimary(Refusal):
    """A secondary indicator gets no verdict, so that it cannot be critical."""


class ThresholdOutOfRange(Refusal):
    """A threshold or an ambition is outside the range of the indicator's unit."""


class AmbitionOutOfRange(Refusal):
    """An ambition is outside the range of the indicator's unit."""


class AmbitionShortOfThreshold(Refusal):
    """An ambition asks for less than the threshold does."""


class ShareTypedAsFraction(Refusal):
    """A threshold under one per cent, where more is better, was meant as a fraction."""


class NeverRuled(Refusal):
    """The indicator is context only: it can be secondary, never primary."""


class OptionLacking(Refusal):
    """The indicator was not told what it needs beyond its modules."""


class LeastNumbersOutOfRange(Refusal):
    """The least numbers or the planning ICC of an indicator are out of range."""


class UntestableRecommendation(Refusal):
    """The audit says that no pilot can test this recommendation."""


class RecommendationOfAnotherAudit(Refusal):
    """The recommendation belongs to another audit than the pilot's."""


class NothingPlanned(Refusal):
    """No plan gives an indicator its denominator: nobody was asked to take a module for it."""


class ModulesNotPlanned(Refusal):
    """An indicator is to be computed on modules that no plan asks of the pilot's teams."""


class PilotCannotRun(Refusal):
    """The works council's opinion or the information notice lacks."""


class CutOffOutsidePilot(Refusal):
    """The cut-off day is before the pilot's first day or in the future."""


class RecordsGone(Refusal):
    """What people did in the pilot's modules while it ran has gone: figures without it would be wrong."""


class CutOffWithinWeek(Refusal):
    """Another evaluation is as of a day within a week: the two could differ by what one person did."""


class ConditionInFuture(Refusal):
    """An opinion or a notice is dated in the future."""


class AmendmentChangesNothing(Refusal):
    """The amendment leaves the protocol as it is."""


class State(StrEnum):
    """Where a pilot stands; derived, never typed."""

    DESIGN = "design"
    FROZEN = "frozen"
    RUNNING = "running"
    CLOSED = "closed"
    EVALUATED = "evaluated"


class Lacking(StrEnum):
    """What a pilot still needs before it runs."""

    PROTOCOL = "protocol"
    OPINION = "works_council_opinion"
    NOTICE = "information_notice"


@dataclass(frozen=True)
class Conditions:
    """The facts from which a pilot's state follows."""

    starts_on: date
    ends_on: date
    frozen: bool
    opinion_on: date | None
    notice_on: date | None
    evaluated_after_end: bool


def lacking(conditions: Conditions, today: date) -> list[Lacking]:
    """Return what stops the pilot from running today (evaluation reference, section 6)."""

    def there(day: date | None) -> bool:
        return day is not None and day <= today

    present = {
        Lacking.PROTOCOL: conditions.frozen,
        Lacking.OPINION: there(conditions.opinion_on),
        Lacking.NOTICE: there(conditions.notice_on),
    }
    return [name for name, found in present.items() if not found]


def state(conditions: Conditions, today: date) -> State:
    """Return the pilot's state. Past its first day it stays *frozen* while anything lacks."""
    if not conditions.frozen:
        return State.DESIGN
    if today < conditions.starts_on or lacking(conditions, today):
        return State.FROZEN
    if today <= conditions.ends_on:
        return State.RUNNING
    return State.EVALUATED if conditions.evaluated_after_end else State.CLOSED


def check_code(code: str) -> None:
    """Raise PilotCodeMalformed unless the code may stand in an address and a file name."""
    if not _CODE.fullmatch(code):
        raise PilotCodeMalformed(code=code)


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


def next_code(indicator: str, taken: Collection[str]) -> str:
    """Return the code of a further use of an indicator in one pilot: C1, then C1-2 and so on."""
    if indicator not in taken:
        return indicator
    return next(code for code in (f"{indicator}-{number}" for number in count(2)) if code not in taken)


def check_dates(starts_on: date, ends_on: date) -> None:
    """Raise PilotEndsBeforeStart unless the dates follow each other."""
    if ends_on < starts_on:
        raise PilotEndsBeforeStart(starts_on=starts_on, ends_on=ends_on)


def check_compared(team_ids: Collection[int], compared_ids: Collection[int]) -> None:
    """Raise a refusal unless the comparison group is some of the pilot's teams."""
    if set(compared_ids) - set(team_ids):
        raise ComparedOutsidePilot()
    if compared_ids and not set(team_ids) - set(compared_ids):
        raise AllTeamsCompared()


def check_steps(days: Iterable[date | None], starts_on: date, ends_on: date) -> None:
    """Raise StepOutsidePilot unless every team starts within the pilot."""
    for day in days:
        if day is not None and not starts_on <= day <= ends_on:
            raise StepOutsidePilot(day=day, starts_on=starts_on, ends_on=ends_on)


def check_layout(layout: Layout) -> None:
    """Raise DesignCannotAnswer for the first flaw that lets no protocol be frozen."""
    for flaw in flaws(layout):
        if flaw.blocking:
            raise DesignCannotAnswer(flaw=flaw.sentence)


def check_signatories(signatories: Iterable[Signatory]) -> None:
    """Raise NoSignatory unless someone signs, and everyone by name."""
    names = [signatory.name.strip() for signatory in signatories]
    if not names or not all(names):
        raise NoSignatory()


def check_baseline(definition: Definition, baseline: Baseline | None) -> None:
    """Raise a refusal unless a baseline can be a value of the indicator and has a source."""
    if baseline is None:
        return
    if not baseline.source.strip():
        raise BaselineWithoutSource()
    scale = SCALES[definition.unit]
    low, high = scale.lowest, scale.highest
    outside = (low is not None and baseline.value < low) or (high is not None and baseline.value > high)
    if outside or (baseline.n is not None and baseline.n < 1):
        raise BaselineOutOfRange(unit=NAMES[definition.unit])


def check_indicator(definition: Definition, values: Mapping[str, Any], *, compares: bool = False) -> None:
    """Raise a refusal for values (those of `AMENDABLE`, by name) that the indicator cannot have.

    Some are only ruled on where the pilot compares teams.
    """
    _check_threshold(definition, values["threshold"], values["ambition"])
    if values["n_min"] < 1 or values["min_teams"] < 1 or not 0 <= values["icc0"] < 1:
        raise LeastNumbersOutOfRange()
    if values["primary"] and not may_be_ruled(definition, compares=compares):
        raise NeverRuled(indicator=definition.code)
    if values["critical"] and not values["primary"]:
        raise CriticalMustBePrimary()


def may_be_ruled(definition: Definition, *, compares: bool) -> bool:
    """Whether an indicator may get a verdict, in a pilot that compares teams or does not."""
    return definition.ruled or (compares and definition.ruled_if_compared)


def _check_threshold(definition: Definition, threshold: float, ambition: float | None) -> None:
    unit, more = definition.unit, definition.direction is Direction.GE
    whole = definition.counts_all
    words = {"unit": NAMES[unit], "limits": limits(unit, whole=whole)}
    if not fits(unit, threshold, whole=whole):
        raise ThresholdOutOfRange(**words)
    if unit is Unit.SHARE and more and 0 < threshold < LEAST_SHARE:
        raise ShareTypedAsFraction()
    if ambition is None:
        return
    if not fits(unit, ambition, whole=whole):
        raise AmbitionOutOfRange(**words)
    if ambition < threshold if more else ambition > threshold:
        raise AmbitionShortOfThreshold()


LEAST_SHARE = 0.01
"""Nobody wants less than one in a hundred to succeed: 0.8 was typed for 80 per cent."""


def check_options(definition: Definition, given: Mapping[str, Collection[str]]) -> None:
    """Raise a refusal when the indicator lacks something it must be told, or is told what it does not know."""
    known = {option.name: option for option in definition.options}
    if given.keys() - known.keys():
        raise OptionLacking(option=", ".join(sorted(given.keys() - known.keys())))
    for option in known.values():
        if option.required and not given.get(option.name):
            raise OptionLacking(option=option.label)


def check_primary(flags: Iterable[bool]) -> None:
    """Raise a refusal unless there is an indicator and at most five are primary."""
    found = list(flags)
    if not found:
        raise PilotWithoutIndicators()
    if sum(found) > MOST_PRIMARY:
        raise TooManyPrimaryIndicators(most=MOST_PRIMARY, found=sum(found))


def check_amendment(document: Mapping[str, Any], change: Change) -> None:
    """Raise a refusal unless the change changes something to a value it may have."""
    if change.before == change.after:
        raise AmendmentChangesNothing()
    result = amended(dict(document), [change.document()])
    check_dates(date.fromisoformat(result["pilot"]["starts_on"]), date.fromisoformat(result["pilot"]["ends_on"]))
    for entry in result["indicators"]:
        check_indicator(INDICATORS[entry["indicator"]], entry, compares=bool(result["pilot"]["comparison_teams"]))
    check_primary(entry["primary"] for entry in result["indicators"])


def check_a_week_apart(as_of: date, others: Iterable[date]) -> None:
    """Raise CutOffWithinWeek where another evaluation is less than a week away; as of the same day again is allowed."""
    near = [other for other in others if 0 < abs((other - as_of).days) < _WEEK]
    if near:
        raise CutOffWithinWeek(as_of=as_of, other=near[0])


_WEEK = 7


def told_apart(made: Iterable[tuple[int, date]]) -> frozenset[int]:
    """Return which evaluations (number, day) may be read side by side: whoever reads pages finds no others.

    A command may evaluate as of any day. In the order in which they were made, those stay away that lie less than
    a week from one that may be read; as of the same day they may be as many as there are.
    """
    days: set[date] = set()
    found = set()
    for number, as_of in sorted(made):
        if all(other == as_of or abs((other - as_of).days) >= _WEEK for other in days):
            days.add(as_of)
            found.add(number)
    return frozenset(found)


def check_cut_off(conditions: Conditions, as_of: date, today: date) -> None:
    """Raise a refusal unless the pilot could run by that day and the day has come."""
    if not conditions.frozen:
        raise ProtocolNotFrozen()
    if missing := lacking(conditions, as_of):
        raise PilotCannotRun(lacking=missing)
    if not conditions.starts_on <= as_of <= today:
        raise CutOffOutsidePilot(as_of=as_of, starts_on=conditions.starts_on, today=today)
