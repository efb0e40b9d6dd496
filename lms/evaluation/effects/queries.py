"""Questions about what a design's own analysis can tell."""

from collections.abc import Collection
from datetime import date

from lms.evaluation import gathering
from lms.evaluation.designs import Asked, Comparison, Layout
from lms.evaluation.drafting import layout
from lms.evaluation.effects.chances import Outlook, Question, of_orders, of_steps
from lms.evaluation.effects.orders import Tested, paired, tested_module
from lms.evaluation.effects.told import Why, difference
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Pilot, PilotIndicator
from lms.evaluation.power import Team
from lms.plans import queries as plans


def outlooks(pilot: Pilot, on: date) -> dict[str, Outlook]:
    """Return what the design's own analysis can tell of each indicator; empty for a design that has none."""
    if pilot.comparison not in (Comparison.STEPPED_WEDGE, Comparison.COUNTERBALANCED):
        return {}
    teams = [
        Team(size.team, size.shift, size.people)
        for size in gathering.team_sizes([team.code for team in pilot.teams], on)
    ]
    found = layout(pilot, plans.every_plan())
    return {row.code: _outlook(pilot, row, teams, found) for row in pilot.indicators}


def _outlook(pilot: Pilot, row: PilotIndicator, teams: Collection[Team], found: Layout) -> Outlook:
    definition = INDICATORS[row.indicator]
    before = row.baseline["value"] if row.baseline else row.threshold
    question = Question(definition, row.level, row.icc0, before)
    if pilot.comparison is Comparison.STEPPED_WEDGE:
        return of_steps(question, list(teams), found.steps, pilot.starts_on, pilot.ends_on)
    tested = {one.code: _tested(one, found.asked) for one in pilot.indicators if INDICATORS[one.indicator].tested}
    if row.code not in tested:
        return Outlook(difference(definition.unit), Why.ONLY_AFTER)
    own = tested.pop(row.code)
    others = [one for code, one in tested.items() if one and code != row.code]
    pair = next((pair for other in others if own and (pair := paired(own, other, found.steps))), None)
    return (
        of_orders(question, list(teams), dict(pair[2])) if pair else Outlook(difference(definition.unit), Why.NO_PAIR)
    )


def _tested(row: PilotIndicator, asked: Collection[Asked]) -> Tested | None:
    tests = tuple(row.options.get("tests", ()))
    planned = {one.module for one in asked if one.recommendation == row.recommendation.code}
    return tested_module([module for module in planned if not row.modules or module in row.modules], tests)
