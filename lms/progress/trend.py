"""How completion grew, week after week, of those who are asked as of a day.

Weeks are published at fixed ends. Where so few people came to be asked since the week before
that they could be told apart, the figure of the week before stands (evaluation reference,
section 3.7, rule 5).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from lms.kernel.later import Later
from lms.progress.completion import Question, wanted_rows
from lms.progress.grouping import By, Sum, leaves, sums
from lms.progress.sheet import good_on, sheet

numpy = Later("numpy")

WEEKS = 12


@dataclass(frozen=True)
class Week:
    """Completion at the end of a week."""

    ends_on: date
    hidden: bool
    people: int
    """Those who had been asked by then, each once for each module."""
    completed: int

    @property
    def percent(self) -> float | None:
        """Completed over people, 0 to 100; None for nobody."""
        return round(100 * self.completed / self.people, 1) if self.people else None


def weekly(as_of: date, question: Question, least: int, weeks: int = WEEKS) -> list[Week]:
    """Return the last whole weeks up to a day, the oldest first."""
    last = as_of - timedelta(days=as_of.isoweekday() % 7)
    ends = [last - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    told = sheet(as_of)
    told = told.of(wanted_rows(told, question))
    given = told.of(told.counted()).asked
    there = [given.assigned_on <= ends_on.toordinal() for ends_on in ends]
    done = [both & good for both, good in zip(there, good_on(given, ends), strict=True)]
    apart = leaves(given.module, given.team, numpy.zeros_like(given.module), [*there, *done])
    found: list[Week] = []
    for place, ends_on in enumerate(ends):
        own = apart.of(apart.numbers[place] > 0, slice(place, None, len(ends)))
        total = sums(By.MODULE, own, least).total
        found.append(_week(ends_on, total, found[-1] if found else None, least))
    return found


def _week(ends_on: date, total: Sum, before: Week | None, least: int) -> Week:
    people, completed = total.numbers or (0, 0)
    if before is not None and not before.hidden and 0 < abs(people - before.people) < least:
        people, completed = before.people, before.completed
    return Week(ends_on, total.numbers is None, people, completed)
