"""A pilot from design to verified verdicts, with real records on real databases."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from lms.evaluation import actions, queries, rules
from lms.evaluation.choices import Baseline, Choice, Departure, Design
from lms.evaluation.models import Evaluation
from lms.evaluation.protocol import canonical, sha256
from lms.kernel.database import db, writing
from lms.kernel.refusals import NotFound, Refusal
from lms.plans import actions as plans
from lms.plans import queries as planned
from lms.surveys import actions as surveys
from lms.surveys.box import pour_out
from lms.surveys.collecting import answer_on_paper
from lms.surveys.rules import Band, Cell, Moment
from tests.evaluation.plant import AFTER, BEFORE, DUE, END, HOUSE, START, THEN, Plant, record, store, words
from tests.surveys.making import a_wish


def by_code(evaluation: Evaluation) -> dict[str, dict]:
    return {row["code"]: row for row in evaluation.results["figures"]["indicators"]}


def test_the_table_of_the_reference(each_database: Flask) -> None:
    """Figures and verdicts of section 8; the R1 and C2 counts by hand."""
    with each_database.app_context(), writing():
        plant = Plant()
        pilot = plant.frozen()
        plant.learn()
        evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
        found = by_code(evaluation)
        c1 = found["C1"]
        assert (c1["numerator"], c1["denominator"], c1["n"], c1["teams"]) == (57, 60, 60, 5)
        assert (c1["low"], c1["high"]) == pytest.approx((0.8046, 0.989), abs=5e-4)
        assert c1["n_eff"] == pytest.approx(60 / 2.1, abs=1e-5)
        assert (c1["verdict"], c1["reason"], c1["fragile"]) == ("met", "ci_clears_target", True)
        l1 = found["L1"]
        assert (l1["numerator"], l1["denominator"]) == (40, 60)
        assert (l1["low"], l1["high"]) == pytest.approx((0.509, 0.7941), abs=5e-4)
        assert (l1["verdict"], l1["fragile"]) == ("not_met", True)
        assert (found["Q1"]["verdict"], found["Q1"]["fragile"]) == ("inconclusive", None)
        assert found["Q1"]["value"] == pytest.approx(23 / 24 - 11 / 12, abs=1e-6)
        assert (found["R1"]["numerator"], found["R1"]["denominator"]) == (59, 60)  # the leaver never started
        assert (found["C2"]["numerator"], found["C2"]["denominator"]) == (57, 60)
        assert (found["C2"]["verdict"], found["C2"]["low"] is not None) == (None, True)  # secondary: no verdict
        verdicts = {row["code"]: row["verdict"] for row in evaluation.results["figures"]["recommendations"]}
        assert verdicts == {"P1": "met", "P2": "inconclusive", "P3": "not_met", "P4": "outside_pilot"}
        assert queries.verify(pilot, evaluation) == []


def test_who_counts(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.frozen()
    plant.learn()
    flow = actions.evaluate(pilot, END, by=None, now=AFTER).results["figures"]["flow"]
    assert flow == {
        "roster": 62,
        "left_out_by_role": 1,
        "too_short": 1,
        "concerned": 60,
        "joined_later": 0,
        "left_before_end": 1,
        "started": 60,  # the leaver started m2
        "attempted": 60,
        "completed_all": 57,
    }


def test_groups_that_could_give_someone_away_are_masked(session) -> None:  # noqa: ANN001
    plant = Plant()
    for who in plant.people["e"][4:]:
        who.memberships[0].left_on = START - timedelta(days=20)
    pilot = plant.frozen()
    plant.learn()
    completion = by_code(actions.evaluate(pilot, END, by=None, now=AFTER))["C1"]
    groups = completion["groups"]
    without = {row["detail"] for row in completion["sensitivity"] if row["choice"] == "without_team"}
    assert without == {"a", "b", "d"}, "all but one team would be that team, by subtraction"
    [partly] = [row for row in completion["sensitivity"] if row["choice"] == "per_protocol"]
    assert (partly["low"], partly["verdict"] is None) == (None, False), (
        "one left early: the interval would tell of them"
    )
    assert [row["group"] for row in groups if row["masked"]] == ["c", "e"]  # four people, and one team to hide them
    assert all(row["numerator"] is None for row in groups if row["masked"])


def test_what_came_later_changes_nothing(session) -> None:  # noqa: ANN001
    """Late records, a changed roster and a cancelled plan leave an evaluation as it was."""
    plant = Plant()
    pilot = plant.frozen()
    plant.learn()
    evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
    store(record(plant.people["b"][-1], plant.m1, "q1", THEN + timedelta(days=1), success=True, attempt=2))
    plant.people["a"][0].memberships[0].left_on = START - timedelta(days=1)
    plans.cancel_plan(planned.plan("plan-3"), now=AFTER)
    db.session.flush()
    assert queries.verify(pilot, evaluation) == []
    again = actions.evaluate(pilot, END, by=None, now=AFTER)
    assert by_code(again)["C1"]["numerator"] == 57  # 58 complete, one of them no longer counts
    assert by_code(again)["L1"]["verdict"] == "not_measurable"
    assert {"kind": "plan_cancelled", "fact": "plan-3"} in again.results["context"]["deviations"]


TRIGGERS = (
    "DROP TRIGGER evaluations_no_update",
    "DROP TRIGGER protocols_no_update",
    "DROP TRIGGER learning_records_no_update",
)


def tamper(statement: str) -> None:
    db.session.flush()
    for trigger in TRIGGERS:
        db.session.execute(text(trigger))
    assert db.session.connection().exec_driver_sql(statement).rowcount > 0
    db.session.expire_all()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "UPDATE evaluations SET results = json_set(results, '$.figures.indicators[0].numerator', 60)",
            {"digest", "figures.indicators[0].numerator"},
        ),
        (
            "UPDATE evaluations SET results = json_set(results, '$.figures.recommendations[2].verdict', 'met')",
            {"digest", "figures.recommendations[2].verdict"},
        ),
        ("UPDATE evaluations SET results = json_set(results, '$.context.illustrative', 1)", {"digest"}),
        ("UPDATE evaluations SET population = json_remove(population, '$.rows[0]')", {"digest"}),
        ("UPDATE evaluations SET records_up_to = 0", {"figures.indicators[0].numerator"}),
        (
            "UPDATE protocols SET text = replace(text, '\"threshold\":0.8', '\"threshold\":0.6')",
            {"protocol.sha256", "figures.indicators[0].threshold"},
        ),
        ("UPDATE protocols SET sha256 = 'x'", {"protocol.sha256", "protocol_sha256"}),
        (
            "UPDATE learning_records SET success = 0 WHERE block_key = 'q1'",
            {"figures.indicators[0].numerator", "figures.indicators[0].verdict"},
        ),
    ],
)
def test_verify_finds_what_was_tampered_with(session, statement: str, expected: set[str]) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.frozen()
    plant.learn()
    evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
    tamper(statement)
    assert expected <= {difference.path for difference in queries.verify(queries.pilot("pilot"), evaluation)}


def test_the_protocol_is_one_text_with_one_hash(session) -> None:  # noqa: ANN001
    pilot = Plant().frozen()
    protocol = pilot.protocol
    document = json.loads(protocol.text)
    assert protocol.sha256 == sha256(canonical(document)) == sha256(protocol.text)
    assert (protocol.records_up_to, protocol.frozen_at) == (0, BEFORE)
    c1 = document["indicators"][0]
    assert (c1["threshold"], c1["ambition"], c1["modules"]) == (0.8, 0.95, ["m1"])
    assert c1["definition"]["label"] == {"en": "Completion", "fr": "Achèvement"}
    assert document["plans"][0]["teams"] == ["a", "b", "c", "d", "e"]


def test_a_frozen_protocol_only_takes_amendments(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.frozen()
    text_before = pilot.protocol.text
    for attempt in (
        lambda: actions.change_pilot(pilot, Design(words("x"), START, END, [plant.teams["a"].id])),
        lambda: actions.add_indicator(pilot, Choice("R1", plant.recommendation("P1"), 0.5)),
        lambda: actions.remove_indicator(pilot, "C1"),
        lambda: actions.freeze(pilot, HOUSE, by=None, now=AFTER),
    ):
        with pytest.raises(rules.PilotFrozen):
            attempt()
    lower = Departure("threshold", 0.6, "The kiosk came late.", data_seen=False, indicator="C1")
    actions.amend(pilot, lower, by=None, now=THEN)
    assert pilot.protocol.text == text_before
    assert queries.document(pilot.protocol)["indicators"][0]["threshold"] == 0.6
    plant.learn()
    evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
    assert by_code(evaluation)["C1"]["threshold"] == 0.6
    told = evaluation.results["context"]["amendments"][0]
    assert (told["reason"], told["data_seen"], told["changes"]["before"]) == ("The kiosk came late.", False, 0.8)
    later = actions.amend(pilot, Departure("ends_on", "2026-06-30", "x", data_seen=False), by=None, now=AFTER)
    assert later.data_seen  # there is an evaluation: data were seen, whatever is declared
    assert queries.verify(pilot, evaluation) == []  # it knew one amendment only


@pytest.mark.parametrize(
    ("departure", "refusal"),
    [
        (Departure("threshold", 0.8, "x", False, "C1"), rules.AmendmentChangesNothing),
        (Departure("threshold", 1.2, "x", False, "C1"), rules.ThresholdOutOfRange),
        (Departure("primary", False, "x", False, "C1"), rules.CriticalMustBePrimary),
        (Departure("ends_on", "2026-01-01", "x", False), rules.PilotEndsBeforeStart),
        (Departure("threshold", 0.5, "x", False, "C9"), NotFound),
        (Departure("definition", {}, "x", False, "C1"), NotFound),
    ],
)
def test_amendments_that_make_no_sense(session, departure: Departure, refusal: type[Refusal]) -> None:  # noqa: ANN001
    with pytest.raises(refusal):
        actions.amend(Plant().frozen(), departure, by=None, now=AFTER)


def test_a_pilot_without_opinion_or_notice_does_not_run(session) -> None:  # noqa: ANN001
    pilot = Plant().pilot()
    with pytest.raises(rules.ProtocolNotFrozen):
        actions.evaluate(pilot, END, by=None, now=AFTER)
    actions.freeze(pilot, HOUSE, by=None, now=BEFORE)
    with pytest.raises(rules.PilotCannotRun):
        actions.evaluate(pilot, END, by=None, now=AFTER)
    assert rules.state(queries.conditions(pilot), END) is rules.State.FROZEN


@pytest.mark.parametrize("as_of", [START - timedelta(days=1), AFTER.date() + timedelta(days=1)])
def test_the_cut_off_lies_within_the_pilot_and_the_past(session, as_of: date) -> None:  # noqa: ANN001
    with pytest.raises(rules.CutOffOutsidePilot):
        actions.evaluate(Plant().frozen(), as_of, by=None, now=AFTER)


def test_departures_from_the_order_of_things_are_told(session) -> None:  # noqa: ANN001
    plant = Plant()
    plant.learn()
    pilot = plant.pilot()
    actions.freeze(pilot, HOUSE, by=None, now=THEN)
    late = START + timedelta(days=3)
    actions.record_conditions(pilot, opinion_on=late, notice_version="1", notice_on=START, today=late)
    told = actions.evaluate(pilot, DUE, by=None, now=AFTER).results["context"]
    kinds = {row["kind"]: row["fact"] for row in told["deviations"]}
    assert kinds["frozen_after_start"] == THEN.date().isoformat()
    assert kinds["opinion_after_start"] == late.isoformat()
    assert "notice_after_start" not in kinds
    assert kinds["records_before_freeze"] > 200
    assert told["interim"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"code": "no spaces"}, rules.PilotCodeMalformed),
        ({"code": "pilot"}, rules.PilotCodeTaken),
        ({"ends_on": START - timedelta(days=1)}, rules.PilotEndsBeforeStart),
        ({"team_ids": []}, rules.PilotWithoutTeams),
    ],
)
def test_pilots_that_make_no_sense(session, change: dict, refusal: type[Refusal]) -> None:  # noqa: ANN001
    plant = Plant()
    plant.pilot()
    given = {"code": "other", "starts_on": START, "ends_on": END, "team_ids": [plant.teams["a"].id], **change}
    code = given.pop("code")
    with pytest.raises(refusal):
        actions.create_pilot(code, plant.audit.id, Design(words("x"), **given), now=BEFORE)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"threshold": 1.0}, rules.ThresholdOutOfRange),
        ({"ambition": 0.0}, rules.AmbitionOutOfRange),
        ({"ambition": 0.7}, rules.AmbitionShortOfThreshold),
        ({"threshold": 0.008}, rules.ShareTypedAsFraction),
        ({"baseline": Baseline(0.5, source=" ")}, rules.BaselineWithoutSource),
        ({"baseline": Baseline(50, source="x")}, rules.BaselineOutOfRange),
        ({"n_min": 0}, rules.LeastNumbersOutOfRange),
        ({"icc0": 1.0}, rules.LeastNumbersOutOfRange),
        ({"primary": False}, rules.CriticalMustBePrimary),
        ({"indicator": "Z9"}, NotFound),
        ({"recommendation": "P4"}, rules.UntestableRecommendation),
    ],
)
def test_indicators_that_make_no_sense(session, change: dict, refusal: type[Refusal]) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.pilot()
    given = {"indicator": "C1", "recommendation": "P1", "threshold": 0.8, **change}
    recommendation = plant.recommendation(given.pop("recommendation"))
    with pytest.raises(refusal):
        actions.add_indicator(pilot, Choice(recommendation_id=recommendation, **given))


def test_freezing_asks_for_what_a_protocol_needs(session) -> None:  # noqa: ANN001
    plant = Plant()
    pilot = plant.pilot()
    again = actions.add_indicator(pilot, Choice("C1", plant.recommendation("P2"), 0.5))
    assert again.code == "C1-2"
    actions.add_indicator(pilot, Choice("C1", plant.recommendation("P3"), 0.5))
    frozen = {"house": HOUSE, "by": None, "now": BEFORE}
    with pytest.raises(rules.TooManyPrimaryIndicators):
        actions.freeze(pilot, **frozen)
    for row in list(pilot.indicators):
        actions.remove_indicator(pilot, row.code)
    with pytest.raises(rules.PilotWithoutIndicators):
        actions.freeze(pilot, **frozen)
    actions.add_indicator(pilot, Choice("C1", plant.recommendation("P1"), 0.5, modules=["m2"]))
    with pytest.raises(rules.ModulesNotPlanned):
        actions.freeze(pilot, **frozen)
    for plan in planned.every_plan():
        plans.cancel_plan(plan, now=BEFORE)
    with pytest.raises(rules.NothingPlanned):
        actions.freeze(pilot, **frozen)


def a_closed_wave(opens: date, answer: int) -> None:
    """Ask all shifts about adhesion for a week, two thirds of twelve or more of each answering."""
    at = datetime.combine(opens, time(9), UTC)
    cells = [Cell(Band.OPERATOR, shift, 24) for shift in ("morning", "evening")]
    days = {"opens_at": at, "closes_at": at + timedelta(days=7)}
    wave = surveys.make_wave(a_wish(f"ADH-{opens}", invited=cells, moment=Moment.AFTER, **days), now=at)
    surveys.announce(wave, now=at)
    for place in range(32):
        given = {item.key: answer if place < 24 else 2 for item in wave.content.items}
        answer_on_paper(wave, Band.OPERATOR, ("morning", "evening")[place % 2], given, now=at)
    pour_out(at + timedelta(days=8))


def test_opinions_are_kept_beside_what_was_done_and_found_again(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        plant = Plant()
        pilot = plant.frozen()
        plant.learn()
        a_closed_wave(DUE, 4)
        evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
        found = evaluation.results["figures"]["said_and_did"]
        told = {row["shift"]: (row["answers"], row["favourable"], row["people"]) for row in found["rows"]}
        assert told[None] == (32, 0.75, 60)
        assert told["morning"] == (16, 0.75, 24)
        assert told["night"][0] is None
        a_closed_wave(END + timedelta(days=30), 2)
        assert queries.verify(pilot, evaluation) == []
        assert [one.id for _, one in queries.newest_beside(found["wave"])] == [evaluation.id]
        assert queries.newest_beside("another") == []
