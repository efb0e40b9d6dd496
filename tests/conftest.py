"""What every test may ask for: an application on a fresh database, a strict browser."""

import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from lms.application import create_app
from lms.kernel import database, migrations
from lms.kernel.clock import now
from lms.kernel.ids import new_token
from lms.kernel.sessions import begin
from lms.people import actions
from lms.people.permissions import Role
from lms.web.shared import translations
from tests import postgres, quicker
from tests.strict import StrictBrowser

# No test asserts a time: a busy machine must not make a property fail.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
quicker.be_quick()
# Sentences are compared as catalogues have them; tests/web/shared/test_typesetting.py reads them as they are shown.
translations.TYPESET.clear()

pytest_plugins = ["tests.browsing"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of references, fixtures and data beside the repository."""
    if not (SHARED / "fixtures").is_dir():
        pytest.skip("the shared folder of fixtures is not beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that the migrations made, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": ""})
    with app.app_context():
        migrations.bring_up()
        database.db.engine.dispose()
    return folder / "lms.sqlite"


@pytest.fixture
def make_app(tmp_path: Path, migrated: Path) -> Callable[..., Flask]:
    """Make an application on a copy of the migrated SQLite file."""

    def make(**overrides: object) -> Flask:
        folder = tmp_path / "instance"
        folder.mkdir(exist_ok=True)
        if not (folder / "lms.sqlite").exists():
            shutil.copy(migrated, folder / "lms.sqlite")
        settings = {"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": ""}
        app = create_app({**settings, **overrides})
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        return app

    return make


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An application on an empty SQLite database."""
    app = make_app()
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[object]:
    """The session of the application, in a context of its own, writing.

    Commit what pages are to see; never keep this context around requests of two people.
    """
    with app.app_context(), database.writing():
        yield database.db.session
        database.db.session.rollback()


@pytest.fixture(scope="session")
def migrated_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database that the migrations made, to be copied."""
    with postgres.fresh_database() as url:
        folder = tmp_path_factory.mktemp("migrated-postgresql")
        app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": url})
        with app.app_context():
            migrations.bring_up()
            name = database.db.engine.url.database
            database.db.engine.dispose()
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An application on SQLite, then on a real PostgreSQL server."""
    if request.param == "sqlite":
        app = make_app()
        yield app
    else:
        with postgres.fresh_database(like=request.getfixturevalue("migrated_postgresql")) as url:
            app = make_app(DATABASE_URL=url)
            yield app
            with app.app_context():
                database.db.engine.dispose()
            return
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def a_small_disk() -> Iterator[Callable[[int], None]]:
    """Let no file of this process grow beyond so many bytes, as on a full disk; -1 lifts it."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most if size < 0 else size, most))

    yield limit
    limit(-1)


@pytest.fixture
def browse(app: Flask) -> StrictBrowser:
    """A browser that checks every page it fetches."""
    return StrictBrowser(app)


@pytest.fixture
def signed_in_as(app: Flask) -> Callable[..., StrictBrowser]:
    """A browser in which someone new with these roles is signed in; `browser.person_id` says who.

    A team leader leads `team_id`.
    """

    def sign_in(*roles: Role, team_id: int | None = None) -> StrictBrowser:
        browser = StrictBrowser(app)
        token = new_token()[:20].lower()
        with app.app_context(), database.writing():
            entry = actions.Entry(token, "Claire", "Morel", f"{token}@example.org", language="en")
            person_id = actions.create_person(entry, None, now().date(), by=None, now=now())
            for role in roles:
                actions.grant_role(person_id, role, team_id if role is Role.TEAM_LEADER else None, None, now())
            begin(token, "staff", person_id, {"_user_id": str(person_id), "_fresh": True}, now())
            database.db.session.commit()
        browser.client.set_cookie("sid", token)
        browser.person_id = person_id
        return browser

    return sign_in
