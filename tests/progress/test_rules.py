"""Standings by hand, and what must never change them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.progress.rules import StandingFacts, good_until, renewal_opens, standing
from lms.records.models import Verb
from tests.progress.modules import content

T0 = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    verb: str
    block_key: str | None
    occurred_at: datetime
    attempt: int | None = 1
    success: bool | None = None
    sitting_id: UUID | None = None
    id: UUID = field(default_factory=uuid4)


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


def saw(key: str, seconds: float, **more: object) -> Event:
    return Event(Verb.EXPERIENCED, key, at(seconds), **more)


def answered(key: str, right: bool, seconds: float, attempt: int = 1, **more: object) -> Event:
    return Event(Verb.ANSWERED, key, at(seconds), attempt, right, **more)


def opened(seconds: float) -> Event:
    return Event(Verb.INITIALIZED, None, at(seconds))


CARDS = [saw("c1", 10), saw("c2", 20)]
FAILED = [answered("q1", True, 30), answered("q2", False, 40), answered("q3", True, 50)]
PASSED = [answered("q1", True, 60, 2), answered("q2", True, 70, 2), answered("q3", False, 80, 2)]

CASES = [
    ([opened(0)], {"started_at": None, "blocks_done": 0, "attempts": 0}, "opened is not started"),
    (CARDS, {"started_at": at(10), "last_at": at(20), "blocks_done": 2, "completed_at": None}, "half way"),
    (CARDS + FAILED[:2], {"attempts": 0, "first_score": None, "blocks_done": 4}, "an unfinished attempt is none"),
    (CARDS + FAILED, {"attempts": 1, "first_score": 0.5, "first_passed": False, "completed_at": None}, "2 of 4 points"),
    (CARDS + PASSED, {"first_score": 0.75, "first_passed": True, "completed_at": at(80)}, "3 of 4 reaches 0.75"),
    (
        CARDS + FAILED + PASSED,
        {"attempts": 2, "first_score": 0.5, "best_score": 0.75, "completed_at": at(80), "blocks_done": 5},
        "the first attempt stays the first",
    ),
    (CARDS[:1] + PASSED, {"completed_at": None, "blocks_done": 4}, "a card was not seen"),
    ([*CARDS[:1], *PASSED, saw("c2", 500)], {"completed_at": at(500)}, "the last card came after the questions"),
    ([*CARDS, *PASSED, *FAILED], {"first_score": 0.5}, "submission decides which is first, not arrival"),
    ([*CARDS, *FAILED, answered("q2", True, 45)], {"first_score": 0.5}, "a second answer does not count"),
    ([*CARDS, *FAILED[1:], answered("q1", False, 25), FAILED[0]], {"first_score": 0.25}, "the earlier answer counts"),
    ([*CARDS, *PASSED, answered("gone", False, 85, 2)], {"first_score": 0.75}, "a question the edition lacks"),
    ([saw("c1", 0), saw("c2", 400), saw("c2", 460)], {"active_seconds": 180}, "a pause counts 120 s at most"),
    (
        [saw("c1", 0, sitting_id=UUID(int=1)), saw("c2", 90, sitting_id=UUID(int=2))],
        {"active_seconds": 0},
        "the time between two sittings is nobody's",
    ),
]


@pytest.mark.parametrize(("events", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_standing(events: list[Event], expected: dict[str, object], why: str) -> None:
    facts = standing(events, content())
    assert {name: getattr(facts, name) for name in expected} == expected, why


def test_a_module_without_questions_is_completed_by_seeing_it() -> None:
    facts = standing(CARDS, content(questions=0))
    assert (facts.completed_at, facts.first_score, facts.blocks_total) == (at(20), None, 2)


def test_nothing_happened() -> None:
    assert standing([], content()) is None


a_moment = st.integers(0, 600).map(at)
some_events = st.lists(
    st.builds(
        Event,
        verb=st.sampled_from([Verb.EXPERIENCED, Verb.ANSWERED, Verb.ANSWERED, Verb.SUSPENDED, Verb.PASSED]),
        block_key=st.sampled_from(["c1", "c2", "q1", "q2", "q3", "gone", None]),
        occurred_at=a_moment,
        attempt=st.sampled_from([1, 1, 2, 3, None]),
        success=st.sampled_from([True, True, False, None]),
        sitting_id=st.sampled_from([UUID(int=1), UUID(int=2)]),
        id=st.uuids(),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda event: event.id,
)


@given(some_events, st.data())
def test_neither_order_nor_repetition_changes_a_standing(events: list[Event], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(events)))
    shuffled = data.draw(st.permutations(events + [replace(event) for event in again]))
    assert standing(shuffled, content()) == standing(events, content())


@given(some_events, a_moment)
def test_a_standing_as_of_a_moment_can_be_read_off_the_whole(events: list[Event], moment: datetime) -> None:
    """First times are first times: cutting the events off can only remove them."""
    whole = standing(events, content())
    then = standing([event for event in events if event.occurred_at <= moment], content())
    for name in ("started_at", "completed_at"):
        first = getattr(whole, name)
        assert getattr(then, name, None) == (first if first is not None and first <= moment else None)


@given(some_events)
def test_standings_keep_their_bounds(events: list[Event]) -> None:
    facts: StandingFacts = standing(events, content())
    assert 0 <= facts.blocks_done <= facts.blocks_total
    assert facts.completed_at is None or facts.started_at <= facts.completed_at <= facts.last_at
    assert (facts.first_score is None) == (facts.attempts == 0) == (facts.best_score is None)
    assert facts.best_score is None or 0 <= facts.first_score <= facts.best_score <= 1


def test_a_completion_is_renewed_by_all_of_it_once_more() -> None:
    """Good for a year: what is done before its last thirty days renews nothing."""
    module = content(validity_months=12)
    year = 365 * 86_400

    def again(seconds: float, *, attempt: int) -> list[Event]:
        return [
            saw("c1", seconds),
            saw("c2", seconds + 1),
            *(answered(key, True, seconds + 2 + place, attempt) for place, key in enumerate(("q1", "q2", "q3"))),
        ]

    first = again(0, attempt=1)
    early = standing(first + again(year - 31 * 86_400, attempt=2), module)
    assert (early.completed_at, early.renewed_at) == (at(4), None)
    half = standing(first + again(year - 86_400, attempt=2)[:-1], module)
    assert (half.renewed_at, half.blocks_done) == (None, 4), "what is done this time"
    whole = first + again(year - 86_400, attempt=2)
    assert (standing(whole, module).completed_at, standing(whole, module).renewed_at) == (at(4), at(year - 86_400 + 4))
    assert standing(whole[::-1] + whole, module) == standing(whole, module)
    thrice = standing(whole + again(2 * year, attempt=3), module)
    assert thrice.renewed_at == at(2 * year + 4)
    assert standing(whole, content()).renewed_at is None, "good for good"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC)), st.integers(1, 120))
def test_nobody_is_without_it_for_a_day(completed_at: datetime, months: int) -> None:
    until = good_until(completed_at, months)
    opens_at = renewal_opens(completed_at, months)
    assert completed_at < opens_at < until
    assert until - opens_at <= timedelta(days=30)
