"""How often something happens, for each unit of what it can happen in."""

from collections.abc import Sequence

from lms.evaluation.estimators.rates import Exposure, dispersion, rate
from lms.evaluation.measures.case import Case, grouped, persons
from lms.evaluation.verdict import Measure


def measure_rate(cases: Sequence[Case], icc0: float, level: float) -> Measure | None:
    """Return events over exposure: exact for few teams, wider by how much more these differ than chance makes them.

    `value` is a number of events, `exposure` in how much they could happen; the least number
    is one of the cases with exposure. Teams in which nothing could happen join the largest.
    """
    seen = [case for case in cases if case.value is not None]
    exposed = [case for case in seen if case.exposure > 0]
    if not exposed:
        return None
    teams = _teams(seen)
    found, spread = rate(teams, level), dispersion(teams)
    return Measure(
        estimate=found.value,
        interval=found.interval,
        numerator=sum(team.events for team in teams),
        denominator=sum(team.amount for team in teams),
        n=persons(exposed),
        gate_n=len(exposed),
        n_eff=len(exposed) / spread,
        deff=spread,
        teams=len(teams),
    )


def _teams(cases: Sequence[Case]) -> list[Exposure]:
    every = [
        Exposure(round(sum(case.value or 0.0 for case in team)), sum(case.exposure for case in team))
        for team in grouped(cases, lambda case: case.team).values()
    ]
    stray = sum(team.events for team in every if team.amount <= 0)
    teams = [team for team in every if team.amount > 0]
    largest = max(range(len(teams)), key=lambda place: teams[place].amount)
    teams[largest] = Exposure(teams[largest].events + stray, teams[largest].amount)
    return teams
