"""What was done at a kiosk under a badge alone, while the server was away: kept apart until its person speaks.

Whose badge it was is known by the claim that the kiosk sealed when it read it. Nothing of
it counts before the person, signed in with their PIN, says that it was them; then it is
recorded with the times at which it happened and a mark. What arrives after their word is
treated like what had arrived before. A call for help waits for nobody's word: it is kept at
once, marked. A personal code that was nobody's counts among the failed ones of its kiosk.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from lms.catalogue import queries as catalogue
from lms.delivery import events, queries, sealing
from lms.delivery.actions.recording import Delivery, Fate, Received, Told, keep_aside, note, reasons_of, record
from lms.delivery.events import (
    WAITING,
    Asserted,
    Called,
    Claim,
    Claimed,
    Event,
    InSitting,
    PutAside,
    Waiting,
    WrappedAsserted,
)
from lms.delivery.models import AssertedEvent, Assertion, AssertionEnd, AssertionOutcome, SetAside
from lms.delivery.rules import certifies
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import asserting
from lms.people.rules import BadgeEnded, NotRecognised
from lms.people.tries import AT_A_KIOSK

_log = logging.getLogger(__name__)

Certifying = Callable[[], frozenset[str]]
"""Gives the codes of the modules that nobody takes under a badge alone; asked only when there is something to ask."""


def take(
    event: Event | Claimed, wrapped: WrappedAsserted, delivery: Delivery, now: datetime, certifying: Certifying
) -> Received:
    """Keep an event that was made under a badge alone; raises PutAside."""
    known = {*reasons_of(event.id), *_kept(event.id)}
    if wrapped.digest in known:
        return Received(event.id, Fate.DUPLICATE)
    if isinstance(event, Claimed):
        return _count_code(event, wrapped, delivery, now)
    if not isinstance(event, Waiting | Called):
        raise PutAside(SetAside.MALFORMED)
    assertion = _assertion(wrapped.asserted, delivery, now)
    try:
        if known:
            raise PutAside(SetAside.CONFLICT)
        if isinstance(event, Called):
            record(_told(event, wrapped.digest, assertion), delivery, now, now)
            return Received(event.id, Fate.STORED)
        _check_module(event, certifying)
        return _keep(event, wrapped, assertion, delivery, now)
    except PutAside as refused:
        raise PutAside(refused.reason, assertion.person_id) from refused


def confirm(assertion_id: UUID, person_id: int, terminal_id: int, now: datetime) -> None:
    """Record what was done under a person's badge alone: they say that it was them. Raises NotFound."""
    assertion = _open(assertion_id, person_id)
    _end(assertion, AssertionOutcome.CONFIRMED, terminal_id, now)
    for kept in _events(assertion_id):
        delivery = _delivery(kept)
        told = _told(WAITING.validate_json(kept.said), kept.digest, assertion)
        try:
            record(told, delivery, kept.received_at, now)
        except PutAside as refused:
            _aside(kept, assertion, refused.reason)


def deny(assertion_id: UUID, person_id: int, terminal_id: int, now: datetime) -> None:
    """Put aside what was done under a person's badge alone: they say that it was somebody else. Raises NotFound."""
    _let_go(_open(assertion_id, person_id), AssertionOutcome.NOT_THEIRS, terminal_id, now)


def let_go(now: datetime) -> int:
    """Put aside what nobody has confirmed in time; return how many assertions that ended."""
    late = queries.unconfirmed(now - timedelta(days=setting("ASSERTED_DAYS")))
    for assertion in late:
        _let_go(assertion, AssertionOutcome.UNCONFIRMED, None, now)
    return len(late)


def _assertion(said: Asserted, delivery: Delivery, now: datetime) -> Assertion:
    """Return the assertion under which an event was made, known or new; raises PutAside."""
    claim = _claim(said)
    # Held: its person may be about to speak of it, and what comes now must not be left behind.
    known = db.session.scalar(select(Assertion).where(Assertion.id == said.id).with_for_update())
    began_at = known.began_at if known else events.corrected(claim.at, delivery.sent_at, now).at
    try:
        named = asserting.named_then(claim.badge, began_at)
    except NotRecognised as refusal:
        raise PutAside(SetAside.UNKNOWN_BADGE) from refusal
    except BadgeEnded as refusal:
        raise PutAside(SetAside.BADGE_ENDED, cast(int, refusal.facts["person_id"])) from refusal
    if known:
        if (known.person_id, known.badge_id) != (named.person_id, named.badge_id):
            raise PutAside(SetAside.CONFLICT, named.person_id)
        return known
    if claim.at.server is not None and now - events.moment(claim.at.server) > events.ACCEPTED_FOR:
        raise PutAside(SetAside.TOO_OLD, named.person_id)
    new = Assertion(
        id=said.id,
        person_id=named.person_id,
        badge_id=named.badge_id,
        terminal_id=delivery.terminal_id,
        began_at=began_at,
        received_at=now,
    )
    db.session.add(new)
    db.session.flush()
    return new


def _claim(said: Asserted) -> Claim:
    try:
        return Claim.model_validate_json(sealing.unseal(setting("SECRET_KEY"), said.id, said.claim))
    except (sealing.Unsealable, ValidationError) as error:
        raise PutAside(SetAside.UNREADABLE) from error


def _count_code(event: Claimed, wrapped: WrappedAsserted, delivery: Delivery, now: datetime) -> Received:
    """Count a code that was typed, if it was nobody's; raises PutAside."""
    if reasons_of(event.id):
        raise PutAside(SetAside.CONFLICT)
    claim = _claim(wrapped.asserted)
    at = events.corrected(claim.at, delivery.sent_at, now).at
    if asserting.count_code(claim.badge, f"{AT_A_KIOSK}{delivery.terminal_id}", at):
        _log.warning("kiosk %s: a code that is nobody's was typed while the server was away", delivery.terminal_id)
    note(event.id, wrapped.digest, delivery, now, person_id=None)
    return Received(event.id, Fate.STORED)


def _check_module(event: Waiting, certifying: Certifying) -> None:
    try:
        edition = catalogue.frozen(event.sitting.edition if isinstance(event, InSitting) else event.edition)
    except NotFound as refusal:
        raise PutAside(SetAside.NOT_IN_MODULE) from refusal
    if isinstance(event, InSitting) and certifies(edition.content, certifying()):
        raise PutAside(SetAside.CERTIFIES)


def _keep(
    event: Waiting, wrapped: WrappedAsserted, assertion: Assertion, delivery: Delivery, now: datetime
) -> Received:
    end = db.session.get(AssertionEnd, assertion.id)
    if end is not None and end.outcome is AssertionOutcome.CONFIRMED:
        record(_told(event, wrapped.digest, assertion), delivery, now, now)
        return Received(event.id, Fate.STORED)
    if end is not None:
        raise PutAside(SetAside(end.outcome.value))
    db.session.add(
        AssertedEvent(
            id=event.id,
            digest=wrapped.digest,
            assertion_id=assertion.id,
            outbox_id=delivery.outbox_id,
            terminal_id=delivery.terminal_id,
            sent_at=delivery.sent_at,
            received_at=now,
            said=wrapped.event.encode(),
        )
    )
    db.session.flush()
    return Received(event.id, Fate.ASSERTED)


def _told(event: Event, digest: bytes, assertion: Assertion) -> Told:
    return Told(event, digest, assertion.person_id, assertion.terminal_id, assertion.id)


def _kept(event_id: UUID) -> set[bytes]:
    return set(db.session.scalars(select(AssertedEvent.digest).where(AssertedEvent.id == event_id)))


def _events(assertion_id: UUID) -> list[AssertedEvent]:
    """Return what was kept, in the order in which it happened: ids begin with the time."""
    query = select(AssertedEvent).where(AssertedEvent.assertion_id == assertion_id)
    return sorted(db.session.scalars(query), key=lambda kept: kept.id)


def _open(assertion_id: UUID, person_id: int) -> Assertion:
    query = select(Assertion).where(Assertion.id == assertion_id, Assertion.person_id == person_id)
    found = db.session.scalar(query.with_for_update())
    if found is None or db.session.get(AssertionEnd, assertion_id) is not None:
        raise NotFound()
    return found


def _end(assertion: Assertion, outcome: AssertionOutcome, terminal_id: int | None, now: datetime) -> None:
    db.session.add(AssertionEnd(assertion_id=assertion.id, outcome=outcome, at=now, terminal_id=terminal_id))
    db.session.flush()
    _log.info(
        "kiosk %s: assertion %s of person %s: %s", assertion.terminal_id, assertion.id, assertion.person_id, outcome
    )


def _let_go(assertion: Assertion, outcome: AssertionOutcome, terminal_id: int | None, now: datetime) -> None:
    _end(assertion, outcome, terminal_id, now)
    for kept in _events(assertion.id):
        _aside(kept, assertion, SetAside(outcome.value))


def _aside(kept: AssertedEvent, assertion: Assertion, reason: SetAside) -> None:
    delivery = _delivery(kept)
    keep_aside(
        kept.id,
        kept.digest,
        kept.said,
        delivery,
        kept.received_at,
        reason=reason,
        person_id=assertion.person_id,
    )


def _delivery(kept: AssertedEvent) -> Delivery:
    return Delivery(kept.outbox_id, kept.terminal_id, kept.sent_at, ())
