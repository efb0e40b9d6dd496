"""People come in teams: how much less n of them tell than n strangers (evaluation reference, section 3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

Part = tuple[float, float]
"""What one member adds to a sum and to the sum it is divided by."""


@dataclass(frozen=True)
class Cluster:
    """A team: how many of its members count as a success."""

    successes: float
    members: float


def share(clusters: Sequence[Cluster]) -> float:
    """Return the share of successes over all teams together."""
    return sum(team.successes for team in clusters) / sum(team.members for team in clusters)


def typical_size(clusters: Sequence[Cluster]) -> float:
    """Return the size of the team of a typical member: the sum of squares over the sum."""
    return sum(team.members**2 for team in clusters) / sum(team.members for team in clusters)


def estimated_deff(clusters: Sequence[Cluster]) -> float:
    """Return how many times wider than independence the teams make the variance.

    The linearised variance of the share over the binomial one; 1 when there is one team or
    when everybody or nobody succeeds, so that the floor decides.
    """
    k, n, p = len(clusters), sum(team.members for team in clusters), share(clusters)
    if k < 2 or p in (0, 1):
        return 1.0
    between = sum((team.successes - p * team.members) ** 2 for team in clusters) / n**2
    return (k / (k - 1) * between) / (p * (1 - p) / n)


def planned_deff(clusters: Sequence[Cluster], icc0: float) -> float:
    """Return the floor of the design effect: what teams so large would do at the planning ICC."""
    return max(1.0, 1 + (typical_size(clusters) - 1) * icc0)


def design_effect(clusters: Sequence[Cluster], icc0: float) -> float:
    """Return the design effect used: the estimate, never under the floor, never under 1.

    With three to six teams the estimate alone is too noisy: see the simulation in
    `docs/statistics.md`.
    """
    return max(estimated_deff(clusters), planned_deff(clusters, icc0))


def design_effect_of_mean(teams: Sequence[Sequence[float]], icc0: float) -> float:
    """Return the design effect used for the mean of the members' values.

    Values of 0 and 1 give the design effect of their share.
    """
    return design_effect_of_ratio([[(value, 1.0) for value in team] for team in teams], icc0)


def design_effect_of_ratio(teams: Sequence[Sequence[Part]], icc0: float) -> float:
    """Return the design effect used for a sum over a sum, each member giving a part of both.

    The linearised variance between teams over that between members, never under the floor.
    """
    teams = [team for team in teams if team]
    floor = planned_deff([Cluster(0, len(team)) for team in teams], icc0)
    ratio = ratio_of_sums([part for team in teams for part in team])
    residuals = [[top - ratio * bottom for top, bottom in team] for team in teams]
    alone = sum(residual**2 for team in residuals for residual in team)
    if len(teams) < 2 or alone == 0:
        return floor
    together = sum(sum(team) ** 2 for team in residuals)
    return max(len(teams) / (len(teams) - 1) * together / alone, floor)


def ratio_of_sums(parts: Sequence[Part]) -> float:
    """Return the sum of the first over the sum of the second; that one is not 0."""
    return sum(top for top, _ in parts) / sum(bottom for _, bottom in parts)


def intraclass_correlation(clusters: Sequence[Cluster]) -> float | None:
    """Return the ANOVA estimate of the ICC; None when it cannot be estimated."""
    k, n = len(clusters), sum(team.members for team in clusters)
    if k < 2 or n <= k:
        return None
    p = share(clusters)
    rates = [(team.members, team.successes / team.members) for team in clusters]
    between = sum(m * (rate - p) ** 2 for m, rate in rates) / (k - 1)
    within = sum(m * rate * (1 - rate) for m, rate in rates) / (n - k)
    m0 = (n - typical_size(clusters)) / (k - 1)
    spread = between + (m0 - 1) * within
    return (between - within) / spread if spread else None
