"""Questions about records. Each leaves voided records out, unless it says otherwise."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.types import NullType

from lms.kernel.database import db
from lms.kernel.prepared import Prepared, each
from lms.records.models import PRACTICE, Activity, ForeignActor, GoneRecord, LearningRecord, Verb
from lms.records.rules import ForeignLearner, NewActivity, NewRecord

# Statements of tables and built once, where they run with every answer: that halves their cost.
_table = cast(Table, LearningRecord.__table__)
_gone = cast(Table, GoneRecord.__table__)
_digests = union_all(
    *(select(one.c.id, one.c.digest).where(one.c.id.in_(bindparam("ids", expanding=True))) for one in (_table, _gone))
)


def digests(ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the digest of each of the records that is or was stored, voided ones included."""
    return dict(db.session.execute(_digests, {"ids": list(ids)}).all()) if ids else {}  # type: ignore[arg-type]


def voiding(ids: Collection[UUID]) -> set[UUID]:
    """Return those of the records that void another."""
    if not ids:
        return set()
    query = select(LearningRecord.id).where(LearningRecord.id.in_(ids), LearningRecord.voids_id.is_not(None))
    return set(db.session.scalars(query))


def pairs(ids: Collection[UUID]) -> set[tuple[int | None, int | None]]:
    """Return whose records they are, and of which editions."""
    query = select(LearningRecord.person_id, LearningRecord.edition_id).where(LearningRecord.id.in_(ids))
    return set(db.session.execute(query).all())


def last_sequence() -> int:
    """Return the sequence of the newest record, 0 when there is none."""
    return db.session.scalar(select(func.max(LearningRecord.sequence))) or 0


def touched_since(sequence: int) -> frozenset[tuple[int, int]]:
    """Return of whom and which editions something arrived after that sequence, or was voided by what did."""
    pair = _table.c.person_id, _table.c.edition_id
    voiders = select(_table.c.voids_id).where(_table.c.sequence > sequence, _table.c.voids_id.is_not(None))
    later, voided = select(*pair).where(_table.c.sequence > sequence), select(*pair).where(_table.c.id.in_(voiders))
    found = later.union(voided).subquery()
    named = found.c.person_id.is_not(None), found.c.edition_id.is_not(None)
    return frozenset(tuple(row) for row in db.session.execute(select(found).where(*named)))


def not_void(up_to: int | None = None) -> ColumnElement[bool]:
    """Return the condition that a record is not voided, by what had arrived up to a sequence.

    A record that voids another cannot be voided: where one arrived before its target was
    known to be such, it has no effect.
    """
    voider = _table.alias()
    if up_to is None:
        voided = exists().where(voider.c.voids_id == _table.c.id)
        return _table.c.voids_id.is_not(None) | ~voided
    # Found once for the whole statement: with two conditions to choose from, SQLite walks all
    # sequences for each record.
    known = select(voider.c.voids_id).where(voider.c.voids_id.is_not(None), voider.c.sequence <= up_to)
    return _table.c.voids_id.is_not(None) | _table.c.id.not_in(known)


def in_a_module() -> ColumnElement[bool]:
    """Return the condition that a record tells of learning a module or being tested in it."""
    return _table.c.purpose.is_(None)


_event = select(
    _table.c.sequence,
    _table.c.id,
    _table.c.person_id,
    _table.c.edition_id,
    _table.c.verb,
    _table.c.block_key,
    _table.c.attempt,
    _table.c.sitting_id,
    _table.c.occurred_at,
    _table.c.success,
).where(_table.c.person_id.is_not(None), _table.c.edition_id.is_not(None), in_a_module())
_event_of_one = Prepared(
    _event.add_columns(_table.c.score_scaled).where(
        _table.c.person_id == bindparam("person_id"), _table.c.edition_id == bindparam("edition_id"), not_void()
    )
)


def events_of(person_id: int, edition_id: int) -> Sequence[Any]:
    """Return what one person did in one edition, in no particular order."""
    return _event_of_one.rows({"person_id": person_id, "edition_id": edition_id})


_learnt_or_practised = Prepared(
    select(*_event.selected_columns, _table.c.purpose).where(
        _table.c.person_id == bindparam("person_id"),
        or_(_table.c.purpose == PRACTICE, and_(_table.c.verb == Verb.COMPLETED, _table.c.edition_id.is_not(None))),
        not_void(),
    )
)


def learnt_or_practised(person_id: int) -> Sequence[Any]:
    """Return which editions one person completed and what they did in practice, in no particular order."""
    return _learnt_or_practised.rows({"person_id": person_id})


def responses(ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return what was answered, by the record's id."""
    query = select(_table.c.id, _table.c.response).where(_table.c.id.in_(ids))
    return dict(db.session.execute(query).all()) if ids else {}  # type: ignore[arg-type]


def events(
    edition_ids: Collection[int] | None = None, *, until: datetime | None = None, up_to: int | None = None
) -> Iterator[Any]:
    """Yield what our people did in our editions, by person and edition.

    `until` leaves out what happened later, `up_to` what arrived after that sequence.
    """
    query = _known(_event, until, up_to).order_by(LearningRecord.person_id, LearningRecord.edition_id)
    if edition_ids is not None:
        query = query.where(LearningRecord.edition_id.in_(edition_ids))
    return each(query)


def events_of_some(after: int, last: int) -> Iterator[Any]:
    """Yield the same of the people whose numbers lie after one and up to another."""
    query = _event.where(not_void(), _table.c.person_id > after, _table.c.person_id <= last)
    return each(query.order_by(_table.c.person_id, _table.c.edition_id))


def traced(edition_ids: Collection[int], *, until: datetime, up_to: int) -> Iterator[Any]:
    """Yield what `events` and `answers` yield of these editions, with the kiosk and the time of arrival.

    Ids are as the driver gives them: they tell records and sittings apart, and making a
    UUID of each takes as long as everything else that is done with a row.
    """
    query = (
        _known(_event.with_only_columns(*_TRACED), until, up_to)
        .where(_table.c.edition_id.in_(edition_ids))
        .order_by(_table.c.person_id, _table.c.edition_id)
    )
    return each(query)


_BARE = [
    type_coerce(column, NullType()).label(column.name) if column.name in ("id", "sitting_id") else column
    for column in _event.selected_columns
]
_ANSWER = [*_BARE, _table.c.response, _table.c.duration_ms]
_TRACED = [*_ANSWER, _table.c.terminal_id, _table.c.recorded_at]
_answer = _event.with_only_columns(*_ANSWER).where(_table.c.verb == Verb.ANSWERED)


def answers(edition_ids: Collection[int], *, until: datetime | None = None, up_to: int | None = None) -> Iterator[Any]:
    """Yield what our people answered in these editions, by person and edition, with their choice and time taken.

    `until` and `up_to` as for `events`.
    """
    query = _known(_answer.where(_table.c.edition_id.in_(edition_ids)), until, up_to)
    return each(query.order_by(_table.c.person_id, _table.c.edition_id))


def furthest(edition_id: int, places: Mapping[str, int], *, until: datetime) -> Select[Any]:
    """Return the statement of how far each person came in an edition: `person_id`, `place`, `last_at`.

    `places` are those of its cards and questions by key; `until` as for `events`.
    """
    place = func.max(case(places, value=_table.c.block_key, else_=0))
    query = (
        select(_table.c.person_id, place.label("place"), func.max(_table.c.occurred_at).label("last_at"))
        .where(_table.c.edition_id == edition_id, _table.c.person_id.is_not(None), in_a_module(), not_void())
        .where(_table.c.occurred_at <= until)
    )
    return query.group_by(_table.c.person_id)


_sure = _event.with_only_columns(
    _table.c.id,
    _table.c.person_id,
    _table.c.edition_id,
    _table.c.block_key,
    _table.c.attempt,
    _table.c.occurred_at,
    _table.c.success,
    _table.c.confidence,
).where(_table.c.verb == Verb.ANSWERED, _table.c.confidence.is_not(None))


def sure_answers(edition_ids: Collection[int], *, until: datetime, up_to: int) -> Iterator[Any]:
    """Yield the answers of which our people said how sure they were, in these editions, in no particular order.

    `until` and `up_to` as for `events`.
    """
    return each(_known(_sure, until, up_to).where(_table.c.edition_id.in_(edition_ids)))


def _known(query: Select[Any], until: datetime | None, up_to: int | None) -> Select[Any]:
    query = query.where(not_void(up_to))
    if until is not None:
        query = query.where(_table.c.occurred_at <= until)
    return query if up_to is None else query.where(_table.c.sequence <= up_to)


def arrived(edition_ids: Collection[int], up_to: int) -> Iterator[Any]:
    """Yield `id`, `digest` and `person_id` of what had arrived of these editions by a sequence, voided or not."""
    query = select(_table.c.id, _table.c.digest, _table.c.person_id).where(
        _table.c.edition_id.in_(edition_ids), _table.c.sequence <= up_to, in_a_module()
    )
    return each(query.order_by(_table.c.sequence))


def of_courses(edition_id: int, people: Collection[int]) -> ColumnElement[bool]:
    """Return the condition of all that some people did in one edition, voided records included."""
    return and_(_table.c.person_id.in_(people), _table.c.edition_id == edition_id, in_a_module())


def courses_over(before: datetime) -> Select[Any]:
    """Return the statement of courses to which nothing was added since a moment: `person_id`, `edition_id`, `records`.

    It reads every record there is, unless it is narrowed: `progress.seals.queries` keeps what it needs of each course.
    """
    return (
        select(_table.c.person_id, _table.c.edition_id, func.count().label("records"))
        .where(_table.c.person_id.is_not(None), _table.c.edition_id.is_not(None), in_a_module())
        .where(_pair.not_in(staying()))
        .group_by(_table.c.person_id, _table.c.edition_id)
        .having(func.max(_table.c.occurred_at) < before)
    )


_pair = tuple_(_table.c.person_id, _table.c.edition_id)


def staying() -> Select[Any]:
    """Return the statement of courses that stay however old they are: `person_id`, `edition_id`.

    That of the newest record, from whose number the next goes on, and those that void what is told elsewhere, which
    would come back without them.
    """
    target = _table.alias()
    elsewhere = or_(target.c.person_id != _table.c.person_id, target.c.edition_id.is_distinct_from(_table.c.edition_id))
    known = _table.c.person_id.is_not(None), _table.c.edition_id.is_not(None)
    newest = select(_table.c.person_id, _table.c.edition_id).where(_table.c.sequence == last_sequence(), in_a_module())
    voiding = select(_table.c.person_id, _table.c.edition_id).join(target, target.c.id == _table.c.voids_id)
    voiding = voiding.where(_table.c.voids_id.is_not(None), elsewhere)
    found = union_all(newest.where(*known), voiding.where(*known)).subquery()
    return select(found.c.person_id, found.c.edition_id)


def partly_void() -> Select[Any]:
    """Return the statement of courses of which something is declared void: `person_id`, `edition_id`."""
    voider = _table.alias()
    void = _table.c.id.in_(select(voider.c.voids_id).where(voider.c.voids_id.is_not(None)))
    known = _table.c.person_id.is_not(None), _table.c.edition_id.is_not(None)
    return select(_table.c.person_id, _table.c.edition_id).where(void, *known, in_a_module()).distinct()


def still_over(edition_id: int, people: Collection[int], before: datetime) -> set[int]:
    """Return which of some people have a course in an edition to which nothing was added since, by its records."""
    some = courses_over(before).where(_table.c.edition_id == edition_id, _table.c.person_id.in_(people))
    return {row.person_id for row in db.session.execute(some)}


def beside_courses(before: datetime) -> ColumnElement[bool]:
    """Return the condition of what people did before a moment that belongs to no course: practice, what is imported.

    What voids another stays: it says nothing else.
    """
    return and_(
        _table.c.person_id.is_not(None),
        or_(_table.c.edition_id.is_(None), _table.c.purpose.is_not(None)),
        _table.c.occurred_at < before,
        _table.c.voids_id.is_(None),
        _table.c.sequence < last_sequence(),
    )


_activities, _actor = cast(Table, Activity.__table__), cast(Table, ForeignActor.__table__)
_activity, _parent = _activities.alias("activity"), _activities.alias("parent")
_COLUMNS = [column for column in _table.c if column.name in NewRecord.__slots__]


def every_record() -> Iterator[NewRecord]:
    """Yield every record as it was handed in, in the order of arrival; voided ones and what voids them too."""
    query = (
        select(
            *_COLUMNS,
            _activity.c.iri,
            _activity.c.name,
            _activity.c.type,
            _parent.c.iri,
            _actor.c.identifier,
            _actor.c.said,
        )
        .select_from(_table)
        .outerjoin(_activity, _activity.c.id == _table.c.activity_id)
        .outerjoin(_parent, _parent.c.id == _activity.c.parent_id)
        .outerjoin(_actor, _actor.c.id == _table.c.foreign_actor_id)
        .order_by(_table.c.sequence)
    )
    for row in db.session.execute(query.execution_options(yield_per=2000)):
        *values, iri, name, type, parent, identifier, said = row
        yield NewRecord(
            **{column.name: value for column, value in zip(_COLUMNS, values, strict=True)},
            activity=NewActivity(iri, name, type, parent or "") if iri else None,
            foreign_actor=ForeignLearner(identifier, said) if identifier else None,
        )
