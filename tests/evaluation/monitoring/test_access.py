"""Cannot, or do not want to: what is said of a kiosk on a shift."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from lms.delivery.service import Hours, Quarter
from lms.evaluation.kept import ShiftHours
from lms.evaluation.monitoring.access import Access, Remark, Side, Tally, accesses, remarks, side
from lms.evaluation.monitoring.shifts import length_of, reachable

GOOD = Access(
    terminal=1,
    shift="night",
    hours=8,
    shift_hours=8,
    heard=1,
    expected=12,
    masked=False,
    came=10,
    people=10,
    visits=40,
    wrong_pins=5,
    unknown_badges=5,
    wait=20,
    abandoned=0.1,
    contended=0,
    helped=2,
)


def told(**facts: object) -> tuple[list[Remark], Side]:
    found = remarks(Access(**{**GOOD.__dict__, **facts}))
    return found, side(found)


@pytest.mark.parametrize(
    ("facts", "first", "expected"),
    [
        ({}, Remark.USED, Side.COME),
        ({"hours": 2}, Remark.SHORT_HOURS, Side.COME),
        ({"hours": 2, "came": 3}, Remark.SHORT_HOURS, Side.CANNOT),
        ({"hours": 4, "came": 3}, Remark.LITTLE, Side.DO_NOT),
        ({"heard": 0.5, "came": 3}, Remark.SILENT, Side.CANNOT),
        ({"wrong_pins": 15, "unknown_badges": 6, "came": 3}, Remark.CODES, Side.CANNOT),
        ({"contended": 0.2, "came": 3}, Remark.BUSY, Side.CANNOT),
        ({"wait": 90, "came": 3}, Remark.SLOW, Side.DO_NOT),
        ({"abandoned": 0.5, "came": 3}, Remark.CUT_SHORT, Side.DO_NOT),
        ({"helped": 30}, Remark.HELP, Side.COME),
        ({"helped": 30, "visits": 20}, Remark.HELP, Side.COME),
        ({"helped": 30, "visits": 19}, Remark.USED, Side.COME),
        ({"wrong_pins": 30, "visits": 19, "came": 3}, Remark.LITTLE, Side.DO_NOT),
        ({"came": 5}, Remark.LITTLE, Side.DO_NOT),
        ({"came": 6}, Remark.USED, Side.COME),
        ({"came": 0, "people": 0, "visits": 0}, Remark.NEVER, Side.DO_NOT),
        ({"hours": None, "heard": None, "came": 3}, Remark.NO_HOURS, Side.UNKNOWN),
    ],
)
def test_what_is_said(facts: dict[str, object], first: Remark, expected: Side) -> None:
    found, side_ = told(**facts)
    assert (found[0], side_) == (first, expected)


HIDDEN = dict.fromkeys(
    ("came", "people", "visits", "wrong_pins", "unknown_badges", "wait", "abandoned", "contended", "helped")
)


@pytest.mark.parametrize(("hours", "expected"), [(8, Side.UNKNOWN), (0, Side.CANNOT)])
def test_too_few_people_still_tell_hours(hours: float, expected: Side) -> None:
    found, side_ = told(**HIDDEN, masked=True, hours=hours)
    assert (found[-1], side_) == (Remark.FEW, expected)


def place(shift: str, expected: int = 10) -> Access:
    return Access(1, shift, 8.0, 8.0, 1.0, expected, masked=False)


def test_small_places_are_hidden_with_what_would_give_them_away() -> None:
    tallies = {
        (1, "morning"): Tally(people=set(range(20)), visits=50, waits=[10.0, 30.0], abandoned=5),
        (1, "evening"): Tally(people=set(range(7)), visits=20),
        (1, "night"): Tally(people={1, 2}, visits=3),
    }
    shown = accesses([place("morning"), place("evening"), place("night"), place("day", expected=0)], tallies, 5)
    assert [(one.shift, one.masked, one.visits) for one in shown] == [
        ("morning", False, 50),
        ("evening", True, None),
        ("night", True, None),
    ]
    assert (shown[0].wait, shown[0].abandoned) == (20.0, 0.1)


MONDAY = date(2026, 3, 2)
NIGHT = ShiftHours("night", time(21), time(5))
MORNING = ShiftHours("morning", time(5), time(13))
WEEKDAYS = 0b11111


def quarters(day: date, first: int, last: int) -> list[Quarter]:
    """The kiosk heard of in every minute of the day from one hour to another (UTC)."""
    begins = datetime.combine(day, time(), UTC)
    return [Quarter(begins + timedelta(minutes=15 * n), 0x7FFF, 0) for n in range(4 * first, 4 * last)]


def test_a_kiosk_locked_at_night_is_reachable_for_an_hour_of_it() -> None:
    hours = [Hours(MONDAY, time(4), time(21), WEEKDAYS)]
    found = reachable(NIGHT, hours, [], MONDAY, MONDAY + timedelta(days=7), UTC)
    # Five evenings, each followed by the hour from 4 to 5; on Saturday morning there is none.
    assert (found.days, found.shift_minutes, found.scheduled_minutes) == (5, 5 * 480, 4 * 60)


def test_service_in_which_it_was_not_heard_of() -> None:
    hours = [Hours(MONDAY, time(5), time(21), WEEKDAYS)]
    found = reachable(MORNING, hours, quarters(MONDAY, 6, 13), MONDAY, MONDAY + timedelta(days=1), UTC)
    assert (found.scheduled_minutes, found.seen_minutes) == (480, 420)


def test_without_hours_of_service_nothing_is_known() -> None:
    assert reachable(MORNING, [], [], MONDAY, MONDAY + timedelta(days=7), UTC).days == 0


def test_the_night_shift_lasts_eight_hours() -> None:
    assert (length_of(NIGHT), length_of(MORNING)) == (8, 8)
