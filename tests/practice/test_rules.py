"""When a question comes back: properties of any history, and the days of the default."""

from datetime import date, timedelta

from hypothesis import given as drawn
from hypothesis import strategies as st

from lms.practice.adaptive import fsrs, retrievability
from lms.practice.rules import Item, Learnt, Practised, Spacing, coming, fixed
from tests.evaluation.golden import expected, given

DAY = date(2027, 3, 8)
ITEM = Item("lock-out", "one")
DEFAULT = fixed((2, 7, 21))


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def due(learnt: list[Learnt], practised: list[Practised], today: date, spacing: Spacing, most: int) -> list[Item]:
    """Return what is asked today."""
    found = coming(learnt, practised, today, spacing, most)
    return [item for on, item in found.items if on <= today][: found.room]


def answers(*days: int, right: bool = True) -> list[Practised]:
    return [Practised(ITEM, after(day), right) for day in days]


def test_a_question_comes_back_after_two_seven_and_twenty_one_days() -> None:
    """Evaluation reference, 5.3."""
    assert DEFAULT(DAY, []) == after(2)
    assert DEFAULT(DAY, answers(2)) == after(7)
    assert DEFAULT(DAY, answers(2, 7)) == after(21)
    assert DEFAULT(DAY, answers(2, 7, 21)) is None


def test_who_comes_late_keeps_the_gaps() -> None:
    assert DEFAULT(DAY, answers(30)) == after(35)
    assert DEFAULT(DAY, answers(30, 35)) == after(49)


def test_fixed_days_do_not_judge() -> None:
    assert DEFAULT(DAY, answers(2, right=False)) == after(7)


def test_retrievability_is_that_of_the_reference() -> None:
    facts = given("fsrs_R")
    assert [retrievability(facts["S"], days) for days in facts["t_days"]] == expected("fsrs_R")


def intervals(*rights: bool) -> list[int]:
    """Return the days between contacts, each answered on its day; learning is the first."""
    told: list[Practised] = []
    found, last = [], DAY
    for right in (*rights, True):
        next_on = fsrs(DAY, told)
        found.append((next_on - last).days)
        told.append(Practised(ITEM, next_on, right))
        last = next_on
    return found


def test_fsrs_gives_the_schedules_of_the_reference() -> None:
    """Evaluation reference, 5.2: GGGG 2, 11, 46, 163 and GGAG 2, 11, 2, 5, but never more than 60 days."""
    assert intervals(True, True, True) == [2, 11, 46, 60]
    assert intervals(True, False, True) == [2, 11, 2, 5]


MODULES = ("a", "b", "test")
items = st.builds(Item, st.sampled_from(MODULES), st.sampled_from(["q1", "q2", "q3", "q4"]))
days = st.integers(0, 60).map(after)
learning = st.dictionaries(items, days, max_size=12).map(
    lambda found: [Learnt(item, on, int(item.key[1])) for item, on in found.items()]
)
histories = st.lists(st.builds(Practised, items, days, st.booleans()), max_size=20)


@drawn(learning, histories, days, st.sampled_from([DEFAULT, fsrs]), st.integers(0, 3))
def test_never_more_than_a_day_has_room_for_never_what_was_not_learnt_and_the_longest_due_first(
    learnt: list[Learnt], practised: list[Practised], today: date, spacing: object, most: int
) -> None:
    found = due(learnt, practised, today, spacing, most)
    answered_today = {answer.item for answer in practised if answer.on == today}
    assert len(found) <= max(most - len(answered_today), 0) <= 3
    assert len(set(found)) == len(found)
    assert not set(found) & answered_today
    known = {one.item: one for one in learnt}
    assert set(found) <= known.keys()
    days_due = [spacing(known[item].on, since(known[item], practised)) for item in found]
    assert all(day is not None and day <= today for day in days_due)
    assert days_due == sorted(days_due)
    left = [one for one in learnt if one.item not in found and one.item not in answered_today]
    if len(found) < max(most - len(answered_today), 0):
        later = [spacing(one.on, since(one, practised)) for one in left]
        assert all(day is None or day > today for day in later), "nothing that is due is left out"


@drawn(learning, histories, days, st.randoms())
def test_the_order_in_which_answers_arrived_says_nothing(
    learnt: list[Learnt], practised: list[Practised], today: date, random: object
) -> None:
    shuffled = list(practised)
    random.shuffle(shuffled)
    assert due(learnt, shuffled, today, DEFAULT, 3) == due(learnt, practised, today, DEFAULT, 3)


def since(one: Learnt, practised: list[Practised]) -> list[Practised]:
    told = [answer for answer in practised if answer.item == one.item and answer.on >= one.on]
    return sorted(told, key=lambda answer: answer.on)
