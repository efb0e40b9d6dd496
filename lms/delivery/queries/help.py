"""Who asked for help at a kiosk, and what came of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition, Module
from lms.delivery.models import HelpAnswer, HelpCategory, HelpRequest
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.people.models import TeamMembership

ANSWERS_SHOWN_FOR = timedelta(days=3)


@dataclass(frozen=True)
class Help:
    """A request for help as it stood at a moment; `module_id` and `edition_id` are None outside a module."""

    id: UUID
    person_id: int
    terminal_id: int
    module_id: int | None
    edition_id: int | None
    block_key: str | None
    category: HelpCategory
    asked_at: datetime
    resolved_at: datetime | None
    resolved_by: int | None


@dataclass(frozen=True)
class Asked:
    """A request for help as those who answer it see it."""

    id: UUID
    person_id: int
    name: str
    terminal: str
    category: HelpCategory
    title: dict[str, str] | None
    """Of the module that stood open."""
    code: str | None
    place: int | None
    """Of the card or question in its edition, from 1."""
    words: dict[str, str] | None
    """The title of the card, or the question."""
    asked_at: datetime
    resolved_at: datetime | None
    answer: str | None
    simulated: bool
    by_badge_alone: bool
    """While the server was away: nobody proved who they are."""


@dataclass(frozen=True)
class Matter:
    """What one or more people asked or reported at one place of a module; nobody is named."""

    code: str
    title: dict[str, str]
    block_key: str | None
    """None for the module as a whole."""
    words: dict[str, str] | None
    """The title of the card, or the question, as it was when it was asked first."""
    category: HelpCategory
    editions: tuple[int, ...]
    """Numbers of the editions that were open."""
    asked: tuple[UUID, ...]
    asked_at: tuple[datetime, ...]
    """In order."""
    resolved_at: datetime | None
    answer: str | None
    simulated: bool


def help_requests(since: datetime, until: datetime, known_at: datetime) -> list[Help]:
    """Return the requests made from `since` to `until`, as the server knew them at `known_at`, oldest first."""
    query = (
        select(HelpRequest, Edition.module_id, HelpAnswer)
        .outerjoin(Edition, Edition.id == HelpRequest.edition_id)
        .outerjoin(HelpAnswer, HelpAnswer.request_id == HelpRequest.id)
        .where(HelpRequest.asked_at >= since, HelpRequest.asked_at <= min(until, known_at))
        .order_by(HelpRequest.asked_at, HelpRequest.id)
    )
    return [
        _as_known(row, module_id, answer if answer and answer.resolved_at <= min(until, known_at) else None)
        for row, module_id, answer in db.session.execute(query)
    ]


def asked_for_help(team_ids: Collection[int] | None, today: date, settled: bool, limit: int = 200) -> list[Asked]:
    """Return open requests, oldest first, or the settled ones, newest first.

    Of those who are in the teams today; of everyone when None.
    """
    query = _asked().where(HelpAnswer.request_id.is_not(None) if settled else HelpAnswer.request_id.is_(None))
    if team_ids is not None:
        query = query.where(_is_in(team_ids, today))
    order = HelpAnswer.resolved_at.desc() if settled else HelpRequest.asked_at.asc()
    return [_described(row) for row in db.session.scalars(query.order_by(order).limit(limit))]


def matters(settled: bool, code: str | None = None, limit: int = 500) -> list[Matter]:
    """Return what people did not understand or found wrong in modules, or in one of them.

    What waits for an answer, the longest first; else what was settled, the latest first. What was asked alike at
    one place is one matter, as long as it has one answer.
    """
    query = (
        _asked()
        .join(Edition, Edition.id == HelpRequest.edition_id)
        .where(HelpRequest.category.in_((HelpCategory.UNCLEAR, HelpCategory.CONTENT)))
        .where(HelpAnswer.request_id.is_not(None) if settled else HelpAnswer.request_id.is_(None))
    )
    if code is not None:
        query = query.join(Module, Module.id == Edition.module_id).where(Module.code == code)
    newest_first = (HelpAnswer.resolved_at.desc(), HelpRequest.asked_at)
    order = newest_first if settled else (HelpRequest.asked_at,)
    alike: dict[Any, list[HelpRequest]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(*order).limit(limit)):
        answered = (row.answer.resolved_at, row.answer.words) if row.answer else None
        place = catalogue.frozen(row.edition_id or 0).code, row.block_key
        alike[*place, row.category, answered].append(row)
    return [_matter(rows) for rows in alike.values()]


def _matter(rows: list[HelpRequest]) -> Matter:
    first, editions = rows[0], [catalogue.frozen(row.edition_id or 0) for row in rows]
    block = editions[0].content.block(first.block_key or "")
    return Matter(
        code=editions[0].code,
        title=editions[-1].content.title,
        block_key=first.block_key,
        words=getattr(block, "prompt", None) or getattr(block, "title", None),
        category=first.category,
        editions=tuple(sorted({edition.number for edition in editions})),
        asked=tuple(row.id for row in rows),
        asked_at=tuple(row.asked_at for row in rows),
        resolved_at=first.answer.resolved_at if first.answer else None,
        answer=first.answer.words if first.answer else None,
        simulated=any(row.person.simulated for row in rows),
    )


def defects_of(module_id: int) -> list[Asked]:
    """Return what was reported as wrong in any edition of a module and is not settled, oldest first."""
    query = (
        _asked()
        .join(Edition, Edition.id == HelpRequest.edition_id)
        .where(Edition.module_id == module_id, HelpRequest.category == HelpCategory.CONTENT)
        .where(HelpAnswer.request_id.is_(None))
    )
    return [_described(row) for row in db.session.scalars(query.order_by(HelpRequest.asked_at))]


_answers = Prepared(
    select(HelpAnswer.words, HelpAnswer.resolved_at)
    .join(HelpRequest, HelpRequest.id == HelpAnswer.request_id)
    .where(HelpRequest.person_id == bindparam("person"), HelpAnswer.words != "")
    .where(HelpAnswer.resolved_at > bindparam("since"))
    .order_by(HelpAnswer.resolved_at.desc())
)


def answers_to(person_id: int, now: datetime) -> Sequence[Any]:
    """Return the answers that someone got in the last three days, newest first: `words` and `resolved_at`."""
    return _answers.rows({"person": person_id, "since": now - ANSWERS_SHOWN_FOR})


def may_answer(request_id: UUID, team_ids: Collection[int] | None, today: date) -> bool:
    """Whether there is such a request, and of someone who is in the teams today."""
    query = select(HelpRequest.id).where(HelpRequest.id == request_id)
    if team_ids is not None:
        query = query.where(_is_in(team_ids, today))
    return db.session.scalar(query) is not None


def _asked() -> Select[HelpRequest]:
    return (
        select(HelpRequest)
        .outerjoin(HelpRequest.answer)
        .options(contains_eager(HelpRequest.answer), joinedload(HelpRequest.person), joinedload(HelpRequest.terminal))
    )


def _is_in(team_ids: Collection[int], today: date) -> ColumnElement[bool]:
    stay = TeamMembership
    lasts = or_(stay.left_on.is_(None), stay.left_on >= today)
    return exists().where(stay.person_id == HelpRequest.person_id, stay.team_id.in_(team_ids), lasts)


def _as_known(row: HelpRequest, module_id: int | None, answer: HelpAnswer | None) -> Help:
    return Help(
        id=row.id,
        person_id=row.person_id,
        terminal_id=row.terminal_id,
        module_id=module_id,
        edition_id=row.edition_id,
        block_key=row.block_key,
        category=row.category,
        asked_at=row.asked_at,
        resolved_at=answer.resolved_at if answer else None,
        resolved_by=answer.by_id if answer else None,
    )


def _described(row: HelpRequest) -> Asked:
    edition = catalogue.frozen(row.edition_id) if row.edition_id else None
    keys = [block.key for block in edition.content.blocks] if edition else []
    place = keys.index(row.block_key) if row.block_key in keys else None
    block = edition.content.blocks[place] if edition and place is not None else None
    return Asked(
        id=row.id,
        person_id=row.person_id,
        name=row.person.full_name,
        terminal=row.terminal.name,
        category=row.category,
        title=edition.content.title if edition else None,
        code=edition.code if edition else None,
        place=None if place is None else place + 1,
        words=getattr(block, "prompt", None) or getattr(block, "title", None),
        asked_at=row.asked_at,
        resolved_at=row.answer.resolved_at if row.answer else None,
        answer=row.answer.words if row.answer else None,
        simulated=row.person.simulated,
        by_badge_alone=row.assertion_id is not None,
    )
