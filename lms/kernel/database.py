"""The database base: one declarative base, one session, SQLite made durable and fair.

SQLite runs in WAL with `synchronous=FULL` (NORMAL loses acknowledged answers on a
power cut). Writers take a fair lock and `BEGIN IMMEDIATE`, since a deferred
transaction that reads and then writes fails at once when another wrote meanwhile, and
SQLite's busy handler starves writers.
"""

import errno
import logging
import threading
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DDL, DateTime, FromClause, Index, MetaData, Table, TypeDecorator, event, text
from sqlalchemy import Enum as SAEnum
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, registry

from lms.kernel.later import Later
from lms.kernel.refusals import Refusal

postgresql = Later("sqlalchemy.dialects.postgresql")

_log = logging.getLogger(__name__)

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times only, stored in UTC and given back aware, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse a naive time: it would mean another moment elsewhere."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give back an aware time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        """Read SQLite's text in one step: millions of records are read with two times each."""
        return _time_from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _time_from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


class Base(DeclarativeBase):
    """Every table's base: named constraints, enums stored by value with a named check."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={
            datetime: UtcDateTime,
            Enum: SAEnum(
                Enum,
                native_enum=False,
                create_constraint=True,
                length=40,
                values_callable=lambda enum: [member.value for member in enum],
            ),
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


@dataclass(frozen=True)
class Goes:
    """How rows of an append-only table go once their time is over (`kernel.purging`), and in no other way."""

    moment: str
    """The column from which their time counts; empty where rows go with those that refer to them."""
    blanks: str = ""
    """The one column that is emptied; the row stays. Without it the whole row goes."""
    then_rows: bool = False
    """Where a column is emptied: whole rows go too, in their own time (`kernel.purging.let_rows_go`)."""


def goes_in_time(mapped: FromClause, goes: Goes) -> None:
    """Say how rows of a table that may be changed go once their time is over."""
    cast(Table, mapped).info["goes"] = goes


def free_words() -> dict[str, Any]:
    """Return what marks a column of words that somebody wrote freely.

    Of an append-only table they may be replaced once whoever they speak of is erased (`kernel.purging.rewording`).
    """
    return {"free_words": True}


def words_of(mapped: FromClause) -> tuple[str, ...]:
    """Return the columns of a table that hold free words."""
    return tuple(column.name for column in mapped.columns if column.info.get("free_words"))


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index of the rows alone that meet a condition in SQL, on either database.

    The dialect in use hears of the condition when the table is made: an index that names two dialects loads both.
    """
    return Index(name, *columns, unique=unique, info={"where": where})


@event.listens_for(Table, "before_create")
def _tell_conditions(table: Table, connection: Connection, **_: Any) -> None:
    for index in table.indexes:
        if where := index.info.get("where"):
            index.dialect_options[connection.dialect.name]["where"] = text(where)


def append_only(mapped: FromClause, goes: Goes | None = None) -> None:
    """Let the database itself refuse to change or delete a row of the table, but for what `goes` in its time."""
    table = cast(Table, mapped)
    table.info["append_only"] = True
    table.info["goes"] = goes
    columns = tuple(column.name for column in table.columns)
    for dialect, statements in append_only_ddl(table.name, goes, columns, words_of(table)).items():
        for statement in statements:
            event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


def append_only_ddl(
    table: str, goes: Goes | None = None, columns: tuple[str, ...] = (), words: tuple[str, ...] = ()
) -> dict[str, list[str]]:
    """Return the trigger statements by dialect; migrations use the same ones.

    Where something `goes`, the triggers let through what a permit names (a row of `purge_permits`, written and
    taken away in the purge's own transaction): the deletion of a row whose moment lies before the permit's, or
    the emptying of one column of it, every other one of `columns` as it was, or both. Free `words` may be replaced
    while a permit for them lies open, every other column as it was.
    """
    refuse = f"'{table} is append-only'"
    if goes is not None:
        return _purgeable_ddl(table, goes, columns, refuse)
    if words:
        permit = f"EXISTS (SELECT 1 FROM purge_permits WHERE table_name = 'words {table}')"  # noqa: S608  (of ours)
        return _letting_through(table, {"UPDATE": permit}, [name for name in columns if name not in words], refuse)
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, {refuse}); END"
            for act in ("UPDATE", "DELETE")
        ],
        "postgresql": [
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION {refuse}; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_append_only()",
        ],
    }


def _purgeable_ddl(table: str, goes: Goes, columns: tuple[str, ...], refuse: str) -> dict[str, list[str]]:
    due = f" AND OLD.{goes.moment} < before" if goes.moment else ""
    permit = f"EXISTS (SELECT 1 FROM purge_permits WHERE table_name = '{table}'{due})"  # noqa: S608  (names of ours)
    if not goes.blanks:
        return _letting_through(table, {"DELETE": permit}, [], refuse)
    others = [name for name in columns if name != goes.blanks]
    allowed = {"UPDATE": f"{permit} AND NEW.{goes.blanks} IS NULL"}
    if goes.then_rows:
        allowed["DELETE"] = permit.replace(f"'{table}'", f"'rows {table}'")
    return _letting_through(table, allowed, others, refuse)


def _letting_through(table: str, allowed: dict[str, str], same: list[str], refuse: str) -> dict[str, list[str]]:
    """Return the triggers that let acts through where they are allowed; a change leaves these columns as they are."""
    kept_in_sqlite = "".join(f" AND NEW.{name} IS OLD.{name}" for name in same)
    # PostgreSQL compares no JSON, but its text.
    kept = "".join(f" AND NEW.{name}::text IS NOT DISTINCT FROM OLD.{name}::text" for name in same)
    unless = {
        act: f" WHEN NOT ({permit}{kept_in_sqlite if act == 'UPDATE' else ''})" for act, permit in allowed.items()
    }
    passing = "".join(
        f"IF TG_OP = '{act}' THEN IF {permit}{kept if act == 'UPDATE' else ''} "
        f"THEN RETURN {'NEW' if act == 'UPDATE' else 'OLD'}; END IF; END IF; "
        for act, permit in allowed.items()
    )
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_{one.lower()} BEFORE {one} ON {table}{unless.get(one, '')} "
            f"BEGIN SELECT RAISE(ABORT, {refuse}); END"
            for one in ("UPDATE", "DELETE")
        ],
        "postgresql": [
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{passing}RAISE EXCEPTION {refuse}; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_append_only()",
        ],
    }


class FairLock:
    """A lock handed to those who wait in the order in which they came."""

    def __init__(self) -> None:
        self._inner = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def acquire(self) -> None:
        """Wait for one's turn."""
        with self._inner:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def release(self) -> None:
        """Hand the lock to the one who waits longest."""
        with self._inner:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Let transactions begun in this context be writers' transactions."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def begin_writing() -> None:
    """From here on, in this context, transactions are writers' transactions."""
    _writing.set(True)


def begin_reading() -> None:
    """From here on, in this context, transactions only read."""
    _writing.set(False)


def release() -> None:
    """End the transaction without keeping anything, before slow work such as hashing.

    The write lock must not be held meanwhile; the next statement begins anew.
    """
    # Asking for a session only to find nothing in it would make one.
    if db.session.registry.has():
        db.session.rollback()


def begin_snapshot() -> None:
    """End the transaction without keeping anything; all that the next one reads is of one moment.

    In SQLite it always is, in PostgreSQL each statement reads what is committed by then.
    """
    release()
    if not is_sqlite():
        db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def prepare(engine: Engine) -> None:
    """Fit the engine with what its database needs; call it once for each engine."""
    event.listen(engine, "handle_error", _refuse_when_full)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)


# Each connection holds 12 MB of the file, what hours of 10,000 people go through twice; the system has the rest.
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "journal_size_limit=67108864",
    "temp_store=MEMORY",
    "cache_size=-12000",
)


def _prepare_sqlite(engine: Engine) -> None:
    lock = FairLock()

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        # The driver's own transactions do not begin before a SELECT or a SAVEPOINT.
        connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not _writing.get():
            connection.exec_driver_sql("BEGIN")
            return
        if "write_lock" not in connection.info:
            lock.acquire()
            connection.info["write_lock"] = lock
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            _give_back(connection)
            raise

    @event.listens_for(engine, "checkin")
    def checkin(dbapi_connection: Any, record: Any) -> None:
        # The session gives its connection back right after COMMIT or ROLLBACK.
        _give_back(record)


def _give_back(holder: Any) -> None:
    lock = holder.info.pop("write_lock", None)
    if lock is not None:
        lock.release()


class NoRoom(Refusal):
    """The disk of the server is full: nothing of what was asked is kept."""


SQLITE_FULL, POSTGRESQL_FULL = 13, "53100"
"""SQLITE_FULL (sqlite.org/rescode.html) and disk_full (PostgreSQL, appendix A)."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def needing_room() -> Iterator[None]:
    """Say NoRoom, to whoever asked and in the log, when files cannot be written for want of it."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise _no_room(error) from error


def _refuse_when_full(context: ExceptionContext) -> None:
    """The driver's error becomes a refusal wherever something is written, at COMMIT too."""
    if _says_full(context.original_exception):
        raise _no_room(context.original_exception) from context.original_exception


def told(error: Exception, statement: str, driver: type[Exception]) -> Exception:
    """Return what is raised of a driver's error, where a statement goes to the driver without SQLAlchemy."""
    return _no_room(error) if _says_full(error) else DBAPIError.instance(statement, None, error, driver)


def _says_full(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorcode", None) == SQLITE_FULL or getattr(error, "sqlstate", "") == POSTGRESQL_FULL


def _no_room(error: BaseException) -> NoRoom:
    _log.error("no room on the server's disk, nothing was kept (%s): make room, kiosks will send again", error)
    return NoRoom()


class Busy(Refusal):
    """The database is busy or away; the same may be asked again in a moment."""


def is_busy(error: BaseException) -> bool:
    """Whether a failure says nothing about what was asked, and may be gone in a moment."""
    return isinstance(error, OperationalError)


def is_sqlite() -> bool:
    """Whether the session's database is SQLite."""
    return db.engine.dialect.name == "sqlite"


def insert_unless(table: Any, dialect: str) -> Any:
    """Return an INSERT that can say what becomes of a row that is there; `dialect` is sqlite or postgresql."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


MOST_NAMED = 500
"""More rows are not named in a statement: that takes longer than reading all, and SQLite takes so many values only."""


def among(query: Any, column: Any, numbers: Collection[int]) -> Any:
    """Narrow a query to some numbers of a column; of many, all are read, and whoever asks passes over the others."""
    return query.where(column.in_(numbers)) if len(numbers) <= MOST_NAMED else query


def check_connection() -> None:
    """Ask the database something trivial; raises what the driver raises when it is away."""
    db.session.execute(text("SELECT 1"))
