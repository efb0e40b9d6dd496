"""The application factory: the only place that knows every room by name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from lms import cli, web
from lms.kernel import group_commit, settings
from lms.kernel.database import db, prepare
from lms.kernel.json import to_json_text

ROOT = Path(__file__).resolve().parent.parent


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; `overrides` replace settings by name, for tests.

    Raises WrongSetting when a setting has a value that it cannot have.
    """
    app = Flask("lms", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.config.update(settings.complete({**settings.read(), **(overrides or {})}))
    app.config.update(_flask_settings(app.config))
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    group_commit.init_app(app)
    web.init_app(app)
    cli.init_app(app)
    return app


def _flask_settings(config: Mapping[str, Any]) -> dict[str, Any]:
    engine: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 32}
    if config["DATABASE_URL"].startswith("sqlite"):
        # The connection given back last is taken first: those of a rush stay as small as they were.
        engine = {
            "pool_size": 40,
            "max_overflow": 10,
            "pool_use_lifo": True,
            "connect_args": {"check_same_thread": False},
        }
    engine["json_serializer"] = to_json_text
    return {
        "SQLALCHEMY_DATABASE_URI": config["DATABASE_URL"],
        "SQLALCHEMY_ENGINE_OPTIONS": engine,
        "TRUSTED_HOSTS": config["TRUSTED_HOSTS"] or None,
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 64 * 1024,
        "MAX_FORM_PARTS": 400,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": config["DEFAULT_LANGUAGE"],
        "BABEL_DEFAULT_TIMEZONE": config["TIMEZONE"].key,
    }
