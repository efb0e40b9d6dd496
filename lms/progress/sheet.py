"""How far everyone is with what they are asked, as of any day: one row for each person and plan, in columns.

The one rule that figures, lists, files, programs and evaluations of completion rest on. A
module counts as completed as of a day when one of the person's completions is good on it
(`holding`: not run out, not overtaken by an edition that asks for training anew); what was
recorded later, or arrived late, counts by the day on which it happened.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition, Impact
from lms.kernel.clock import end_of, local_day
from lms.kernel.database import db
from lms.kernel.later import Later
from lms.progress.asked import Asked, Column, asked
from lms.progress.models import ActiveDay, Completion, Standing
from lms.progress.rules import State
from lms.progress.summary import NEVER
from lms.progress.wholes import Wholes

numpy = Later("numpy")

STATES = (State.COMPLETED, State.LATE, State.UNDER_WAY, State.NOT_STARTED)
"""A state is its place here."""
_COMPLETED, _LATE, _UNDER_WAY, _NOT_STARTED = range(4)


@dataclass(frozen=True)
class Sheet:
    """The rows as of a day; columns are as long as there are rows."""

    as_of: date
    asked: Asked
    state: Column
    due_on: Column
    """By when it is to be done, or done again."""
    completed_on: Column
    """Of the completion that is good, 0 without one."""
    number: Column
    """The newest edition that the person completed, 0 for none."""
    in_time: Column
    """Completed by the day that the plan gave at first, and good still."""
    until_on: Column
    """On which day the best completion is good no longer: `summary.NEVER` for good, 0 for one overtaken or none."""
    since_on: Column
    """Since which day something may or must be done again, 0 where nothing is."""

    def __len__(self) -> int:
        return len(self.asked)

    def of(self, rows: Column) -> "Sheet":
        """Return some of the rows: true ones of a mask, or by their places in that order."""
        if rows.dtype == bool and rows.all():
            return self
        picked = {
            field.name: getattr(self, field.name)[rows]
            for field in fields(self)
            if field.name not in ("as_of", "asked")
        }
        given = Asked(*(getattr(self.asked, field.name)[rows] for field in fields(Asked)))
        return replace(self, asked=given, **picked)

    def counted(self, within: Column | None = None) -> Column:
        """Return the rows that count: who is asked a module by two plans counts once, with the earlier due day.

        `within` parts the rows into groups, in each of which somebody counts.
        """
        same = _key(self.asked)
        if within is not None:
            same = same * _ROOM + within
        # Of equals the first by due day, then by the code of the plan, which is the order of the rows.
        order = numpy.lexsort((self.due_on, same))
        first = numpy.ones(len(order), bool)
        first[1:] = same[order][1:] != same[order][:-1]
        mask = numpy.zeros(len(order), bool)
        mask[order[first]] = True
        return mask


_ROOM = 1 << 20
"""More modules, and more groups, than there will be."""

_done = Wholes(
    select(
        Completion.person_id,
        Completion.module_id,
        Completion.number,
        Completion.done_on,
        Completion.until_on,
        Completion.again_on,
    ).where(Completion.done_on <= bindparam("day"))
)
_begun = Wholes(
    select(Standing.person_id, Edition.module_id)
    .join(Edition, Edition.id == Standing.edition_id)
    .where(Standing.started_at <= bindparam("until"))
    .where(or_(Standing.completed_at.is_(None), Standing.completed_at > bindparam("until")))
)


def sheet(as_of: date, team_ids: Collection[int] | None = None) -> Sheet:
    """Return who is how far as of a day, in these teams (in all of them when None)."""
    given = asked(as_of)
    day = as_of.toordinal()
    worth = _worth(_Done.read(day), day)
    at = worth.places(given)
    whole = _sheet(as_of, given, worth, at)
    if team_ids is None:
        return whole
    return whole.of(numpy.isin(given.team, list(team_ids)))


def _key(of: "Asked | _Done") -> Column:
    """Return who and what, in one number for each row."""
    return of.person.astype(numpy.int64) * _ROOM + of.module


def good_on(given: Asked, days: Sequence[date]) -> list[Column]:
    """Return, for each of the days, which of the rows were completed and good as of it."""
    done = _Done.read(max(days).toordinal())
    keys, own = numpy.unique(_key(done), return_inverse=True)
    asked_for = _key(given)
    place = numpy.searchsorted(keys, asked_for)
    # Whoever completed nothing stands behind the others.
    place[numpy.append(keys, -1)[place] != asked_for] = len(keys)
    found = []
    for day in (one.toordinal() for one in days):
        good = numpy.zeros(len(keys) + 1, bool)
        good[own[(done.done_on <= day) & _stands(done, _retraining(day)) & (done.until_on > day)]] = True
        found.append(good[place])
    return found


@dataclass(frozen=True)
class _Done:
    """Completions, in numbers of four bytes: there are hundreds of thousands."""

    person: Column
    module: Column
    number: Column
    done_on: Column
    until_on: Column
    again_on: Column

    @classmethod
    def read(cls, day: int) -> "_Done":
        """Return those up to a day."""
        return cls(*_done.read({"day": day}))


@dataclass(frozen=True)
class _Worth:
    """What the completions of each person and module are worth; the last row is of those that completed nothing."""

    key: Column
    is_good: Column
    completed_on: Column
    first_on: Column
    number: Column
    until_on: Column
    again_due_on: Column
    """By when it is to be done again, whatever the plan gives; 0 where nothing is."""
    again_since: Column
    """Since when it may or must be done again; 0 where it need not."""
    anew: Column
    """Whether that is since an edition asks for training anew: then people get as many days as at first."""

    def places(self, given: Asked) -> Column:
        """Return for each row of the asked where its worth stands."""
        key = _key(given)
        place = numpy.searchsorted(self.key[:-1], key)
        place[place == len(self.key) - 1] = max(len(self.key) - 2, 0)
        return numpy.where(self.key[place] == key, place, len(self.key) - 1)


def _worth(done: _Done, day: int) -> _Worth:
    key = _key(done)
    order = numpy.argsort(key, kind="stable")
    key, done = key[order], _Done(*(getattr(done, field.name)[order] for field in fields(_Done)))
    begins = numpy.flatnonzero(numpy.r_[True, key[1:] != key[:-1]]) if len(key) else numpy.zeros(0, int)
    anew = _retraining(day)
    standing = _stands(done, anew)
    # Of those that are good equally long the first: it is when the person became able.
    rank = numpy.where(standing, (done.until_on.astype(numpy.int64) << 22) - done.done_on, 0)
    best = _at_most(rank, begins)
    until = numpy.where(best > 0, (best + (1 << 22) - 1) >> 22, 0)
    completed = (until << 22) - best
    number = _at_most(done.number, begins)
    again = _at_most(
        numpy.where(standing & (done.until_on == _spread(until, begins, len(key))), done.again_on, 0), begins
    )
    since, due, new = _again(done.module[begins], number, until, again, day, anew)
    return _Worth(
        numpy.append(key[begins], -1),
        numpy.append(until > day, False),
        _ended(numpy.where(until > day, completed, 0)),
        _ended(_at_most(-done.done_on, begins) * -1, NEVER),
        _ended(number),
        _ended(until),
        _ended(due),
        _ended(since),
        numpy.append(new, False),
    )


def _ended(column: Column, last: int = 0) -> Column:
    return numpy.append(column, last).astype(numpy.int32)


def _stands(done: _Done, anew: Mapping[int, Mapping[int, int]]) -> Column:
    """Return which completions no edition has overtaken; `anew` is what `_retraining` says."""
    if not anew:
        return numpy.ones(len(done.number), bool)
    return done.number >= of_each(done.module, {module: max(asks) for module, asks in anew.items()})


def of_each(column: Column, values: Mapping[int, int | None]) -> Column:
    """Return what stands for each number of a column, 0 where nothing does."""
    told = numpy.zeros(int(column.max(initial=0)) + 1, numpy.int32)
    for number, value in values.items():
        if value and number < len(told):
            told[number] = value
    return told[column]


def _at_most(values: Column, begins: Column) -> Column:
    return numpy.maximum.reduceat(values, begins) if len(begins) else numpy.zeros(0, numpy.int64)


def _spread(values: Column, begins: Column, length: int) -> Column:
    return numpy.repeat(values, numpy.diff(numpy.r_[begins, length])) if len(begins) else values


def _again(
    module: Column, number: Column, until: Column, again: Column, day: int, anew: dict[int, dict[int, int]]
) -> tuple[Column, Column, Column]:
    """Return since when, by when, and whether anew, something is to be done again; as `holding` and `due_again_on`."""
    renewed = (until > 0) & (again <= day)
    since = numpy.where(renewed, again, 0)
    due = numpy.where(renewed, until, 0)
    overtaken = until == 0
    if overtaken.any():
        places = numpy.flatnonzero(overtaken)
        for place in places.tolist():
            asks = anew[int(module[place])]
            since[place] = min(asks[edition] for edition in asks if edition > number[place])
    return since, due, overtaken


def _retraining(day: int) -> dict[int, dict[int, int]]:
    """Return on which day each edition that asks for training anew came out, by module and number."""
    found: dict[int, dict[int, int]] = {}
    for module_id, steps in catalogue.steps().items():
        for step in steps:
            on = local_day(step.published_at).toordinal()
            if step.impact is Impact.RETRAINING and on <= day:
                found.setdefault(module_id, {})[step.number] = on
    return found


def _sheet(as_of: date, given: Asked, worth: _Worth, at: Column) -> Sheet:
    day = as_of.toordinal()
    good, since = worth.is_good[at], worth.again_since[at]
    anew = worth.anew[at]
    later = numpy.maximum(given.due_on, since + given.due_on - given.assigned_on)
    due = numpy.where(anew, later, numpy.where(worth.again_due_on[at] > 0, worth.again_due_on[at], given.due_on))
    state = numpy.where(good, _COMPLETED, numpy.where(due < day, _LATE, _NOT_STARTED)).astype(numpy.int8)
    open_ = numpy.flatnonzero(state == _NOT_STARTED)
    state[open_[_is_under_way(given, since, open_, as_of)]] = _UNDER_WAY
    return Sheet(
        as_of=as_of,
        asked=given,
        state=state,
        due_on=due,
        completed_on=worth.completed_on[at],
        number=worth.number[at],
        in_time=good & (worth.first_on[at] <= given.due_on),
        until_on=worth.until_on[at],
        since_on=since,
    )


def _is_under_way(given: Asked, since: Column, rows: Column, as_of: date) -> Column:
    """Return which of the rows were begun: at all, or since they are to be done again."""
    key = _key(given)[rows]
    first = since[rows] == 0
    begun = _begun.read({"until": end_of(as_of)})
    under_way = first & numpy.isin(key, begun[0].astype(numpy.int64) * _ROOM + begun[1])
    again = numpy.flatnonzero(~first)
    if len(again):
        modules = {int(module) for module in given.module[rows][again]}
        last = _last_days(modules, as_of.toordinal())
        for place in again.tolist():
            under_way[place] = last.get(int(key[place]), 0) >= since[rows][place]
    return under_way


def _last_days(module_ids: Collection[int], day: int) -> dict[int, int]:
    query: Any = select(ActiveDay.person_id, ActiveDay.module_id, ActiveDay.day)
    rows = db.session.execute(
        query.where(ActiveDay.module_id.in_(module_ids), ActiveDay.day <= day).order_by(ActiveDay.day)
    )
    return {person_id * _ROOM + module_id: on for person_id, module_id, on in rows}
