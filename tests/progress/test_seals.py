"""Once the records of courses have gone, every figure is what it was, and goes on from there."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DatabaseError

from lms.application import create_app
from lms.delivery.actions import sittings
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.progress import actions
from lms.progress.models import ActiveDay, Completion, Standing
from lms.progress.rules import Before, course, days_worked, renewal_opens, trail
from lms.progress.seals.actions import seal
from lms.progress.seals.queries import courses_over
from lms.progress.seals.rules import read, stored
from lms.records import queries as records
from lms.records.actions import let_go, store
from lms.records.models import LearningRecord, Source, Verb
from lms.records.queries import every_record, of_courses, still_over
from lms.records.rules import Fate, NewRecord
from tests.progress.modules import content
from tests.progress.test_actions import NOW, one_person
from tests.progress.test_rules import CARDS, FAILED, PASSED, Event, at, saw
from tests.progress.worlds import LATER, a_world

FIGURES = (Standing, Completion, ActiveDay)


@pytest.fixture(scope="module", params=(4,))
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("world")
    (folder / "lms.sqlite").write_bytes(migrated.read_bytes())
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": ""})
    with app.app_context(), writing():
        a_world(request.param)
        yield app
        db.session.rollback()
        db.engine.dispose()


def figures() -> list[set[tuple[object, ...]]]:
    return [{tuple(row) for row in db.session.execute(select(*_figures(table)))} for table in FIGURES]


def _figures(table: Any) -> list[Any]:
    """Return the columns that say what somebody came to, whether records still tell of it or not."""
    return [column for column in table.__table__.columns if column.name not in ("records", "told_at")]


def rebuilt() -> list[set[tuple[object, ...]]]:
    for table in FIGURES:
        db.session.execute(delete(table.__table__))
    actions.mend(actions.compare(actions.EVERYBODY))
    return figures()


def test_figures_rebuilt_from_what_was_sealed_are_those_of_the_records(world: Flask) -> None:
    chance, told = Random(1), list(every_record())
    was = figures()
    moments = sorted(db.session.scalars(select(LearningRecord.occurred_at)))
    for moment in (moments[len(moments) // 2], moments[-1] + timedelta(days=1)):
        due = over(moment)
        assert due
        gone = sum(len(seal(one.edition_id, [one.person_id], moment, now=LATER)) for one in due)
        assert gone == sum(one.records for one in due)
        assert figures() == was == rebuilt()
        assert not actions.compare(actions.EVERYBODY).wrong
        assert not over(moment)
    left = db.session.scalar(select(func.count()).select_from(LearningRecord).where(LearningRecord.voids_id.is_(None)))
    assert left < 10, "the course of the newest record alone"
    again = store(chance.sample(told, 50), LATER)
    assert set(again.fates) == {Fate.DUPLICATE}


def over(moment: datetime) -> list[Any]:
    """Return the courses that are over by what is kept of each: those that their records say."""
    kept = db.session.execute(courses_over(moment)).all()
    assert sorted(map(tuple, kept)) == sorted(map(tuple, db.session.execute(records.courses_over(moment))))
    return list(kept)


def sealed(events: list[Event], **more: object) -> Before:
    found = course(events, content(**more), None)
    return read(json.loads(json.dumps(stored(found, datetime.date))), 7)


def test_what_is_done_since_goes_on_from_what_was_sealed() -> None:
    before = sealed(CARDS + FAILED)
    assert course([], content(), before).standing == before.standing
    begun = course([saw("c1", 900)], content(), before)
    assert (begun.standing.blocks_done, begun.standing.attempts, begun.completions) == (1, 1, [])
    assert course([saw("c1", 900), *later(PASSED, 900)], content(), before).completions == [], (
        "a card is to be seen anew"
    )
    done = course([saw("c1", 900), saw("c2", 901), *later(PASSED, 900)], content(), before)
    facts = done.standing
    assert (facts.started_at, facts.completed_at, facts.last_at) == (at(10), at(980), at(980))
    assert (facts.attempts, facts.first_score, facts.first_passed, facts.best_score) == (2, 0.5, False, 0.75)
    assert facts.active_seconds == before.standing.active_seconds + 80
    assert days_worked(done, datetime.date) == {at(0).date(): facts.active_seconds}
    assert done.first is None, "whose first attempt has gone makes no other first one"


def test_what_was_completed_is_renewed_by_what_is_done_in_time_for_it() -> None:
    before = sealed(CARDS + PASSED, validity_months=2)
    opens = renewal_opens(at(80), 2)
    early, once_more = (
        [replace(one, occurred_at=opens + timedelta(seconds=place)) for place, one in enumerate(CARDS + PASSED, begin)]
        for begin in (-9, 5)
    )
    assert course(early, content(validity_months=2), before).completions == [at(80)]
    renewed = course(early + once_more, content(validity_months=2), before)
    assert renewed.completions == [at(80), once_more[-1].occurred_at]
    assert renewed.standing.renewed_at == once_more[-1].occurred_at


def test_what_evaluations_ask_besides_goes_on_from_what_was_sealed() -> None:
    days = 86_400
    visit, another = ([saw("c1", on * days), saw("c1", on * days + 50)] for on in (3, 4))
    for first, second in ((CARDS + PASSED, visit), (CARDS + PASSED + visit, another), (CARDS, [])):
        before, whole = sealed(first), trail(course(first + second, content()))
        assert trail(course(second, content(), before)) == whole
    assert whole.completing_seconds == 0
    tried = trail(course(later(CARDS + PASSED, days), content(), sealed(CARDS)))
    assert (tried.began_at, tried.first_ended_at) == (at(10), at(days + 80))
    assert tried.completing_seconds == sealed(CARDS).standing.active_seconds + 70


def later(events: list[Event], seconds: float) -> list[Event]:
    return [replace(one, occurred_at=one.occurred_at + timedelta(seconds=seconds)) for one in events]


def test_a_module_is_taken_again_at_a_kiosk_once_its_records_have_gone(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        take(person_id, edition_id, NOW)
        come_in_later(person_id)
        moment = NOW + timedelta(days=1)
        pair = person_id, edition_id
        assert [tuple(one)[:2] for one in over(moment)] == [pair]
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            let_go(of_courses(edition_id, [person_id]), NOW)  # some of them are younger
        was = db.session.get(Standing, pair)
        completed_at, first = was.completed_at, was.first_score
        ids = seal(edition_id, [person_id], moment, now=moment)
        assert len(ids) == 8
        assert still_over(edition_id, [person_id], moment) == set()
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(text("DELETE FROM gone_records"))
        take(person_id, edition_id, NOW + timedelta(days=200))
        come_in_later(person_id)
        assert not over(NOW + timedelta(days=100))
        assert [one.records for one in over(NOW + timedelta(days=300))] == [7]
        db.session.expire_all()
        standing = db.session.get(Standing, pair)
        assert (standing.completed_at, standing.first_score, standing.attempts) == (completed_at, first, 2)
        assert not actions.compare(actions.EVERYBODY).wrong


def come_in_later(person_id: int) -> None:
    """Something else arrives: the course of the newest record stays."""
    newest = NewRecord(id=new_id(), verb=Verb.INITIALIZED, source=Source.IMPORT, person_id=person_id)
    store([newest], NOW)


def take(person_id: int, edition_id: int, begins: datetime) -> None:
    """See both cards and answer all questions rightly at a kiosk."""
    sitting, moments = new_id(), (begins + timedelta(seconds=place) for place in range(9))

    def told() -> dict[str, Any]:
        moment = next(moments)
        return {"record_id": new_id(), "occurred_at": moment, "now": moment}

    kiosk = {"sitting_id": sitting, "terminal_id": None, "language": "en"}
    sittings.open_sitting(person_id, edition_id, **kiosk, **told())
    for key in ("c1", "c2"):
        sittings.see_block(sittings.known(sitting), key, duration_ms=None, **told())
    for key in ("q1", "q2", "q3"):
        sittings.take_answer(sittings.known(sitting), key, True, duration_ms=None, **told())
