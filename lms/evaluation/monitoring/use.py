"""Who came week by week, by shift, and in which weeks a kiosk was down. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lms.delivery.service import TerminalDay
from lms.evaluation.facts import Facts
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
    sizes: dict[str | None, int] = {}
    for member in facts.members:
        sizes[member.shift] = sizes.get(member.shift, 0) + 1
    held = hidden_groups(sizes, least)
    shifts = sorted(shift for shift in sizes if shift is not None)
    return [_shift(shift, facts, least, hidden=shift in held) for shift in shifts]


def _shift(shift: str, facts: Facts, least: int, *, hidden: bool) -> ShiftUse:
    own = tuple(member for member in facts.members if member.shift == shift)
    if hidden:
        return ShiftUse(shift, None, None, ())
    people = {member.person for member in own}
    came = {sitting.person for sitting in facts.sittings} & people
    told = weeks(replace(facts, members=own), least) or []
    return ShiftUse(shift, len(people), len(came), tuple(_week(row) for row in told))


def _week(row: Document) -> Week:
    return Week(date.fromisoformat(row["from"]), row["present"], row["active"])


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
