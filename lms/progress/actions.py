"""Standings, and what is kept beside them, made anew from the records."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select

from lms.catalogue import queries as catalogue
from lms.kernel.clock import local_day
from lms.kernel.database import begin_snapshot, db, insert_unless, release
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.prepared import Prepared
from lms.progress import summary
from lms.progress.models import Standing
from lms.progress.queries import Gone, Pair, Recomputed, courses_of_some, gone_through, people_after, people_in_all
from lms.progress.rules import StandingFacts
from lms.progress.seals import queries as seals
from lms.records import actions as storing
from lms.records import queries as records

_table: Any = Standing.__table__
_KEY = ("person_id", "edition_id")
_FACTS = tuple(field.name for field in fields(StandingFacts))


def refresh(person_id: int, edition_id: int, events: Sequence[Any] | None = None) -> StandingFacts | None:
    """Make the standing of a person in an edition anew, in the transaction that stored their record.

    `events` are what `records.queries.events_of` gives, for one who has just read them.
    """
    events = records.events_of(person_id, edition_id) if events is None else events
    edition = catalogue.frozen(edition_id)
    found = gone_through(person_id, edition_id, events, seals.before(person_id, edition_id))
    summary.keep(person_id, edition, found.course if found else None, local_day)
    if found is None:
        db.session.execute(delete(_table).where(_table.c.person_id == person_id, _table.c.edition_id == edition_id))
        return None
    _keep(found.recomputed)
    return found.course.standing


class Slice(NamedTuple):
    """Some people whose standings are compared with the records at once."""

    after: int
    last: int
    """They have numbers above `after` and up to `last`."""


EVERYBODY = Slice(0, 2**31 - 1)
AT_ONCE = 25
"""People in a slice: half a second's work, of which only the writing keeps others from writing."""


@dataclass(frozen=True)
class Compared:
    """What a slice was found to hold; nothing is changed yet."""

    standings: int
    """How many there are to be."""
    wrong: dict[Pair, Gone | None]
    """What was absent, left over or otherwise than the records say, as it is to be; None for nothing at all."""
    read_up_to: int
    """Sequence of the last record that was there."""


def compare(part: Slice) -> Compared:
    """Work out the standings of a slice and compare what is kept with them; writes nothing.

    All that is read must be of one moment: `begin_snapshot`.
    """
    read_up_to = records.last_sequence()
    stored = {(row.person_id, row.edition_id): row for row in _of_some.rows({"after": part.after, "last": part.last})}
    kept = summary.Kept(part.after, part.last)
    standings, wrong = 0, dict[Pair, Gone | None]()
    for gone in courses_of_some(part.after, part.last):
        standings += 1
        found = gone.recomputed
        pair = found.person_id, found.edition_id
        before = stored.pop(pair, None)
        same = before is not None and before._asdict() == _row(found)
        # Asked in any case: what was asked for is not left over.
        held = kept.holds(found.person_id, catalogue.frozen(found.edition_id), gone.course, local_day)
        if not (same and held):
            wrong[pair] = gone
    wrong |= dict.fromkeys(stored.keys() | kept.left_over())
    return Compared(standings, wrong, read_up_to)


def mend(found: Compared) -> int:
    """Write what was found wrong, whole persons and editions in this transaction; return how many.

    Where a record arrived since it was read all is left as it is: whoever stored it made it anew.
    """
    if not found.wrong:
        return 0
    storing.take_turn()
    differing = found.wrong.keys() - records.touched_since(found.read_up_to)
    for pair in differing:
        gone = found.wrong[pair]
        if gone is None:
            refresh(*pair, ())
        else:
            _keep(gone.recomputed)
            summary.keep(pair[0], catalogue.frozen(pair[1]), gone.course, local_day)
    return len(differing)


@dataclass(frozen=True)
class Checked:
    """What was found of everybody."""

    standings: int
    """How many there are to be."""
    differing: list[Pair]
    """Those that were absent, left over or otherwise than the records say."""


def check(report: Report = silent) -> Checked:
    """Say which standings are not as the records say; changes nothing, and holds no transaction open for long."""
    standings, differing, after, done = 0, list[Pair](), 0, 0
    begin_snapshot()
    while numbers := people_after(after, AT_ONCE):
        found = compare(Slice(after, numbers[-1]))
        standings += found.standings
        differing += sorted(found.wrong)
        after, done = numbers[-1], done + len(numbers)
        report(done, max(done, people_in_all()))
        begin_snapshot()
    release()
    return Checked(standings, differing)


def _row(found: Recomputed) -> dict[str, Any]:
    return {
        "person_id": found.person_id,
        "edition_id": found.edition_id,
        **{name: getattr(found.facts, name) for name in _FACTS},
        "read_up_to": found.read_up_to,
        "records": found.records,
        "told_at": found.told_at,
    }


def _upsert(dialect: str) -> Any:
    statement = insert_unless(_table, dialect)
    given = {column.name: statement.excluded[column.name] for column in _table.columns if column.name not in _KEY}
    return statement.on_conflict_do_update(index_elements=_KEY, set_=given)


_keep_row = Prepared(_upsert)
_of_some = Prepared(
    select(_table).where(_table.c.person_id > bindparam("after"), _table.c.person_id <= bindparam("last"))
)


def _keep(found: Recomputed) -> None:
    _keep_row.run(_row(found))
