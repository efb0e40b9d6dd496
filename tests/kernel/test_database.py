"""The database base: times with zones, writers in turn, nothing half-kept."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, inspect, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError, StatementError

from lms.kernel import database
from lms.kernel.database import FairLock, db
from lms.people.models import Person, Role, RoleGrant, Site
from tests.quicker import CAREFUL_PRAGMAS

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def person(**columns: object) -> Person:
    given = {"registration": "1", "personal_code": "1", "given_name": "A", "family_name": "B", "created_at": NOW}
    return Person(**{**given, **columns})


def test_times_come_back_aware_and_in_utc(each_database: Flask) -> None:
    with each_database.app_context(), database.writing():
        db.session.add(person(created_at=datetime(2026, 1, 1, 13, tzinfo=timezone(timedelta(hours=1)))))
        db.session.commit()
        assert db.session.query(Person).one().created_at == NOW
        assert db.session.query(Person).one().created_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(session) -> None:
    session.add(person(created_at=datetime(2026, 1, 1, 12)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


def test_an_index_of_some_rows_says_which_to_the_database_in_use(each_database: Flask) -> None:
    some = database.partial_index("uq_days_given", "day", where="day IS NOT NULL", unique=True)
    table = Table("days_given", MetaData(), Column("day", Integer), some)
    with each_database.app_context(), db.engine.connect() as connection:
        table.create(connection)
        (found,) = inspect(connection).get_indexes("days_given")
        connection.execute(text("DROP TABLE days_given"))
    assert found["unique"]
    assert [str(one).strip("()") for name, one in found["dialect_options"].items() if "where" in name] == [
        "day IS NOT NULL"
    ]


def test_enums_are_checked_by_name(each_database: Flask) -> None:
    with each_database.app_context(), database.writing():
        db.session.add(person())
        db.session.flush()
        with pytest.raises(IntegrityError, match="ck_role_grants_role"):
            db.session.execute(text("INSERT INTO role_grants (person_id, role) SELECT id, 'king' FROM people"))


def test_only_a_leader_has_a_team(each_database: Flask) -> None:
    with each_database.app_context(), database.writing():
        db.session.add(RoleGrant(person=person(), role=Role.TEAM_LEADER))
        with pytest.raises(IntegrityError, match="only_leaders_have_a_team"):
            db.session.flush()


def test_a_forgotten_load_is_an_error(session) -> None:
    session.add(person())
    session.commit()
    with pytest.raises(InvalidRequestError, match="raise_on_sql"):
        session.query(Person).one().memberships  # noqa: B018


def test_foreign_keys_hold(session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(text("INSERT INTO teams (code, name, shift_id) VALUES ('t', 'T', 99)"))


def test_sqlite_keeps_what_it_acknowledged(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", CAREFUL_PRAGMAS)
    app = make_app()
    with app.app_context():
        assert db.session.scalar(text("PRAGMA synchronous")) == 2, "FULL: NORMAL loses answers on a power cut"
        assert db.session.scalar(text("PRAGMA journal_mode")) == "wal"
        db.engine.dispose()


def test_the_lock_is_handed_over_in_order() -> None:
    lock, order = FairLock(), []
    lock.acquire()

    def wait(name: int) -> None:
        lock.acquire()
        order.append(name)
        lock.release()

    threads = [threading.Thread(target=wait, args=(name,)) for name in range(8)]
    for place, thread in enumerate(threads):
        thread.start()
        while len(lock._waiting) <= place:
            time.sleep(0.001)
    lock.release()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_writers_who_read_first_do_not_fail(app: Flask) -> None:
    """A deferred transaction would fail at once here with SQLITE_BUSY_SNAPSHOT."""

    def rename() -> None:
        with app.app_context(), database.writing():
            for _ in range(10):
                site = db.session.query(Site).one()
                site.name = str(int(site.name) + 1)
                db.session.commit()

    with app.app_context(), database.writing():
        db.session.add(Site(code="s", name="0"))
        db.session.commit()
    threads = [threading.Thread(target=rename) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert db.session.query(Site).one().name == "80"


def test_savepoints_undo_their_part_only(each_database: Flask) -> None:
    with each_database.app_context(), database.writing():
        db.session.add(Site(code="a", name="A"))
        db.session.flush()
        nested = db.session.begin_nested()
        db.session.add(Site(code="b", name="B"))
        db.session.flush()
        nested.rollback()
        db.session.commit()
        assert [site.code for site in db.session.query(Site)] == ["a"]
