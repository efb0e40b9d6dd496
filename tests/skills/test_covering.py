"""What a new line takes: more people at its posts and shifts, and who is nearest to hold them."""

import pytest

from lms.skills import covering
from lms.skills.covering import Assumption, Line
from lms.skills.rules import Level
from tests.skills.shop import DAY, NOW, Shop


@pytest.fixture
def shop(session: object) -> Shop:
    made = Shop()
    for task in (made.ink, made.lock, made.pack):
        made.state(made.amina, task, Level.AUTONOMOUS)
    made.state(made.bruno, made.ink, Level.AUTONOMOUS)
    return made


def test_a_line_takes_people_beside_those_needed_now_and_names_who_is_nearest(shop: Shop) -> None:
    found = covering.staffing(DAY, NOW)
    everybody = {person for own in found.members.values() for person in own}
    as_it_is = covering.covering(found).posts
    told = covering.taken(found, Assumption(line=Line([shop.post], people=2)), everybody)
    assert {(one.post, one.shift) for one in told} == {key for key in as_it_is if key[0] == shop.post}
    for one in told:
        assert one.cover.required == as_it_is[one.post, one.shift].required + 2
        assert one.cover.lacking == one.cover.required - one.cover.persons > 0
        assert shop.amina not in {near.person_id for near in one.near}, "who holds the post is not on the way to it"
        assert [near.steps for near in one.near] == sorted(near.steps for near in one.near)
    nearest = next(one for one in told if shop.bruno in found.members[one.shift]).near[0]
    assert nearest.person_id == shop.bruno
    assert {task.id for task, _level in nearest.missing} == {shop.lock, shop.pack}


def test_nobody_is_looked_for_among_people_of_others_and_no_line_takes_nothing(shop: Shop) -> None:
    found = covering.staffing(DAY, NOW)
    assert all(not one.near for one in covering.taken(found, Assumption(line=Line([shop.post], people=2)), ()))
    assert covering.taken(found, Assumption(), [shop.bruno]) == []
