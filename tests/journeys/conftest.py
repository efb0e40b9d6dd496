"""The demonstration behind a real server, for people who walk through it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from lms.application import create_app
from lms.delivery import actions as kiosks
from lms.demonstration import story, visitors
from lms.kernel import database, migrations
from lms.kernel.clock import now
from lms.kernel.database import db, writing

WISH = story.Wish(operators=36, weeks=10, seed=7, timezone="Europe/Paris", smallest_group=5)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance folder of a demonstration, to be copied."""
    folder = tmp_path_factory.mktemp("told") / "instance"
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": ""})
    with app.app_context(), writing():
        migrations.bring_up()
        for _ in story.tell(WISH, now(), db.session.commit):
            pass
        db.session.close()
        db.engine.dispose()
    return folder


@pytest.fixture
def live_app(told: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application on a copy of the demonstration, as it runs in a plant."""
    shutil.copytree(told, tmp_path / "instance")
    app = create_app({"INSTANCE_DIR": tmp_path / "instance", "SECRET_KEY": "test", "DATABASE_URL": ""})
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def staff(new_context: Callable) -> Callable[[visitors.Visitor], Page]:
    """Sign a visitor in, in a browser of their own."""

    def sign_in(visitor: visitors.Visitor) -> Page:
        page = new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True).new_page()
        page.goto("/account/sign-in")
        page.locator("input[name=email]").fill(visitor.email)
        page.locator("input[name=password]").fill(visitors.PASSWORD)
        page.locator("main button[type=submit]").click()
        page.get_by_role("button", name=visitor.given_name).or_(page.get_by_text(visitor.given_name)).first.wait_for()
        return page

    return sign_in


@pytest.fixture
def enrolment_code(live_app: Flask) -> str:
    """A one-time code for the visitors' kiosk."""
    with live_app.app_context(), writing():
        code = kiosks.offer_enrolment(story.visited_kiosk(), now=now())
        db.session.commit()
    return code


@pytest.fixture
def personal_code(live_app: Flask) -> str:
    """The code that the visiting operator types."""
    with live_app.app_context():
        return story.visiting_operator()


def visitor(role: str) -> visitors.Visitor:
    """Return the visitor who has the role."""
    return next(found for found in visitors.STAFF if found.role == role)
