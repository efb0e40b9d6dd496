"""The migrations make exactly the tables of the models, on both engines, and undo them."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

import lms.tables  # noqa: F401
from lms.catalogue.actions import withdraw
from lms.catalogue.queries import offered_editions, withdrawn_at
from lms.kernel import database, migrations
from tests.delivery.house import DAY, content, publish


def test_models_equal_migrations(each_database: Flask) -> None:
    with each_database.app_context(), database.db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, database.db.metadata) == []
        partial = {
            (table.name, index.name): str(index.info["where"])
            for table in database.db.metadata.tables.values()
            for index in table.indexes
            if "where" in index.info
        }
        found = {name: condition_of(connection, *name) for name in partial}
    assert found == partial


def condition_of(connection: Connection, table: str, index: str) -> str:
    dialect = connection.dialect.name
    (options,) = [one["dialect_options"] for one in inspect(connection).get_indexes(table) if one["name"] == index]
    return str(options[f"{dialect}_where"]).replace("(", "").replace(")", "")


def test_migrations_go_down_and_up_again(each_database: Flask) -> None:
    migrations.init_app(each_database)
    with each_database.app_context():
        downgrade(directory=str(migrations.FOLDER), revision="base")
        assert set(inspect(database.db.engine).get_table_names()) <= {"alembic_version"}
        migrations.bring_up()
        assert "learning_records" in inspect(database.db.engine).get_table_names()


def test_tables_that_are_referred_to_are_changed_in_a_database_in_use(each_database: Flask) -> None:
    with each_database.app_context(), database.writing():
        withdraw(publish(content()), "Wrong.", by=None, now=DAY)
        database.db.session.commit()
    migrations.init_app(each_database)
    with each_database.app_context():
        downgrade(directory=str(migrations.FOLDER), revision="0023")  # Editions change after it.
        migrations.bring_up()
        assert len(offered_editions()) == 0
        assert withdrawn_at(1) == DAY
    with each_database.app_context(), database.writing(), pytest.raises(DatabaseError):
        database.db.session.execute(text("DELETE FROM modules"))


def append_only_tables() -> list[str]:
    return sorted(table.name for table in database.db.metadata.tables.values() if table.info.get("append_only"))


def test_the_database_holds_the_triggers(each_database: Flask) -> None:
    query = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal",
    }
    with each_database.app_context():
        dialect = database.db.engine.dialect.name
        counted = {
            table: database.db.session.execute(text(query[dialect]), {"table": table}).scalar()
            for table in append_only_tables()
        }
        assert counted == dict.fromkeys(append_only_tables(), 2)


def test_a_row_that_must_stay_stays(each_database: Flask) -> None:
    with each_database.app_context(), database.writing():
        session = database.db.session
        session.execute(
            text(
                "INSERT INTO sign_in_attempts (at, origin, name_digest, outcome) "
                "VALUES ('2026-01-01 00:00:00+00', 'staff', :digest, 'unknown')"
            ),
            {"digest": b"x"},
        )
        session.commit()
        for change in ("UPDATE sign_in_attempts SET origin = 'other'", "DELETE FROM sign_in_attempts"):
            with pytest.raises(DatabaseError, match="append-only"):
                session.execute(text(change))
            session.rollback()
