"""How all kiosks fare at a moment."""

from collections import Counter
from datetime import datetime, timedelta

from lms.delivery.fleet import Kiosk
from lms.delivery.models import Terminal
from lms.delivery.queries.messages import oldest_unheard
from lms.delivery.queries.service import hours_by_terminal
from lms.delivery.queries.terminals import every_terminal, received_here
from lms.delivery.service import Hours, is_open
from lms.kernel.settings import setting
from lms.people.models import SignInOutcome
from lms.people.queries import kiosk_attempts


def fleet(now: datetime) -> list[Kiosk]:
    """Return every kiosk as it is known now, by code."""
    received, unheard, hours = received_here(), oldest_unheard(now), hours_by_terminal(now)
    failed = _failed_codes(now)
    return [
        _known(row, hours.get(row.id, []), received.get(row.id), failed[row.id], unheard.get(row.id), now)
        for row in every_terminal()
    ]


def _failed_codes(now: datetime) -> Counter[int]:
    tries = kiosk_attempts(now - timedelta(days=1), now)
    return Counter(attempt.terminal_id for attempt in tries if attempt.outcome is not SignInOutcome.ACCEPTED)


def _known(
    row: Terminal, hours: list[Hours], received: int | None, failed: int, unheard: datetime | None, now: datetime
) -> Kiosk:
    return Kiosk(
        code=row.code,
        name=row.name,
        workshop=row.workshop.name if row.workshop else None,
        state=row.state(now),
        seen_at=row.seen_at,
        in_service=is_open(hours, now, setting("TIMEZONE")),
        out_of_order=row.out_of_order,
        page_version=row.page_version,
        pixels_per_mm=row.pixels_per_mm,
        queue_length=row.queue_length,
        oldest_queued_at=row.oldest_queued_at,
        clock_skew=None if row.clock_skew_ms is None else timedelta(milliseconds=row.clock_skew_ms),
        recorded_there=row.recorded_there,
        received_here=received,
        failed_codes=failed,
        unheard_since=unheard,
    )
