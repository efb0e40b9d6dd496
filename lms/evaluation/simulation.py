"""Chances of a verdict where no formula gives them: drawn and measured as the pilot's will be.

People are made up at a true value, measured by the functions that will measure the pilot
and judged by the interval, a few hundred times with a fixed seed: the same design has the
same chances whoever asks. Assumptions that the reference does not give are named here alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from lms.evaluation.chances import Chances
from lms.evaluation.estimators.clusters import Cluster, design_effect, design_effect_of_mean
from lms.evaluation.estimators.means import mean
from lms.evaluation.measures.gap import largest_gap
from lms.evaluation.units import SCALES, Unit
from lms.evaluation.verdict import Direction, Verdict, decide
from lms.kernel.intervals import Interval

REPLICATES = 200
SEED = 20250214
BEST_SHARE = 0.85
"""Assumed share in the best group of a gap; the others lie evenly below it."""
SPREAD = {Unit.SCORE: 20.0, Unit.GAIN: 0.25}
"""Assumed standard deviation of one person's value, by unit."""


@dataclass(frozen=True, slots=True)
class Group:
    """A team to be drawn: how many people, and in which group a gap puts it."""

    team: str
    group: str | None
    people: int


@dataclass(frozen=True)
class Trial:
    """What is drawn again and again; hashable, so that it is drawn once."""

    groups: tuple[Group, ...]
    threshold: float
    direction: Direction
    icc: float
    level: float
    unit: Unit


@lru_cache(maxsize=128)
def simulated(trial: Trial, truths: tuple[float, ...]) -> tuple[Chances, ...]:
    """Return the chances of each verdict at each true value; kept in memory."""
    draw = _gap if trial.unit is Unit.POINTS else _mean
    return tuple(_chances(trial, truth, draw) for truth in truths)


Draw = Callable[[Trial, float, Random], Interval | None]


def _chances(trial: Trial, truth: float, draw: Draw) -> Chances:
    random = Random(SEED)  # noqa: S311  (repeatable, no secret)
    counts = dict.fromkeys(Verdict, 0)
    for _ in range(REPLICATES):
        interval = draw(trial, truth, random)
        verdict = decide(interval, trial.threshold, trial.direction)[0] if interval else Verdict.INCONCLUSIVE
        counts[verdict] += 1
    met, not_met, open_ = (counts[name] / REPLICATES for name in (Verdict.MET, Verdict.NOT_MET, Verdict.INCONCLUSIVE))
    return Chances(truth, met, not_met, open_)


def _gap(trial: Trial, truth: float, random: Random) -> Interval:
    """Draw the successes of each team; the interval is that of the largest gap between groups."""
    teams = [group for group in trial.groups if group.group is not None]
    names = sorted({str(team.group) for team in teams})
    best = max(BEST_SHARE, min(truth + 0.02, 0.99))
    shares = {name: best - truth * place / max(len(names) - 1, 1) for place, name in enumerate(names)}
    drawn: dict[str, list[Cluster]] = {name: [] for name in names}
    for team in teams:
        share = team_share(shares[str(team.group)], trial.icc, random)
        successes = sum(random.random() < share for _ in range(team.people))
        drawn[str(team.group)].append(Cluster(successes, team.people))
    return largest_gap([_effective(clusters, trial.icc) for clusters in drawn.values()], trial.level)[1]


def _effective(clusters: Sequence[Cluster], icc: float) -> Cluster:
    deff = design_effect(clusters, icc)
    return Cluster(
        sum(cluster.successes for cluster in clusters) / deff, sum(cluster.members for cluster in clusters) / deff
    )


def _mean(trial: Trial, truth: float, random: Random) -> Interval | None:
    """Draw a value for each person; the interval is Student's for the mean, widened for teams.

    A gain will be measured by a bootstrap, which gives nearly the same and takes a
    thousand times longer.
    """
    spread, scale = SPREAD[trial.unit], SCALES[trial.unit]
    teams = []
    for group in trial.groups:
        centre = truth + random.gauss(0, spread * trial.icc**0.5)
        drawn = [random.gauss(centre, spread * (1 - trial.icc) ** 0.5) for _ in range(group.people)]
        teams.append([_clipped(value, scale.lowest, scale.highest) for value in drawn])
    deff = design_effect_of_mean(teams, trial.icc)
    return mean([value for team in teams for value in team], deff, trial.level).interval


def _clipped(value: float, low: float | None, high: float | None) -> float:
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def team_share(share: float, icc: float, random: Random) -> float:
    """Return the share of one team, drawn about that of all: teams differ by the ICC."""
    if icc <= 0 or not 0 < share < 1:
        return share
    return random.betavariate(share * (1 - icc) / icc, (1 - share) * (1 - icc) / icc)
