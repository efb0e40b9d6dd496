"""A later pilot counts what was done before it in the same way once the records of that have gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lms.evaluation import gathering, queries, sources
from lms.evaluation.facts import Facts, Need
from lms.evaluation.indicators.registry import INDICATORS
from lms.evaluation.protocol import FrozenProtocol, read
from lms.evaluation.rules import RecordsGone
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.progress.seals.actions import seal
from lms.progress.seals.models import Seal
from lms.records.queries import courses_over, last_sequence
from lms.records.rules import NewRecord
from tests.evaluation.plant import AFTER, END, THEN, Plant, record, store

STARTS_ON, DURING, GONE_UP_TO = date(2026, 4, 20), datetime(2026, 5, 4, 9, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


def before_it(plant: Plant) -> Iterator[NewRecord]:
    """Teams a and b sit in other sittings too: tests with sureness, and visits after completion."""
    for place, who in enumerate([*plant.people["a"], *plant.people["b"]]):
        first = record(who, plant.m2, "q1", THEN - timedelta(hours=1), success=True)
        yield replace(first, confidence=0.75, sitting_id=new_id())
        if place % 3 == 0:
            again = new_id()
            for minute in (0, 1):
                yield replace(record(who, plant.m1, "c1", THEN + timedelta(days=3, minutes=minute)), sitting_id=again)


def in_it(plant: Plant) -> Iterator[NewRecord]:
    """Team c comes back, each second person to the module that most have completed."""
    for place, who in enumerate(plant.people["c"]):
        answer = record(who, plant.m2, "q1", DURING, success=True, attempt=3)
        yield replace(answer, confidence=0.5, sitting_id=new_id())
        if place % 2:
            yield replace(record(who, plant.m1, "c1", DURING), sitting_id=new_id())


def found(protocol: FrozenProtocol) -> tuple[Facts, int]:
    people = gathering.population(protocol, END)
    at = gathering.cutoff(protocol, END, last_sequence(), AFTER)
    bare = replace(gathering.bare(protocol, people, at), options={"tests": ["m1", "m2"]})
    told = replace(bare, **sources.gathered({Need.WORK, Need.ITEMS, Need.SURENESS}, bare, at))
    return told, gathering.records_before(people, last_sequence())


def test_figures_are_the_same_before_and_after_the_purge(session: Any) -> None:
    plant = Plant()
    protocol = replace(read(queries.document(plant.frozen().protocol)), starts_on=STARTS_ON)
    plant.learn()
    store(*before_it(plant))
    since = list(in_it(plant))
    with db.session.begin_nested() as tried:
        store(*since)
        whole, counted = found(protocol)
        tried.rollback()
    over = db.session.execute(courses_over(GONE_UP_TO)).all()
    gone = [seal(one.edition_id, [one.person_id], GONE_UP_TO, now=AFTER) for one in over]
    assert len(gone) > 115
    store(*since)
    left, still_counted = found(protocol)
    assert left == whole
    assert still_counted == counted > sum(map(len, gone))
    done = [one for (_, module), one in left.outcomes.items() if module == "m1" and one.completed_on]
    assert len(done) == 57
    assert {one.completed_on < STARTS_ON for one in done} == {True}
    assert {one.person for one in left.sittings} == {who.id for who in plant.people["c"]} - {plant.leaver.id}
    came_back = {case.person for case in INDICATORS["A3"].cases(left) if case.success}
    assert len(came_back & {who.id for team in "ab" for who in plant.people[team]}) >= 8


def test_what_was_sealed_without_all_that_is_asked_is_refused(session: Any) -> None:
    plant = Plant()
    protocol = replace(read(queries.document(plant.frozen().protocol)), starts_on=STARTS_ON)
    plant.learn()
    who = plant.people["a"][0]
    seal(plant.m1.id, [who.id], GONE_UP_TO, now=AFTER)
    kept = db.session.scalars(select(Seal)).one()
    found(protocol)
    less = {name: value for name, value in kept.course.items() if name != "trail"}
    columns = {name: getattr(kept, name) for name in ("person_id", "edition_id", "last_at", "up_to", "read")}
    db.session.add(Seal(course=less, records=0, sealed_at=AFTER, **columns))
    db.session.flush()
    with pytest.raises(RecordsGone):
        found(protocol)
