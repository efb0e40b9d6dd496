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
from lms.kernel.jobs import working
from lms.people.permissions import Role
from tests.authoring.imports.pictures import PNG
from tests.catalogue.test_films import H264, PICTURE, TONE, record
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
    for number, file in enumerate(files):
        for name in (file.name, "photo.png") if number % 4 == 0 else (file.name,):
            answer = send(trainer, name, file.read_bytes())
            message = answer.get_json()["message"]
            assert answer.status_code == 422, (file.name, name)
            assert message.endswith("."), message
            assert "not accepted here" not in message


def test_a_video_is_made_playable_meanwhile(app: Flask, trainer: StrictBrowser, tmp_path: Path) -> None:
    film = record(tmp_path / "film.mov", *PICTURE, *H264).read_bytes()
    answer = send(trainer, "Presse en marche.MOV", film, kind="video")
    assert answer.status_code == 202
    follow = answer.get_json()
    assert trainer.client.get(follow["job"]).get_json() == {"state": "waiting", "share": 0}
    with app.app_context():
        working.work_off()
    told = trainer.client.get(follow["job"]).get_json()
    assert (told["state"], told["name"], told["width"]) == ("done", "media/Presse-en-marche.mp4", 192)
    assert told["poster"] == "media/Presse-en-marche-poster.jpg"
    assert trainer.client.get(told["url"]).mimetype == "video/mp4"
    assert waiting_files(app) == []


def waiting_files(app: Flask) -> list[str]:
    return [file.name for file in (app.config["INSTANCE_DIR"] / "waiting").iterdir()]


def test_a_video_that_is_stopped_or_none_leaves_nothing(app: Flask, trainer: StrictBrowser) -> None:
    stopped = send(trainer, "a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 500).get_json()
    trainer.client.post(stopped["cancel"])
    told = trainer.client.get(stopped["job"]).get_json()
    assert (told["state"], told["message"]) == ("refused", "It was stopped as you wished. Nothing was kept.")
    assert waiting_files(app) == []
    broken = send(trainer, "a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 500).get_json()
    with app.app_context():
        working.work_off()
    assert trainer.client.get(broken["job"]).get_json()["message"].startswith("The video or sound cannot be read")
    assert waiting_files(app) == []
    assert not list((app.config["INSTANCE_DIR"] / "media").glob("??/*"))


def test_a_recording_of_a_browser_is_kept_as_every_kiosk_plays_it(trainer: StrictBrowser, tmp_path: Path) -> None:
    said = record(tmp_path / "said.webm", *TONE, "-c:a", "libopus").read_bytes()
    told = send(trainer, "said.webm", said, kind="sound").get_json()
    assert (told["kind"], told["name"]) == ("sound", "media/said.m4a")
    assert send(trainer, "said.webm", b"\x1aE\xdf\xa3" + b"a" * 99, kind="sound").status_code == 422


def test_who_may_not_write_modules_sends_nothing(trainer: StrictBrowser, signed_in_as) -> None:
    assert send(signed_in_as(Role.HR), "photo.png", PNG).status_code == 403
    assert trainer.client.post("/studio/module/press/media").get_json()["message"].startswith("The file is empty")
    assert (
        trainer.client.post("/studio/module/none/media", data={"file": (io.BytesIO(PNG), "a.png")}).status_code == 404
    )


def test_the_files_of_a_module_are_seen_said_and_removed(app: Flask, trainer: StrictBrowser) -> None:
    send(trainer, "a.png", PNG)
    send(trainer, "b.vtt", b"WEBVTT\n")
    page = trainer.get("studio.files", code="press")
    assert page.words("tbody th") == ["b.vtt", "a.png"]
    assert trainer.post("studio.own_files", code="press").words(".notice p, [role=status]")
    digest = page.select_one("tbody tr:last-child th a")["href"].rpartition("/")[2]
    form = {"rights": "licence", "source": "CC BY 4.0"}
    trainer.post("studio.file_origin", {"rights": ""}, status=422, code="press", digest=digest)
    trainer.post("studio.file_origin", form, code="press", digest=digest)
    assert trainer.get("studio.file_origin", code="press", digest=digest).select_one("[checked][value=licence]")
    assert "CC BY 4.0" in trainer.get("studio.all_files").get_text()
    assert trainer.get("studio.all_files", show="origin").words("tbody th") == []
    assert trainer.post("studio.remove_file", {"name": "media/b.vtt"}, code="press").words("tbody th") == ["a.png"]
    assert trainer.post("studio.remove_unused_files", code="press").words("tbody th") == []
    trainer.get("studio.file_origin", status=404, code="press", digest=digest)
