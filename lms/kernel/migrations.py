"""Migrations: Alembic through Flask-Migrate, from the first table on."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, upgrade

from lms.kernel.database import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"

_migrate = Migrate(db=db, directory=str(FOLDER), compare_type=True, render_as_batch=True)


def init_app(app: Flask) -> None:
    """Give the application `flask db …`."""
    _migrate.init_app(app)


def bring_up() -> None:
    """Bring the database of the current application to the newest migration."""
    upgrade(directory=str(FOLDER))
