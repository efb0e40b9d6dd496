"""What goes when its time is over: looked at first, handed out as a file, then gone, and written down."""

import hashlib
import io
import json
import os
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, func, not_, or_, select
from sqlalchemy.sql.expression import false

import lms.tables  # noqa: F401  (every table of every room)
from lms.evaluation.models import Pilot, Protocol
from lms.kernel.clock import end_of, local_day, months_after
from lms.kernel.database import Goes, db
from lms.kernel.personal import Term, said_of
from lms.kernel.purging import due, let_go
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people.models import Person
from lms.privacy import actions, queries, rules, work
from lms.privacy.files import each_of, plain, put
from lms.privacy.models import Purge
from lms.records.models import LearningRecord

FILES_KEPT = 30 * 24 * 3600
"""Seconds for which what was handed out before a purge can be downloaded."""


@dataclass(frozen=True)
class Over:
    """What of one table is over, and how much of it there is."""

    term: Term
    table: str
    column: str
    """The column that is emptied; empty where whole rows go."""
    before: datetime
    rows: int


def preview(now: datetime) -> list[Over]:
    """Return what would go now, table by table, also where nothing would."""
    return [
        Over(term, table.name, _goes(table).blanks, before, _count(table, before))
        for term, table, before in _going(now)
    ] + [
        Over(Term.WORK, "learning_records", "", work.before(now), work.waiting(now)),
        Over(Term.EMPLOYMENT, "people", "", _before(Term.EMPLOYMENT, now), len(_gone_people(now))),
    ]


def export(now: datetime, part: work.Part | None = None) -> bytes:
    """Return what would go first as an archive, one file for each table; what is only emptied with its row.

    `part` is what goes of courses.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if part is not None:
            put(archive, "learning_records.json", work.rows(part))
        for _term, table, before in _first(now, part):
            put(archive, f"{_place(table)}.json", each_of(select(table).where(*due(table, before), *_spared(table))))
        put(archive, "people.json", each_of(select(Person.__table__).where(Person.id.in_(_gone_people(now)))))
    return made.getvalue()


def purge(file: str, moment: datetime, part: work.Part | None = None, *, by: int | None, now: datetime) -> Purge:
    """Let go first what was over at a moment, and write it down with the name of the file that holds it.

    Of each table so many rows at most (`work.AT_ONCE`): until nothing is over any more, it is to be done again.
    """
    counts: dict[str, Any] = {}
    for _term, table, before in _first(moment, part):
        counts[_place(table)] = let_go(table, before, *_spared(table))
    if part is not None:
        counts |= work.let_go(part, now=now)
    people = _gone_people(moment)
    for person_id in people:
        actions.erase(person_id, now=now)
    counts["people"] = len(people)
    cut_offs = {term.value: plain(_before(term, moment)) for term in rules.LENGTHS}
    made = Purge(at=now, by_id=by, cut_offs=cut_offs, counts=counts, file=file)
    db.session.add(made)
    db.session.flush()
    return made


def keep_file(content: bytes) -> str:
    """Keep an export for a month, readable by the server alone; return its name."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("*.zip"):
        if time.time() - old.stat().st_mtime > FILES_KEPT:
            old.unlink()
    name = hashlib.sha256(content).hexdigest()
    with open(os.open(folder / f"{name}.zip", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    return name


def read_file(purge_id: int) -> bytes:
    """Return what was handed out before a purge; raises NotFound once that is over."""
    made = db.session.get(Purge, purge_id)
    file = _folder() / f"{made.file}.zip" if made else None
    if file is None or not file.exists():
        raise NotFound()
    return file.read_bytes()


def people_in(content: bytes) -> list[int]:
    """Return who is told of in an export, by name or by number."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    told = {row.get("person_id") for rows in files.values() for row in rows}
    return sorted({row["id"] for row in files.get("people.json", ())} | told - {None})


def is_there(made: Purge) -> bool:
    """Whether the export of a purge can still be downloaded."""
    return (_folder() / f"{made.file}.zip").exists()


def _folder() -> Path:
    return Path(setting("INSTANCE_DIR")) / "purged"


def _going(now: datetime) -> Iterator[tuple[Term, Table, datetime]]:
    """Yield the tables of which something goes, those first that refer to others."""
    for table in reversed(db.metadata.sorted_tables):
        goes = table.info.get("goes")
        if goes is None:
            continue
        column = table.columns[goes.blanks or goes.moment or next(iter(table.primary_key.columns)).name]
        said = said_of(column)
        if said is not None and said.term in rules.LENGTHS:
            yield said.term, table, _before(said.term, now)


def _first(now: datetime, part: work.Part | None) -> Iterator[tuple[Term, Table, datetime]]:
    """Yield the same with the moment before which so many rows are over that one transaction lets go.

    As long as courses go answers wait: most go with them, and the figures of their questions are worked out first.
    """
    for term, table, before in _going(now):
        goes = _goes(table)
        if part is not None and part.courses and table is LearningRecord.__table__:
            continue
        if goes.moment:
            moment = table.columns[goes.moment]
            query = select(moment).where(*due(table, before), *_spared(table)).order_by(moment)
            last = db.session.scalar(query.offset(work.AT_ONCE).limit(1))
            if last is not None:
                # With those of the same moment, so that something goes in any case.
                before = min(before, last + timedelta(microseconds=1))
        yield term, table, before


def _goes(table: Table) -> Goes:
    return table.info["goes"]  # type: ignore[no-any-return]


def _place(table: Table) -> str:
    """Return what the log and the file call what goes of a table: itself, or its column that is emptied."""
    blanks = _goes(table).blanks
    return f"{table.name}.{blanks}" if blanks else table.name


def _before(term: Term, now: datetime) -> datetime:
    return rules.cut_off(now, queries.terms()[term])


def _count(table: Table, before: datetime) -> int:
    query = select(func.count()).select_from(table).where(*due(table, before), *_spared(table))
    return db.session.scalar(query) or 0


def _spared(table: Table) -> list[ColumnElement[bool]]:
    """Return further conditions of what goes of a table.

    Comings and goings that an evaluation has read or will read stay, or its figures could not be computed again;
    a set of people goes once no look refers to it.
    """
    goes = _goes(table)
    if not goes.moment:
        return [not_(select(1).where(look).exists()) for look in _looks_at(table)]
    said = said_of(table.columns[goes.moment])
    if said is None or said.term is not Term.TRACES:
        return []
    moment = table.columns[goes.moment]
    read = [moment.between(start, end) for start, end in _evaluated()]
    return [not_(or_(false(), *read))]


def _looks_at(table: Table) -> list[ColumnElement[bool]]:
    every = (db.metadata.tables[name] for name in ("looks", "program_looks"))
    return [looks.columns["looked_at"] == table.columns["digest"] for looks in every]


def _evaluated() -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches that pilots with a frozen protocol read, their time before included."""
    query = select(Pilot.starts_on, Pilot.ends_on).join(Protocol, Protocol.pilot_id == Pilot.id)
    for starts_on, ends_on in db.session.execute(query):
        first = months_after(starts_on, -rules.BEFORE_A_PILOT)
        yield datetime.combine(first, clock_time(), setting("TIMEZONE")), end_of(ends_on)


def _gone_people(now: datetime) -> list[int]:
    """Return who left long enough ago, and still has a name here."""
    before = local_day(_before(Term.EMPLOYMENT, now))
    query = select(Person.id).where(Person.left_on < before, Person.registration.not_like("#%")).order_by(Person.id)
    return list(db.session.scalars(query))
