"""Files sent to a module while its author goes on writing."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms.authoring import actions
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.authoring.imports.pictures import PNG
from tests.strict import StrictBrowser


@pytest.fixture
def trainer(app: Flask, signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    with app.app_context(), writing():
        actions.create_module("press", languages=["fr"], title={"fr": "Presse"}, by=None, now=now())
        db.session.commit()
    return signed_in_as(Role.TRAINER)


def send(browser: StrictBrowser, name: str, data: bytes, **more: str) -> TestResponse:
    sent = {"file": (io.BytesIO(data), name), **more}
    return browser.client.post("/studio/module/press/media", data=sent)


def test_a_file_is_taken_at_once_and_its_address_shows_it(trainer: StrictBrowser) -> None:
    answer = send(trainer, "photo.png", PNG, kind="picture")
    told = answer.get_json()
    assert (answer.status_code, told["name"], told["width"], told["height"]) == (201, "media/photo.png", 40, 20)
    assert trainer.client.get(told["url"]).data == PNG


def test_every_hostile_file_is_refused_in_a_sentence(trainer: StrictBrowser, shared: Path) -> None:
    files = sorted((shared / "fixtures" / "security").iterdir())
    assert files
    for file in files:
        for name in (file.name, "photo.png"):
            answer = send(trainer, name, file.read_bytes())
            message = answer.get_json()["message"]
            assert answer.status_code == 422, (file.name, name)
            assert message.endswith("."), message
            assert "not accepted here" not in message


def test_who_may_not_write_modules_sends_nothing(trainer: StrictBrowser, signed_in_as) -> None:
    assert send(signed_in_as(Role.HR), "photo.png", PNG).status_code == 403
    assert trainer.client.post("/studio/module/press/media").get_json()["message"].startswith("The file is empty")
    assert (
        trainer.client.post("/studio/module/none/media", data={"file": (io.BytesIO(PNG), "a.png")}).status_code == 404
    )
