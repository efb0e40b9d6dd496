"""What is over goes, in one stated way and in no other; what was published can be computed again."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError

from lms.application import create_app
from lms.delivery.models import KioskVisit
from lms.demonstration import pilot as told_pilot
from lms.evaluation import actions as evaluation
from lms.evaluation import queries as evaluations
from lms.evaluation.rules import RecordsGone
from lms.kernel import database
from lms.kernel.clock import hold, months_after, now
from lms.kernel.database import db, release, writing
from lms.kernel.jobs.working import work_off
from lms.kernel.personal import Term
from lms.kernel.purging import PurgePermit
from lms.people.models import Person, SignInAttempt, SignInOutcome
from lms.people.privacy import looks
from lms.people.privacy.models import Look, LookedAt, Purpose
from lms.privacy import actions, retention, work
from lms.privacy.jobs import ask_to_purge
from lms.privacy.models import Purge
from lms.privacy.queries import purges
from lms.privacy.rules import Because, TermOutOfRange
from lms.progress import actions as progress
from lms.progress import analyses, queries
from lms.progress.models import ActiveDay, Completion, Standing
from lms.records.models import LearningRecord
from tests.people.making import NOW, a_person

pytestmark = pytest.mark.xdist_group("journeys")
LATER = timedelta(days=3 * 366)


@pytest.fixture
def house(told: Path, tmp_path: Path) -> Iterator[Flask]:
    shutil.copytree(told, tmp_path / "instance")
    app = create_app({"INSTANCE_DIR": tmp_path / "instance", "SECRET_KEY": "test", "DATABASE_URL": ""})
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()


@pytest.fixture
def plant(house: Flask) -> Iterator[Flask]:
    with writing():
        yield house
        db.session.rollback()


def test_answers_and_names_go_and_the_evaluation_stands(plant: Flask) -> None:
    pilot = evaluations.pilot(told_pilot.CODE)
    found = evaluation.evaluate(pilot, now().date() - timedelta(days=1), by=None, now=now())
    leaver = db.session.scalars(select(Person).where(Person.email.is_(None)).limit(1)).one()
    name, leaver.left_on = leaver.family_name, now().date() - timedelta(days=1)
    db.session.commit()
    moment = now() + timedelta(days=6 * 366)
    over = {(one.table, one.column): one.rows for one in retention.preview(moment)}
    assert over["learning_records", "response"] > 100
    assert over["people", ""] >= 1
    content = retention.export(moment)
    made = retention.purge(retention.keep_file(content), moment, by=None, now=moment)
    db.session.commit()
    with zipfile.ZipFile(io.BytesIO(retention.read_file(made.id))) as archive:
        handed = json.loads(archive.read("learning_records.response.json"))
    assert len(handed) == over["learning_records", "response"] == made.counts["learning_records.response"]
    answered = select(func.count()).select_from(LearningRecord).where(LearningRecord.response.is_not(None))
    assert db.session.scalar(answered) == 0
    assert db.session.scalar(select(func.count()).select_from(PurgePermit)) == 0
    assert name not in str(db.session.get(Person, leaver.id).full_name)
    assert db.session.scalar(select(func.count()).select_from(KioskVisit)) > 0, "what the evaluation reads stays"
    pilot = evaluations.pilot(told_pilot.CODE)
    assert evaluations.verify(pilot, found) == []
    assert sum(one.rows for one in retention.preview(moment)) == 0, "nothing is left that is over"


def test_what_was_done_goes_once_the_pilot_is_evaluated(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    later = now() + timedelta(days=2 * 366)
    count = select(func.count()).select_from(LearningRecord)
    with writing():
        pilot = evaluations.pilot(told_pilot.CODE)
        assert [one.because for one in work.holding(later)] == [Because.TO_EVALUATE]
        assert work.waiting(later) == 0, "a pilot that waits for its evaluation holds back what was done in it"
        number = evaluation.evaluate(pilot, pilot.ends_on, by=None, now=later).id
        assert work.holding(later) == []
        whole, waiting, standings = db.session.scalar(count), work.waiting(later), figures()
        module_id = max(set(db.session.scalars(select(Completion.module_id))), key=queries.people_in)
        with hold(later):
            told = analyses.analysis(module_id)
        ask_to_purge(by=None, now=later)
        db.session.commit()
    assert waiting > 0.9 * whole
    release()
    monkeypatch.setattr(work, "AT_ONCE", waiting // 3)
    with hold(later):
        assert work_off() >= 3, "each part asks for the next"
    handed = [_handed(made) for made in purges()]
    assert (sum(handed), db.session.scalar(count)) == (waiting, whole - waiting)
    assert figures() == standings
    assert not progress.compare(progress.EVERYBODY).wrong
    assert told.found.attempts > 0
    assert analyses.sealed(module_id)[1] == told
    assert analyses.analysis(module_id).found.attempts is None
    # The evaluation keeps what it came to when it could still be recomputed; now neither it nor another can be.
    pilot = evaluations.pilot(told_pilot.CODE)
    found = evaluations.evaluation(pilot, number)
    sealed = evaluations.seal_of(found)
    assert (sealed.differing, sealed.months) == (0, 6)
    assert 0 < sealed.records <= whole
    assert evaluations.verify(pilot, found) == []
    with pytest.raises(RecordsGone):
        evaluation.work_out(pilot, pilot.ends_on, by=None, now=later)


def _handed(made: Purge) -> int:
    """Return how many records of courses the file of a purge holds: as many as went."""
    with zipfile.ZipFile(io.BytesIO(retention.read_file(made.id))) as archive:
        rows = json.loads(archive.read("learning_records.json")) if made.counts["learning_records"] else []
    assert len(rows) == made.counts["learning_records"]
    return len(rows)


def figures() -> list[set[tuple[object, ...]]]:
    """Return every row of what is worked out from the records, but for how many still tell of it."""
    tables = (Standing, Completion, ActiveDay)
    columns = [[one for one in table.__table__.columns if one.name not in ("records", "told_at")] for table in tables]
    return [{tuple(row) for row in db.session.execute(select(*own))} for own in columns]


def test_only_what_is_over_goes_and_only_by_a_permit(each_database: Flask) -> None:
    with each_database.app_context(), database.writing():
        one, other = a_person(), a_person("2")
        for at in (NOW - LATER, NOW):
            attempt = {"origin": "staff:x", "name_digest": b"x", "outcome": SignInOutcome.UNKNOWN}
            db.session.add(SignInAttempt(at=at, **attempt))
            looks.note(looks.Looked(one, (), Purpose.PEOPLE, "admin.person", {other} if at == NOW else {other, 99}), at)
        db.session.commit()
        for change in ("DELETE FROM looks", "DELETE FROM sign_in_attempts", "DELETE FROM looked_at"):
            with pytest.raises(DatabaseError, match="append-only"):
                db.session.execute(text(change))
            db.session.rollback()
        retention.purge("x", NOW, by=None, now=NOW)
        db.session.commit()
        assert list(db.session.scalars(select(SignInAttempt.at))) == [NOW]
        assert list(db.session.scalars(select(Look.at))) == [NOW]
        assert len(db.session.scalars(select(LookedAt)).all()) == 1
        # A permit lets through what is over and nothing else: no younger row, no change of one.
        db.session.add(PurgePermit(table_name="looks", before=NOW - timedelta(days=1)))
        db.session.flush()
        for change in ("DELETE FROM looks", "UPDATE looks SET page = 'x'"):
            with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
                db.session.execute(text(change))
        db.session.rollback()


def test_an_answer_is_emptied_and_nothing_beside_it(plant: Flask) -> None:
    db.session.add(PurgePermit(table_name="learning_records", before=now()))
    db.session.flush()
    answered = LearningRecord.response.is_not(None)
    for change in ({"response": None, "success": True}, {"response": "other"}, {"score_scaled": 1.0}):
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(update(LearningRecord).where(answered).values(**change))


def test_a_length_has_bounds_and_the_newest_counts(session) -> None:
    with pytest.raises(TermOutOfRange):
        actions.set_term(Term.LOOKS, 1, by=None, now=NOW)
    for months in (18, 24):
        actions.set_term(Term.LOOKS, months, by=None, now=NOW)
    before = {one.table: one.before for one in retention.preview(NOW)}
    assert before["looks"] == months_after(NOW, -24)
