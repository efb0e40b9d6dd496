"""Alembic's environment: the application's engine and every table of every room."""

from alembic import context
from flask import current_app

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
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(727274)")
            context.run_migrations()


run()
