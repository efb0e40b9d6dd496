"""When kiosks are meant to be in service, and for how much of it they were heard of."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from lms.delivery import actions, queries
from lms.delivery.rules import NoWeekday
from lms.delivery.service import Hours, Quarter, Window, minute_bit, quarter_of, service, terminal_days
from lms.kernel.database import db, writing
from lms.people import plant
from tests.delivery.house import kiosk

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 3, 2)
EVERY_DAY, WEEK = 127, 31
ALL = (1 << 15) - 1


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def hours(opens: int, closes: int, weekdays: int = WEEK, starts_on: date = date(2026, 1, 1)) -> Hours:
    return Hours(starts_on, time(opens), time(closes), weekdays)


def days(entries, quarters, begins: datetime, ends: datetime) -> dict[date, tuple[int, int, int]]:
    found = terminal_days(1, None, entries, quarters, Window(begins, ends), PARIS)
    return {one.day: (one.scheduled_minutes, one.seen_minutes, one.slow_requests) for one in found}


def test_a_day_of_service() -> None:
    """5:00 to 13:00 in Paris are 4:00 to 12:00 UTC; the quarter at 3:45 lies before it."""
    heard = [Quarter(at(2, 3, 45), ALL, 0), Quarter(at(2, 4), ALL, 2), Quarter(at(2, 4, 15), 0b11, 1)]
    assert days([hours(5, 13)], heard, at(2, 0), at(3, 0)) == {MONDAY: (480, 17, 3)}


def test_no_service_on_sunday_but_trouble_is_told() -> None:
    assert days([hours(5, 13)], [Quarter(at(8, 9), ALL, 4)], at(8, 0), at(8, 22)) == {date(2026, 3, 8): (0, 0, 4)}
    assert days([], [], at(2, 0), at(9, 0)) == {}


def test_a_night_belongs_to_the_day_on_which_it_opens() -> None:
    heard = [Quarter(at(3, 2), ALL, 0)]
    assert days([hours(21, 5, weekdays=1)], heard, at(2, 0), at(4, 0)) == {MONDAY: (480, 15, 0)}
    assert days([hours(21, 5, weekdays=1)], heard, at(3, 0), at(4, 0)) == {MONDAY: (240, 15, 0)}, "from midnight UTC"


def test_the_hour_that_clocks_leave_out_is_not_served() -> None:
    """On 29 March 2026 clocks in Paris go from 2:00 to 3:00."""
    window = service(hours(0, 6, EVERY_DAY), date(2026, 3, 29), PARIS)
    assert (window.ends.astimezone(UTC) - window.begins.astimezone(UTC)) == timedelta(hours=5)
    assert days([hours(0, 6, EVERY_DAY)], [], at(28, 23), at(29, 5)) == {date(2026, 3, 29): (300, 0, 0)}


def test_a_later_entry_replaces_an_earlier_one_from_its_day_on() -> None:
    entries = [hours(5, 13), hours(5, 9, starts_on=date(2026, 3, 3))]
    assert days(entries, [], at(2, 0), at(4, 0)) == {MONDAY: (480, 0, 0), date(2026, 3, 3): (240, 0, 0)}


def test_what_is_under_way_is_neither_up_nor_down() -> None:
    assert days([hours(5, 13)], [], at(2, 0), at(2, 5, 14)) == {MONDAY: (60, 0, 0)}


@given(st.integers(0, 59), st.integers(0, 59))
def test_a_minute_lies_in_its_quarter(minute: int, second: int) -> None:
    moment = at(2, 7, minute) + timedelta(seconds=second)
    begins = quarter_of(moment)
    assert begins <= moment < begins + timedelta(minutes=15)
    heard = Quarter(begins, minute_bit(moment), 0)
    assert Window(at(2, 7, minute), at(2, 7, minute) + timedelta(minutes=1)).heard(heard) == 1
    assert Window(begins, begins + timedelta(minutes=15)).heard(heard) == 1


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, ALL)), unique_by=lambda row: row[0], max_size=30))
def test_a_kiosk_is_never_heard_of_for_longer_than_it_serves(rows) -> None:
    heard = [Quarter(at(2, 0) + timedelta(minutes=15 * place), bits, 0) for place, bits in sorted(rows)]
    for scheduled, seen, _ in days([hours(5, 13), hours(22, 3, EVERY_DAY)], heard, at(2, 0), at(5, 0)).values():
        assert 0 <= seen <= scheduled


def test_contacts_are_counted_minute_by_minute(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        terminal = kiosk().terminal_id
        everyday = range(7)
        actions.set_hours(terminal, MONDAY, time(5), time(13), everyday, by=None, now=at(1, 0))
        for minute, slow in [(0, 0), (0, 2), (1, 0), (16, 1)]:
            actions.note_contact(terminal, now=at(2, 9, minute), slow_requests=slow)
        actions.keep_quarters(terminal, [Quarter(at(2, 9, 15), 0b11, 0), Quarter(at(2, 10), ALL, 5)])
        db.session.commit()
        [day] = queries.availability(at(2, 0), at(3, 0))
        assert (day.terminal_id, day.day) == (terminal, MONDAY)
        assert (day.scheduled_minutes, day.seen_minutes, day.slow_requests) == (480, 2 + 2 + 15, 8)
        assert queries.terminal("coating-1").seen_at == at(2, 9, 16)


def test_hours_entered_later_were_not_known(session) -> None:
    terminal = kiosk().terminal_id
    actions.set_hours(terminal, MONDAY, time(5), time(13), [0], by=None, now=at(9, 0))
    assert queries.availability(at(2, 0), at(3, 0)) == []
    assert [day.scheduled_minutes for day in queries.availability(at(2, 0), at(3, 0), known_at=at(9, 0))] == [480]


def test_service_needs_a_day(session) -> None:
    with pytest.raises(NoWeekday):
        actions.set_hours(kiosk().terminal_id, MONDAY, time(5), time(13), [], by=None, now=at(1, 0))


def test_a_kiosk_counts_from_when_it_is_first_heard_of(session) -> None:
    workshop = plant.add_workshop(plant.add_site("s", "Site"), "w", "Workshop")
    terminal, _ = actions.announce_terminal("slitting-1", "Slitter", workshop, now=at(1, 0))
    assert queries.terminals_by_workshop(at(3, 0)) == {}
    actions.note_contact(terminal.id, now=at(2, 9))
    actions.note_contact(kiosk().terminal_id, now=at(2, 9))
    assert queries.terminals_by_workshop(at(2, 8)) == {}
    assert queries.terminals_by_workshop(at(3, 0)) == {workshop: {terminal.id}}
