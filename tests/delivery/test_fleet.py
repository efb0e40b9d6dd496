"""How a kiosk fares, and what of it needs somebody, the most urgent first."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from lms.delivery.fleet import Concern, Kiosk, concerns, urgent_first
from lms.delivery.models import TerminalState
from lms.delivery.service import Hours, is_open
from tests.delivery.house import DAY

MINUTE = timedelta(minutes=1)
FINE = Kiosk(
    code="coating-1",
    name="Beside the line",
    workshop=None,
    state=TerminalState.ENROLLED,
    seen_at=DAY - 2 * MINUTE,
    in_service=True,
    out_of_order=None,
    page_version="aa",
    pixels_per_mm=5.56,
    queue_length=0,
    oldest_queued_at=None,
    clock_skew=timedelta(seconds=3),
    recorded_there=40,
    received_here=40,
    unknown_codes=1,
    wrong_pins=1,
    turned_away=0,
    unheard_since=None,
    copied_at=None,
)


def of(**changes: object) -> tuple[Concern, ...]:
    return concerns(replace(FINE, **changes), DAY, "aa")


def test_a_kiosk_that_is_fine_needs_nobody() -> None:
    assert of() == ()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"seen_at": DAY - 4 * MINUTE}, (Concern.SILENT,)),
        ({"seen_at": DAY - 4 * MINUTE, "in_service": None}, (Concern.SILENT,)),
        ({"seen_at": DAY - 4 * MINUTE, "in_service": False}, ()),
        ({"seen_at": None}, (Concern.SILENT,)),
        ({"oldest_queued_at": DAY - 16 * MINUTE, "queue_length": 1}, (Concern.WAITS_LONG,)),
        ({"oldest_queued_at": DAY - 14 * MINUTE, "queue_length": 1}, ()),
        ({"wrong_pins": 8}, ()),
        ({"wrong_pins": 4, "turned_away": 5}, (Concern.FAILED_CODES,)),
        ({"clock_skew": -6 * MINUTE}, (Concern.CLOCK_WRONG,)),
        ({"out_of_order": ""}, (Concern.OUT_OF_ORDER,)),
        ({"unheard_since": DAY - 4 * MINUTE}, (Concern.UNHEARD,)),
        ({"unheard_since": DAY - MINUTE}, ()),
        ({"copied_at": DAY - 29 * 24 * 60 * MINUTE}, (Concern.COPIED,)),
        ({"copied_at": DAY - 30 * 24 * 60 * MINUTE}, ()),
        ({"page_version": "bb"}, (Concern.OLD_PAGE,)),
        ({"page_version": "bb", "seen_at": DAY - 4 * MINUTE, "in_service": False}, ()),
        ({"pixels_per_mm": None}, (Concern.NOT_MEASURED,)),
        ({"state": TerminalState.REVOKED, "recorded_there": 99}, ()),
        ({"state": TerminalState.EXPIRED, "seen_at": None}, (Concern.NOT_ENROLLED,)),
        ({"recorded_there": 50, "queue_length": 4, "clock_skew": 6 * MINUTE}, (Concern.LOST, Concern.CLOCK_WRONG)),
    ],
    ids=str,
)
def test_what_needs_somebody(changes: dict, found: tuple) -> None:
    assert of(**changes) == found


@pytest.mark.parametrize(
    ("recorded", "received", "waiting", "missing"),
    [(10, 7, 3, 0), (10, 6, 3, 1), (10, 9, 3, 0), (10, 10, None, 0), (None, 4, 0, None), (10, None, 0, None)],
)
def test_what_is_recorded_there_is_here_or_waits_there(recorded, received, waiting, missing) -> None:
    """Delivered since the kiosk last counted: no surplus. Without a count: nothing can be said."""
    kiosk = replace(FINE, recorded_there=recorded, received_here=received, queue_length=waiting)
    assert kiosk.missing == missing


def test_the_most_urgent_comes_first_then_the_code() -> None:
    kiosks = [
        replace(FINE, code="d"),
        replace(FINE, code="c", pixels_per_mm=None),
        replace(FINE, code="b", seen_at=None, pixels_per_mm=None),
        replace(FINE, code="e", recorded_there=41),
        replace(FINE, code="a"),
    ]
    assert [kiosk.code for kiosk, _ in urgent_first(kiosks, DAY, "aa")] == ["e", "b", "c", "a", "d"]


PARIS = ZoneInfo("Europe/Paris")
NIGHTS = [Hours(datetime(2027, 3, 1).date(), time(21), time(5), 0b11111)]


@pytest.mark.parametrize(
    ("moment", "is_meant_to_be_open"),
    [
        (datetime(2027, 3, 8, 19, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 8, 20, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 9, 3, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 9, 4, 0, tzinfo=UTC), False),
        (datetime(2027, 3, 14, 21, 0, tzinfo=UTC), False),
        (datetime(2027, 2, 20, 21, 0, tzinfo=UTC), None),
    ],
    ids=str,
)
def test_a_night_of_service_belongs_to_the_day_on_which_it_opens(moment: datetime, is_meant_to_be_open) -> None:
    assert is_open(NIGHTS, moment, PARIS) is is_meant_to_be_open
