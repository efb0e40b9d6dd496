"""Migrations: Alembic through Flask-Migrate, from the first table on."""

from importlib import import_module
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import text

from lms.kernel.database import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
# Loaded when asked for: whoever serves or answers never needs Alembic's ten megabytes.
LIBRARY = "flask_migrate"
_COUNTED = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"


def init_app(app: Flask) -> None:
    """Give the application `flask db …`."""
    migrate = import_module(LIBRARY).Migrate
    migrate(app, db, directory=str(FOLDER), compare_type=True, render_as_batch=True)


def newest() -> str:
    """Return the newest migration there is; files bear its number first."""
    return max(file.name for file in (FOLDER / "versions").glob("[0-9]*.py"))[:4]


def applied() -> str | None:
    """Return the migration at which the database stands; raises what the driver raises without a database."""
    return db.session.scalar(text("SELECT version_num FROM alembic_version"))


def bring_up() -> None:
    """Bring the database of the current application to the newest migration."""
    if "migrate" not in current_app.extensions:
        init_app(current_app._get_current_object())  # type: ignore[attr-defined]
    import_module(LIBRARY).upgrade(directory=str(FOLDER))
    count_anew()


def count_anew() -> None:
    """Let SQLite look at its tables again where somebody let it (ANALYZE), a second for two gigabytes.

    A migration that makes a table anew takes what was known of it away, and what is known of some tables alone
    leads SQLite to plans three times as slow as knowing of none. PostgreSQL does it by itself.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite" and connection.scalar(text(_COUNTED)):
            connection.execute(text("ANALYZE"))
            connection.commit()
