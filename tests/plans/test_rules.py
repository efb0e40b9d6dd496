"""Whom a plan concerns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.plans.rules import (
    Audience,
    PlanAsksForGood,
    PlanCodeMalformed,
    PlanForNobody,
    PlanState,
    PlanTurnsOverlap,
    PlanWithoutBasis,
    PlanWithoutPeriod,
    PlanWithoutRecommendation,
    Presence,
    Reason,
    Rhythm,
    Roster,
    Terms,
    Timing,
    all_required,
    check,
    circle,
    concerned,
    first_concerned_on,
    members,
    own_due_on,
    proposed_code,
    read_terms,
    refuse_malformed,
    state,
    turn,
    turns,
)

ASSIGNED = date(2026, 3, 2)
CUT_OFF = date(2026, 5, 31)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("presences", "expected"),
    [
        ([Presence(day(1, 1), None)], True),  # there all along
        ([Presence(day(1, 1), day(3, 3))], True),  # present at assignment, left next day: intention to train
        ([Presence(day(1, 1), day(3, 1))], False),  # left the day before
        ([Presence(day(4, 1), day(4, 14))], True),  # a joiner with exactly 14 days
        ([Presence(day(4, 1), day(4, 13))], False),  # a joiner with 13
        ([Presence(day(4, 1), day(4, 7)), Presence(day(5, 1), day(5, 7))], True),  # twice a week adds up
        ([Presence(day(4, 1), day(4, 10)), Presence(day(4, 4), day(4, 13))], False),  # in two teams at once: 13 days
        ([Presence(day(5, 19), None)], False),  # 13 days before the cut-off
        ([Presence(day(5, 18), None)], True),  # 14 days before the cut-off
        ([Presence(day(6, 1), None)], False),  # after the cut-off
        ([], False),  # never in a planned team
    ],
)
def test_concerned(presences: list[Presence], expected: bool) -> None:
    assert concerned(presences, ASSIGNED, CUT_OFF) is expected


def test_a_plan_concerns_nobody_before_it_is_assigned() -> None:
    assert not concerned([Presence(day(1, 1), None)], ASSIGNED, day(3, 1))


def test_a_joiner_is_given_as_many_days_as_the_others() -> None:
    joined = first_concerned_on([Presence(day(4, 1), None)], ASSIGNED)
    assert joined == day(4, 1)
    assert own_due_on(joined, ASSIGNED, day(3, 31)) == day(4, 30)
    assert own_due_on(first_concerned_on([Presence(day(1, 1), None)], ASSIGNED), ASSIGNED, day(3, 31)) == day(3, 31)


@pytest.mark.parametrize(
    ("today", "cancelled", "expected"),
    [
        (date(2026, 2, 28), False, PlanState.PLANNED),
        (date(2026, 3, 1), False, PlanState.RUNNING),  # the day of assignment
        (date(2026, 3, 31), False, PlanState.RUNNING),  # the due day still belongs to it
        (date(2026, 4, 1), False, PlanState.ENDED),
        (date(2026, 3, 1), True, PlanState.CANCELLED),
    ],
)
def test_where_a_plan_stands(today: date, cancelled: bool, expected: PlanState) -> None:
    assert state(Timing(date(2026, 3, 1), date(2026, 3, 31)), cancelled, today) is expected


def test_a_proposed_code_is_free() -> None:
    assert proposed_code({"PL1", "PL3"}) == "PL2"


@pytest.mark.parametrize("code", ["", "a/b", "-a", "é", "a b", "a\n", "x" * 41])
def test_a_code_that_could_not_stand_in_an_address_is_refused(code: str) -> None:
    with pytest.raises(PlanCodeMalformed):
        refuse_malformed(code)


FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 120).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def stretch(draw: st.DrawFn) -> Presence:
    first_day = draw(DAYS)
    length = draw(st.none() | st.integers(0, 40))
    return Presence(first_day, None if length is None else first_day + timedelta(days=length))


def stays(teams: int) -> st.SearchStrategy[list[tuple[int, Presence]]]:
    pairs = st.lists(st.tuples(st.integers(1, teams), stretch()), min_size=1, max_size=4)
    return pairs.map(lambda found: sorted(found, key=lambda stay: stay[1].first_day))


def days_of(stay: Presence) -> set[date]:
    last = stay.last_day or FIRST + timedelta(days=400)
    return {stay.first_day + timedelta(days=number) for number in range((last - stay.first_day).days + 1)}


PEOPLE = st.dictionaries(st.integers(1, 5), stays(3), min_size=1)
POSTS = st.dictionaries(st.integers(1, 5), st.tuples(st.just(7), stretch()).map(lambda one: [one]))


@settings(max_examples=30)
@given(PEOPLE, POSTS, st.sets(st.integers(1, 3), max_size=2), st.booleans(), DAYS, DAYS)
def test_everybody_is_counted_once_by_the_days_spent_in_the_audience(
    people: dict[int, list[tuple[int, Presence]]],
    posts: dict[int, list[tuple[int, Presence]]],
    teams: set[int],
    by_post: bool,
    assigned_on: date,
    as_of: date,
) -> None:
    """The rule in words, counted day by day: whatever the stays, two teams at once and returns included."""
    audience = Audience(teams=frozenset(teams), posts=frozenset({7} if by_post else ()), people=frozenset({5}))
    timing = Timing(assigned_on, assigned_on + timedelta(days=30))
    roster = Roster(people, posts=posts)
    found = [person for person, _, _ in turns(timing, members(audience, roster), {}, as_of)]
    expected = set()
    for person, own in people.items():
        days = set().union(*(days_of(stay) for team, stay in own if person == 5 or not teams or team in teams))
        if by_post and person != 5:
            days &= set().union(*(days_of(stay) for _, stay in posts.get(person, ())))
        if not (teams or by_post or person == 5):
            days = set()
        counted = {day for day in days if assigned_on <= day <= as_of}
        if assigned_on in counted or len(counted) >= 14:
            expected.add(person)
    assert found == sorted(expected)


def turn_on(timing: Timing, as_of: date, hired_on: date | None = None, first: date = FIRST) -> tuple[date, date] | None:
    found = turn(timing, [(1, Presence(first, None))], hired_on, as_of)
    return (found.assigned_on, found.due_on) if found else None


@pytest.mark.parametrize(
    ("hired_on", "first", "as_of", "expected"),
    [
        (day(3, 1), day(3, 1), day(5, 1), None),  # hired before the rule held
        (day(4, 1), day(4, 1), day(4, 13), None),  # 13 days there
        (day(4, 1), day(4, 1), day(4, 14), (day(4, 1), day(5, 1))),
        (day(4, 1), day(4, 20), day(5, 3), (day(4, 20), day(5, 20))),  # in the audience from the 20th
        (day(4, 1), day(5, 2), day(6, 1), None),  # came to the audience later than a newcomer does
        (None, day(4, 1), day(6, 1), None),  # nobody knows when
    ],
)
def test_a_newcomer_is_given_days_from_hiring(
    hired_on: date | None, first: date, as_of: date, expected: tuple[date, date] | None
) -> None:
    timing = Timing(ASSIGNED, ASSIGNED + timedelta(days=30), Rhythm.NEWCOMER)
    assert turn_on(timing, as_of, hired_on, first) == expected


@pytest.mark.parametrize(
    ("rhythm", "as_of", "expected"),
    [
        (Rhythm.PERIODIC, date(2026, 3, 1), None),
        (Rhythm.PERIODIC, date(2026, 3, 2), date(2026, 3, 2)),
        (Rhythm.PERIODIC, date(2026, 9, 1), date(2026, 3, 2)),
        (Rhythm.PERIODIC, date(2026, 9, 2), date(2026, 9, 2)),
        (Rhythm.PERIODIC, date(2028, 3, 1), date(2027, 9, 2)),
        (Rhythm.ANNIVERSARY, date(2026, 8, 30), None),  # the last one was before the plan
        (Rhythm.ANNIVERSARY, date(2026, 8, 31), date(2026, 8, 31)),
        (Rhythm.ANNIVERSARY, date(2027, 2, 28), date(2027, 2, 28)),  # hired on the 31st
    ],
)
def test_a_plan_comes_again(rhythm: Rhythm, as_of: date, expected: date | None) -> None:
    timing = Timing(ASSIGNED, ASSIGNED + timedelta(days=30), rhythm, 6)
    found = turn_on(timing, as_of, date(2025, 8, 31))
    assert found == (None if expected is None else (expected, expected + timedelta(days=30)))


TERMS = Terms(1, Timing(ASSIGNED, day(3, 31)), Audience(teams=frozenset({1})))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"audience": Audience()}, PlanForNobody),
        ({"reason": Reason.LEGAL, "basis": " "}, PlanWithoutBasis),
        ({"reason": Reason.RECOMMENDATION}, PlanWithoutRecommendation),
        ({"timing": Timing(ASSIGNED, day(3, 31), Rhythm.PERIODIC)}, PlanWithoutPeriod),
        ({"timing": Timing(ASSIGNED, day(4, 2), Rhythm.PERIODIC, 1)}, PlanTurnsOverlap),
        ({"timing": Timing(ASSIGNED, day(3, 31), Rhythm.ANNIVERSARY, 12)}, PlanAsksForGood),
    ],
)
def test_terms_that_make_no_sense_are_refused(wrong: dict[str, object], refusal: type[Exception]) -> None:
    check(TERMS, None)
    with pytest.raises(refusal):
        check(replace(TERMS, **wrong), None)
    assert read_terms(TERMS.document()) == TERMS


def test_posts_that_require_each_other_make_no_circle() -> None:
    required = {1: [2, 4], 2: [3], 4: [3]}
    assert all_required(required, 1) == [2, 4, 3]
    assert circle(required, 3, 1) in ([3, 1, 2, 3], [3, 1, 4, 3])
    assert circle(required, 5, 5) == [5, 5]
    assert circle(required, 4, 2) is None
