"""What kiosks deliver: recorded once, or put aside with the reason; in whatever order, however often.

Two kiosks with the same person: an answer belongs to the attempt that its kiosk knew to be
under way, the first answer to each question of an attempt counts, by corrected time, and
the others are kept (`progress.rules`).

An edition that was withdrawn: what was done in it before, by corrected time, counts, however
late it arrives; what was done afterwards is put aside.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import singledispatch
from typing import Any, cast
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Table, bindparam, select

from lms.catalogue import queries as catalogue
from lms.catalogue.grading import AnswerMalformed
from lms.delivery import events, sealing
from lms.delivery.actions import sittings
from lms.delivery.actions.help import Place, ask_for_help
from lms.delivery.actions.sittings import NewSitting, Taken
from lms.delivery.events import (
    EVENT,
    Acknowledged,
    Answered,
    Called,
    Corrected,
    Event,
    InSitting,
    Opened,
    Practised,
    PutAside,
    Seen,
    SignIn,
    Wrapped,
)
from lms.delivery.models import KioskEvent, SetAside
from lms.delivery.rules import BlockUnknown, RecordConflict
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.practice import actions as practice
from lms.practice.rules import NotPractised, PracticeConflict

_log = logging.getLogger(__name__)
_table = cast(Table, KioskEvent.__table__)
_known = Prepared(select(_table.c.digest, _table.c.reason).where(_table.c.id == bindparam("id")))
_bound: dict[str, Any] = {column.name: bindparam(column.name) for column in _table.columns if column.name != "number"}
_keep = Prepared(_table.insert().values(_bound))


class Fate(StrEnum):
    """What became of an event that was delivered; each is delivered for good."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class Envelope:
    """An event as it arrives."""

    id: UUID
    content: str
    sealed: bool
    """A kiosk on plain http has no means to seal."""


@dataclass(frozen=True)
class Delivery:
    """What a kiosk delivers at once."""

    outbox_id: UUID
    terminal_id: int
    sent_at: datetime
    """The kiosk's clock."""
    envelopes: Sequence[Envelope]


@dataclass(frozen=True)
class Received:
    """What became of an event, and what it came to."""

    id: UUID
    fate: Fate
    person_id: int | None = None
    language: str = ""
    taken: Taken | None = None
    """None unless a card or an answer was recorded, now or before."""
    aside: SetAside | None = None
    """Why it was put aside, now or before."""


@dataclass(frozen=True)
class _Told:
    sign_in: SignIn
    event: Event
    digest: bytes


def receive(delivery: Delivery, now: datetime) -> list[Received]:
    """Keep each event that a kiosk delivers; say of each what became of it."""
    return [_receive(envelope, delivery, now) for envelope in delivery.envelopes]


def put_aside(
    envelope: Envelope, delivery: Delivery, reason: SetAside, now: datetime, wrapped: Wrapped | None = None
) -> Received:
    """Keep an event as it came, with the reason why it cannot be recorded; the same again is kept once."""
    said = (wrapped.event if wrapped else envelope.content).encode()
    digest = wrapped.digest if wrapped else hashlib.sha256(said).digest()[:16]
    sign_in = wrapped and events.sign_in_of(wrapped.sign_in, wrapped.key, setting("SECRET_KEY"))
    if digest not in {row.digest for row in _known.rows({"id": envelope.id})}:
        person_id = sign_in.person_id if sign_in and reason is not SetAside.FAULT else None
        _note(envelope.id, digest, delivery, now, person_id=person_id, reason=reason, said=said)
    _log.warning("kiosk %s: event %s put aside: %s", delivery.terminal_id, envelope.id, reason)
    fate = Fate.CONFLICT if reason is SetAside.CONFLICT else Fate.SET_ASIDE
    return Received(envelope.id, fate, sign_in.person_id if sign_in else None, aside=reason)


def _receive(envelope: Envelope, delivery: Delivery, now: datetime) -> Received:
    wrapped = None
    try:
        wrapped = _opened(envelope)
        told = _read(envelope, wrapped, now)
        return _record(told, delivery, now)
    except PutAside as refused:
        return put_aside(envelope, delivery, refused.reason, now, wrapped)


def _opened(envelope: Envelope) -> Wrapped:
    try:
        content = (
            sealing.unseal(setting("SECRET_KEY"), envelope.id, envelope.content)
            if envelope.sealed
            else envelope.content.encode()
        )
        return Wrapped.model_validate_json(content)
    except (sealing.Unsealable, ValidationError) as error:
        raise PutAside(SetAside.UNREADABLE) from error


def _read(envelope: Envelope, wrapped: Wrapped, now: datetime) -> _Told:
    sign_in = events.sign_in_of(wrapped.sign_in, wrapped.key, setting("SECRET_KEY"))
    if sign_in is None:
        raise PutAside(SetAside.NOT_SIGNED_IN)
    try:
        event = EVENT.validate_json(wrapped.event)
    except ValidationError as error:
        raise PutAside(SetAside.MALFORMED) from error
    if event.id != envelope.id:
        raise PutAside(SetAside.MALFORMED)
    if now - sign_in.since > events.ACCEPTED_FOR:
        raise PutAside(SetAside.TOO_OLD)
    return _Told(sign_in, event, wrapped.digest)


def _record(told: _Told, delivery: Delivery, now: datetime) -> Received:
    known = {row.digest: row.reason for row in _known.rows({"id": told.event.id})}
    if told.digest in known:
        _log.info("kiosk %s: event %s was known already", delivery.terminal_id, told.event.id)
        taken = None if known[told.digest] else _came_to(told.event)
        return _received(told, Fate.DUPLICATE, taken, known[told.digest])
    if known:
        raise PutAside(SetAside.CONFLICT)
    at = events.corrected(told.event.at, delivery.sent_at, now)
    _note_impossible(told.event, at.at, delivery, now)
    _refuse_withdrawn(told.event, at.at)
    try:
        taken = _keep_event(told.event, told.sign_in, at, delivery, now)
    except (NotFound, BlockUnknown, NotPractised, AnswerMalformed) as refusal:
        raise PutAside(SetAside.NOT_IN_MODULE) from refusal
    except (RecordConflict, PracticeConflict) as refusal:
        raise PutAside(SetAside.CONFLICT) from refusal
    _note(told.event.id, told.digest, delivery, now, person_id=told.sign_in.person_id, told=told, at=at)
    return _received(told, Fate.STORED, taken)


def _refuse_withdrawn(event: Event, at: datetime) -> None:
    if isinstance(event, Called):
        return
    withdrawn_at = catalogue.withdrawn_at(event.edition if isinstance(event, Practised) else event.sitting.edition)
    if withdrawn_at is not None and withdrawn_at <= at:
        raise PutAside(SetAside.WITHDRAWN)


def _note_impossible(event: Event, at: datetime, delivery: Delivery, now: datetime) -> None:
    said = events.moment(event.at.kiosk)
    if not now - events.ACCEPTED_FOR <= said <= now + events.WRONG_CLOCK:
        _log.warning("kiosk %s: clock at %s, event %s recorded at %s", delivery.terminal_id, said, event.id, at)


def _received(told: _Told, fate: Fate, taken: Taken | None, aside: SetAside | None = None) -> Received:
    return Received(told.event.id, fate, told.sign_in.person_id, _language(told.event), taken, aside)


def _language(event: Event) -> str:
    if isinstance(event, Called):
        return ""
    return event.language if isinstance(event, Practised) else event.sitting.language


def _keep_event(event: Event, sign_in: SignIn, at: Corrected, delivery: Delivery, now: datetime) -> Taken | None:
    if isinstance(event, Called):
        place = Place(event.edition, event.block) if event.edition else None
        ask_for_help(sign_in.person_id, sign_in.terminal_id, event.category, place, request_id=event.id, now=at.at)
        return None
    if isinstance(event, Practised):
        return _keep_practised(event, sign_in, at.at, now)
    return _keep_in_sitting(event, _joined(event, sign_in, delivery, now), at.at, now)


def _keep_practised(event: Practised, sign_in: SignIn, at: datetime, now: datetime) -> Taken:
    graded = practice.answer(
        sign_in.person_id,
        event.edition,
        event.block,
        event.response,
        record_id=event.id,
        session_id=event.session,
        terminal_id=sign_in.terminal_id,
        language=event.language,
        occurred_at=at,
        duration_ms=event.duration_ms,
        now=now,
    )
    return Taken(graded, None, None)


def _joined(event: InSitting, sign_in: SignIn, delivery: Delivery, now: datetime) -> NewSitting:
    said = event.sitting
    began = events.corrected(said.began, delivery.sent_at, now).at
    limit = catalogue.frozen(said.edition).content.max_attempts
    over = limit is not None and said.attempt > limit and said.attempt - limit
    if over and over > sittings.attempts_before(sign_in.person_id, said.edition, began):
        raise PutAside(SetAside.TOO_MANY_ATTEMPTS)
    found = NewSitting(
        said.id, sign_in.person_id, said.edition, said.attempt, sign_in.terminal_id, said.language, began
    )
    sittings.join(found)
    return found


@singledispatch
def _keep_in_sitting(event: Any, sitting: NewSitting, at: datetime, now: datetime) -> Taken | None:
    raise TypeError(type(event))


@_keep_in_sitting.register
def _(event: Opened, sitting: NewSitting, at: datetime, now: datetime) -> None:
    sittings.note_opening(sitting, event.resumed, record_id=event.id, occurred_at=at, now=now)


@_keep_in_sitting.register
def _(event: Seen, sitting: NewSitting, at: datetime, now: datetime) -> Taken:
    return sittings.see_block(
        sitting.id, event.block, record_id=event.id, occurred_at=at, duration_ms=event.duration_ms, now=now
    )


@_keep_in_sitting.register
def _(event: Answered, sitting: NewSitting, at: datetime, now: datetime) -> Taken:
    return sittings.take_answer(
        sitting.id,
        event.block,
        event.response,
        record_id=event.id,
        occurred_at=at,
        duration_ms=event.duration_ms,
        confidence=event.confidence,
        now=now,
    )


@_keep_in_sitting.register
def _(event: Acknowledged, sitting: NewSitting, at: datetime, now: datetime) -> Taken:
    return sittings.acknowledge(sitting.id, record_id=event.id, occurred_at=at, now=now)


def _came_to(event: Event) -> Taken | None:
    """Return what a card or an answer recorded before comes to now."""
    if isinstance(event, Answered):
        return sittings.came_to(event.sitting.id, event.block, event.response)
    if isinstance(event, Practised):
        return Taken(practice.graded(event.edition, event.block, event.response), None, None)
    return sittings.came_to(event.sitting.id, event.block) if isinstance(event, Seen) else None


def _note(
    id: UUID,
    digest: bytes,
    delivery: Delivery,
    now: datetime,
    *,
    person_id: int | None,
    told: _Told | None = None,
    at: Corrected | None = None,
    reason: SetAside | None = None,
    said: bytes | None = None,
) -> None:
    in_sitting = told.event if told and isinstance(told.event, InSitting) else None
    _keep.run(
        {
            "id": id,
            "digest": digest,
            "outbox_id": delivery.outbox_id,
            "terminal_id": delivery.terminal_id,
            "person_id": person_id,
            "sitting_id": in_sitting and in_sitting.sitting.id,
            "place": in_sitting and in_sitting.place,
            "kiosk_at": told and events.moment(told.event.at.kiosk),
            "corrected_at": at and at.at,
            "received_at": now,
            "clock_doubtful": at is not None and at.doubtful,
            "reason": reason,
            "said": said,
        }
    )
