"""Who came week by week, by shift, and in which weeks a kiosk was down. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from lms.delivery.service import TerminalDay
from lms.evaluation.facts import Facts
from lms.evaluation.indicators.reach import REACH
from lms.evaluation.masking import held_shifts
from lms.evaluation.measures.case import Case, persons
from lms.evaluation.monitoring.weekly import WEEK
from lms.evaluation.series.weeks import Document, weeks
from lms.kernel.suppression import hidden_groups

LEAST_HEARD = 0.9
"""Share of its service in which a kiosk is heard of in a week without an outage."""


@dataclass(frozen=True)
class Week:
    """One shift in one week; None is hidden."""

    starts_on: date
    present: int | None
    active: int | None

    @property
    def share(self) -> float | None:
        """Those active among those present."""
        return self.active / self.present if self.present and self.active is not None else None


@dataclass(frozen=True)
class ShiftUse:
    """A shift's weeks, and how many of its people came at all."""

    shift: str
    people: int | None
    reached: int | None
    weeks: tuple[Week, ...]


def by_shift(facts: Facts, least: int) -> list[ShiftUse]:
    """Return each shift's use, shifts by code; those too small, and what would give them away, are hidden."""
    came = {sitting.person for sitting in facts.sittings}
    cases = [Case(member.person, member.team, member.shift, member.person in came) for member in facts.members]
    told = {shift: _weeks(facts, shift) for shift in {case.shift for case in cases}}
    # All shifts together are told of each week too, and teams elsewhere.
    held = held_shifts(REACH, cases, least)
    by_week = [
        hidden_groups({shift: rows[place]["present"] or 0 for shift, rows in told.items()}, least)
        for place in range(min(map(len, told.values()), default=0))
    ]
    return [
        ShiftUse(shift, None, None, ()) if shift in held else _shift(shift, cases, told[shift], by_week)
        for shift in sorted(filter(None, told))
    ]


def _weeks(facts: Facts, shift: str | None) -> list[Document]:
    return weeks(replace(facts, members=tuple(one for one in facts.members if one.shift == shift)), 1) or []


def _shift(
    shift: str, cases: Iterable[Case], rows: Iterable[Document], held: Iterable[Collection[str | None]]
) -> ShiftUse:
    own = [case for case in cases if case.shift == shift]
    found = (_week(row, hidden=shift in those) for row, those in zip(rows, held, strict=True))
    return ShiftUse(shift, persons(own), persons([case for case in own if case.success]), tuple(found))


def _week(row: Document, *, hidden: bool) -> Week:
    told = (None, None) if hidden else (row["present"], row["active"])
    return Week(date.fromisoformat(row["from"]), *told)


@dataclass(frozen=True)
class Outage:
    """A week in which a kiosk was not heard of for much of its service."""

    terminal: int
    starts_on: date
    """Of the week."""
    missed_minutes: int


def outages(days: Iterable[TerminalDay], starts_on: date, cut_off: date) -> list[Outage]:
    """Return the weeks with an outage, by week and kiosk."""
    minutes: dict[tuple[date, int], list[int]] = {}
    for day in days:
        if starts_on <= day.day <= cut_off:
            week = day.day - (day.day - starts_on) % WEEK
            count = minutes.setdefault((week, day.terminal_id), [0, 0])
            count[0] += day.scheduled_minutes
            count[1] += day.seen_minutes
    return [
        Outage(terminal, week, scheduled - seen)
        for (week, terminal), (scheduled, seen) in sorted(minutes.items())
        if scheduled and seen < LEAST_HEARD * scheduled
    ]
