"""Who looked at whom is kept in few bytes, and told to the person who was seen."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from lms.people.permissions import Role
from lms.people.privacy import looks, numbers
from lms.people.privacy.looks import Looked
from lms.people.privacy.models import Look, LookedAt, Purpose
from tests.people.making import NOW, a_colleague, a_person, a_team

MINUTE = timedelta(minutes=1)


@settings(max_examples=30)
@given(st.frozensets(st.integers(1, 60)))
def test_a_set_of_numbers_comes_back(members: frozenset[int]) -> None:
    packed = numbers.packed(members)
    assert numbers.unpacked(packed) == members
    assert {number for number in range(1, 62) if numbers.holds(packed, number)} == members


def test_a_team_takes_few_characters() -> None:
    assert numbers.packed([*range(3, 18), 20]) == "3-17 20"


def test_the_person_seen_reads_who_looked(session) -> None:
    leader, person, other = a_colleague(Role.TEAM_LEADER, team_id=a_team()), a_person("1"), a_person("2", "Bo Diaz")
    look = Looked(leader, {Role.TEAM_LEADER}, Purpose.SKILLS, "teams.skills", {leader, person, other})
    looks.note(look, NOW)
    looks.note(look, NOW + 14 * MINUTE)  # the same look goes on
    looks.note(look, NOW + 16 * MINUTE)
    looks.note(Looked(leader, {Role.TEAM_LEADER}, Purpose.HELP, "teams.help_asked", {other}), NOW)
    seen = looks.of_person(person)
    assert [(one.at, one.by, one.roles, one.purpose, one.together) for one in seen] == [
        (NOW + 16 * MINUTE, "Claire Morel", (Role.TEAM_LEADER,), Purpose.SKILLS, 2),
        (NOW, "Claire Morel", (Role.TEAM_LEADER,), Purpose.SKILLS, 2),
    ]
    assert looks.of_person(leader) == []
    assert len(looks.of_person(other)) == 3
    assert session.scalar(select(func.count()).select_from(LookedAt)) == 2, "a set is kept once"


def test_who_sees_nobody_else_leaves_no_trace(session) -> None:
    person = a_person()
    for seen in (set(), {person}):
        looks.note(Looked(person, (), Purpose.PEOPLE, "admin.person", seen), NOW)
    assert session.scalar(select(func.count()).select_from(Look)) == 0


def test_a_look_cannot_be_taken_back(session) -> None:
    looks.note(Looked(a_person(), (), Purpose.PEOPLE, "admin.person", {a_person("2")}), NOW)
    with pytest.raises(DatabaseError):
        session.execute(text("DELETE FROM looks"))
