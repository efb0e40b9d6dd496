"""The register of what is kept of people and why, read from the tables themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, func, literal, select, union_all

import lms.tables  # noqa: F401  (every table of every room)
from lms.kernel.database import db, words_of
from lms.kernel.personal import ACTED, Personal, Term, Why, said_of


@dataclass(frozen=True)
class Held:
    """Columns of one table that are kept for the same reason, on the same ground, for the same term."""

    table: str
    columns: tuple[str, ...]
    said: Personal
    about: bool
    """Whether it is about people; else these columns say who did something."""


def register() -> list[Held]:
    """Return all that is kept of people, tables by name."""
    found = []
    for table in sorted(db.metadata.tables.values(), key=lambda table: table.name):
        groups: dict[Personal, list[str]] = {}
        for column in table.columns:
            said = said_of(column)
            if said is not None:
                groups.setdefault(said, []).append(column.name)
        about = "subject" in table.info
        found += [Held(table.name, tuple(columns), said, about or said != ACTED) for said, columns in groups.items()]
    return found


def silent_columns() -> list[str]:
    """Return the columns that refer to a person and say nothing of it: there are to be none."""
    return [str(column) for column in _referring() if said_of(column) is None]


def about_people() -> list[Table]:
    """Return the tables whose rows are about one person each, named by a column."""
    tables = db.metadata.tables.values()
    return sorted((table for table in tables if table.info.get("subject")), key=lambda table: table.name)


def written_in() -> list[Table]:
    """Return the tables in which somebody writes freely."""
    return [table for table in sorted(db.metadata.tables.values(), key=lambda table: table.name) if words_of(table)]


def speaks_of(table: Table, person_id: int) -> ColumnElement[bool] | None:
    """Return the condition that a row speaks of somebody: by its own column, or as an answer does on their request.

    None where no row says of whom it speaks.
    """
    if subject := table.info.get("subject"):
        return table.columns[subject] == person_id
    for column in table.columns:
        for key in column.foreign_keys:
            other = key.column.table
            if other.info.get("subject") and other.name != "people":
                return column.in_(select(key.column).where(other.columns[other.info["subject"]] == person_id))
    return None


@dataclass(frozen=True)
class Kept:
    """How much of one table is about somebody, and why."""

    table: str
    rows: int
    term: Term


def kept_of(person_id: int) -> dict[Why, list[Kept]]:
    """Return what there is about one person, by what it is kept for; one statement."""
    tables = {table.name: table.columns[table.info["subject"]] for table in about_people()}
    counts = [
        select(literal(name).label("name"), func.count().label("rows")).where(subject == person_id)
        for name, subject in tables.items()
    ]
    found: dict[Why, list[Kept]] = {}
    for name, rows in db.session.execute(union_all(*counts)):
        said = said_of(tables[name])
        if rows and said is not None:
            found.setdefault(said.why, []).append(Kept(name, rows, said.term))
    return {why: found[why] for why in Why if why in found}


def _referring() -> Iterator[Column[object]]:
    for table in db.metadata.tables.values():
        for column in table.columns:
            if column.name == "person_id" or any(key.column.table.name == "people" for key in column.foreign_keys):
                yield column
