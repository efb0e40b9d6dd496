"""`flask records …`: learning records in and out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from lms.cli import frame
from lms.kernel.clock import now
from lms.kernel.database import db
from lms.kernel.json import to_json
from lms.kernel.refusals import Problem
from lms.progress import actions as progress
from lms.records import actions, queries
from lms.records.rules import Fate, NewRecord
from lms.records.xapi.lines import Told, statements
from lms.records.xapi.words import reason
from lms.records.xapi.writing import write

AT_ONCE = 2000
"""Statements in one transaction: enough to spread its cost, and done before a kiosk notices."""
SAY_EVERY = 10
"""Transactions between two lines that say how far it is."""
MOST_ERRORS = 1000
"""How many refused lines are listed; the others are counted."""

records = AppGroup("records", help="Learning records in and out.")


@dataclass
class _Count:
    read: int = 0
    stored: int = 0
    duplicates: int = 0
    refused: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, line: int, problem: Problem) -> None:
        self.refused += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append({"line": line, "reason": reason(problem)})


@records.command("import")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@frame.json_option
@frame.changes
def import_(file: Path, as_json: bool) -> int | None:
    """Bring in xAPI 1.0.3 statements.

    FILE has one statement a line, or, when its name ends in .json, one statement or a
    list of them; gzip is undone. A statement that is known already is stored once. One that is
    refused keeps no other out; the exit status is then 1.

    The file is kept in transactions of two thousand statements, so that kiosks never wait
    for long; each statement is kept whole or not at all, and bringing the file in again after
    an interruption keeps the rest and nothing twice.
    """
    count = _Count()
    with frame.seldom_looking_for_garbage():
        for number, batch in enumerate(_batches(statements(file)), 1):
            _take(batch, count)
            if number % SAY_EVERY == 0:
                frame.say(_("%(read)s read, %(stored)s stored…", read=count.read, stored=count.stored))
    if count.refused > len(count.errors):
        frame.say(_("%(more)s more were refused than are listed.", more=count.refused - len(count.errors)))
    count.errors.sort(key=itemgetter("line"))
    frame.answer(vars(count), as_json, _sentences(count))
    return 1 if count.refused else None


@records.command("export")
@click.option(
    "-o", "--output", type=click.File("wb", atomic=True), default="-", help="A file; standard output without it."
)
@frame.reads
def export(output: IO[bytes]) -> None:
    """Write every record as an xAPI statement, one a line, in the order of arrival."""
    for record in queries.every_record():
        output.write(to_json(write(record)) + b"\n")


def _batches(told: Iterator[Told]) -> Iterator[list[Told]]:
    while batch := list(islice(told, AT_ONCE)):
        yield batch


def _take(batch: list[Told], count: _Count) -> None:
    """Keep a batch, refresh what it touched, commit."""
    count.read += len(batch)
    for line, told in batch:
        if isinstance(told, Problem):
            count.refuse(line, told)
    whole = [(line, told) for line, told in batch if isinstance(told, NewRecord)]
    outcome = actions.store([record for _line, record in whole], now())
    for person_id, edition_id in outcome.touched:
        progress.refresh(person_id, edition_id)
    db.session.commit()
    count.stored += outcome.stored
    count.duplicates += outcome.duplicates
    if outcome.stored + outcome.duplicates == len(whole):
        return
    for (line, _record), fate in zip(whole, outcome.fates, strict=True):
        if fate in (Fate.CONFLICT, Fate.VOIDS_A_VOIDING):
            count.refuse(line, Problem(f"xapi.{fate}", line=line))


def _sentences(count: _Count) -> Iterator[str]:
    yield _(
        "%(read)s read, %(stored)s stored, %(duplicates)s known already, %(refused)s refused.",
        read=count.read,
        stored=count.stored,
        duplicates=count.duplicates,
        refused=count.refused,
    )
    for error in count.errors:
        yield _("Line %(line)s: %(reason)s", line=error["line"], reason=error["reason"])
