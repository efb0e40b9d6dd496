"""Every screen of follow-up, skills, plans and privacy asks as many statements of a small plant as of a larger one.

The same plant, copied, shows each of them on PostgreSQL.
"""

import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from bench.factory import DATABASE, NOW, Size, copied, fill
from bench.figures import SCREENS, counting, known_in, signed_in
from lms.application import create_app
from lms.kernel.branding import actions as branding
from lms.kernel.clock import hold
from lms.kernel.database import db
from lms.reports import drawing
from tests import postgres

FEW, MANY = Size(12, 5, modules=8, posts=3, sessions=2), Size(50, 10, modules=15, posts=6, sessions=6)
LEFT_OUT = (".pdf", ".xlsx", "by=shift", "by=site", "by=began", "by=due", "page=40")
"""What takes long to draw, and what is read as another screen is."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    return filled(tmp_path_factory.mktemp("many"), migrated, MANY)


@pytest.fixture(autouse=True)
def nothing_is_looked_up_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """How a site looks is read again every few seconds, whichever page is then asked for."""
    monkeypatch.setattr(branding, "LOOK", math.inf)


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts take most of a page's time and ask for nothing."""
    monkeypatch.setattr(drawing, "svg", lambda spec, folder: b"<svg></svg>")


def filled(folder: Path, migrated: Path, size: Size) -> Path:
    shutil.copy(migrated, folder / DATABASE)
    fill(folder, size)
    return folder


def application(folder: Path, url: str = "") -> Flask:
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": url})
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def statements(app: Flask, *, rounds: int) -> Iterator[tuple[str, int]]:
    """Yield each screen with its statements, once everything was asked for that is held from then on."""
    known = known_in(app)
    for role, screens in SCREENS.items():
        asking = signed_in(app, role, known["team"])
        for screen in (one for one in screens if not any(word in one for word in LEFT_OUT)):
            for _ in range(rounds):
                with hold(NOW), counting(app) as counted:
                    answer = asking.client.get(screen.format(**known), headers=asking.headers)
                assert answer.status_code == 200, screen
            yield f"{role.value} {screen}", counted[0]
    with app.app_context():
        db.engine.dispose()


def test_they_do_not_grow_with_what_there_is(tmp_path: Path, migrated: Path, large: Path) -> None:
    few = dict(statements(application(filled(tmp_path, migrated, FEW)), rounds=2))
    many = dict(statements(application(large), rounds=2))
    assert {screen: (few[screen], number) for screen, number in many.items() if number > few[screen]} == {}


def test_each_is_shown_on_postgresql(request: pytest.FixtureRequest, tmp_path: Path, large: Path) -> None:
    with postgres.fresh_database(like=request.getfixturevalue("migrated_postgresql")) as url:
        copied(large / DATABASE, url)
        assert len(list(statements(application(tmp_path, url), rounds=1))) > 60
