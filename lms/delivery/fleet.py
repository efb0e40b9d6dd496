"""How a kiosk fares, and what of it needs an administrator. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.delivery.models import TerminalState

HEARD_WITHIN = timedelta(minutes=3)
"""A kiosk says every 55 seconds that it is there: after three minutes it missed it three times."""
COPIED_LATELY = timedelta(days=30)
WAITS_TOO_LONG = timedelta(minutes=15)
CLOCK_WRONG = timedelta(minutes=5)
"""Reliability reference, section 4.5."""
MANY_FAILED_CODES = 10
"""In a day at one kiosk. Judgement: a shift mistypes a few; more is a worn reader, or somebody who guesses."""


class Concern(StrEnum):
    """What needs an administrator, the most urgent first."""

    LOST = "lost"
    """Recorded there, and neither received here nor waiting there."""
    SILENT = "silent"
    """Not heard of for three minutes though it is meant to be in service."""
    COPIED = "copied"
    """Two browsers keep its secret; said for a month."""
    WAITS_LONG = "waits_long"
    """Something has waited there for a quarter of an hour."""
    FAILED_CODES = "failed_codes"
    CLOCK_WRONG = "clock_wrong"
    OUT_OF_ORDER = "out_of_order"
    UNHEARD = "unheard"
    """A message sent more than three minutes ago was not heard."""
    OLD_PAGE = "old_page"
    NOT_ENROLLED = "not_enrolled"
    NOT_MEASURED = "not_measured"


URGENT = frozenset(
    {Concern.LOST, Concern.SILENT, Concern.COPIED, Concern.WAITS_LONG, Concern.FAILED_CODES, Concern.CLOCK_WRONG}
)


@dataclass(frozen=True)
class Kiosk:
    """A kiosk as it is known at a moment."""

    code: str
    name: str
    workshop: str | None
    state: TerminalState
    seen_at: datetime | None
    in_service: bool | None
    """Whether it is meant to be now; None without hours of service."""
    out_of_order: str | None
    page_version: str | None
    pixels_per_mm: float | None
    queue_length: int | None
    oldest_queued_at: datetime | None
    clock_skew: timedelta | None
    recorded_there: int | None
    received_here: int | None
    unknown_codes: int
    """Badges and codes of nobody, in the last day."""
    wrong_pins: int
    turned_away: int
    """Tries that came too soon after failures, or by somebody who may not sign in."""
    unheard_since: datetime | None
    copied_at: datetime | None

    @property
    def failed_codes(self) -> int:
        """All that failed in the last day."""
        return self.unknown_codes + self.wrong_pins + self.turned_away

    @property
    def missing(self) -> int | None:
        """How many events the kiosk recorded that are neither here nor waiting there; None while it counts none.

        What was delivered since it last counted makes no surplus.
        """
        if self.recorded_there is None or self.received_here is None:
            return None
        return max(0, self.recorded_there - self.received_here - (self.queue_length or 0))

    def is_reachable(self, now: datetime) -> bool:
        """Whether it was heard of within the last three minutes."""
        return self.seen_at is not None and now - self.seen_at <= HEARD_WITHIN


def concerns(kiosk: Kiosk, now: datetime, version: str) -> tuple[Concern, ...]:
    """Return what of a kiosk needs an administrator, the most urgent first; `version` is that of the present pages.

    Of one that was shut out nothing does, of one that is not enrolled that alone.
    """
    if kiosk.state is TerminalState.REVOKED:
        return ()
    if kiosk.state is not TerminalState.ENROLLED:
        return (Concern.NOT_ENROLLED,)
    silent = not kiosk.is_reachable(now)
    true = {
        Concern.LOST: bool(kiosk.missing),
        Concern.SILENT: silent and kiosk.in_service is not False,
        Concern.COPIED: kiosk.copied_at is not None and now - kiosk.copied_at < COPIED_LATELY,
        Concern.WAITS_LONG: kiosk.oldest_queued_at is not None and now - kiosk.oldest_queued_at > WAITS_TOO_LONG,
        Concern.FAILED_CODES: kiosk.failed_codes >= MANY_FAILED_CODES,
        Concern.CLOCK_WRONG: kiosk.clock_skew is not None and abs(kiosk.clock_skew) > CLOCK_WRONG,
        Concern.OUT_OF_ORDER: kiosk.out_of_order is not None,
        Concern.UNHEARD: kiosk.unheard_since is not None and now - kiosk.unheard_since > HEARD_WITHIN,
        Concern.OLD_PAGE: not silent and kiosk.page_version not in (None, version),
        Concern.NOT_MEASURED: kiosk.pixels_per_mm is None,
    }
    return tuple(concern for concern in Concern if true.get(concern))


def urgent_first(kiosks: Iterable[Kiosk], now: datetime, version: str) -> list[tuple[Kiosk, tuple[Concern, ...]]]:
    """Return kiosks with what of them needs an administrator: the most urgent first, then by code."""
    order = {concern: place for place, concern in enumerate(Concern)}
    found = [(kiosk, concerns(kiosk, now, version)) for kiosk in kiosks]
    return sorted(found, key=lambda pair: ([order[concern] for concern in pair[1]] or [len(order)], pair[0].code))
