"""Chances that a design's own analysis tells a change, before there is any data. Pure.

People are made up with a true change and analysed by the functions that will analyse the pilot,
a few hundred times with a fixed seed. Assumptions that the reference does not give are named here alone:
everyone of a team is there throughout, first observations fall evenly over the weeks, gains on the
two modules are independent, and only the interval has a say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import exp, sqrt
from random import Random

from lms.evaluation.designs import LEAST_TEAMS, Comparison, Step
from lms.evaluation.effects.steps import spans
from lms.evaluation.effects.told import Why, difference
from lms.evaluation.estimators.crossover import LEAST_PER_ORDER, crossover
from lms.evaluation.estimators.wedge import Steps, wedge
from lms.evaluation.indicators.definition import Definition
from lms.evaluation.indicators.posts import DAYS_A_MONTH
from lms.evaluation.power import Team
from lms.evaluation.simulation import SPREAD, team_share
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction
from lms.kernel.intervals import Interval

REPLICATES, MOST_WAYS, SEED = 200, 500, 20250214
TRIED = {
    Unit.SHARE: (0.1, 0.2, 0.3),
    Unit.GAIN: (0.05, 0.1, 0.2),
    Unit.MOVES: (0.25, 0.5, 1.0),
}
"""True changes tried, by unit: in points, as far as a share can go; of moves, as parts of the level before."""


@dataclass(frozen=True)
class Question:
    """What is asked of an indicator's change, and where it starts from."""

    definition: Definition
    level: float
    icc: float
    before: float
    """The value without training: what is known from before, or the threshold."""


@dataclass(frozen=True)
class Chance:
    """How probable it is that a true change is told as better, or as worse; otherwise it stays open."""

    change: float
    better: float
    worse: float


@dataclass(frozen=True)
class Outlook:
    """What the design can tell of one indicator; `why` says what stands against it, None: nothing.

    Without either, how much there will be to count is not known beforehand.
    """

    unit: Unit
    why: Why | None
    rows: tuple[Chance, ...] = ()


def of_steps(question: Question, teams: Sequence[Team], steps: Sequence[Step], first: date, last: date) -> Outlook:
    """Return the chances where teams start by steps, from the pilot's first day to its last."""
    unit = question.definition.unit
    if question.definition.over_time is None:
        return Outlook(difference(unit), Why.ONLY_AFTER)
    if unit not in TRIED:
        return Outlook(difference(unit), None)
    people = {team.code: team.people for team in teams if team.people}
    own = [step for step in steps if step.team in people and step.starts_on]
    if len(own) < LEAST_TEAMS[Comparison.STEPPED_WEDGE]:
        return Outlook(difference(unit), Why.FEW_TEAMS)
    every = spans(own, first, last)
    days = tuple((span.last - span.first).days + 1 for span in every)
    starts = tuple(sum(span.first < step.starts_on for span in every) for step in own if step.starts_on)
    staged = _Staged(starts, tuple(people[step.team] for step in own), days, question.before, question.icc, unit)
    return _outlook(question, lambda change: _steps(staged, change, question.level))


def of_orders(question: Question, teams: Sequence[Team], orders: dict[str, tuple[str, ...]]) -> Outlook:
    """Return the chances where teams take two modules in two orders."""
    sizes = [
        tuple(team.people for team in teams if team.people and orders.get(team.code) == order)
        for order in sorted(set(orders.values()))
    ]
    if len(sizes) != 2 or min(map(len, sizes)) < LEAST_PER_ORDER:
        return Outlook(difference(question.definition.unit), Why.FEW_TEAMS)
    first, second = sizes
    return _outlook(question, lambda change: _orders(first, second, change, question.icc, question.level))


def _outlook(question: Question, draws: Callable[[float], tuple[Interval | None, ...]]) -> Outlook:
    """Return the chances at each change tried, those for the better counting as such; no interval at all says why."""
    unit = question.definition.unit
    way = 1 if question.definition.direction is Direction.GE else -1
    scale = question.before if unit is Unit.MOVES else 1.0
    rows = []
    for size in _sizes(question, way):
        change = way * size * scale
        intervals = draws(change)
        if not any(intervals):
            return Outlook(difference(unit), Why.FEW_WAYS)
        told = [way * (1 if one.low > 0 else -1) for one in intervals if one and not one.low <= 0 <= one.high]
        rows.append(Chance(change, told.count(1) / len(intervals), told.count(-1) / len(intervals)))
    return Outlook(difference(unit), None, tuple(rows))


def _sizes(question: Question, way: int) -> tuple[float, ...]:
    """Return the changes tried; of a share those that leave it one, or half of what there is room for."""
    tried, unit = TRIED[question.definition.unit], question.definition.unit
    if unit is not Unit.SHARE:
        return tried
    room = 1 - question.before if way > 0 else question.before
    return tuple(size for size in tried if size <= room + 1e-9) or (round(room / 2, 6),)


@dataclass(frozen=True)
class _Staged:
    starts: tuple[int, ...]
    people: tuple[int, ...]
    days: tuple[int, ...]
    before: float
    icc: float
    unit: Unit


@lru_cache(maxsize=128)
def _steps(staged: _Staged, change: float, level: float) -> tuple[Interval | None, ...]:
    random = Random(SEED)  # noqa: S311  (repeatable, no secret)
    found = []
    for _ in range(REPLICATES):
        rows = [
            Steps(start, tuple(_figures(staged, start, people, change, random)))
            for start, people in zip(staged.starts, staged.people, strict=True)
        ]
        told = wedge(rows, level, MOST_WAYS)
        found.append(told.change.interval if told else None)
    return tuple(found)


def _figures(staged: _Staged, start: int, people: int, change: float, random: Random) -> list[float]:
    """Draw a team's figure in each period: a share of observations, or a rate of moves."""
    if staged.unit is Unit.SHARE:
        own = team_share(staged.before, staged.icc, random)
        counts = [max(round(people * days / sum(staged.days)), 1) for days in staged.days]
        shares = [min(max(own + change * (place >= start), 0.0), 1.0) for place in range(len(counts))]
        return [sum(random.random() < p for _ in range(n)) / n for p, n in zip(shares, counts, strict=True)]
    spread = 1 + random.gauss(0, sqrt(staged.icc))
    amounts = [people * days / DAYS_A_MONTH / 10 for days in staged.days]
    rates = [max(staged.before * spread + change * (place >= start), 0.0) for place in range(len(amounts))]
    return [_events(rate * amount, random) / amount for rate, amount in zip(rates, amounts, strict=True)]


def _events(expected: float, random: Random) -> int:
    """Draw a number of independent events (Knuth's product of uniform draws)."""
    count, left, limit = 0, random.random(), exp(-expected)
    while left > limit:
        count, left = count + 1, left * random.random()
    return count


@lru_cache(maxsize=128)
def _orders(
    first: tuple[int, ...], second: tuple[int, ...], change: float, icc: float, level: float
) -> tuple[Interval | None, ...]:
    random, spread = Random(SEED), SPREAD[Unit.GAIN]  # noqa: S311  (repeatable, no secret)

    def team(people: int) -> float:
        centre = change + random.gauss(0, spread * sqrt(2 * icc))
        return centre + random.gauss(0, spread * sqrt(2 * (1 - icc) / people))

    return tuple(
        crossover([team(people) for people in first], [team(people) for people in second], level).taught.interval
        for _ in range(REPLICATES)
    )
