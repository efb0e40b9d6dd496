"""All that is kept of one person, as a file of their own: for reading, and for programs."""

import base64
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from lms.classroom import sheets
from lms.classroom.sheets import Sheet
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people.models import Person
from lms.people.privacy import looks
from lms.privacy.register import about_people, speaks_of, written_in
from lms.privacy.values import Values

SECRET = frozenset({"hash", "digest", "name_digest", "session_digest", "secret", "public_key", "credential_id", "data"})
"""Columns that prove who somebody is: whoever held the file could pretend to be them."""

IN_WORDS = "in_words"

Rows = list[dict[str, Any]]


def everything(person_id: int) -> dict[str, Rows]:
    """Return every row about somebody, by table, tables without any left out; raises NotFound.

    With what others wrote on such a row: an answer, a reason.
    """
    if db.session.get(Person, person_id) is None:
        raise NotFound()
    found: dict[str, Rows] = {}
    about = [table for table in about_people() if table.name != "looks"]
    for table in [*about, *(table for table in written_in() if table not in about)]:
        condition = speaks_of(table, person_id)
        if condition is None:
            continue
        columns = [column for column in table.columns if column.name not in SECRET]
        rows = db.session.execute(select(*columns).where(condition).order_by(*table.primary_key.columns))
        if told := [{name: plain(value) for name, value in row._mapping.items()} for row in rows]:
            found[table.name] = told
    # A sheet bears the signatures of others: the copy names it, and does not hold it.
    if signed := [_signed(one) for one in sheets.of_person(person_id)]:
        found["signed_sheets"] = signed
    found["looked_at"] = [
        {"at": plain(look.at), "by": look.by, "roles": look.roles, "for": look.purpose, "people": look.together}
        for look in looks.of_person(person_id)
    ]
    return found


def _signed(sheet: Sheet) -> dict[str, Any]:
    of = sheet.half_day
    return {
        "session": f"{sheet.session.title} ({sheet.session.code})",
        "held_on": of.held_on.isoformat() if of else None,
        "part": of.part.value if of else None,
        "pages": sheet.row.pages,
        "kept_at": plain(sheet.row.kept_at),
        "sha256": sheet.row.sha256,
        "there": sheet.paper is not None,
        "withdrawn": sheet.withdrawal is not None,
    }


def with_words(found: dict[str, Rows], values: Values) -> dict[str, Rows]:
    """Return the rows, each with what its numbers and codes say, in words under `in_words`."""
    return {table: [{**row, IN_WORDS: _in_words(table, row, values)} for row in rows] for table, rows in found.items()}


def _in_words(table: str, row: dict[str, Any], values: Values) -> dict[str, str]:
    said = {name: values.said(table, name, value) for name, value in row.items() if value not in (None, "")}
    return {name: words for name, words in said.items() if words != str(row[name])}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def each_of(query: Select[Any]) -> Iterator[Any]:
    """Yield the rows of a query, a thousand in memory at a time."""
    return iter(db.session.execute(query.execution_options(yield_per=1000)))


def put(archive: zipfile.ZipFile, name: str, rows: Iterable[Any]) -> None:
    """Put rows of the database into an archive as JSON, one after the other; without any there is no file."""
    told = iter(rows)
    if (first := next(told, None)) is None:
        return
    with archive.open(name, "w") as file:
        for place, row in enumerate(chain((first,), told)):
            file.write(b",\n" if place else b"[\n")
            file.write(as_json(dict(row._mapping)))
        file.write(b"\n]")


def as_json(found: object) -> bytes:
    """Return rows as JSON that people can read too."""
    return json.dumps(found, ensure_ascii=False, indent=1, default=plain).encode()


def plain(value: Any) -> Any:
    """Return a value as JSON knows it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value
