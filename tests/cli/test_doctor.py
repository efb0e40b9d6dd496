"""`flask doctor`: fit for a shift, or not, and why."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import text

from lms.delivery import queries
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.settings import SETTINGS
from tests.delivery.house import kiosk


def examined(app: Flask, status: int = 0) -> tuple[dict, dict[str, str]]:
    result = app.test_cli_runner().invoke(args=["doctor", "--json"])
    assert result.exit_code == status, result.stderr
    told = json.loads(result.stdout)
    return told, {found["subject"]: found["state"] for found in told["findings"]}


def test_a_server_that_is_fit(make_app: Callable[..., Flask]) -> None:
    app = make_app(SECURE_COOKIES=True, TRUSTED_HOSTS=["etabli.usine"])
    told, states = examined(app)
    assert told["fit"] is True
    assert set(told["settings"]) == {f"LMS_{setting.name}" for setting in SETTINGS}
    assert told["settings"]["LMS_TRUSTED_HOSTS"] == "etabli.usine"
    assert {states[subject] for subject in ("database", "schema", "storage", "clock", "hosts", "https")} == {"fine"}


def test_https_without_a_proxy_that_is_believed_is_doubtful(make_app: Callable[..., Flask]) -> None:
    assert examined(make_app(SECURE_COOKIES=True))[1]["proxy"] == "doubtful"
    assert examined(make_app(SECURE_COOKIES=True, TRUSTED_PROXY="127.0.0.1"))[1]["proxy"] == "fine"
    assert examined(make_app())[1]["proxy"] == "fine"


def test_no_secret_is_told(make_app: Callable[..., Flask]) -> None:
    app = make_app(SECRET_KEY="as-secret-as-can-be")
    for words in (["doctor"], ["doctor", "--json"]):
        assert "as-secret-as-can-be" not in app.test_cli_runner().invoke(args=words).output


def test_what_is_doubtful_stops_nothing(make_app: Callable[..., Flask]) -> None:
    told, states = examined(make_app(DEVELOPMENT=True))
    assert told["fit"] is True
    assert {states[subject] for subject in ("hosts", "https", "development")} == {"doubtful"}


def test_what_fails_is_said_and_ends_with_1(app: Flask) -> None:
    with app.app_context(), writing():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0003'"))
        db.session.commit()
    told, states = examined(app, status=1)
    assert (told["fit"], states["schema"]) == (False, "failed")
    lines = app.test_cli_runner().invoke(args=["doctor"]).stdout.splitlines()
    assert any(line.startswith("✗") and "0003" in line for line in lines)


def test_a_clock_that_went_back_is_found(app: Flask) -> None:
    with app.app_context(), writing():
        kiosk()
        queries.terminal("coating-1").seen_at = datetime.now(UTC) + timedelta(minutes=6)
        db.session.commit()
    assert examined(app, status=1)[1]["clock"] == "failed"


def test_a_certificate_about_to_end_is_found(make_app: Callable[..., Flask]) -> None:
    app = make_app(SECURE_COOKIES=True)
    app.test_cli_runner().invoke(args=["tls", "make", "--host", "etabli.usine"])
    assert examined(app)[1]["certificate"] == "fine"
    with hold(datetime.now(UTC) + timedelta(days=800)):
        assert examined(app)[1]["certificate"] == "doubtful"
