"""Kiosks: which one asks, which there are."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Select, Table, bindparam, func, or_, select, union
from sqlalchemy.orm import joinedload

from lms.delivery.models import AssertedEvent, Enrolment, KioskEvent, Terminal
from lms.delivery.rules import ENROLMENT_LASTS
from lms.kernel.database import db
from lms.kernel.ids import digest
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
from lms.people.models import Workshop


@dataclass(frozen=True)
class KnownTerminal:
    """The kiosk from which a request comes."""

    id: int
    code: str
    name: str
    seen_at: datetime | None
    token_issued_at: datetime | None
    pixels_per_mm: float | None
    page_version: str | None
    out_of_order: str | None
    token_used_at: datetime | None
    is_previous: bool
    """Whether it presented the secret before its present one."""


_table = cast(Table, Terminal.__table__)
_known = (
    _table.c.id,
    _table.c.code,
    _table.c.name,
    _table.c.seen_at,
    _table.c.token_issued_at,
    _table.c.pixels_per_mm,
    _table.c.page_version,
    _table.c.out_of_order,
    _table.c.token_used_at,
    (_table.c.token_digest != bindparam("digest")).label("is_previous"),
)
_secrets = (_table.c.token_digest, _table.c.previous_token_digest)
_by_token = Prepared(
    select(*_known).where(or_(*(secret == bindparam("digest") for secret in _secrets)), _table.c.revoked_at.is_(None))
)


def terminal_of(token: str) -> KnownTerminal | None:
    """Return the kiosk that keeps this secret, or None for a stranger or a kiosk that was shut out."""
    found = _by_token.rows({"digest": digest(token)})
    return KnownTerminal(*found[0]) if found else None


def terminal_row_of(token: str) -> Terminal | None:
    """Return the kiosk that keeps this secret, to be changed."""
    keeps = or_(Terminal.token_digest == digest(token), Terminal.previous_token_digest == digest(token))
    return db.session.scalar(select(Terminal).where(keeps, Terminal.revoked_at.is_(None)))


def enrolment_of(key: str, now: datetime) -> Enrolment | None:
    """Return the enrolment that waits in the browser with this key, or None."""
    return db.session.scalar(_waiting(now).where(Enrolment.key_digest == digest(key)))


def waiting_enrolment(terminal_id: int, now: datetime) -> Enrolment | None:
    """Return the enrolment at a kiosk whose number is still to be confirmed, or None."""
    query = _waiting(now).where(Enrolment.terminal_id == terminal_id, Enrolment.confirmed_at.is_(None))
    return db.session.scalar(query)


def enrolments(terminal_id: int, limit: int = 20) -> list[Enrolment]:
    """Return the browsers in which a kiosk's codes were typed, newest first."""
    query = select(Enrolment).where(Enrolment.terminal_id == terminal_id).order_by(Enrolment.id.desc()).limit(limit)
    return list(db.session.scalars(query.options(joinedload(Enrolment.confirmed_by))))


def _waiting(now: datetime) -> Select[Enrolment]:
    return select(Enrolment).where(Enrolment.key_digest.is_not(None), Enrolment.asked_at > now - ENROLMENT_LASTS)


def every_terminal() -> list[Terminal]:
    """Return all kiosks with their workshop, by code."""
    return list(db.session.scalars(select(Terminal).options(joinedload(Terminal.workshop)).order_by(Terminal.code)))


def terminal(code: str) -> Terminal:
    """Return the kiosk of that code with its workshop and site; raises NotFound."""
    query = (
        select(Terminal).options(joinedload(Terminal.workshop).joinedload(Workshop.site)).where(Terminal.code == code)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def received_here() -> dict[int, int]:
    """Return how many events have arrived from the present outbox of each kiosk that has one.

    With `recorded_there` and `queue_length` it shows whether anything was lost: recorded
    there is received here and what still waits.
    """
    present = select(Terminal.outbox_id).where(Terminal.outbox_id.is_not(None))
    each = union(
        *(select(kept.outbox_id, kept.id).where(kept.outbox_id.in_(present)) for kept in (KioskEvent, AssertedEvent))
    ).subquery()
    query = (
        select(Terminal.id, func.count(each.c.id))
        .outerjoin(each, each.c.outbox_id == Terminal.outbox_id)
        .where(Terminal.outbox_id.is_not(None))
        .group_by(Terminal.id)
    )
    return dict(db.session.execute(query).all())  # type: ignore[arg-type]
