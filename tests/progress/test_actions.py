"""Standings as they follow the records, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select, text

from lms.catalogue.actions import add_edition
from lms.catalogue.models import Module
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.models import Person
from lms.progress import actions, queries
from lms.progress.models import Standing
from lms.records.actions import store
from lms.records.models import Source, Verb
from lms.records.rules import NewRecord, edition_activity
from tests.progress.modules import content

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@contextmanager
def one_person(app: Flask) -> Iterator[tuple[int, int]]:
    with app.app_context(), writing():
        person = Person(registration="1", personal_code="1", given_name="A", family_name="B", created_at=NOW)
        module = Module(code="lockout", created_at=NOW)
        db.session.add_all([person, module])
        db.session.flush()
        edition = add_edition(module, content(), {}, note="", by=None, now=NOW)
        yield person.id, edition.id


def records(person_id: int, edition_id: int) -> list[NewRecord]:
    told = [(Verb.EXPERIENCED, "c1", None), (Verb.EXPERIENCED, "c2", None)]
    told += [(Verb.ANSWERED, "q1", True), (Verb.ANSWERED, "q2", True), (Verb.ANSWERED, "q3", False)]
    return [
        NewRecord(
            id=new_id(),
            verb=verb,
            source=Source.KIOSK,
            activity=edition_activity("lockout", 1),
            person_id=person_id,
            edition_id=edition_id,
            block_key=key,
            attempt=1,
            success=success,
            occurred_at=NOW + timedelta(seconds=10 * place),
        )
        for place, (verb, key, success) in enumerate(told)
    ]


def taken(new: list[NewRecord]) -> None:
    for person_id, edition_id in store(new, NOW).touched:
        actions.refresh(person_id, edition_id)


def differing() -> list[actions.Pair]:
    return sorted(actions.compare(actions.EVERYBODY).wrong)


def rebuild() -> int:
    return actions.mend(actions.compare(actions.EVERYBODY))


def columns() -> list[tuple[object, ...]]:
    table = Standing.__table__
    return [tuple(row) for row in db.session.execute(select(*[c for c in table.columns if c.name != "read_up_to"]))]


def test_arrival_in_any_order_and_twice_gives_one_standing(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        told = records(person_id, edition_id)
        for one in [told[4], told[0], told[4], told[2], told[1], told[3], told[0]]:
            taken([one])
        late = columns()
        standing = db.session.get(Standing, (person_id, edition_id))
        assert (standing.first_score, standing.first_passed) == (0.75, True)
        assert (standing.completed_at, standing.read_up_to) == (NOW + timedelta(seconds=40), 5)
        db.session.execute(text("DELETE FROM standings"))
        rebuild()
        assert columns() == late


def test_voiding_a_record_takes_it_out_of_the_standing(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        told = records(person_id, edition_id)
        taken(told)
        void = NewRecord(
            id=new_id(),
            verb=Verb.VOIDED,
            source=Source.IMPORT,
            person_id=person_id,
            voids_id=told[3].id,
            occurred_at=NOW,
        )
        taken([void])
        standing = db.session.get(Standing, (person_id, edition_id))
        assert (standing.attempts, standing.completed_at, standing.blocks_done) == (0, None, 4)


def test_a_standing_that_is_wrong_is_found_and_mended(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        taken(records(person_id, edition_id))
        assert differing() == []
        db.session.execute(text("UPDATE standings SET first_score = 1"))
        assert differing() == [(person_id, edition_id)]
        assert rebuild() == 1
        assert differing() == []
        db.session.execute(text("DELETE FROM standings"))
        assert rebuild() == 1


def test_what_was_known_at_a_sequence_can_be_worked_out_later(each_database: Flask) -> None:
    with one_person(each_database) as (person_id, edition_id):
        told = records(person_id, edition_id)
        taken(told[:4])
        known = list(queries.recompute([edition_id], up_to=4))
        taken([told[4]])
        assert list(queries.recompute([edition_id], up_to=4)) == known
        assert next(queries.recompute(until=NOW + timedelta(seconds=5))).facts.blocks_done == 1
