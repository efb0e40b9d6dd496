"""How all kiosks fare at a moment."""

from collections import Counter
from dataclasses import dataclass
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
    known = _Known(received_here(), oldest_unheard(now), hours_by_terminal(now), _tries(now), now)
    return [known.kiosk(row) for row in every_terminal()]


def _tries(now: datetime) -> Counter[tuple[int, SignInOutcome]]:
    return Counter((attempt.terminal_id, attempt.outcome) for attempt in kiosk_attempts(now - timedelta(days=1), now))


@dataclass(frozen=True)
class _Known:
    """What is known beside the rows of kiosks, by their numbers."""

    received: dict[int, int]
    unheard: dict[int, datetime]
    hours: dict[int, list[Hours]]
    tries: Counter[tuple[int, SignInOutcome]]
    now: datetime

    def kiosk(self, row: Terminal) -> Kiosk:
        return Kiosk(
            code=row.code,
            name=row.name,
            workshop=row.workshop.name if row.workshop else None,
            state=row.state(self.now),
            seen_at=row.seen_at,
            in_service=is_open(self.hours.get(row.id, []), self.now, setting("TIMEZONE")),
            out_of_order=row.out_of_order,
            page_version=row.page_version,
            pixels_per_mm=row.pixels_per_mm,
            queue_length=row.queue_length,
            oldest_queued_at=row.oldest_queued_at,
            clock_skew=None if row.clock_skew_ms is None else timedelta(milliseconds=row.clock_skew_ms),
            recorded_there=row.recorded_there,
            received_here=self.received.get(row.id),
            unknown_codes=self.tries[row.id, SignInOutcome.UNKNOWN],
            wrong_pins=self.tries[row.id, SignInOutcome.WRONG_SECRET],
            turned_away=self.tries[row.id, SignInOutcome.THROTTLED] + self.tries[row.id, SignInOutcome.NOT_ALLOWED],
            unheard_since=self.unheard.get(row.id),
            copied_at=row.copied_at,
        )
