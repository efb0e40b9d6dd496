"""Editions that come out on a day by themselves."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

import lms.authoring.jobs  # noqa: F401  (registers what it does)
from lms.authoring import actions, planning, queries
from lms.authoring.actions import EditionPlanned
from lms.authoring.models import PlanEnd, PlannedEdition
from lms.authoring.planning import PlannedTooSoon
from lms.catalogue.actions import NothingChanged
from lms.catalogue.models import Edition, Impact
from lms.kernel import speech
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from lms.kernel.refusals import NotFound
from tests.authoring.imports.test_module_file import whole_file
from tests.catalogue.modules import whole

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = date(2026, 3, 5)
AS = {"by": None, "now": NOW}


@pytest.fixture
def inside(each_database: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(speech, "_speak", lambda wanted: [one.key.encode() for one in wanted])
    with each_database.app_context(), writing():
        actions.publish(actions.store_file(whole_file(), **AS), **AS)
        actions.store_file(whole_file(whole(minutes=6)), **AS)
        db.session.commit()
        yield


def numbers() -> list[tuple[int, Impact]]:
    return [(edition.number, edition.impact) for edition in db.session.scalars(select(Edition).order_by(Edition.id))]


def work_off(at: datetime) -> None:
    """What the worker does, at a moment, with nobody at a screen."""
    db.session.commit()
    with hold(at):
        working.ask_and_work_off()


def test_it_comes_out_on_its_day_as_it_was_planned(inside: None) -> None:
    planning.plan_edition(queries.draft("whole"), DAY, note="New drawing", impact=Impact.RETRAINING, **AS)
    actions.save_draft("whole", lambda document: {**document, "minutes": 9}, version=None, **AS)
    midnight = datetime(2026, 3, 4, 23, tzinfo=UTC)
    work_off(midnight - timedelta(seconds=1))
    assert numbers() == [(1, Impact.CORRECTION)]
    work_off(midnight)
    assert numbers() == [(1, Impact.CORRECTION), (2, Impact.RETRAINING)]
    edition = queries.work("whole").edition
    assert (edition.number, edition.content.minutes) == (2, 6), "not what the draft has become"
    assert db.session.scalars(select(Edition.published_at).where(Edition.number == 2)).one() == midnight
    work_off(midnight + timedelta(days=1))
    assert len(numbers()) == 2
    assert db.session.scalars(select(PlannedEdition.ended_as)).all() == [PlanEnd.PUBLISHED]


def test_it_may_be_cancelled_before_its_day(inside: None) -> None:
    planning.plan_edition(queries.draft("whole"), DAY, **AS)
    module_id = queries.work("whole").module_id
    planning.cancel(module_id, **AS)
    with pytest.raises(NotFound):
        planning.cancel(module_id, **AS)
    work_off(NOW + timedelta(days=9))
    assert len(numbers()) == 1
    assert actions.publish(queries.draft("whole"), **AS).number == 2


def test_what_nobody_approved_waits_where_approval_is_wanted_since(
    inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    planning.plan_edition(queries.draft("whole"), DAY, **AS)
    monkeypatch.setattr(planning, "setting", lambda name: True)
    work_off(NOW + timedelta(days=9))
    assert len(numbers()) == 1
    monkeypatch.setattr(planning, "was_approved", lambda state, verdicts: True)
    work_off(NOW + timedelta(days=10))
    assert len(numbers()) == 2


def test_nothing_else_comes_out_before(inside: None) -> None:
    planning.plan_edition(queries.draft("whole"), DAY, **AS)
    with pytest.raises(EditionPlanned):
        actions.publish(queries.draft("whole"), **AS)
    with pytest.raises(EditionPlanned):
        planning.plan_edition(queries.draft("whole"), DAY, **AS)


def test_what_could_not_be_published_is_not_planned(inside: None) -> None:
    with pytest.raises(PlannedTooSoon):
        planning.plan_edition(queries.draft("whole"), NOW.date(), **AS)
    actions.store_file(whole_file(), **AS)
    with pytest.raises(NothingChanged):
        planning.plan_edition(queries.draft("whole"), DAY, **AS)
