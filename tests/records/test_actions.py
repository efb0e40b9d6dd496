"""Records as both databases keep them."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.records import actions, queries
from lms.records.models import Activity, LearningRecord, Source, Verb
from lms.records.rules import Fate, ForeignLearner, NewActivity, NewRecord

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
AT = datetime(2026, 3, 2, 8, 59, tzinfo=UTC)


def record(**changes: object) -> NewRecord:
    given = {
        "id": new_id(),
        "verb": Verb.EXPERIENCED,
        "source": Source.IMPORT,
        "activity": NewActivity("https://example.org/a"),
        "foreign_actor": ForeignLearner("mailto:a@example.org", {"mbox": "mailto:a@example.org"}),
        "occurred_at": AT,
    }
    return NewRecord(**{**given, **changes})


def kept() -> list[UUID]:
    return list(db.session.scalars(select(LearningRecord.id).where(queries.not_void()).order_by("sequence")))


def test_a_record_sent_twice_is_stored_once(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        one = record()
        assert actions.store([one, one], NOW).fates == (Fate.STORED, Fate.DUPLICATE)
        db.session.commit()
        assert actions.store([one], NOW + timedelta(days=1)).fates == (Fate.DUPLICATE,)
        assert kept() == [one.id]


SAME = {
    "occurred_at": AT.astimezone(timezone(timedelta(hours=2))),  # the same moment, told elsewhere
    "source": Source.KIOSK,  # the way it came
    "activity": NewActivity("https://example.org/a", "Renamed"),  # what the activity is called
    "extras": {"display": {"en": "saw"}},  # how the verb is worded
}
OTHER = {
    "occurred_at": AT + timedelta(microseconds=1),
    "verb": Verb.ANSWERED,
    "activity": NewActivity("https://example.org/b"),
    "foreign_actor": ForeignLearner("mailto:b@example.org", {}),
    "success": False,
    "response": ["a"],
    "extras": {"context": {"platform": "x"}},
}


@pytest.mark.parametrize(
    ("changes", "fate"),
    [({key: value}, Fate.DUPLICATE) for key, value in SAME.items()]
    + [({key: value}, Fate.CONFLICT) for key, value in OTHER.items()],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else str(value),
)
def test_the_same_id_again(app: Flask, changes: dict[str, object], fate: Fate) -> None:
    with app.app_context(), writing():
        one = record()
        actions.store([one], NOW)
        assert actions.store([replace(one, **changes)], NOW).fates == (fate,)
        stored = db.session.scalars(select(LearningRecord)).one()
        assert (stored.verb, stored.occurred_at, stored.success) == (Verb.EXPERIENCED, AT, None)


def test_a_moment_not_told_is_the_moment_of_recording(app: Flask) -> None:
    with app.app_context(), writing():
        one = record(occurred_at=None)
        actions.store([one], NOW)
        assert actions.store([one], NOW + timedelta(hours=1)).duplicates == 1
        assert db.session.scalars(select(LearningRecord.occurred_at)).one() == NOW


def test_the_database_keeps_records_as_they_are(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        actions.store([record()], NOW)
        db.session.commit()
        for change in ("UPDATE learning_records SET verb = 'x'", "DELETE FROM learning_records"):
            with pytest.raises(DatabaseError, match="append-only"):
                db.session.execute(text(change))
            db.session.rollback()


def test_a_voided_record_is_left_out(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        wrong, right = record(), record()
        void = record(verb=Verb.VOIDED, activity=None, voids_id=wrong.id)
        actions.store([wrong, right, void], NOW)
        assert kept() == [right.id, void.id]


def test_a_voiding_record_cannot_be_voided(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        wrong = record()
        void = record(verb=Verb.VOIDED, activity=None, voids_id=wrong.id)
        early = record(verb=Verb.VOIDED, activity=None, voids_id=void.id)
        late = record(verb=Verb.VOIDED, activity=None, voids_id=void.id)
        assert actions.store([early, wrong, void], NOW).stored == 3  # its target is not known yet: accepted
        assert actions.store([late], NOW).fates == (Fate.VOIDS_A_VOIDING,)
        assert kept() == [early.id, void.id]  # and without effect


def test_activities_lost_in_a_rollback_are_made_again(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        first = record(activity=NewActivity("https://example.org/lost"))
        actions.store([first], NOW)
        db.session.rollback()
        actions.store([record(activity=NewActivity("https://example.org/other"))], NOW)
        db.session.commit()
        actions.store([first], NOW)
        db.session.commit()
        query = select(Activity.iri).join(LearningRecord, LearningRecord.activity_id == Activity.id)
        assert db.session.scalars(query.where(LearningRecord.id == first.id)).one() == "https://example.org/lost"


def test_an_activity_learns_its_name_and_parent_and_keeps_them(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        told = NewActivity("https://example.org/a/1", "Quiz", "https://example.org/type", "https://example.org/a")
        for activity in (NewActivity(told.iri), told, replace(told, name="Renamed", parent="https://example.org/b")):
            actions.store([record(activity=activity)], NOW)
            db.session.commit()
        found = db.session.scalars(select(Activity).where(Activity.iri == told.iri)).one()
        parent = db.session.get(Activity, found.parent_id)
        assert (found.name, found.type, parent.iri) == ("Quiz", told.type, "https://example.org/a")


def test_sequence_is_the_order_of_commits(each_database: Flask) -> None:
    """What a reader has seen up to a sequence number never grows below that number."""
    began, seen = threading.Event(), []
    with each_database.app_context(), writing():
        actions.store([record()], NOW)
        db.session.commit()

    def slow() -> None:
        with each_database.app_context(), writing():
            actions.store([record()], NOW)
            began.set()
            time.sleep(0.3)
            db.session.commit()

    def quick() -> None:
        began.wait()
        with each_database.app_context(), writing():
            actions.store([record()], NOW)
            db.session.commit()
            seen.append(len(kept()))

    threads = [threading.Thread(target=work) for work in (slow, quick)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [3]


def test_what_was_touched_names_the_voided_too(app: Flask) -> None:
    with app.app_context(), writing():
        unknown = record(verb=Verb.VOIDED, activity=None, voids_id=new_id())
        assert actions.store([record(), unknown], NOW).touched == frozenset()


def test_what_voids_is_looked_up_and_never_searched_in_a_database_that_was_analysed(session: Session) -> None:
    actions.store([record() for _ in range(300)], NOW)
    session.execute(text("ANALYZE"))
    sql = str(select(LearningRecord.id).where(queries.not_void()).compile(db.engine))
    plan = [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    looked_up = [step for step in plan if "learning_records_1" in step]
    assert looked_up == ["SEARCH learning_records_1 USING INDEX ix_learning_records_voids_id (voids_id=?)"]
