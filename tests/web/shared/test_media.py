"""Files of modules: for whoever signed in, kept for good, never acting."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.catalogue.actions import keep_file
from lms.catalogue.media import checked
from lms.kernel import sessions as stored
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.models import Person

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1" /></svg>'


@pytest.fixture
def digest(app: Flask) -> str:
    with app.app_context(), writing():
        kept = keep_file(checked("a.svg", DRAWING), now=now())
        db.session.commit()
    return kept


def client_of(app: Flask, kind: str) -> FlaskClient:
    with app.app_context(), writing():
        person = Person(
            registration="1",
            personal_code="1",
            given_name="A",
            family_name="B",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        db.session.add(person)
        db.session.flush()
        number = person.id
        stored.begin("token", kind, number, {"_user_id": str(number)}, now())
        db.session.commit()
    client = app.test_client()
    client.set_cookie("sid", "token")
    return client


@pytest.mark.parametrize("kind", ["staff", "kiosk"])
def test_whoever_signed_in_sees_it(app: Flask, digest: str, kind: str) -> None:
    with client_of(app, kind).get(f"/media/{digest}") as response:
        assert (response.status_code, response.data, response.mimetype) == (200, DRAWING, "image/svg+xml")
        assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert "script" not in response.headers["Content-Security-Policy"]


def test_a_video_is_sent_in_parts(app: Flask, digest: str) -> None:
    with client_of(app, "kiosk").get(f"/media/{digest}", headers={"Range": "bytes=1-3"}) as response:
        assert (response.status_code, response.data) == (206, b"svg")


def test_nobody_else_sees_it(app: Flask, digest: str) -> None:
    assert app.test_client().get(f"/media/{digest}").status_code == 403


@pytest.mark.parametrize("name", ["0" * 64, "x", "..%2f..%2fsecret_key", "%00"])
def test_what_is_not_there(app: Flask, name: str) -> None:
    assert client_of(app, "staff").get(f"/media/{name}").status_code == 404
