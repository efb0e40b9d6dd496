"""Alembic's environment: the application's engine and every table of every room."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import lms.tables  # noqa: F401
from lms.kernel.database import writing

database = current_app.extensions["migrate"].db


def run() -> None:
    """Run the migrations in one transaction; on PostgreSQL under an advisory lock."""
    with writing(), database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            user_module_prefix="database.",
        )
        with _tables_may_be_replaced(connection), context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(727274)")
            context.run_migrations()
            _check_what_was_replaced(connection)


@contextmanager
def _tables_may_be_replaced(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: rows that refer to it must not stand in the way meanwhile."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()  # Of a look at what was committed: within a transaction the next line would do nothing.
        driver.execute("PRAGMA foreign_keys=ON")


def _check_what_was_replaced(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"rows that refer to nothing: {broken[:5]}")


run()
