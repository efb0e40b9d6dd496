"""What the database itself keeps joins no sheet to its writer."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lms.kernel.database import db, is_sqlite, writing
from lms.surveys import box
from lms.surveys import queries as surveys
from lms.surveys.actions import close_wave
from lms.surveys.collecting import answer_at_kiosk, decline
from tests.surveys.making import NOW, a_shift_of, all_of, an_open_wave

DAY = timedelta(days=1)


def _written(table: str, key: str) -> list[tuple[str, bytes]]:
    """The transaction and the key of each row, as they lie (PostgreSQL)."""
    rows = db.session.execute(text(f"SELECT xmin::text, {key}::text FROM {table} ORDER BY ctid"))  # noqa: S608
    return [(row[0], row[1]) for row in rows]


def _answer(person: int, choice: int) -> None:
    wave = surveys.wave("W1")
    assert wave is not None
    answer_at_kiosk(wave, person, all_of(wave, choice), 4.0, now=NOW)
    db.session.commit()


def test_neither_the_transaction_nor_the_place_of_a_row_joins_a_sheet_to_its_writer(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        people = a_shift_of(12)
        an_open_wave(invited=[])
        db.session.commit()
        for place, person in enumerate(people[:10]):
            _answer(person, 1 + place % 5)
        decline(surveys.wave("W1"), people[10], now=NOW)
        db.session.commit()
        assert len(surveys.responses_of(surveys.wave("W1"))) == 10
        if is_sqlite():
            return  # It has no such columns, and keeps the tables in the order of their keys.
        for table, key, number in (("survey_box", "id", 10), ("survey_participations", "digest", 11)):
            written = _written(table, key)
            assert len(written) == number
            assert len({transaction for transaction, _ in written}) == 1, "all as if they had come together"
            assert [found for _, found in written] == sorted(found for _, found in written)
        close_wave(surveys.wave("W1"), now=NOW)
        db.session.commit()
        kept = _written("survey_responses", "id")
        assert (len(kept), len({transaction for transaction, _ in kept})) == (10, 1)
        assert [found for _, found in kept] == sorted(found for _, found in kept)
        db.session.commit()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM FREEZE survey_responses"))
        assert _written("survey_responses", "id") == kept, "freezing takes no transaction away"


def test_those_who_answer_at_the_same_time_are_all_heard(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        people = a_shift_of(6)
        an_open_wave(invited=[])
        db.session.commit()

    def answer(person: int) -> None:
        with each_database.app_context(), writing():
            _answer(person, 3)
            db.session.remove()

    threads = [threading.Thread(target=answer, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with each_database.app_context():
        assert len(surveys.responses_of(surveys.wave("W1"))) == 6
        if not is_sqlite():
            assert len({transaction for transaction, _ in _written("survey_box", "id")}) == 1


def test_a_closed_wave_is_poured_out_once_and_kept_for_good(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        people = a_shift_of(3)
        wave = an_open_wave(invited=[])
        for person in people:
            answer_at_kiosk(wave, person, all_of(wave), None, now=NOW)
        before = surveys.responses_of(wave)
        box.pour_out(NOW + DAY)
        assert db.session.scalar(text("SELECT count(*) FROM survey_box")) == 3, "it is still open"
        for _ in range(2):
            box.pour_out(NOW + 8 * DAY)
        assert db.session.scalar(text("SELECT count(*) FROM survey_box")) == 0
        assert surveys.responses_of(wave) == before
        assert len(surveys.responses(["ADH"], NOW + 9 * DAY, NOW + 9 * DAY)) == 3
        db.session.commit()
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text("UPDATE survey_responses SET week = '2026-W11'"))
        db.session.rollback()
