"""Plan ten minutes for somebody, and take them back."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.delivery.slots.models import Slot
from lms.delivery.slots.rules import KioskTaken, SlotKeyReused, SlotTwice, check
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting


def plan_slot(
    key: UUID,
    *,
    person_id: int,
    module_id: int,
    starts_at: datetime,
    terminal_id: int | None,
    by: int,
    now: datetime,
) -> Slot:
    """Plan ten minutes under a number made on the page; the same again is the same slot.

    Raises SlotPast, SlotTooFar, SlotTwice, KioskTaken or SlotKeyReused.
    """
    known = db.session.get(Slot, key)
    if known is not None:
        if (known.person_id, known.module_id, known.starts_at) != (person_id, module_id, starts_at):
            raise SlotKeyReused()
        return known
    check(starts_at, now)
    _check_free(person_id, terminal_id, starts_at)
    slot = Slot(
        id=key,
        person_id=person_id,
        module_id=module_id,
        terminal_id=terminal_id,
        starts_at=starts_at,
        by_id=by,
        planned_at=now,
    )
    db.session.add(slot)
    db.session.flush()
    return slot


def cancel_slot(key: UUID, *, now: datetime) -> Slot:
    """Take a slot back, once or again. Raises NotFound."""
    slot = db.session.get(Slot, key)
    if slot is None:
        raise NotFound()
    slot.cancelled_at = slot.cancelled_at or now
    return slot


def _check_free(person_id: int, terminal_id: int | None, starts_at: datetime) -> None:
    stands = select(Slot.id).where(Slot.cancelled_at.is_(None))
    begins = datetime.combine(local_day(starts_at), time(), setting("TIMEZONE"))
    that_day = stands.where(
        Slot.person_id == person_id, Slot.starts_at >= begins, Slot.starts_at < begins + timedelta(days=1)
    )
    if db.session.scalars(that_day).first() is not None:
        raise SlotTwice()
    at_kiosk = stands.where(Slot.terminal_id == terminal_id, Slot.starts_at == starts_at)
    if terminal_id is not None and db.session.scalars(at_kiosk).first() is not None:
        raise KioskTaken()
