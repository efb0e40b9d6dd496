"""Once the records of courses have gone, every figure is what it was, and goes on from there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from lms.application import create_app
from lms.kernel.database import db, writing
from lms.progress import actions
from lms.progress.models import ActiveDay, Completion, Standing
from lms.progress.seals.actions import seal
from lms.records.actions import store
from lms.records.models import LearningRecord
from lms.records.queries import courses_over, every_record
from lms.records.rules import Fate
from tests.progress.worlds import LATER, a_world

FIGURES = (Standing, Completion, ActiveDay)


@pytest.fixture(scope="module", params=(4, 5))
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
    return [{tuple(row) for row in db.session.execute(select(table.__table__))} for table in FIGURES]


def rebuilt() -> list[set[tuple[object, ...]]]:
    for table in FIGURES:
        db.session.execute(delete(table.__table__))
    actions.rebuild()
    return figures()


def test_figures_rebuilt_from_what_was_sealed_are_those_of_the_records(world: Flask) -> None:
    chance, told = Random(1), list(every_record())
    was = figures()
    moments = sorted(db.session.scalars(select(LearningRecord.occurred_at)))
    for moment in (moments[len(moments) // 2], moments[-1] + timedelta(days=1)):
        due = db.session.execute(courses_over(moment)).all()
        assert due
        gone = sum(len(seal(one.person_id, one.edition_id, moment, now=LATER)) for one in due)
        assert gone == sum(one.records for one in due)
        assert figures() == was == rebuilt()
        assert actions.rebuild(check=True).differing == []
        assert db.session.execute(courses_over(moment)).all() == []
    left = db.session.scalar(select(func.count()).select_from(LearningRecord).where(LearningRecord.voids_id.is_(None)))
    assert left < 10, "the course of the newest record alone"
    again = store(chance.sample(told, 50), LATER)
    assert set(again.fates) == {Fate.DUPLICATE}
    # What arrives for a sealed course goes on from there, in whatever order.
