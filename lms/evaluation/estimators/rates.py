"""Events over what they could happen in, and availability (evaluation reference, sections 2.4 and 3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from lms.evaluation.estimators.bootstrap import TEAMS_TO_DRAW, drawn_again
from lms.evaluation.estimators.clusters import ratio_of_sums
from lms.evaluation.estimators.estimates import Estimate, holding, widened
from lms.kernel.intervals import Interval
from lms.kernel.later import Later

special = Later("scipy.special")


@dataclass(frozen=True)
class Exposure:
    """How often something happened to a team, and in how much: hours, or hundreds of sessions."""

    events: int
    amount: float


@dataclass(frozen=True)
class Day:
    """How many of the minutes scheduled on a day something was available."""

    up: float
    scheduled: float


def poisson(events: int, amount: float, level: float = 0.95) -> Interval:
    """Return the exact interval of a rate of independent events (Garwood, Biometrika 28, 1936)."""
    tail = (1 - level) / 2
    low = float(special.gammaincinv(events, tail)) if events else 0.0
    return Interval(low / amount, float(special.gammaincinv(events + 1, 1 - tail)) / amount)


def rate(teams: Sequence[Exposure], level: float = 0.95) -> Estimate:
    """Return the rate over all teams, with an interval that allows for teams that differ.

    The exact interval is widened by how much more they differ than chance makes them; with ten
    teams or more these are drawn again as well, and the interval holds both.
    """
    events, amount = sum(team.events for team in teams), sum(team.amount for team in teams)
    exact = Estimate(events / amount, poisson(events, amount, level), level)
    found = widened(exact, dispersion(teams), Interval(0.0, inf))
    if len(teams) < TEAMS_TO_DRAW:
        return found
    return holding(found, drawn_again([(team.events, team.amount) for team in teams], level))


def dispersion(teams: Sequence[Exposure]) -> float:
    """Return how many times more the teams differ than chance makes them (Pearson's), at least 1."""
    overall = sum(team.events for team in teams) / sum(team.amount for team in teams)
    if len(teams) < 2 or not overall:
        return 1.0
    squares = sum((team.events - overall * team.amount) ** 2 / (overall * team.amount) for team in teams)
    return max(1.0, squares / (len(teams) - 1))


def availability(days: Sequence[Day], level: float = 0.95) -> Estimate:
    """Return the share of scheduled time that something was available, drawing whole days again.

    One minute's failure is the next one's: minutes are no independent tries. No interval when
    all days were alike.
    """
    parts = [(day.up, day.scheduled) for day in days]
    return Estimate(ratio_of_sums(parts), drawn_again(parts, level), level)
