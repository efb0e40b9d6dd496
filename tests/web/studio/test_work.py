"""What a trainer says of the work on a module."""

from collections.abc import Callable

import pytest
from flask import Flask

from lms.authoring import actions, queries
from lms.authoring.models import Origin
from lms.authoring.queries import ModuleWork
from lms.delivery import actions as delivery
from lms.delivery.actions import Place
from lms.delivery.models import HelpCategory
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.permissions import Role
from tests.authoring.imports.test_module_file import whole_file
from tests.delivery.house import kiosk
from tests.people.making import a_person
from tests.strict import StrictBrowser


@pytest.fixture
def trainer(signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    return signed_in_as(Role.TRAINER)


@pytest.fixture
def whole(app: Flask) -> None:
    with app.app_context(), writing():
        actions.store_file(whole_file(), by=None, now=now())
        db.session.commit()


def told(app: Flask) -> ModuleWork:
    with app.app_context():
        return queries.module_work(now())[0]


def publish(trainer: StrictBrowser, **said: str) -> None:
    page = trainer.get("studio.publish", code="whole")
    version = page.select_one("input[name=version]")["value"]
    trainer.post("studio.publish", {"version": version, "note": "", **said}, code="whole")


def test_minutes_and_origin_are_said_when_publishing(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    publish(trainer, minutes="180", origin="internal")
    found = told(app)
    assert (found.minutes_declared, found.origin, found.published_by) == (180, Origin.INTERNAL, trainer.person_id)


def test_nothing_need_be_said(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    publish(trainer)
    assert (told(app).minutes_declared, told(app).origin) == (None, None)


def test_what_was_said_is_corrected(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    publish(trainer, minutes="180", origin="internal")
    page = trainer.post("studio.declare", {"minutes": "240", "origin": "external"}, code="whole")
    assert page.select_one("#minutes")["value"] == "240"
    assert (told(app).minutes_declared, told(app).origin) == (240, Origin.EXTERNAL)
    refused = trainer.post("studio.declare", {"minutes": "-3", "origin": ""}, code="whole")
    assert "A number of minutes, such as 180." in refused.get_text()
    assert told(app).minutes_declared == 240


def test_a_review_is_signed(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    trainer.post("studio.review", {"note": ""}, code="whole", status=409)
    publish(trainer)
    page = trainer.post("studio.review", {"note": "Still right"}, code="whole")
    assert "Your review is signed." in page.get_text()
    [review] = told(app).reviewed
    assert (review.by_id, review.note) == (trainer.person_id, "Still right")


def test_what_is_wrong_is_reported_beside_the_module(app: Flask, trainer: StrictBrowser, whole: None) -> None:
    publish(trainer)
    assert "Reported at the kiosks" not in trainer.get("studio.about", code="whole").words("h2")
    with app.app_context(), writing():
        edition = queries.work("whole").edition
        place = Place(edition.id, edition.content.blocks[1].key)
        person = a_person("7", "Amina Benali")
        delivery.ask_for_help(person, kiosk().terminal_id, HelpCategory.CONTENT, place, request_id=new_id(), now=now())
        db.session.commit()
    page = trainer.get("studio.about", code="whole")
    assert "Reported at the kiosks" in page.words("h2")
    assert "(step 2)" in page.get_text()
    assert "Amina" not in page.get_text()
