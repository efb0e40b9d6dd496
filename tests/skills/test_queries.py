"""What evaluations ask of skills: the same again as of a moment, and as far as was known."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.skills import queries
from lms.skills.rules import Level, Outcome
from tests.skills.shop import DAY, NOW, Shop

LATER = NOW + timedelta(days=30)


@pytest.fixture
def shop(session: object) -> Shop:
    return Shop()


def test_sign_offs_are_numbered_by_what_was_seen(shop: Shop) -> None:
    shop.completes(shop.amina)
    outcomes = [Outcome.NOT_DONE, Outcome.NOT_YET, Outcome.ACQUIRED]
    for day, outcome in enumerate(outcomes):
        shop.sees(shop.amina, shop.ink, DAY + timedelta(days=day), NOW + timedelta(days=day), outcome=outcome)
    found = queries.sign_offs(DAY + timedelta(days=9), LATER)
    assert [(one.task, one.outcome, one.attempt_number, one.observer_id) for one in found] == [
        ("ink", Outcome.NOT_DONE, None, shop.tom),
        ("ink", Outcome.NOT_YET, 1, shop.tom),
        ("ink", Outcome.ACQUIRED, 2, shop.tom),
    ]


def test_until_and_known_at(shop: Shop) -> None:
    shop.completes(shop.amina)
    shop.sees(shop.amina, shop.ink, DAY, now=LATER)  # recorded a month after
    assert queries.sign_offs(DAY - timedelta(days=1), LATER) == []
    assert queries.sign_offs(DAY, LATER - timedelta(seconds=1)) == []
    assert len(queries.sign_offs(DAY, LATER)) == 1
    of_amina = [one.after for one in queries.level_changes(DAY, LATER) if one.person_id == shop.amina]
    assert Level.ACCOMPANIED in of_amina
    known = queries.level_changes(DAY, LATER - timedelta(seconds=1))
    assert [one for one in known if one.person_id == shop.amina] == []


def test_coverage_counts_each_shift_of_the_workshop_as_of_a_day(shop: Shop) -> None:
    for person in (shop.amina, shop.bruno):
        shop.state(person, shop.ink, Level.AUTONOMOUS)
    shop.state(shop.chloe, shop.pack, Level.TEACHING)
    found = {(one.task, one.shift): (one.persons, one.required) for one in queries.coverage(DAY, NOW)}
    assert found == {
        ("ink", "day"): (2, 2),
        ("ink", "night"): (0, 2),
        ("lock", "day"): (0, 2),
        ("lock", "night"): (0, 2),
        ("pack", "day"): (0, 1),
        ("pack", "night"): (1, 1),
    }
    early = datetime(2026, 1, 1, tzinfo=UTC)
    assert all(one.persons == 0 for one in queries.coverage(DAY, early))
