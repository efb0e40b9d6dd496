"""Visits to kiosks: how they end, what was known when, who interrupted whom."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.delivery import actions, queries
from lms.delivery.models import EndedBy
from lms.delivery.rules import Visit, contended
from lms.kernel import sessions
from lms.kernel.database import db
from tests.delivery.house import DAY, kiosk, person

MINUTE = timedelta(minutes=1)
LATER = DAY + timedelta(days=1)


def seen(until=LATER, known_at=LATER) -> list[Visit]:
    return queries.visits(DAY - MINUTE, until, known_at)


@pytest.fixture
def terminal(session) -> int:
    return kiosk().terminal_id


@pytest.fixture
def visitor(session) -> int:
    return person()


def test_a_visit_begins_and_ends(terminal: int, visitor: int) -> None:
    actions.open_visit(visitor, terminal, session_digest=None, now=DAY)
    assert [(one.person_id, one.ended_at, one.ended_by) for one in seen()] == [(visitor, None, None)]
    actions.end_visit(terminal, EndedBy.CALLED_AWAY, now=DAY + MINUTE)
    assert [(one.ended_at, one.ended_by) for one in seen()] == [(DAY + MINUTE, EndedBy.CALLED_AWAY)]
    actions.end_visit(terminal, EndedBy.BUTTON, now=DAY + 2 * MINUTE)
    assert seen()[0].ended_by is EndedBy.CALLED_AWAY, "what has ended does not end again"


def test_what_was_not_known_or_had_not_happened_is_not_told(terminal: int, visitor: int) -> None:
    actions.open_visit(visitor, terminal, session_digest=None, now=DAY, recorded_at=DAY + 5 * MINUTE)
    actions.end_visit(terminal, EndedBy.BUTTON, now=DAY + MINUTE, recorded_at=DAY + 6 * MINUTE)
    assert seen(known_at=DAY + 4 * MINUTE) == []
    assert [one.ended_at for one in seen(known_at=DAY + 5 * MINUTE)] == [None]
    assert [one.ended_at for one in seen(known_at=DAY + 6 * MINUTE)] == [DAY + MINUTE]
    assert [one.ended_at for one in seen(until=DAY)] == [None]
    assert seen(until=DAY - MINUTE) == []


def test_a_visit_ends_with_its_session_at_the_latest(app, terminal: int, visitor: int) -> None:
    """90 seconds without a touch and a minute more for someone who reads."""
    db.session.commit()
    sessions.begin("a", "kiosk", visitor, {}, DAY)
    actions.open_visit(visitor, terminal, session_digest=sessions.digest("a"), now=DAY)
    actions.end_expired_visit(terminal, now=DAY + MINUTE)
    assert seen()[0].ended_at is None
    actions.end_visit(terminal, EndedBy.ANOTHER_BADGE, now=DAY + timedelta(hours=3))
    assert (seen()[0].ended_at, seen()[0].ended_by) == (DAY + timedelta(seconds=150), EndedBy.EXPIRED)


def test_a_kiosk_that_was_cut_off_says_late_that_nobody_touched_it(app, terminal: int, visitor: int) -> None:
    db.session.commit()
    sessions.begin("a", "kiosk", visitor, {}, DAY)
    actions.open_visit(visitor, terminal, session_digest=sessions.digest("a"), now=DAY)
    actions.end_visit(terminal, EndedBy.IDLE, now=DAY + timedelta(hours=3))
    assert (seen()[0].ended_at, seen()[0].ended_by) == (DAY + timedelta(seconds=150), EndedBy.IDLE)


def test_an_expired_visit_is_noticed(terminal: int, visitor: int) -> None:
    actions.open_visit(visitor, terminal, session_digest=b"gone", now=DAY)
    actions.end_expired_visit(terminal, now=DAY + MINUTE)
    assert seen()[0].ended_by is EndedBy.EXPIRED


def test_the_next_visit_ends_one_that_nobody_ended(terminal: int, visitor: int) -> None:
    for minutes in (0, 30):
        actions.open_visit(visitor, terminal, session_digest=None, now=DAY + minutes * MINUTE)
    assert [one.ended_by for one in seen()] == [EndedBy.EXPIRED, None]


@pytest.mark.parametrize("reset", ["enrol", "revoke"])
def test_a_kiosk_that_is_reset_ends_the_visit(terminal: int, visitor: int, reset: str) -> None:
    actions.open_visit(visitor, terminal, session_digest=None, now=DAY)
    found = queries.terminal("coating-1")
    if reset == "revoke":
        actions.revoke(found, now=DAY + MINUTE)
    else:
        actions.enrol(actions.offer_enrolment(found, now=DAY), now=DAY + MINUTE)
    assert seen()[0].ended_by is EndedBy.TERMINAL_RESET


def visit(number: int, terminal: int, person: int, begins: float, ends: float | None, by: EndedBy = EndedBy.BUTTON):
    ended = None if ends is None else DAY + ends * MINUTE
    return Visit(number, person, terminal, DAY + begins * MINUTE, ended, None if ends is None else by)


CUT = EndedBy.ANOTHER_BADGE
ALONE, PAIR = {1: [10]}, {1: [10, 11]}


@pytest.mark.parametrize(
    ("visits", "terminals", "expected"),
    [
        ([visit(1, 10, 1, 0, 3, CUT), visit(2, 10, 2, 3.5, 9)], ALONE, [2]),  # the only kiosk
        ([visit(1, 10, 1, 0, 3, CUT), visit(2, 10, 2, 3.5, 9)], PAIR, []),  # the other one was free
        ([visit(1, 10, 1, 0, 3, CUT), visit(2, 10, 2, 3.5, 9), visit(3, 11, 3, 1, 5)], PAIR, [2]),  # busy too
        ([visit(1, 10, 1, 0, 3, CUT), visit(2, 10, 2, 3.5, 9), visit(3, 11, 3, 1, None)], PAIR, [2]),  # still busy
        ([visit(1, 10, 1, 0, 3, CUT), visit(2, 10, 2, 3.5, 9), visit(3, 11, 3, 1, 3)], PAIR, []),  # just left
        ([visit(1, 10, 1, 0, 3, CUT), visit(2, 10, 1, 3.5, 9)], ALONE, []),  # the same person's badge again
        ([visit(1, 10, 1, 0, 3, CUT), visit(2, 10, 2, 20, 29)], ALONE, []),  # somebody else, long after
        ([visit(1, 10, 1, 0, 3), visit(2, 10, 2, 3.5, 9)], ALONE, []),  # nobody was interrupted
    ],
)
def test_who_interrupted_while_all_kiosks_were_busy(visits, terminals, expected: list[int]) -> None:
    assert [one.id for one in contended(reversed(visits), terminals)] == expected


@given(st.lists(st.tuples(st.integers(10, 12), st.integers(1, 3), st.integers(0, 30), st.integers(0, 9)), max_size=12))
def test_whoever_interrupts_is_a_visit_and_a_free_kiosk_means_nobody_does(rows) -> None:
    visits = [visit(place, row[0], row[1], row[2], row[2] + row[3], CUT) for place, row in enumerate(rows)]
    found = contended(visits, {1: [10, 11, 12]})
    assert set(found) <= set(visits)
    assert contended(visits, {1: [10, 11, 12, 13]}) == [], "nobody was ever at the fourth"
