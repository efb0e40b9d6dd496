"""Pictures that a phone brings by a square code."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms.authoring import actions
from lms.authoring.media import phones
from lms.kernel.clock import hold, now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.authoring.imports.pictures import PNG, drawn
from tests.strict import StrictBrowser

JPEG = drawn("JPEG")
LINK = "/studio/module/press/phone"


@pytest.fixture
def trainer(app: Flask, signed_in_as: Callable[..., StrictBrowser]) -> StrictBrowser:
    with app.app_context(), writing():
        actions.create_module("press", languages=["fr"], title={"fr": "Presse"}, by=None, now=now())
        db.session.commit()
    return signed_in_as(Role.TRAINER)


def shown(browser: StrictBrowser) -> tuple[dict[str, str], str]:
    """Show a code; return what the desk is told, and the path of the phone's page."""
    told = browser.client.post(LINK).get_json()
    return told, told["address"].removeprefix("http://localhost")


def send(phone: StrictBrowser, path: str, *pictures: bytes, json: bool = True) -> TestResponse:
    sent = {"file": [(io.BytesIO(data), f"{place}.png") for place, data in enumerate(pictures)]}
    return phone.client.post(path, data=sent, headers={"Accept": "application/json" if json else "text/html"})


def test_what_a_phone_sends_arrives_at_the_desk(app: Flask, trainer: StrictBrowser, browse: StrictBrowser) -> None:
    told, path = shown(trainer)
    assert told["code"].startswith("data:image/svg+xml")
    assert told["only_here"]
    assert browse.get(path).words("h1") == ["Envoyer des photos"]
    assert trainer.client.get(told["follow"]).get_json() == {"state": "waiting", "files": []}
    assert send(browse, path, PNG).status_code == 201
    page = send(browse, path, JPEG, b"none", json=False).get_data(as_text=True)
    assert "1 photo a été envoyée" in page
    assert "pas une image" in page
    got = trainer.client.get(told["follow"]).get_json()
    assert (got["state"], [file["name"] for file in got["files"]]) == ("used", ["media/0.png", "media/0.jpg"])
    assert trainer.client.get(got["files"][0]["url"]).data == PNG


def test_a_link_is_one_phones_and_its_makers(
    app: Flask, trainer: StrictBrowser, browse: StrictBrowser, signed_in_as: Callable[..., StrictBrowser]
) -> None:
    told, path = shown(trainer)
    send(browse, path, PNG)
    other = StrictBrowser(app)
    assert send(other, path, PNG).status_code == 410
    assert other.client.get(path).status_code == 410
    assert browse.client.get(path).status_code == 200
    colleague = signed_in_as(Role.TRAINER)
    assert colleague.client.get(told["follow"]).status_code == 404
    assert colleague.client.post(told["end"]).status_code == 404
    assert signed_in_as(Role.HR).client.post(LINK).status_code == 403


def test_a_link_ends_by_itself_by_hand_and_by_the_next(app: Flask, trainer: StrictBrowser) -> None:
    for end in ("late", "hand", "next"):
        told, path = shown(trainer)
        if end == "hand":
            trainer.client.post(told["end"])
        if end == "next":
            shown(trainer)
        with hold(now() + timedelta(minutes=10 if end == "late" else 0)):
            answer = send(StrictBrowser(app), path, PNG)
        assert answer.status_code == 410
        assert answer.get_json()["message"].endswith(".")
        assert trainer.client.get(told["follow"]).get_json()["files"] == []
    assert StrictBrowser(app).client.get("/studio/phone/guessed").status_code == 410


def test_nobody_makes_links_without_end_and_no_phone_sends_without_end(
    trainer: StrictBrowser, browse: StrictBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phones, "MOST_PICTURES", 1)
    monkeypatch.setattr(phones, "MOST_LINKS", 2)
    _told, path = shown(trainer)
    answer = send(browse, path, PNG, JPEG)
    assert (answer.get_json()["sent"], "as many as may" in answer.get_json()["message"]) == (1, False)
    assert "maximum" in answer.get_json()["message"]
    assert send(browse, path, b"none").status_code == 422
    shown(trainer)
    assert trainer.client.post(LINK).status_code == 429


def test_the_address_is_the_plants(app: Flask, trainer: StrictBrowser) -> None:
    app.config["ADDRESS"] = "https://etabli.usine/"
    told, _path = shown(trainer)
    assert told["address"].startswith("https://etabli.usine/studio/phone/")
    assert not told["only_here"]
