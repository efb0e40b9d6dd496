"""What follows from the records of one person and edition, kept as whole numbers so that figures are quick.

Two tables beside the standings, made anew in the same transaction and never added to: when an
edition was completed, each time; how long somebody worked on it on each day. Days are those of
the plant, counted from 1 January of the year 1.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from lms.catalogue.queries import FrozenEdition
from lms.kernel.database import insert_unless
from lms.kernel.prepared import Prepared
from lms.progress.models import ActiveDay, Completion
from lms.progress.rules import Course, days_worked, good_until, renewal_opens

Day = Callable[[datetime], date]
NEVER = 4_000_000
"""A day later than any: what is good for good."""


class _Kept:
    """A table of which somebody's rows of one edition are kept as they should be, with as few writes as can be."""

    def __init__(self, table: Any, key: str) -> None:
        """`key` is the column that tells the rows of one person and edition apart."""
        mine = (table.c.person_id == bindparam("person"), table.c.edition_id == bindparam("edition"))
        self._table, self._key = table, key
        self._found = Prepared(select(table).where(*mine))
        some = (table.c.person_id > bindparam("after"), table.c.person_id <= bindparam("last"))
        self._found_of_some = Prepared(select(table).where(*some))
        self._put = Prepared(self._upsert)
        self._gone = Prepared(delete(table).where(*mine, table.c[key] == bindparam("which")))

    def _upsert(self, dialect: str) -> Any:
        statement = insert_unless(self._table, dialect)
        columns = [column.name for column in self._table.primary_key]
        given = {column.name: statement.excluded[column.name] for column in self._table.c if column.name not in columns}
        return statement.on_conflict_do_update(index_elements=columns, set_=given)

    def of(self, person_id: int, edition_id: int) -> Sequence[Any]:
        """Return the rows of a person and edition."""
        return self._found.rows({"person": person_id, "edition": edition_id})

    def of_some(self, after: int, last: int) -> dict[tuple[int, int], list[Any]]:
        """Return the rows of the people whose numbers lie after one and up to another, by person and edition."""
        found: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for row in self._found_of_some.rows({"after": after, "last": last}):
            found[row.person_id, row.edition_id].append(row)
        return found

    def differing(self, found: Iterable[Any], wanted: Mapping[int, Mapping[str, Any]]) -> tuple[list[Any], set[int]]:
        """Return the rows to be put and the keys of those that have to go."""
        there = {getattr(row, self._key): row._asdict() for row in found}
        return [row for key, row in wanted.items() if there.get(key) != row], there.keys() - wanted.keys()

    def keep(self, person_id: int, edition_id: int, wanted: Mapping[int, Mapping[str, Any]]) -> None:
        """Make the rows of a person and edition what they should be, by `key`."""
        put, gone = self.differing(self.of(person_id, edition_id), wanted)
        for row in put:
            self._put.run(row)
        for key in gone:
            self._gone.run({"person": person_id, "edition": edition_id, "which": key})


_completions = _Kept(Completion.__table__, "done_on")
_days = _Kept(ActiveDay.__table__, "day")


def keep(person_id: int, edition: FrozenEdition, course: Course | None, day: Day) -> None:
    """Keep what follows from somebody's way through an edition; None for nothing at all."""
    completions, days = _wanted(person_id, edition, course, day)
    _completions.keep(person_id, edition.id, completions)
    _days.keep(person_id, edition.id, days)


class Kept:
    """What is kept of some people, read at once: asked for each edition apart it would take most of a rebuild."""

    def __init__(self, after: int, last: int) -> None:
        """Read what is kept of the people whose numbers lie after one and up to another."""
        self._completions, self._days = _completions.of_some(after, last), _days.of_some(after, last)

    def holds(self, person_id: int, edition: FrozenEdition, course: Course, day: Day) -> bool:
        """Whether what is kept is what follows from the records; asked once of each person and edition."""
        completions, days = _wanted(person_id, edition, course, day)
        which = person_id, edition.id
        found = (
            _completions.differing(self._completions.pop(which, ()), completions),
            _days.differing(self._days.pop(which, ()), days),
        )
        return not any(any(one) for one in found)

    def left_over(self) -> set[tuple[int, int]]:
        """Return the persons and editions of which something is kept and nobody asked."""
        return self._completions.keys() | self._days.keys()


def _wanted(person_id: int, edition: FrozenEdition, course: Course | None, day: Day) -> tuple[Any, Any]:
    if course is None:
        return {}, {}
    common = {"person_id": person_id, "module_id": edition.module_id, "edition_id": edition.id}
    done = [_completion(at, edition.content.validity_months, day) for at in course.completions]
    days = days_worked(course, day)
    return (
        {one["done_on"]: {**common, "number": edition.number, **one} for one in done},
        {on.toordinal(): {**common, "day": on.toordinal(), "seconds": seconds} for on, seconds in days.items()},
    )


def _completion(at: datetime, months: int | None, day: Day) -> dict[str, int]:
    until = good_until(at, months)
    if until is None or months is None:
        return {"done_on": day(at).toordinal(), "until_on": NEVER, "again_on": NEVER}
    return {
        "done_on": day(at).toordinal(),
        "until_on": day(until).toordinal(),
        "again_on": day(renewal_opens(at, months)).toordinal(),
    }
