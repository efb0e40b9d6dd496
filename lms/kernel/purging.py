"""The one way in which rows of append-only tables go: a permit, for as long as one transaction lasts.

A table says by `Goes` what of it may go. The triggers let through what an open permit names and
nothing else; nobody but the transaction that wrote a permit ever sees it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, FromClause, String, Table, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, Goes, db


class PurgePermit(Base):
    """Rows of a table older than a moment may go."""

    __tablename__ = "purge_permits"

    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    before: Mapped[datetime]


def only_when(mapped: FromClause, condition: Callable[[], ColumnElement[bool]]) -> None:
    """Let what goes of a table go only once a condition of its own holds too, however long it was kept."""
    cast(Table, mapped).info["only_when"] = condition


def due(table: Table, before: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions that something of a row is to go: its moment is over, and it was not emptied before.

    With the table's own condition, where it has one (`only_when`).
    """
    goes: Goes = table.info["goes"]
    found: list[ColumnElement[bool]] = []
    if goes.moment:
        found.append(table.columns[goes.moment] < before)
    if goes.blanks:
        found.append(table.columns[goes.blanks].is_not(None))
    if "only_when" in table.info:
        found.append(table.info["only_when"]())
    return found


def let_go(table: Table, before: datetime, *more: ColumnElement[bool]) -> int:
    """Delete the rows that are due, or empty their column, as the table says; return how many.

    `more` are further conditions. The caller commits.
    """
    goes: Goes = table.info["goes"]
    conditions = (*due(table, before), *more)
    with _permit(table.name, before):
        if goes.blanks:
            done = db.session.execute(update(table).where(*conditions).values({goes.blanks: None}))
        else:
            done = db.session.execute(delete(table).where(*conditions))
    return int(done.rowcount)  # type: ignore[attr-defined]


def let_rows_go(table: Table, before: datetime, *which: ColumnElement[bool]) -> int:
    """Delete rows of a table that says `then_rows` and whose moment lies before; return how many.

    The database refuses all of it where one of them is younger. The caller commits.
    """
    with _permit(f"rows {table.name}", before):
        done = db.session.execute(delete(table).where(*which))
    return int(done.rowcount)  # type: ignore[attr-defined]


@contextmanager
def rewording(table: Table, now: datetime) -> Iterator[None]:
    """While it lasts, free words of a table may be replaced (`database.free_words`); the rest of it stays as it is."""
    with _permit(f"words {table.name}", now):
        yield


@contextmanager
def _permit(table: str, before: datetime) -> Iterator[None]:
    db.session.add(PurgePermit(table_name=table, before=before))
    db.session.flush()
    yield
    db.session.execute(delete(PurgePermit).where(PurgePermit.table_name == table))
