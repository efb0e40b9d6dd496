"""Plan ten minutes for somebody, and take them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select, true

from lms.delivery.slots.models import Slot
from lms.delivery.slots.rules import KioskTaken, SlotKeyReused, SlotTakenBack, SlotTwice, check
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.settings import setting


@dataclass(frozen=True)
class Wanted:
    """Ten minutes as a page proposed them, with the number it made for them."""

    key: UUID
    person_id: int
    module_id: int
    starts_at: datetime
    terminal_id: int | None


def plan_slot(wanted: Wanted, *, by: int, now: datetime) -> Slot:
    """Plan ten minutes under a number made on the page; the same again is the same slot.

    Raises SlotPast, SlotTooFar, SlotTwice, KioskTaken, SlotKeyReused or SlotTakenBack.
    """
    known = db.session.get(Slot, wanted.key)
    if known is not None:
        return _same(known, wanted)
    check(wanted.starts_at, now)
    _check_free(wanted)
    return _put(wanted, by, now)


def plan_slots(wanted: Sequence[Wanted], *, by: int, now: datetime) -> list[tuple[Wanted, Refusal]]:
    """Plan what can be planned of these; return what was refused, each with a refusal of `plan_slot`."""
    refused = []
    for one in wanted:
        try:
            plan_slot(one, by=by, now=now)
        except Refusal as refusal:
            refused.append((one, refusal))
    return refused


def move_slot(old: UUID, wanted: Wanted, *, by: int, now: datetime) -> Slot:
    """Take ten minutes back and plan them at another time; the same again is the same.

    Where the new time is refused the old one stays. Raises NotFound, and what `plan_slot` raises.
    """
    known = db.session.get(Slot, wanted.key)
    if known is not None:
        return _same(known, wanted)
    slot = db.session.get(Slot, old)
    if slot is None:
        raise NotFound()
    if slot.cancelled_at is not None:
        raise SlotTakenBack()
    check(wanted.starts_at, now)
    _check_free(wanted, but=old)
    cancel_slot(old, now=now)
    return _put(wanted, by, now)


def cancel_slot(key: UUID, *, now: datetime) -> Slot:
    """Take a slot back, once or again. Raises NotFound."""
    slot = db.session.get(Slot, key)
    if slot is None:
        raise NotFound()
    slot.cancelled_at = slot.cancelled_at or now
    return slot


def _same(known: Slot, wanted: Wanted) -> Slot:
    """Return what was planned under this number already, if it says the same."""
    if (known.person_id, known.module_id, known.starts_at) != (wanted.person_id, wanted.module_id, wanted.starts_at):
        raise SlotKeyReused()
    if known.cancelled_at is not None:
        raise SlotTakenBack()
    return known


def _put(wanted: Wanted, by: int, now: datetime) -> Slot:
    slot = Slot(
        id=wanted.key,
        person_id=wanted.person_id,
        module_id=wanted.module_id,
        terminal_id=wanted.terminal_id,
        starts_at=wanted.starts_at,
        by_id=by,
        planned_at=now,
    )
    db.session.add(slot)
    db.session.flush()
    return slot


def _check_free(wanted: Wanted, but: UUID | None = None) -> None:
    stands = select(Slot.id).where(Slot.cancelled_at.is_(None), Slot.id != but if but else true())
    begins = datetime.combine(local_day(wanted.starts_at), time(), setting("TIMEZONE"))
    that_day = stands.where(
        Slot.person_id == wanted.person_id, Slot.starts_at >= begins, Slot.starts_at < begins + timedelta(days=1)
    )
    if db.session.scalars(that_day).first() is not None:
        raise SlotTwice()
    at_kiosk = stands.where(Slot.terminal_id == wanted.terminal_id, Slot.starts_at == wanted.starts_at)
    if wanted.terminal_id is not None and db.session.scalars(at_kiosk).first() is not None:
        raise KioskTaken()
