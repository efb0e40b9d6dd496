"""What each column that speaks of a person is kept for, on what ground and for how long: said of the column itself.

The register of what is collected, the export of one's own data and what goes when its time is
over are all made from this (`lms.privacy`). A test refuses a column that refers to a person and
says nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from sqlalchemy import Column, FromClause, Table


class Why(StrEnum):
    """What something is kept for."""

    BELONGING = "belonging"
    """Who works where and is what: denominators rest on it."""
    SIGNING_IN = "signing_in"
    TRAINING = "training"
    """What was learnt, and the proof of it."""
    SKILLS = "skills"
    HELP = "help"
    INFORMING = "informing"
    """That people were told beforehand what is kept of them."""
    OPERATION = "operation"
    """That kiosks and the site do what they should."""
    ACCOUNT = "account"
    """Who did something in the exercise of their function, so that it can be accounted for."""
    RIGHTS = "rights"
    """What people asked about their own data, and who looked at it."""


class Ground(StrEnum):
    """On what ground it is kept (GDPR, article 6)."""

    CONTRACT = "contract"
    LAW = "law"
    INTEREST = "interest"


class Term(StrEnum):
    """How long it is kept; what has a length, and which, is said by `lms.privacy.rules`."""

    EMPLOYMENT = "employment"
    """While someone works here and for a time after; then the name goes and the number stays."""
    ANSWERS = "answers"
    TRACES = "traces"
    """Comings and goings, tries at signing in."""
    LOOKS = "looks"
    WORK = "work"
    """What somebody did in modules step by step; what it came to is kept as `EMPLOYMENT`."""
    IN_USE = "in_use"
    """As long as it is in use; it ends by itself or with the account."""
    WITH_THE_WORK = "with_the_work"
    """As long as what was done."""


@dataclass(frozen=True)
class Personal:
    """What something is kept for, on what ground and for how long."""

    why: Why
    ground: Ground
    term: Term


ACTED = Personal(Why.ACCOUNT, Ground.INTEREST, Term.WITH_THE_WORK)
"""Of a column that says who did something in the exercise of their function."""


def personal(mapped: FromClause, held: Personal, *, subject: str = "person_id", **others: Personal) -> None:
    """Say it of a table about people: of every column, `others` differently; `subject` names the person."""
    table = cast(Table, mapped)
    table.info["subject"] = subject
    for column in table.columns:
        column.info.setdefault("personal", others.get(column.name, held))


def of_several(mapped: FromClause, held: Personal, *columns: str) -> None:
    """Say it of columns that name several people at once, so that no row is about one: a sheet that a group signed."""
    for name in columns:
        cast(Table, mapped).columns[name].info["personal"] = held


def acted(mapped: FromClause, *columns: str) -> None:
    """Say of columns that they name who did something in the exercise of their function."""
    for name in columns:
        cast(Table, mapped).columns[name].info["personal"] = ACTED


def said_of(column: Column[object]) -> Personal | None:
    """Return what is said of a column."""
    return cast(Personal | None, column.info.get("personal"))
