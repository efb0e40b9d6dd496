"""Pilots with a comparison group, staggered starts, neighbours, signatures."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.evaluation import actions, queries, rules
from lms.evaluation.choices import Baseline, Choice, Design, Signatory, TeamStep
from lms.evaluation.designs import Comparison
from lms.evaluation.estimators.clusters import Cluster
from lms.evaluation.estimators.proportions import newcombe
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.models import Screening
from lms.plans.models import Plan
from tests.evaluation.plant import AFTER, BEFORE, DUE, END, HOUSE, START, Plant, words


def matched(plant: Plant, *compared: str) -> Design:
    return Design(
        words("Pilot"),
        START,
        END,
        [team.id for team in plant.teams.values()],
        comparison=Comparison.MATCHED,
        compared_ids=[plant.teams[code].id for code in compared],
    )


def test_the_comparison_group_stands_beside_the_verdict(session) -> None:  # noqa: ANN001
    """C1 by team: 12, 11, 11 of 12 tried it (34/36), 12 and 11 of 12 are compared with (23/24)."""
    plant = Plant()
    pilot = plant.pilot()
    actions.change_pilot(pilot, matched(plant, "d", "e"))
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
    day = BEFORE.date()
    actions.record_conditions(pilot, opinion_on=day, notice_version="1", notice_on=day, today=day)
    plant.learn()
    evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
    c1 = evaluation.results["figures"]["indicators"][0]
    assert (c1["numerator"], c1["denominator"], c1["teams"]) == (34, 36, 3)
    other = c1["comparison"]
    assert (other["numerator"], other["denominator"], other["teams"]) == (23, 24, 2)
    assert other["difference"] == pytest.approx(34 / 36 - 23 / 24, abs=1e-6)
    first, second = Cluster(34 / 2.1, 36 / 2.1), Cluster(23 / 2.1, 24 / 2.1)  # DEFF 1 + 11 x .10
    expected = newcombe(first, second)
    assert (other["difference_low"], other["difference_high"]) == pytest.approx((expected.low, expected.high), abs=1e-5)
    assert {row["group"] for row in c1["groups"]} == {"a", "b", "c"}
    assert queries.verify(pilot, evaluation) == []


def compared_with(people: int) -> list[dict]:
    """Return the indicators of an evaluation that compares with so many people."""
    plant = Plant()
    for who in plant.people["e"][people:]:
        who.memberships[0].left_on = START - timedelta(days=20)
    pilot = plant.pilot()
    actions.change_pilot(pilot, matched(plant, "e"))
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
    day = BEFORE.date()
    actions.record_conditions(pilot, opinion_on=day, notice_version="1", notice_on=day, today=day)
    plant.learn()
    return actions.evaluate(pilot, END, by=None, now=AFTER).results["figures"]["indicators"]


def test_a_small_comparison_group_is_hidden(session) -> None:  # noqa: ANN001
    c1 = compared_with(4)[0]
    assert c1["value"] is not None
    assert set(c1["comparison"].values()) == {None}


def test_that_all_of_a_few_compared_passed_is_not_told(session) -> None:  # noqa: ANN001
    """Eight people, under twice the least size, who all passed: first attempts are sensitive, completion is not."""
    compared = {row["code"]: row["comparison"]["n"] for row in compared_with(8)}
    assert (compared["C1"], compared["L1"]) == (8, None)


def test_without_a_comparison_group_there_is_no_comparison(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.frozen()
    plant.learn()
    rows = actions.evaluate(pilot, END, by=None, now=AFTER).results["figures"]["indicators"]
    assert [row["comparison"] for row in rows] == [None] * 5


def test_what_a_frozen_text_holds(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.pilot(population=words("Everyone"), inclusion=words("In"), exclusion=words("Out"))
    known = Baseline(0.62, "Attendance sheets", n=55, window="2025", comparable=True)
    actions.change_indicator(pilot, "C1", Choice("C1", plant.recommendation("P1"), 0.75, baseline=known))
    actions.record_screening(
        pilot,
        screened_on=BEFORE.date(),
        screening=Screening.NOT_NEEDED,
        note="x",
        data_officer_on=None,
        today=BEFORE.date(),
    )
    signed = [Signatory("A. B.", "HR", date(2026, 2, 19)), Signatory("C. D.", "Expert")]
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE, signatories=signed)
    text = json.loads(pilot.protocol.text)
    assert text["signatories"] == [
        {"name": "A. B.", "role": "HR", "on": "2026-02-19"},
        {"name": "C. D.", "role": "Expert", "on": "2026-02-20"},
    ]
    assert text["pilot"]["population"] == words("Everyone")
    assert text["pilot"]["comparison"]["kind"] == "one_group"
    assert "causes" in text["pilot"]["comparison"]["weakness"]["en"]
    assert (text["conditions"]["screening"], text["conditions"]["opinion_on"]) == ("not_needed", None)
    first = text["indicators"][0]
    assert (first["threshold"], first["baseline"]["source"], first["baseline"]["n"]) == (0.75, "Attendance sheets", 55)
    assert not text["recommendations"][0]["has_evidence"]  # its finding quotes nothing


@pytest.mark.parametrize("signatories", [[], [Signatory(" ", "HR")]])
def test_someone_signs(session, signatories: list[Signatory]) -> None:  # noqa: ANN001
    with pytest.raises(rules.NoSignatory):
        actions.freeze(Plant().pilot(), HOUSE, by=None, now=BEFORE, signatories=signatories)


def test_two_frozen_pilots_share_nobody_on_the_same_days(session) -> None:  # noqa: ANN001
    plant = Plant()
    for plan in session.scalars(select(Plan)):
        plan.due_on = END + timedelta(weeks=3)
    plant.frozen()
    again = plant.pilot("again", starts_on=END, ends_on=END + timedelta(weeks=4))
    with pytest.raises(rules.PilotsOverlap) as refused:
        actions.freeze(again, HOUSE, by=None, now=BEFORE)
    assert (refused.value.facts["pilot"], refused.value.facts["teams"]) == ("pilot", "a, b, c, d, e")
    later = plant.pilot("later", starts_on=END + timedelta(days=1), ends_on=END + timedelta(weeks=4))
    actions.freeze(later, HOUSE, by=None, now=BEFORE)


def test_what_was_due_before_a_pilot_or_is_asked_after_it_is_none_of_its_plans(session) -> None:  # noqa: ANN001
    plant = Plant()
    for days in ((DUE + timedelta(days=1), END), (START - timedelta(days=9), START - timedelta(days=1))):
        later = plant.pilot(f"pilot-{days[0].day}", starts_on=days[0], ends_on=days[1])
        with pytest.raises(rules.NothingPlanned):
            actions.freeze(later, HOUSE, by=None, now=BEFORE)
    held = actions.freeze(plant.pilot("held", starts_on=DUE, ends_on=END), HOUSE, by=None, now=BEFORE)
    assert [plan["code"] for plan in json.loads(held.text)["plans"]] == ["plan-1", "plan-2", "plan-3"]


def test_designs_that_make_no_sense(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.pilot()
    with pytest.raises(rules.AllTeamsCompared):
        actions.change_pilot(pilot, matched(plant, "a", "b", "c", "d", "e"))
    stray = Design(
        words("x"), START, END, [plant.teams["a"].id], comparison=Comparison.MATCHED,
        compared_ids=[plant.teams["b"].id],
    )  # fmt: skip
    with pytest.raises(rules.ComparedOutsidePilot):
        actions.change_pilot(pilot, stray)
    actions.change_pilot(pilot, matched(plant))
    with pytest.raises(rules.DesignCannotAnswer):
        actions.freeze(pilot, HOUSE, by=None, now=BEFORE)


def test_steps_belong_to_the_design(session) -> None:  # noqa: ANN001
    plant = Plant()
    teams = [team.id for team in plant.teams.values()]
    wedge = Design(words("x"), START, END, teams, comparison=Comparison.STEPPED_WEDGE)
    pilot = plant.pilot()
    actions.change_pilot(pilot, wedge)
    with pytest.raises(rules.StepOutsidePilot):
        actions.stage(pilot, [TeamStep(teams[0], START - timedelta(days=1))])
    actions.stage(pilot, [TeamStep(team, START) for team in teams])
    actions.stage(pilot, [TeamStep(team, START + timedelta(days=7)) for team in teams])
    assert {step.starts_on for step in pilot.steps} == {START + timedelta(days=7)}
    actions.change_pilot(pilot, Design(words("x"), START, END, teams[:3], comparison=Comparison.STEPPED_WEDGE))
    assert {step.team_id for step in pilot.steps} == set(teams[:3])
    actions.change_pilot(pilot, Design(words("x"), START, END, teams))
    assert pilot.steps == []


def test_context_is_ruled_on_where_teams_are_compared() -> None:
    context = replace(INDICATORS["C1"], ruled=False, ruled_if_compared=True)
    values = {"threshold": 0.5, "ambition": None, "n_min": 1, "min_teams": 1, "icc0": 0.1}
    chosen = {**values, "primary": True, "critical": True}
    with pytest.raises(rules.NeverRuled):
        rules.check_indicator(context, chosen)
    rules.check_indicator(context, chosen, compares=True)
    with pytest.raises(rules.NeverRuled):
        rules.check_indicator(replace(context, ruled_if_compared=False), chosen, compares=True)
