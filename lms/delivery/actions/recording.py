"""Events recorded, or kept aside with the reason: by `receiving` at once, by `asserting` once a person spoke."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import singledispatch
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select

from lms.catalogue import queries as catalogue
from lms.catalogue.grading import AnswerMalformed
from lms.delivery import events
from lms.delivery.actions import sittings
from lms.delivery.actions.help import Place, ask_for_help
from lms.delivery.actions.sittings import NewSitting, Taken
from lms.delivery.events import (
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
    Skipped,
)
from lms.delivery.models import KioskEvent, SetAside
from lms.delivery.rules import BlockUnknown, RecordConflict
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
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
    ASSERTED = "asserted"
    """Made under a badge alone: it waits for its person."""


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
class Told:
    """An event that was read, and whose it is."""

    event: Event
    digest: bytes
    person_id: int
    terminal_id: int
    """The kiosk where it was made."""
    assertion_id: UUID | None = None
    """The one under which it was done; its person has confirmed it, unless it is a call for help. None with a PIN."""


def reasons_of(id: UUID) -> dict[bytes, SetAside | None]:
    """Return what stands under an id already: why it was put aside, None where it was recorded, by digest."""
    return {row.digest: row.reason for row in _known.rows({"id": id})}


def record(told: Told, delivery: Delivery, arrived_at: datetime, now: datetime) -> Taken | None:
    """Record an event that is new; raises PutAside."""
    at = events.corrected(told.event.at, delivery.sent_at, arrived_at)
    _note_impossible(told.event, at.at, delivery, arrived_at)
    _refuse_withdrawn(told.event, at.at)
    try:
        taken = _keep_event(told, at, delivery, arrived_at, now)
    except (NotFound, BlockUnknown, NotPractised, AnswerMalformed) as refusal:
        raise PutAside(SetAside.NOT_IN_MODULE) from refusal
    except (RecordConflict, PracticeConflict) as refusal:
        raise PutAside(SetAside.CONFLICT) from refusal
    note(told.event.id, told.digest, delivery, arrived_at, person_id=told.person_id, told=told, at=at)
    return taken


def keep_aside(
    id: UUID,
    digest: bytes,
    said: bytes,
    delivery: Delivery,
    arrived_at: datetime,
    *,
    reason: SetAside,
    person_id: int | None,
) -> Received:
    """Keep an event as it came, with the reason why it cannot be recorded; the same again is kept once."""
    if digest not in reasons_of(id):
        note(id, digest, delivery, arrived_at, person_id=person_id, reason=reason, said=said)
    _log.warning("kiosk %s: event %s put aside: %s", delivery.terminal_id, id, reason)
    fate = Fate.CONFLICT if reason is SetAside.CONFLICT else Fate.SET_ASIDE
    return Received(id, fate, person_id, aside=reason)


def _refuse_withdrawn(event: Event, at: datetime) -> None:
    if isinstance(event, Called | Skipped):
        return
    withdrawn_at = catalogue.withdrawn_at(event.edition if isinstance(event, Practised) else event.sitting.edition)
    if withdrawn_at is not None and withdrawn_at <= at:
        raise PutAside(SetAside.WITHDRAWN)


def _note_impossible(event: Event, at: datetime, delivery: Delivery, arrived_at: datetime) -> None:
    said = events.moment(event.at.kiosk)
    if not arrived_at - events.ACCEPTED_FOR <= said <= arrived_at + events.WRONG_CLOCK:
        _log.warning("kiosk %s: clock at %s, event %s recorded at %s", delivery.terminal_id, said, event.id, at)


def _keep_event(told: Told, at: Corrected, delivery: Delivery, arrived_at: datetime, now: datetime) -> Taken | None:
    event = told.event
    if isinstance(event, Called):
        place = Place(event.edition, event.block) if event.edition else None
        ask_for_help(
            told.person_id,
            told.terminal_id,
            event.category,
            place,
            request_id=event.id,
            assertion_id=told.assertion_id,
            now=at.at,
        )
        return None
    if isinstance(event, Skipped):
        practice.skip(told.person_id, record_id=event.id, terminal_id=told.terminal_id, occurred_at=at.at, now=now)
        return None
    if isinstance(event, Practised):
        return _keep_practised(event, told, at.at, now)
    return _keep_in_sitting(event, _joined(event, told, delivery, arrived_at), at.at, now)


def _keep_practised(event: Practised, told: Told, at: datetime, now: datetime) -> Taken | None:
    graded = practice.answer(
        told.person_id,
        event.edition,
        event.block,
        event.response,
        record_id=event.id,
        session_id=event.session,
        terminal_id=told.terminal_id,
        language=event.language,
        occurred_at=at,
        duration_ms=event.duration_ms,
        confirmed=told.assertion_id is not None,
        now=now,
    )
    return Taken(graded, None, None) if graded else None


def _joined(event: InSitting, told: Told, delivery: Delivery, arrived_at: datetime) -> Any:
    said, attempt = event.sitting, event.sitting.attempt
    began = events.corrected(said.began, delivery.sent_at, arrived_at).at
    if told.assertion_id:
        # Which attempt was under way, a kiosk that knew of nobody could not know.
        attempt = sittings.attempt_of(said.id, told.person_id, said.edition, began)
    limit = catalogue.frozen(said.edition).content.max_attempts
    over = limit is not None and attempt > limit and attempt - limit
    if over and over > sittings.attempts_before(told.person_id, said.edition, began):
        raise PutAside(SetAside.TOO_MANY_ATTEMPTS)
    return sittings.join(
        NewSitting(
            said.id, told.person_id, said.edition, attempt, told.terminal_id, said.language, began, told.assertion_id
        )
    )


@singledispatch
def _keep_in_sitting(event: Any, sitting: Any, at: datetime, now: datetime) -> Taken | None:
    raise TypeError(type(event))


@_keep_in_sitting.register
def _(event: Opened, sitting: Any, at: datetime, now: datetime) -> None:
    sittings.note_opening(sitting, event.resumed, record_id=event.id, occurred_at=at, now=now)


@_keep_in_sitting.register
def _(event: Seen, sitting: Any, at: datetime, now: datetime) -> Taken:
    return sittings.see_block(
        sitting, event.block, record_id=event.id, occurred_at=at, duration_ms=event.duration_ms, now=now
    )


@_keep_in_sitting.register
def _(event: Answered, sitting: Any, at: datetime, now: datetime) -> Taken:
    return sittings.take_answer(
        sitting,
        event.block,
        event.response,
        record_id=event.id,
        occurred_at=at,
        duration_ms=event.duration_ms,
        confidence=event.confidence,
        now=now,
    )


@_keep_in_sitting.register
def _(event: Acknowledged, sitting: Any, at: datetime, now: datetime) -> Taken:
    return sittings.acknowledge(sitting, record_id=event.id, occurred_at=at, now=now)


def note(
    id: UUID,
    digest: bytes,
    delivery: Delivery,
    arrived_at: datetime,
    *,
    person_id: int | None,
    told: Told | None = None,
    at: Corrected | None = None,
    reason: SetAside | None = None,
    said: bytes | None = None,
) -> None:
    """Write down that an event came, and what became of it."""
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
            "received_at": arrived_at,
            "clock_doubtful": at is not None and at.doubtful,
            "reason": reason,
            "said": said,
        }
    )
