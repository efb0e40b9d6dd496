"""Service of kiosks: its hours, and what is heard of a kiosk minute by minute."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, update

from lms.delivery.models import KioskQuarter, ServiceHours, Terminal
from lms.delivery.rules import NoWeekday
from lms.delivery.service import Quarter, minute_bit, quarter_of
from lms.kernel.database import db, insert_unless
from lms.kernel.prepared import Prepared

_quarters, _terminals = cast(Table, KioskQuarter.__table__), cast(Table, Terminal.__table__)


def set_hours(
    terminal_id: int,
    starts_on: date,
    opens_at: time,
    closes_at: time,
    weekdays: Iterable[int],
    *,
    by: int | None,
    now: datetime,
) -> None:
    """Enter when a kiosk is meant to be in service, from a day on; weekdays are 0 for Monday to 6.

    What was entered before stays for the days before. Raises NoWeekday.
    """
    bits = sum(1 << weekday for weekday in set(weekdays))
    if not bits:
        raise NoWeekday()
    db.session.add(
        ServiceHours(
            terminal_id=terminal_id,
            starts_on=starts_on,
            opens_at=opens_at,
            closes_at=closes_at,
            weekdays=bits,
            by_id=by,
            recorded_at=now,
        )
    )
    db.session.flush()


def note_contact(terminal_id: int, *, now: datetime, slow_requests: int = 0) -> None:
    """Remember that the kiosk was heard of, and how many of its requests failed or were slow since the last time."""
    _seen.run({"terminal": terminal_id, "now": now})
    _heard.run(
        {
            "terminal_id": terminal_id,
            "starts_at": quarter_of(now),
            "minutes": minute_bit(now),
            "slow_requests": slow_requests,
        }
    )


@dataclass(frozen=True)
class OutboxReport:
    """What a kiosk says of what it keeps until it is delivered, and of its clock."""

    outbox_id: UUID | None
    """None for a browser that keeps nothing beyond a page."""
    recorded: int
    """How many events the outbox has taken in since it exists."""
    waiting: int
    oldest_at: datetime | None
    """When the oldest of those that wait happened, by the kiosk's clock."""
    kiosk_at: datetime
    """The kiosk's clock."""


def note_outbox(terminal_id: int, report: OutboxReport, *, now: datetime) -> None:
    """Remember what the kiosk says of its outbox, and how wrong its clock is."""
    skew = report.kiosk_at - now
    _reported.run(
        {
            "terminal": terminal_id,
            "outbox": report.outbox_id,
            "recorded": report.recorded if report.outbox_id else None,
            "waiting": report.waiting,
            "oldest": report.oldest_at and report.oldest_at - skew,
            "skew": round(skew.total_seconds() * 1000),
        }
    )


def keep_quarters(terminal_id: int, quarters: Iterable[Quarter]) -> None:
    """Keep many quarters of an hour at once, as `note_contact` would have counted them."""
    _heard.run_all(
        [
            {
                "terminal_id": terminal_id,
                "starts_at": quarter.starts_at,
                "minutes": quarter.minutes,
                "slow_requests": quarter.slow_requests,
            }
            for quarter in quarters
        ]
    )


def _add_to_quarter(dialect: str) -> object:
    statement = insert_unless(_quarters, dialect).values(
        {column.name: bindparam(column.name) for column in _quarters.columns}
    )
    counted = _quarters.c.slow_requests + statement.excluded.slow_requests
    return statement.on_conflict_do_update(
        index_elements=["terminal_id", "starts_at"],
        set_={
            "minutes": _quarters.c.minutes.bitwise_or(statement.excluded.minutes),
            "slow_requests": counted,
        },
    )


_heard = Prepared(_add_to_quarter)
_seen = Prepared(update(_terminals).where(_terminals.c.id == bindparam("terminal")).values(seen_at=bindparam("now")))
_reported = Prepared(
    update(_terminals)
    .where(_terminals.c.id == bindparam("terminal"))
    .values(
        outbox_id=bindparam("outbox"),
        recorded_there=bindparam("recorded"),
        queue_length=bindparam("waiting"),
        oldest_queued_at=bindparam("oldest"),
        clock_skew_ms=bindparam("skew"),
    )
)
