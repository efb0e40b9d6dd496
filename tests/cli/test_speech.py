"""`flask speech`: what was announced before the server could speak."""

import json
from datetime import timedelta

import pytest
from flask import Flask

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people import notices
from lms.people.notices import NoticeText
from tests.delivery.house import BLOCKS, content, publish
from tests.surveys.making import an_open_wave


def test_what_is_missing_is_read_once(app: Flask) -> None:
    with app.app_context(), writing():
        an_open_wave(instrument="REC", closes_at=now() + timedelta(days=1))
        text = NoticeText({"fr": "Voici.", "en": "Here it is."}, ({"fr": "Vos réponses", "en": "Your answers"},))
        notices.publish(text, by=None, now=now())
        publish(content(blocks=BLOCKS[:1]))
        db.session.commit()
    for made in (8, 0):
        result = app.test_cli_runner().invoke(args=["speech", "--json"])
        assert (result.exit_code, json.loads(result.stdout)) == (0, {"made": made})


def test_it_is_said_why_nothing_is_read(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.kernel.speech.sys.executable", "/nowhere/python")
    result = app.test_cli_runner().invoke(args=["speech"])
    assert (result.exit_code, "/nowhere/python" in result.stderr) == (1, True)
