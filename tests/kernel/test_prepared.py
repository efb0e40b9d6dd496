"""A prepared statement says what SQLAlchemy says, on both engines."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError

from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.kernel.prepared import Prepared
from lms.people.models import Person
from lms.records.models import Activity, LearningRecord, Source

_table = LearningRecord.__table__
COLUMNS = [column for column in _table.columns if column.name != "sequence"]
NOON = datetime(2027, 3, 8, 12, 0, 0, 123456, tzinfo=UTC)


def _put(dialect: str):
    made = (sqlite if dialect == "sqlite" else postgresql).insert(_table)
    return made.values({c.name: bindparam(c.name) for c in COLUMNS}).on_conflict_do_nothing(index_elements=["id"])


put = Prepared(_put)
registered = Prepared(select(Person.registration).where(Person.personal_code == bindparam("code")))
of_source = Prepared(select(*COLUMNS).where(_table.c.id == bindparam("id"), _table.c.source == Source.KIOSK))


@pytest.fixture
def row(each_database: Flask):
    """A record with a value of each type, a moment of another zone among them."""
    with each_database.app_context(), writing():
        about = {"personal_code": "1", "given_name": "A", "family_name": "B", "created_at": NOON}
        person = db.session.scalar(insert(Person).values(registration="1", **about).returning(Person.id))
        activity = db.session.scalar(insert(Activity).values(iri="urn:x", name="", type="").returning(Activity.id))
        yield dict.fromkeys((column.name for column in COLUMNS), None) | {
            "id": new_id(),
            "person_id": person,
            "activity_id": activity,
            "verb": "urn:did",
            "occurred_at": NOON.astimezone(timezone(timedelta(hours=2))),
            "recorded_at": NOON,
            "success": True,
            "score_scaled": 0.5,
            "response": {"left": ["é", 2.5, None]},
            "source": Source.KIOSK,
            "digest": b"\\x00\\xff",
        }
        db.session.rollback()


def test_what_goes_in_comes_out(row) -> None:
    assert put.run(row) == 1
    (found,) = of_source.rows({"id": row["id"]})
    assert found._asdict() == row
    assert found.occurred_at.tzinfo is UTC
    assert db.session.execute(select(*COLUMNS)).one()._asdict() == row, "and SQLAlchemy reads the same"


def test_a_row_that_is_there_already_counts_as_none(row) -> None:
    assert [put.run(row), put.run(row)] == [1, 0]


def test_nothing_found(row) -> None:
    assert of_source.rows({"id": new_id()}) == []


def test_it_runs_in_the_transaction_of_the_session(row) -> None:
    put.run(row)
    db.session.rollback()
    assert of_source.rows({"id": row["id"]}) == []


def test_it_refuses_to_go_on_in_a_transaction_that_failed(row) -> None:
    """Nothing may be written beside a transaction that was rolled back."""
    put.run(row)
    db.session.add(Person(registration="1", personal_code="1", given_name="A", family_name="B", created_at=NOON))
    with pytest.raises(IntegrityError):
        db.session.flush()
    with pytest.raises(PendingRollbackError):
        put.run({**row, "id": new_id()})


def test_what_waits_in_the_session_is_written_first(row) -> None:
    db.session.add(Person(registration="2", personal_code="2", given_name="C", family_name="D", created_at=NOON))
    assert [found.registration for found in registered.rows({"code": "2"})] == ["2"]


def test_its_failures_are_those_of_any_other_statement(row) -> None:
    """A driver's own error would say nothing to whoever tells a busy database from a fault."""
    db.session.execute(text("ALTER TABLE learning_records RENAME TO gone"))
    with pytest.raises(DBAPIError):
        of_source.rows({"id": row["id"]})
    db.session.rollback()
