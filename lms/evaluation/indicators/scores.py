"""Scores of tests in equal forms: before a module, after it, some weeks later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.evaluation.facts import Assigned, Facts

RETENTION = (timedelta(days=25), timedelta(days=40))
"""When, after completion, what remained is measured (evaluation reference, indicator L3)."""


@dataclass(frozen=True)
class Taken:
    """Someone's first attempt at a test."""

    test: str
    at: datetime
    score: float
    """Share of the points, 0 to 1."""
    passed: bool


@dataclass(frozen=True)
class Learner:
    """One person, the modules planned, and the tests taken."""

    person: int
    team: str
    shift: str | None
    throughout: bool
    before: Taken | None
    """The first test ended before a planned module was started."""
    after: Taken | None
    """The first other test ended once all planned modules were completed, and before the later one's time."""
    later: Taken | None
    """The first further test ended 25 to 40 days after completion."""
    later_due: bool
    """Whether the time of the later test has come and gone."""


def learners(facts: Facts) -> list[Learner]:
    """Return everyone to whom a module was planned that is no test itself."""
    tests = frozenset(facts.options.get("tests", ()))
    found = []
    for rows in facts.by_person().values():
        planned = [row for row in rows if row.module not in tests]
        if planned:
            found.append(_learner(facts, planned, taken(facts, rows[0].person, tests)))
    return found


def _learner(facts: Facts, rows: Sequence[Assigned], sat: Sequence[Taken]) -> Learner:
    outcomes = [facts.outcome(row) for row in rows]
    started_at = min((one.started_at for one in outcomes if one.started_at), default=None)
    ends = [one.completed_at for one in outcomes if one.completed_at]
    completed_at = max(ends) if len(ends) == len(outcomes) else None
    before = next((one for one in sat if started_at is None or one.at <= started_at), None)
    after = later = None
    if completed_at is not None:
        first, last = (completed_at + days for days in RETENTION)
        after = _next(sat, [before], completed_at, first)
        later = _next(sat, [before, after], first, last)
    return Learner(
        person=rows[0].person,
        team=rows[-1].team,
        shift=rows[-1].shift,
        throughout=all(row.throughout for row in rows),
        before=before,
        after=after,
        later=later,
        later_due=completed_at is not None and facts.as_of > facts.day(completed_at) + RETENTION[1],
    )


def taken(facts: Facts, person: int, tests: Iterable[str]) -> list[Taken]:
    """Return someone's first attempts at these tests, in the order in which they ended."""
    found = []
    for test in tests:
        one = facts.of_person(person, test)
        if one.first_ended_at is not None and one.first_score is not None:
            found.append(Taken(test, one.first_ended_at, one.first_score, bool(one.first_passed)))
    return sorted(found, key=lambda one: (one.at, one.test))


def _next(sat: Sequence[Taken], others: Sequence[Taken | None], first: datetime, last: datetime) -> Taken | None:
    used = {one.test for one in others if one is not None}
    return next((one for one in sat if one.test not in used and first <= one.at < last), None)
