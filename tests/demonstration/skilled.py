"""Skills and outside figures of the simulated plant: every awkward case is there."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from lms.demonstration import skilling
from lms.evaluation.readings import queries as readings
from lms.kernel.database import db
from lms.people import queries as people
from lms.reports.leading import leading
from lms.skills import contesting, matrix, proposals, queries, rules, signing
from lms.skills.models import AfestRecord, ContestAnswer, SignedFor
from lms.skills.rules import Level, Outcome
from lms.skills.waiting import waiting

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()


def assert_skills() -> None:
    seen = queries.sign_offs(TODAY, NOW)
    assert {one.outcome for one in seen} == set(Outcome)
    first = defaultdict(Counter)
    for one in seen:
        if one.attempt_number == 1:
            first[one.observer_id][one.outcome is Outcome.ACQUIRED] += 1
    shares = sorted(count[True] / count.total() for count in first.values() if count.total() > 5)
    assert shares[-1] - shares[0] > 0.1, "one evaluator is lenient"
    found = matrix.matrix(TODAY, NOW, None)
    untaught = next(task.id for task in found.tasks if task.code == skilling.UNTAUGHT)
    assert untaught in found.covering.untaught
    covered = {True: 0, False: 0}
    for one in queries.coverage(TODAY, NOW):
        covered[one.shift == "nuit"] += rules.cover(one.persons, one.required) is rules.Cover.COVERED
    assert covered[True] < covered[False] / 2, "the night shift is thin"
    assert waiting(), "signatures are awaited"
    moves = queries.level_changes(TODAY, NOW)
    assert all(move.on <= TODAY for move in moves)
    assert any(move.after is Level.ACCOMPANIED and move.kind is rules.Kind.SIGNED for move in moves)


def assert_vouched() -> None:
    signed = db.session.scalars(select(AfestRecord)).one()
    assert signing.of_sign_offs([signed.sign_off_id]), "a sheet signed by both, with its record of training at work"
    assert len(contesting.waiting(None)) == 1
    assert db.session.scalar(select(func.count()).select_from(ContestAnswer)) == 1
    named = db.session.scalars(select(SignedFor)).one()
    assert named.signer_id != named.leader_id, "the trainer signed in the leader's name"
    present = {stay.person_id for stay in people.memberships(None, TODAY, TODAY)}
    assert proposals.proposals(NOW, present), "levels to look at again"
    told = leading(named.leader_id, people.identity(named.leader_id, TODAY).led_teams, NOW)
    assert [len(one.habilitations) for one in told.not_ready].count(1) == 1, "one has expired"
    assert any(one.for_post for one in told.expiring), "another soon will"


def assert_readings() -> None:
    months = readings.readings("defects", date(2026, 1, 1), TODAY, NOW)
    assert len(months) == 8  # March to October: six months before the one in which it began, and what is over since
    assert [one.series for one in readings.current(NOW) if not one.illustrative] == ["published_share"]
    assert all(one.source for one in readings.current(NOW))
    cost = {one.series: one.value for one in readings.current(NOW) if one.source.startswith("Exemple")}
    room = cost["trainer_cost"] + cost["room_cost"] + cost["classroom_hours"] * cost["wage_rate"]
    assert round(room / cost["classroom_hours"], 2) == 37.38  # evaluation reference, section 2.4
