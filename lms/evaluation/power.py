"""Chances of a verdict before there is any data (evaluation reference, sections 3.4 and 3.8). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from lms.evaluation.chances import Chances, chances, curve, least_successes, n_to_settle
from lms.evaluation.estimators.clusters import Cluster, planned_deff
from lms.evaluation.indicators.definition import Counted, Definition, Grouping
from lms.evaluation.measures.gap import measure_gap
from lms.evaluation.measures.share import measure_share, measure_share_of_units
from lms.evaluation.simulation import SPREAD, Group, Trial, simulated
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Direction

STEPS = (-0.1, 0.0, 0.05, 0.1, 0.15)
"""True shares to try, from the threshold towards the better side."""
DISTANCES = (0.05, 0.1, 0.15)
"""How far from the threshold a share is said to be settled."""
REACH, POINTS, DRAWN_POINTS = 0.3, 24, 8
"""How far to either side of the threshold the curve goes, and in how many steps: fewer where they are drawn."""
HALF = 0.5


class Method(StrEnum):
    """How the chances were found."""

    EXACT = "exact"
    SIMULATED = "simulated"
    CENSUS = "census"
    """Everything there is will be counted: whatever comes out settles it."""
    UNITS_UNKNOWN = "units_unknown"
    """It counts sessions, answers or the like: how many there will be is not known."""
    NONE = "none"
    """It depends on how values will spread, which is not known."""


class Trouble(StrEnum):
    """What a design cannot show."""

    NOBODY = "nobody"
    FEW_PEOPLE = "few_people"
    FEW_TEAMS = "few_teams"
    IMPOSSIBLE = "impossible"
    """No result can be declared met."""
    AMBITION_UNLIKELY = "ambition_unlikely"
    """Even if the ambition is reached, *met* is less likely than not."""
    NEVER_LIKELY = "never_likely"
    """At no true value tried is a clear verdict likelier than not."""


@dataclass(frozen=True)
class Team:
    """A team that counts for an indicator."""

    code: str
    shift: str | None
    people: int


@dataclass(frozen=True)
class Planned:
    """What was chosen of an indicator and decides its chances."""

    code: str
    definition: Definition
    threshold: float
    ambition: float | None
    n_min: int
    min_teams: int
    icc0: float
    level: float = 0.95


@dataclass(frozen=True)
class Settled:
    """How many would settle an indicator if its true share were `truth`."""

    truth: float
    people: int
    teams: int | None
    """Of the size that the teams have; None where nobody is there."""


@dataclass(frozen=True)
class Power:
    """What one indicator can show with these teams."""

    code: str
    method: Method
    n: int
    teams: int
    deff: float
    """The floor of the design effect with these teams."""
    needed: int | None
    """How many must succeed (at most, where less is better) for *met*; None when none suffices or nobody counts."""
    curve: tuple[Chances, ...]
    """Over true values on either side of the threshold."""
    alike: tuple[Chances, ...]
    """The rows of the table, with teams as alike as the planning ICC says."""
    independent: tuple[Chances, ...]
    """The same if people of one team resembled each other no more than others: the best case."""
    settled: tuple[Settled, ...]
    at_ambition: Chances | None
    troubles: tuple[Trouble, ...]

    @property
    def enough(self) -> bool:
        """Whether the least numbers of people and teams can be reached."""
        return not {Trouble.NOBODY, Trouble.FEW_PEOPLE, Trouble.FEW_TEAMS} & set(self.troubles)


def power(planned: Planned, teams: Sequence[Team]) -> Power:
    """Return the chances of each verdict for one indicator with these teams."""
    sizes = tuple(team.people for team in teams if team.people)
    deff = planned_deff([Cluster(0, size) for size in sizes], planned.icc0) if sizes else 1.0
    method = _method(planned.definition, teams) if sizes else Method.NONE
    tried = _Tried(planned, method, tuple(teams), sizes)
    needed = None
    if method is Method.EXACT:
        needed = least_successes(sum(sizes), planned.threshold, planned.definition.direction, deff, planned.level)
    computed = method in (Method.EXACT, Method.SIMULATED)
    rows = _steps(planned) if computed else ()
    whole = tried.at(_grid(planned, rows)) if computed else ()
    at_ambition = tried.at((planned.ambition,))[0] if computed and planned.ambition is not None else None
    return Power(
        code=planned.code,
        method=method,
        n=sum(sizes),
        teams=len(sizes),
        deff=deff,
        needed=needed,
        curve=whole,
        alike=tuple(one for one in whole if one.truth in rows),
        independent=tuple(_independent(planned, sizes, truth) for truth in sorted(rows))
        if method is Method.EXACT
        else (),
        settled=_settled(planned, sizes, deff, method),
        at_ambition=at_ambition,
        troubles=tuple(_troubles(planned, teams, method, needed, whole, at_ambition)),
    )


@dataclass(frozen=True)
class _Tried:
    planned: Planned
    method: Method
    teams: tuple[Team, ...]
    sizes: tuple[int, ...]

    def at(self, truths: tuple[float, ...]) -> tuple[Chances, ...]:
        """Return the chances at true values."""
        planned, definition = self.planned, self.planned.definition
        if self.method is Method.EXACT:
            return curve(self.sizes, truths, planned.threshold, definition.direction, planned.icc0, planned.level)
        groups = tuple(Group(team.code, team.shift, team.people) for team in self.teams if team.people)
        trial = Trial(
            groups,
            planned.threshold,
            definition.direction,
            planned.icc0,
            planned.level,
            definition.unit,
        )
        return simulated(trial, truths) if truths else ()


def _method(definition: Definition, teams: Sequence[Team]) -> Method:
    if definition.counts_all:
        return Method.CENSUS
    if definition.measuring is measure_share_of_units or definition.counted not in _PEOPLE:
        return Method.UNITS_UNKNOWN
    if definition.measuring is measure_share:
        return Method.EXACT
    if definition.unit in SPREAD:
        return Method.SIMULATED
    shifts = {team.shift for team in teams if team.shift and team.people}
    by_shift = definition.measuring is measure_gap and definition.grouping is Grouping.SHIFT
    return Method.SIMULATED if by_shift and len(shifts) > 1 else Method.NONE


_PEOPLE = frozenset({Counted.PEOPLE, Counted.PAIRS, Counted.ANSWERS})
"""Counted one a person: not more than there are people."""


def _grid(planned: Planned, rows: Sequence[float]) -> tuple[float, ...]:
    """Return the true values of the curve, those of the table among them."""
    unit, threshold = planned.definition.unit, planned.threshold
    reach, low, high = REACH, 0.01, 0.99
    if unit is Unit.SCORE:
        reach, low, high = 100 * REACH, 1, 99
    elif unit in (Unit.GAIN, Unit.POINTS):
        low = -0.99 if unit is Unit.GAIN else 0.0
    ends = max(threshold - reach, low), min(threshold + reach, high)
    points = POINTS if unit is Unit.SHARE else DRAWN_POINTS
    step = (ends[1] - ends[0]) / points
    return tuple(sorted({*rows, *(round(ends[0] + step * place, 6) for place in range(points + 1))}))


def _steps(planned: Planned) -> tuple[float, ...]:
    """Return the true values of the table: shares as the reference has them, others on their scale."""
    unit = planned.definition.unit
    scale = 100 if unit is Unit.SCORE else 1
    better = 1 if planned.definition.direction is Direction.GE else -1
    truths = [round(planned.threshold + better * step * scale, 6) for step in STEPS]
    lowest = -scale if unit is Unit.GAIN else 0
    kept = [truth for truth in truths if lowest < truth < scale]
    if unit is Unit.POINTS and 0.0 not in kept:
        kept.append(0.0)
    return tuple(kept)


def _independent(planned: Planned, sizes: Sequence[int], truth: float) -> Chances:
    return chances(sizes, truth, planned.threshold, planned.definition.direction, 0.0, planned.level)


def _settled(planned: Planned, sizes: Sequence[int], deff: float, method: Method) -> tuple[Settled, ...]:
    if method not in (Method.EXACT, Method.UNITS_UNKNOWN) or planned.definition.unit is not Unit.SHARE:
        return ()
    better = 1 if planned.definition.direction is Direction.GE else -1
    effect = deff if method is Method.EXACT else 1.0
    size = sum(sizes) / len(sizes) if sizes and method is Method.EXACT else None
    found = []
    for distance in (*(-step for step in DISTANCES), *DISTANCES):
        truth = round(planned.threshold + better * distance, 6)
        people = n_to_settle(truth, planned.threshold, effect, planned.level) if 0 < truth < 1 else None
        if people is not None:
            found.append(Settled(truth, people, ceil(people / size) if size else None))
    return tuple(sorted(found, key=lambda one: one.truth))


def _troubles(
    planned: Planned,
    teams: Sequence[Team],
    method: Method,
    needed: int | None,
    whole: Sequence[Chances],
    at_ambition: Chances | None,
) -> list[Trouble]:
    if not any(team.people for team in teams):
        return [Trouble.NOBODY]
    checks = {
        Trouble.FEW_PEOPLE: method in (Method.EXACT, Method.SIMULATED) and _counted(planned, teams) < planned.n_min,
        Trouble.FEW_TEAMS: sum(team.people > 0 for team in teams) < planned.min_teams,
        Trouble.IMPOSSIBLE: method is Method.EXACT and needed is None,
        Trouble.AMBITION_UNLIKELY: at_ambition is not None and at_ambition.met < HALF,
        Trouble.NEVER_LIKELY: bool(whole) and max(one.met + one.not_met for one in whole) < HALF,
    }
    return [trouble for trouble, found in checks.items() if found]


def _counted(planned: Planned, teams: Sequence[Team]) -> int:
    """Return how many the least number is held against: people, or those of the smallest group compared."""
    if planned.definition.measuring is not measure_gap:
        return sum(team.people for team in teams)
    groups: dict[str, int] = {}
    for team in teams:
        if team.shift:
            groups[team.shift] = groups.get(team.shift, 0) + team.people
    return min(groups.values(), default=0)
