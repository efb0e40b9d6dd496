"""A stretch of days, its hours and what they cost."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.evaluation.estimators.ledger import CENTRAL, SCENARIOS, Ledger, payroll_share
from lms.evaluation.readings import queries as readings
from lms.evaluation.readings.rules import Known
from lms.evaluation.readings.series import SERIES
from lms.kernel.clock import end_of
from lms.kernel.languages import in_language
from lms.people import queries as people
from lms.progress.grouping import By
from lms.progress.hours import Hours, Stretch, hours, worked
from lms.progress.naming import titles
from lms.skills import queries as skills
from lms.skills.rules import Outcome


@dataclass(frozen=True)
class Scenario:
    """What one set of assumptions gives; None where something lacks."""

    total: float | None
    per_hour: float | None
    """Per completed hour (E1)."""
    per_skill: float | None
    """Per sign-off that was acquired (E2)."""
    per_head: float | None
    """Per person who completed something."""
    classroom_per_hour: float | None
    break_even_hours: float | None
    """From how many completed hours on digital costs less (E5); infinite where it never does."""
    break_even_heads: float | None
    """The same in people, each learning as much as they do now."""


@dataclass(frozen=True)
class Line:
    """What a module or a task came to; numbers are None where too few people are behind them."""

    name: str
    people: int | None
    hours: float | None
    """Completed, by the time that each module is meant to take."""
    cost: float | None
    """Of its hours, at the central cost of an hour."""
    each: float | None
    """Per completion of the module, or per sign-off acquired of the task."""


@dataclass(frozen=True)
class Share:
    """Training over payroll (E4)."""

    first: date
    last: date
    spent: float
    payroll: float
    published: float | None
    """What the plant publishes, 0 to 100."""

    @property
    def percent(self) -> float:
        """0 to 100."""
        return 100 * self.spent / self.payroll


@dataclass(frozen=True)
class Balance:
    """Everything that a page or file of costs says."""

    stretch: Stretch
    hours: Hours
    classroom_hours: float
    learners: int
    heads: float
    """People present, on average (E3)."""
    scenarios: dict[str, Scenario]
    fixed: dict[str, float]
    """By scenario, what digital training costs whatever the hours; empty while something lacks."""
    variable_per_hour: dict[str, float]
    modules: Sequence[Line]
    tasks: Sequence[Line]
    share: Share | None
    used: Sequence[Known]
    """The readings of the series that costs rest on, newest first."""
    missing: Sequence[str]
    """Series without which no cost can be told."""

    @property
    def hours_per_head(self) -> float | None:
        """Actual hours at kiosks and hours in classrooms over the average head-count (E3)."""
        return (self.hours.actual_seconds / 3600 + self.classroom_hours) / self.heads if self.heads else None


OF_COSTS = tuple(code for code, series in SERIES.items() if {"E1", "E4", "E5"} & set(series.used_by))


def balance(first: date, last: date, least: int, known_at: datetime) -> Balance:
    """Return what training took and cost from a day to another, both included; `least` people make a group."""
    stretch = Stretch(first, last)
    table = hours(By.MODULE, stretch, least)
    # The whole plant's hours tell of nobody, however few people a module has.
    rows = worked(stretch)
    whole = Hours(
        people=len({(row.person_id, row.module_id) for row in rows}),
        completions=sum(row.completions for row in rows),
        theoretical_minutes=sum(row.theoretical_minutes for row in rows),
        actual_seconds=sum(row.actual_seconds for row in rows),
    )
    every = [one for one in readings.current(known_at) if one.series in OF_COSTS and one.team_id is None]
    ledger = Ledger(every, first, last, whole.theoretical_minutes / 60, whole.actual_seconds / 3600)
    acquired = Counter(
        one.task
        for one in skills.sign_offs(last, end_of(last))
        if one.outcome is Outcome.ACQUIRED and one.observed_on >= first
    )
    learners = len({row.person_id for row in rows if row.completions})
    scenarios = {name: _scenario(ledger, name, sum(acquired.values()), learners) for name in SCENARIOS}
    costs = {name: found for name in SCENARIOS if (found := ledger.costs(name))}
    per_hour = scenarios[CENTRAL].per_hour
    return Balance(
        stretch=stretch,
        hours=whole,
        classroom_hours=ledger.total("classroom_hours", CENTRAL),
        learners=learners,
        heads=_heads(first, last),
        scenarios=scenarios,
        fixed={name: one.fixed for name, one in costs.items()},
        variable_per_hour={name: one.variable_per_hour for name, one in costs.items()},
        modules=_modules(table.rows, per_hour),
        tasks=_tasks(table.rows, acquired, per_hour, least),
        share=_share(every, last),
        used=sorted(every, key=lambda one: (one.series, one.starts_on), reverse=True),
        missing=ledger.missing,
    )


def _scenario(ledger: Ledger, name: str, acquired: int, learners: int) -> Scenario:
    found, break_even = ledger.costs(name), ledger.break_even(name)
    total = found.total if found else None
    each = ledger.completed_hours / learners if learners else None
    return Scenario(
        total=total,
        per_hour=found.per_completed_hour if found else None,
        per_skill=total / acquired if total is not None and acquired else None,
        per_head=total / learners if total is not None and learners else None,
        classroom_per_hour=ledger.classroom_per_hour(name),
        break_even_hours=break_even,
        break_even_heads=break_even / each if break_even is not None and each else None,
    )


def _modules(rows: Mapping[int, Hours], per_hour: float | None) -> list[Line]:
    named = titles()
    found = [_module(named[module_id], one, per_hour) for module_id, one in rows.items()]
    return sorted(found, key=lambda line: (-(line.cost or 0), -(line.hours or 0), line.name))


def _module(name: str, one: Hours, per_hour: float | None) -> Line:
    if one.hidden:
        return Line(name, None, None, None, None)
    done = one.theoretical_minutes / 60
    cost = None if per_hour is None else done * per_hour
    return Line(name, one.people, done, cost, cost / one.completions if cost is not None and one.completions else None)


def _tasks(rows: Mapping[int, Hours], acquired: Counter[str], per_hour: float | None, least: int) -> list[Line]:
    found = []
    for task in skills.tasks():
        own = [one for module in task.modules if (one := rows.get(module.id)) and not one.hidden]
        done = sum(one.theoretical_minutes for one in own) / 60
        number = acquired[task.code]
        cost = None if per_hour is None or not own else done * per_hour
        shown = number if number >= least else None
        found.append(
            Line(in_language(task.title), shown, done, cost, cost / shown if cost is not None and shown else None)
        )
    return found


def _share(figures: Sequence[Known], last: date) -> Share | None:
    found = payroll_share(figures, last)
    said = [one for one in figures if one.series == "published_share" and one.starts_on <= last]
    published = max(said, key=lambda one: one.starts_on).value if said else None
    return Share(*found, published) if found else None


def _heads(first: date, last: date) -> float:
    """Return how many people were there, on average over the days; two teams of one person are one."""
    days: dict[int, set[int]] = {}
    for stay in people.memberships(None, first, last):
        here = range(max(stay.joined_on, first).toordinal(), min(stay.left_on or last, last).toordinal() + 1)
        days.setdefault(stay.person_id, set()).update(here)
    return sum(map(len, days.values())) / ((last - first).days + 1)
