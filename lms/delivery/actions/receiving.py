"""What kiosks deliver: recorded once, or put aside with the reason; in whatever order, however often.

Two kiosks with the same person: an answer belongs to the attempt that its kiosk knew to be
under way, the first answer to each question of an attempt counts, by corrected time, and
the others are kept (`progress.rules`). What was done under a badge alone waits (`asserting`).

An edition that was withdrawn: what was done in it before, by corrected time, counts, however
late it arrives; what was done afterwards is put aside.
"""

import hashlib
import logging
from datetime import datetime

from pydantic import ValidationError

from lms.delivery import events, sealing
from lms.delivery.actions import asserting, sittings
from lms.delivery.actions.asserting import Certifying
from lms.delivery.actions.recording import Delivery, Envelope, Fate, Received, Told, keep_aside, reasons_of, record
from lms.delivery.actions.sittings import Taken
from lms.delivery.events import (
    EVENT,
    WRAPPED,
    Answered,
    Called,
    Claimed,
    Event,
    Practised,
    PutAside,
    Seen,
    Skipped,
    Wrapped,
    WrappedAsserted,
)
from lms.delivery.models import SetAside
from lms.kernel.settings import setting
from lms.practice import actions as practice

_log = logging.getLogger(__name__)


def receive(delivery: Delivery, now: datetime, certifying: Certifying = frozenset) -> list[Received]:
    """Keep each event that a kiosk delivers; say of each what became of it.

    `certifying` gives the codes of the modules that nobody takes under a badge alone.
    """
    return [_receive(envelope, delivery, now, certifying) for envelope in delivery.envelopes]


def put_aside(envelope: Envelope, delivery: Delivery, reason: SetAside, now: datetime) -> Received:
    """Keep an envelope as it came, with the reason why it cannot be recorded; the same again is kept once."""
    said = envelope.content.encode()
    digest = hashlib.sha256(said).digest()[:16]
    return keep_aside(envelope.id, digest, said, delivery, now, reason=reason, person_id=None)


def _receive(envelope: Envelope, delivery: Delivery, now: datetime, certifying: Certifying) -> Received:
    try:
        wrapped = _opened(envelope)
    except PutAside as refused:
        return put_aside(envelope, delivery, refused.reason, now)
    try:
        if isinstance(wrapped, WrappedAsserted):
            return asserting.take(_event(envelope, wrapped), wrapped, delivery, now, certifying)
        return _record(_read(envelope, wrapped, now), delivery, now)
    except PutAside as refused:
        return keep_aside(
            envelope.id,
            wrapped.digest,
            wrapped.event.encode(),
            delivery,
            now,
            reason=refused.reason,
            person_id=refused.person_id or _who(wrapped),
        )


def _opened(envelope: Envelope) -> Wrapped | WrappedAsserted:
    try:
        content = (
            sealing.unseal(setting("SECRET_KEY"), envelope.id, envelope.content)
            if envelope.sealed
            else envelope.content.encode()
        )
        return WRAPPED.validate_json(content)
    except (sealing.Unsealable, ValidationError) as error:
        raise PutAside(SetAside.UNREADABLE) from error


def _event(envelope: Envelope, wrapped: Wrapped | WrappedAsserted) -> Event | Claimed:
    try:
        event = EVENT.validate_json(wrapped.event)
    except ValidationError as error:
        raise PutAside(SetAside.MALFORMED) from error
    if event.id != envelope.id:
        raise PutAside(SetAside.MALFORMED)
    return event


def _read(envelope: Envelope, wrapped: Wrapped, now: datetime) -> Told:
    sign_in = events.sign_in_of(wrapped.sign_in, wrapped.key, setting("SECRET_KEY"))
    if sign_in is None:
        raise PutAside(SetAside.NOT_SIGNED_IN)
    event = _event(envelope, wrapped)
    if isinstance(event, Claimed):
        raise PutAside(SetAside.MALFORMED)
    if now - sign_in.since > events.ACCEPTED_FOR:
        raise PutAside(SetAside.TOO_OLD)
    return Told(event, wrapped.digest, sign_in.person_id, sign_in.terminal_id)


def _who(wrapped: Wrapped | WrappedAsserted) -> int | None:
    """Return who had signed in, where that is proved."""
    if isinstance(wrapped, WrappedAsserted):
        return None
    sign_in = events.sign_in_of(wrapped.sign_in, wrapped.key, setting("SECRET_KEY"))
    return sign_in.person_id if sign_in else None


def _record(told: Told, delivery: Delivery, now: datetime) -> Received:
    known = reasons_of(told.event.id)
    if told.digest in known:
        _log.info("kiosk %s: event %s was known already", delivery.terminal_id, told.event.id)
        taken = None if known[told.digest] else _came_to(told)
        return _received(told, Fate.DUPLICATE, taken, known[told.digest])
    if known:
        raise PutAside(SetAside.CONFLICT)
    return _received(told, Fate.STORED, record(told, delivery, now, now))


def _received(told: Told, fate: Fate, taken: Taken | None, aside: SetAside | None = None) -> Received:
    return Received(told.event.id, fate, told.person_id, _language(told.event), taken, aside)


def _language(event: Event) -> str:
    if isinstance(event, Called | Skipped):
        return ""
    return event.language if isinstance(event, Practised) else event.sitting.language


def _came_to(told: Told) -> Taken | None:
    """Return what a card or an answer recorded before comes to now."""
    event = told.event
    if isinstance(event, Answered):
        return sittings.came_to(event.sitting.id, event.block, event.response)
    if isinstance(event, Practised):
        graded = practice.graded(told.person_id, event.edition, event.block, event.response)
        return Taken(graded, None, None) if graded else None
    return sittings.came_to(event.sitting.id, event.block) if isinstance(event, Seen) else None
