"""A stretch of days, its hours and what they cost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.evaluation.estimators.ledger import CENTRAL, IN_CLASSROOMS, SCENARIOS, Ledger, payroll_share
from lms.evaluation.readings import queries as readings
from lms.evaluation.readings.rules import Known
from lms.evaluation.readings.series import SERIES
from lms.kernel.clock import end_of
from lms.kernel.languages import in_language
from lms.people import queries as people
from lms.progress.grouping import By
from lms.progress.hours import Hours, Learnt, Stretch, hours, people_who_completed
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
    """Empty for the sessions of no module."""
    people: int | None
    hours: float | None
    """Completed, by the time that each module is meant to take."""
    cost: float | None
    """Of its hours, at the central cost of an hour."""
    each: float | None
    """Per completion of the module, or per sign-off acquired of the task."""
    room_hours: float | None = None
    """Attended in classrooms."""
    room_cost: float | None = None
    """Of these, at the central cost of an hour in a classroom."""


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
    """At kiosks, of the modules that are shown: the hours of the others could be worked out from a sum of all."""
    classroom_hours: float
    """Entered for the stretch, or else attended."""
    attended: bool
    """Whether the hours in classrooms are those attended."""
    learners: int | None
    """Who completed something at a kiosk; None when they are too few."""
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
    whole, rooms = table.total.digital, table.total.rooms.actual_seconds / 3600
    every = [one for one in readings.current(known_at) if one.series in OF_COSTS and one.team_id is None]
    ledger = Ledger(every, first, last, whole.theoretical_minutes / 60, whole.actual_seconds / 3600, rooms)
    acquired = _acquired(first, last, least)
    shown = {module_id for module_id, one in table.rows.items() if not one.digital.hidden}
    done = people_who_completed(stretch, shown)
    learners = done if done >= least else None
    scenarios = {name: _scenario(ledger, name, sum(acquired.values()), learners) for name in SCENARIOS}
    costs = {name: found for name in SCENARIOS if (found := ledger.costs(name))}
    central = scenarios[CENTRAL]
    return Balance(
        stretch=stretch,
        hours=whole,
        classroom_hours=ledger.classroom_hours,
        attended=not ledger.total(IN_CLASSROOMS, CENTRAL),
        learners=learners,
        heads=_heads(first, last),
        scenarios=scenarios,
        fixed={name: one.fixed for name, one in costs.items()},
        variable_per_hour={name: one.variable_per_hour for name, one in costs.items()},
        modules=_modules(table.rows, central),
        tasks=_tasks(table.rows, acquired, central.per_hour),
        share=_share(every, last),
        used=sorted(every, key=lambda one: (one.series, one.starts_on), reverse=True),
        missing=ledger.missing,
    )


def _acquired(first: date, last: date, least: int) -> dict[str, int]:
    """Return the sign-offs acquired by task, of the tasks that at least so many people acquired."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in skills.sign_offs(last, end_of(last)):
        if one.outcome is Outcome.ACQUIRED and one.observed_on >= first:
            found[one.task].append(one.person_id)
    return {task: len(who) for task, who in found.items() if len(set(who)) >= least}


def _scenario(ledger: Ledger, name: str, acquired: int, learners: int | None) -> Scenario:
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


def _modules(rows: Mapping[int, Learnt], central: Scenario) -> list[Line]:
    named = titles()
    found = [_module(named.get(module_id, ""), one, central) for module_id, one in rows.items()]
    return sorted(found, key=lambda line: (-(line.cost or 0), -(line.hours or 0), line.name))


def _module(name: str, one: Learnt, central: Scenario) -> Line:
    digital, rooms = one.digital, one.rooms
    done = None if digital.hidden else digital.theoretical_minutes / 60
    cost = _times(done, central.per_hour)
    room_hours = None if rooms.hidden else rooms.actual_seconds / 3600
    return Line(
        name=name,
        people=None if digital.hidden else digital.people,
        hours=done,
        cost=cost,
        each=cost / digital.times if cost is not None and digital.times else None,
        room_hours=room_hours,
        room_cost=_times(room_hours, central.classroom_per_hour),
    )


def _times(hours: float | None, price: float | None) -> float | None:
    return None if hours is None or price is None else hours * price


def _tasks(rows: Mapping[int, Learnt], acquired: Mapping[str, int], per_hour: float | None) -> list[Line]:
    found = []
    for task in skills.tasks():
        own = [one.digital for module in task.modules if (one := rows.get(module.id)) and not one.digital.hidden]
        done = sum(one.theoretical_minutes for one in own) / 60
        shown = acquired.get(task.code)
        cost = _times(done, per_hour) if own else None
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
    stays: dict[int, list[range]] = defaultdict(list)
    for stay in people.memberships(None, first, last):
        here = range(max(stay.joined_on, first).toordinal(), min(stay.left_on or last, last).toordinal() + 1)
        stays[stay.person_id].append(here)
    days = (len(own[0]) if len(own) == 1 else len(set().union(*own)) for own in stays.values())
    return sum(days) / ((last - first).days + 1)
