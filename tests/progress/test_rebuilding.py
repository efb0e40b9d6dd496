"""Standings made anew slice by slice, stopped in the middle while records arrive: the end is that of one go."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from lms.kernel.clock import hold, now
from lms.kernel.database import db, release, writing
from lms.kernel.ids import new_id
from lms.kernel.jobs import working
from lms.kernel.jobs.actions import SILENCE
from lms.kernel.jobs.models import Job, State
from lms.people.models import Person
from lms.progress import actions, jobs
from lms.progress.models import ActiveDay, Completion, Standing
from lms.records.actions import store
from lms.records.models import LearningRecord, Source, Verb
from lms.records.rules import NewRecord
from tests.progress.worlds import LATER, a_world

PEOPLE, A_SLICE = 14, 3
TABLES = [table.__table__ for table in (Standing, Completion, ActiveDay)]


class Killed(BaseException):
    """What no worker survives."""


@pytest.fixture
def plant(each_database: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Random]:
    """A plant in which what is kept of people is wrong, each in another way."""
    monkeypatch.setattr(jobs, "AT_ONCE", A_SLICE)
    with each_database.app_context(), hold(LATER):
        with writing():
            a_world(1, PEOPLE)
            db.session.execute(delete(Completion).where(Completion.person_id % 3 == 0))
            db.session.execute(update(Standing).where(Standing.person_id % 3 == 1).values(first_score=0.123))
            db.session.execute(delete(Standing).where(Standing.person_id % 3 == 2, Standing.edition_id > 1))
            left_over = {"edition_id": 1, "person_id": 1, "day": 1, "module_id": 1, "seconds": 7}
            db.session.execute(ActiveDay.__table__.insert(), left_over)
            db.session.commit()
        yield Random(1)


def kept() -> list[list[Any]]:
    return [sorted(map(tuple, db.session.execute(select(table)))) for table in TABLES]


def something_arrives(chance: Random, part: actions.Slice) -> None:
    """Somebody of a slice does again what they once did, a day later; or it is declared void."""
    with writing():
        some = LearningRecord.person_id > part.after, LearningRecord.person_id <= part.last
        past = db.session.scalars(select(LearningRecord).where(LearningRecord.voids_id.is_(None), *some)).all()
        one = chance.choice(past)
        new = {"source": Source.KIOSK, "person_id": one.person_id}
        again = {"edition_id": one.edition_id, "block_key": one.block_key, "attempt": 1, "success": one.success}
        told = (
            NewRecord(id=new_id(), verb=Verb.VOIDED, voids_id=one.id, occurred_at=LATER, **new)
            if chance.random() < 0.5
            else NewRecord(id=new_id(), verb=one.verb, occurred_at=one.occurred_at + timedelta(days=1), **again, **new)
        )
        for pair in store([told], LATER).touched:
            actions.refresh(*pair)
        db.session.commit()


def test_stopped_in_the_middle_while_records_arrive_it_ends_as_one_go(
    plant: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared, mended = list[int](), count()

    def compare(part: actions.Slice) -> actions.Compared:
        compared.append(part.after)
        found = actions.compare(part)
        release()
        for people in (part, part, part, actions.EVERYBODY):
            something_arrives(plant, people)
        return found

    def mend(found: actions.Compared) -> int:
        written = actions.mend(found)
        if next(mended) == 2:
            raise Killed
        return written

    monkeypatch.setattr(jobs, "compare", compare)
    monkeypatch.setattr(jobs, "mend", mend)
    with writing():
        asked = jobs.ask_to_rebuild(by=None, now=now()).id
        db.session.commit()
    with pytest.raises(Killed):
        working.work_off()
    release()
    with writing():
        db.session.execute(update(Job).values(beat_at=now()))
        db.session.commit()
    with hold(LATER + SILENCE + timedelta(seconds=1)):
        working.work_off()
    job = db.session.get_one(Job, asked)
    assert (job.state, job.attempts) == (State.DONE, 2)
    people = db.session.scalars(select(Person.id).order_by(Person.id)).all()
    assert compared == [0, people[2], people[5], people[5], people[8], people[11]], "none twice but the one killed"
    rebuilt = kept()
    assert job.result["standings"] == db.session.scalar(select(func.count()).select_from(Standing))
    with writing():
        for table in TABLES:
            db.session.execute(delete(table))
        actions.mend(actions.compare(actions.EVERYBODY))
        assert rebuilt == kept()
