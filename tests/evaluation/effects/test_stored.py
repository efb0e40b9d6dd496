"""A pilot that starts by steps, from its freeze to its dossier: the change is stored and can be computed again."""

from datetime import timedelta

from sqlalchemy import select

from lms.evaluation import actions, queries
from lms.evaluation.choices import Choice, Design, TeamStep
from lms.evaluation.designs import Comparison
from lms.evaluation.effects.queries import outlooks
from lms.evaluation.effects.told import Told, Why
from lms.kernel.database import db
from lms.people.models import Team
from lms.plans.models import Plan
from tests.evaluation.plant import AFTER, BEFORE, END, HOUSE, START, Plant, words


def staged(plant: Plant):  # noqa: ANN201
    """The plant with a sixth team, so far without people, and starts every other week."""
    last = START + timedelta(weeks=4)
    plant.teams["f"] = Team(code="f", name="F", shift=plant.teams["e"].shift)
    db.session.add(plant.teams["f"])
    for plan in db.session.scalars(select(Plan)):
        plan.assigned_on = last
    pilot = plant.pilot()
    teams = [team.id for team in plant.teams.values()]
    actions.change_pilot(pilot, Design(words("Pilot"), START, END, teams, comparison=Comparison.STEPPED_WEDGE))
    actions.stage(
        pilot, [TeamStep(team, START + timedelta(weeks=2 * (place // 2))) for place, team in enumerate(teams)]
    )
    actions.add_indicator(pilot, Choice("T3", plant.recommendation("P1"), 1.0, critical=False, primary=False))
    return pilot


def test_the_change_is_stored_and_computed_again(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = staged(plant)
    assert outlooks(pilot, START)["C1"].why is Why.ONLY_AFTER
    assert outlooks(pilot, START)["T3"].why is Why.FEW_TEAMS  # the sixth has nobody
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
    day = BEFORE.date()
    actions.record_conditions(pilot, opinion_on=day, notice_version="1", notice_on=day, today=day)
    plant.learn()
    evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
    rows = {row["code"]: row["change"] for row in evaluation.results["figures"]["indicators"]}
    assert (rows["C1"]["told"], rows["C1"]["why"]) == (Told.NOT_MEASURABLE, Why.ONLY_AFTER)
    assert (rows["T3"]["told"], rows["T3"]["why"], rows["T3"]["teams"]) == (Told.INCONCLUSIVE, Why.FEW_TEAMS, 5)
    assert queries.verify(pilot, evaluation) == []
