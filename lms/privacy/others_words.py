"""What others wrote freely of somebody who is erased: their name taken out, the rest read and emptied by HR.

A row speaks of a person where its table says so (`kernel.personal`), or where it hangs on such a row, as an
answer does on a request. What two people signed beside a machine is sealed by both and stays under the number.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, select, update

import lms.tables  # noqa: F401  (every table of every room)
from lms.kernel.database import db, words_of
from lms.kernel.purging import rewording
from lms.people.models import Person
from lms.privacy import rules
from lms.privacy.models import Purge
from lms.privacy.register import speaks_of, written_in

EMPTIED = "–"
"""What stands where words were: some tables ask that something does."""


@dataclass(frozen=True)
class Written:
    """Words about somebody, and where they stand."""

    table: str
    column: str
    key: str
    """The row's own key, as text."""
    words: str

    @property
    def place(self) -> str:
        """Where it stands, as one text."""
        return f"{self.table}.{self.column}.{self.key}"


def written(person_id: int) -> list[Written]:
    """Return what others and they themselves wrote freely of somebody, by table."""
    conditions = [(table, speaks_of(table, person_id)) for table in written_in()]
    return [one for table, about in conditions if about is not None for one in _rows(table, about)]


def empty(person_id: int, places: Collection[str], *, by: int | None, now: datetime) -> int:
    """Empty words about somebody erased, and write down how many of which kind; return how many.

    Raises NotErased.
    """
    rules.check_erased(person_id, _registration(person_id))
    chosen = [one for one in written(person_id) if one.place in places]
    _replace(dict.fromkeys(chosen, EMPTIED), now)
    if chosen:
        counts = {f"{table}.{column}": sum((one.table, one.column) == (table, column) for one in chosen)
                  for table, column in sorted({(one.table, one.column) for one in chosen})}  # fmt: skip
        db.session.add(Purge(at=now, by_id=by, cut_offs={}, counts=counts, file=""))
        db.session.flush()
    return len(chosen)


def take_names_out(person: Person, now: datetime) -> int:
    """Put the number in the place of somebody's names, in words about them and wherever their full name stands.

    Of words about others a family name alone is left: somebody else may bear it. Return how many texts changed.
    """
    whole = _pattern([person.full_name, f"{person.family_name} {person.given_name}"])
    any_name = _pattern([person.full_name, person.family_name, person.given_name, person.registration])
    number = f"#{person.id}"
    own = {one.place for one in written(person.id)}
    changed: dict[Written, str] = {}
    for one in [*written(person.id), *_naming(person.family_name)]:
        text = _without(any_name if one.place in own else whole, one.words, number)
        if text != one.words:
            changed[one] = text
    _replace(changed, now)
    return len(changed)


class _Plain(dict[int, str]):
    """One plain letter for each sign, as names are compared: without case or accent, whatever the apostrophe."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFKD", chr(code).casefold())[:1] or chr(code)
        self[code] = "'" if base in "’ʼ‘`´" else base
        return self[code]


_PLAIN = _Plain()


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Find names however they are written: ÉLODIE or ELODIE for Élodie, Jean Pierre for Jean-Pierre."""
    known = sorted({_parts(name) for name in names if name.strip()}, key=lambda name: (-sum(map(len, name)), name))
    written = ("[\\s-]+".join(re.escape(part) for part in parts) for parts in known)
    return re.compile(rf"(?<!\w)(?:{'|'.join(written) or '(?!)'})(?!\w)")


def _parts(name: str) -> tuple[str, ...]:
    return tuple(re.split(r"[\s-]+", unicodedata.normalize("NFC", name).translate(_PLAIN).strip()))


def _without(names: re.Pattern[str], words: str, number: str) -> str:
    """Return words with a number in the place of names; as they are where none stands in them."""
    composed = unicodedata.normalize("NFC", words)
    found = [match.span() for match in names.finditer(composed.translate(_PLAIN))]
    for start, end in reversed(found):
        composed = f"{composed[:start]}{number}{composed[end:]}"
    return composed if found else words


def _like(name: str) -> str:
    """Return what SQL finds all texts by that may hold a name; which of them do is told afterwards.

    SQLite knows no case but that of ASCII, PostgreSQL that of its locale, neither what an accent is: a letter that
    bears one in some language is any sign.
    """
    return f"%{re.sub('[^%0-9bfhjkmpqvwx]', '_', '%'.join(_parts(name)))}%"


def _naming(family_name: str) -> Iterator[Written]:
    for table in written_in():
        yield from _rows(table, None, family_name)


def _rows(table: Table, about: ColumnElement[bool] | None, name: str = "") -> Iterator[Written]:
    for column in words_of(table):
        words = table.columns[column]
        query = select(*table.primary_key.columns, words.label("said")).where(words.not_in(["", EMPTIED]))
        query = query.where(about if about is not None else func.lower(words).like(_like(name)))
        for row in db.session.execute(query.order_by(*table.primary_key.columns)):
            yield Written(table.name, column, ",".join(str(part) for part in row[:-1]), row.said)


def _replace(texts: dict[Written, str], now: datetime) -> None:
    for name in sorted({one.table for one in texts}):
        table = db.metadata.tables[name]
        with rewording(table, now):
            for one, text in texts.items():
                if one.table == name:
                    own = [_is(column, part) for column, part in zip(_key(table), one.key.split(","), strict=True)]
                    db.session.execute(update(table).where(*own).values({one.column: text}))
    db.session.expire_all()


def _key(table: Table) -> list[Column[Any]]:
    return list(table.primary_key.columns)


def _is(column: Column[Any], text: str) -> ColumnElement[bool]:
    return column == column.type.python_type(text)


def _registration(person_id: int) -> str:
    return db.session.scalar(select(Person.registration).where(Person.id == person_id)) or ""
