"""What completions are worth once other editions have come out."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.catalogue.models import Impact
from lms.catalogue.queries import Step
from lms.kernel.clock import months_after
from lms.progress.holding import NOTHING, Hold, Holding, Reached, due_again_on, holding

DAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
CORRECTION, ACKNOWLEDGEMENT, RETRAINING = Impact
HOUR = timedelta(hours=1)
LATER = DAY + timedelta(days=1000)


def on(day: int) -> datetime:
    return DAY + timedelta(days=day)


def out(*impacts: Impact) -> list[Step]:
    """An edition every ten days, the first on day 0."""
    every = (CORRECTION, *impacts)
    return [Step(place, 1, place + 1, impact, on(10 * place)) for place, impact in enumerate(every)]


def completed(number: int, *days: int, months: int | None = None) -> Reached:
    return Reached(number, [on(day) for day in days], None, months)


def noted(number: int, day: int) -> Reached:
    return Reached(number, [], on(day))


def test_never_completed_is_nothing() -> None:
    assert holding([], out(), LATER) == NOTHING
    assert holding([Reached(1, [], None), noted(1, 3)], out(RETRAINING), LATER) == NOTHING


def test_a_correction_asks_nothing() -> None:
    assert holding([completed(1, 3)], out(CORRECTION, CORRECTION), LATER) == Holding(Hold.HELD, on(3), 1)


def test_what_has_changed_is_to_be_acknowledged_once() -> None:
    steps = out(ACKNOWLEDGEMENT, CORRECTION, ACKNOWLEDGEMENT)
    assert holding([completed(1, 3)], steps, on(9)).hold is Hold.HELD, "before it came out"
    assert holding([completed(1, 3)], steps, LATER) == Holding(Hold.TO_ACKNOWLEDGE, on(3), 1, on(10))
    again = holding([completed(1, 3), noted(2, 12)], steps, LATER)
    assert again == Holding(Hold.TO_ACKNOWLEDGE, on(3), 2, on(30)), "the second change is another"
    assert holding([completed(1, 3), noted(4, 33)], steps, LATER) == Holding(Hold.HELD, on(3), 4), (
        "the last covers both"
    )
    assert holding([completed(2, 3)], out(ACKNOWLEDGEMENT), LATER).hold is Hold.HELD, "who completed it knows it"


def test_training_anew_ends_what_was_completed_before() -> None:
    steps = out(ACKNOWLEDGEMENT, RETRAINING, CORRECTION)
    assert holding([completed(1, 3), noted(2, 12)], steps, on(19)).hold is Hold.HELD
    ended = holding([completed(1, 3), noted(2, 12)], steps, LATER)
    assert (ended.hold, ended.is_good, ended.since, ended.completed_at) == (Hold.OVERTAKEN, False, on(20), on(3))
    late = holding([completed(2, 25)], steps, LATER)
    assert late.hold is Hold.OVERTAKEN, "an old edition, delivered late"
    assert holding([completed(1, 3), completed(4, 40)], steps, LATER) == Holding(Hold.HELD, on(40), 4)


def test_a_completion_is_good_for_its_months_and_renewed_within_the_last_thirty_days() -> None:
    done, until = [completed(1, 3, months=12)], months_after(on(3), 12)
    assert until == datetime(2027, 3, 5, 8, tzinfo=UTC)
    opens_at = until - timedelta(days=30)
    assert holding(done, out(), opens_at - HOUR) == Holding(Hold.HELD, on(3), 1, None, until)
    assert holding(done, out(), opens_at) == Holding(Hold.TO_RENEW, on(3), 1, opens_at, until)
    lapsed = holding(done, out(), until)
    assert (lapsed.hold, lapsed.is_good, lapsed.since) == (Hold.LAPSED, False, opens_at)
    renewed = [completed(1, 3, 360, months=12)]
    assert holding(renewed, out(), until).hold is Hold.HELD
    assert holding(renewed, out(), until).good_until == months_after(on(360), 12)


def test_each_completion_is_good_as_its_own_edition_says() -> None:
    both = [completed(1, 3), completed(2, 12, months=1)]
    assert holding(both, out(CORRECTION), LATER).hold is Hold.HELD, "the first edition said: for good"
    assert holding(both, out(RETRAINING), LATER).hold is Hold.LAPSED


def test_what_has_changed_is_seen_with_the_whole_once_that_is_to_be_taken_again() -> None:
    done = [completed(1, 3, months=12)]
    assert holding(done, out(ACKNOWLEDGEMENT), on(100)).hold is Hold.TO_ACKNOWLEDGE
    assert holding(done, out(ACKNOWLEDGEMENT), on(350)).hold is Hold.TO_RENEW


def test_by_when_it_is_due_again() -> None:
    given_on, due_on = date(2026, 3, 2), date(2026, 3, 16)

    def due(held: Holding) -> date:
        return due_again_on(held, given_on, due_on, datetime.date)

    assert due(NOTHING) == due_on
    assert due(Holding(Hold.OVERTAKEN, on(3), 1, on(91))) == date(2026, 6, 15), "as many days as at first"
    assert due(Holding(Hold.TO_ACKNOWLEDGE, on(3), 1, on(-30))) == due_on, "never sooner than the plan says"
    assert due(Holding(Hold.TO_RENEW, on(3), 1, on(300), on(330))) == on(330).date()


REACHED = st.builds(
    Reached,
    st.integers(1, 5),
    st.lists(st.integers(0, 60).map(on), max_size=2),
    st.none() | st.integers(0, 60).map(on),
    st.none() | st.just(1),
)


@given(st.lists(REACHED, max_size=5), st.lists(st.sampled_from(Impact), max_size=4), st.integers(0, 60), st.randoms())
def test_neither_order_nor_what_comes_later_changes_what_it_was_worth(reached, impacts, day, chance) -> None:
    steps, at = out(*impacts), on(day)
    found = holding(reached, steps, at)
    shuffled = list(reached)
    chance.shuffle(shuffled)
    assert holding(shuffled, steps, at) == found
    assert holding(reached, [step for step in steps if step.published_at <= at], at) == found
    known = [
        Reached(
            one.number,
            [when for when in one.completed_at if when <= at],
            one.acknowledged_at if one.acknowledged_at and one.acknowledged_at <= at else None,
            one.validity_months,
        )
        for one in reached
    ]
    assert holding(known, steps, at) == found
