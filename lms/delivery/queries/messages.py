"""What kiosks are to be told from afar, and what they were told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.orm import joinedload

from lms.delivery.models import KioskMessage, KioskReceipt, Terminal
from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.people.models import Workshop

TOLD_FOR = timedelta(days=1)
"""A kiosk that was off longer has loaded its page anew since."""

_messages, _receipts = cast(Table, KioskMessage.__table__), cast(Table, KioskReceipt.__table__)
_waiting = Prepared(
    select(_messages.c.id, _messages.c.kind)
    .outerjoin(_receipts, _receipts.c.message_id == _messages.c.id)
    .where(_messages.c.terminal_id == bindparam("terminal"), _messages.c.sent_at > bindparam("since"))
    .where(_receipts.c.message_id.is_(None))
    .order_by(_messages.c.id)
)


def messages_for(terminal_id: int, now: datetime) -> Sequence[Any]:
    """Return (id, kind) of what a kiosk has not heard yet, oldest first."""
    return _waiting.rows({"terminal": terminal_id, "since": now - TOLD_FOR})


def messages_to(terminal_id: int, limit: int = 20) -> list[KioskMessage]:
    """Return what a kiosk was told, newest first."""
    query = select(KioskMessage).where(KioskMessage.terminal_id == terminal_id).order_by(KioskMessage.id.desc())
    told = query.options(joinedload(KioskMessage.by), joinedload(KioskMessage.receipt)).limit(limit)
    return list(db.session.scalars(told))


def oldest_unheard(now: datetime) -> dict[int, datetime]:
    """Return since when each kiosk has not heard a message that it is still told."""
    query = (
        select(KioskMessage.terminal_id, func.min(KioskMessage.sent_at))
        .outerjoin(KioskMessage.receipt)
        .where(KioskReceipt.message_id.is_(None), KioskMessage.sent_at > now - TOLD_FOR)
        .group_by(KioskMessage.terminal_id)
    )
    return dict(db.session.execute(query).all())  # type: ignore[arg-type]


def terminals_at(site_id: int | None, workshop_id: int | None) -> list[Terminal]:
    """Return the kiosks of a workshop, else those of a site, else all."""
    query = select(Terminal).order_by(Terminal.code)
    if workshop_id is not None:
        query = query.where(Terminal.workshop_id == workshop_id)
    elif site_id is not None:
        query = query.join(Terminal.workshop).where(Workshop.site_id == site_id)
    return list(db.session.scalars(query))
