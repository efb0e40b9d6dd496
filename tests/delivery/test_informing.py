"""How many have read the notice, without telling of anyone."""

from datetime import timedelta

import pytest

from lms.delivery.informing import informed
from lms.people import notices
from lms.people.models import TeamMembership
from tests.people.making import NOW, TODAY, a_person, a_team
from tests.people.test_notices import TEXT


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"A": 6, "B": 7}, [("", 13, 4, False), ("Team A", 6, 2, False), ("Team B", 7, 2, False)]),
        ({"A": 6, "B": 2}, [("", 8, 4, False), ("Team A", 0, 0, True), ("Team B", 0, 0, True)]),  # 8 − 6 tells of two
        ({"A": 4}, [("", 0, 0, True), ("Team A", 0, 0, True)]),
        ({}, [("", 0, 0, False)]),
    ],
)
def test_small_groups_and_what_gives_them_away_are_held_back(session, sizes, expected) -> None:
    notices.publish(TEXT, by=None, now=NOW)
    for code, size in sizes.items():
        team = a_team(code)
        for place in range(size):
            person = a_person(f"{code}{place}", f"Given {code}{place}", team_id=team)
            if place < 2:
                notices.acknowledge(person, 1, place="terminal:1", now=NOW)
    found = [(group.team, group.people, group.read, group.hidden) for group in informed(1, TODAY, NOW, 5)]
    assert found == expected
    before = informed(1, TODAY, NOW - timedelta(minutes=1), 5)
    assert all(group.read == 0 for group in before)


def test_whoever_is_in_two_teams_counts_in_the_one_joined_last(session) -> None:
    """Both teams added up, less all people, would otherwise say whether that one person has read it."""
    notices.publish(TEXT, by=None, now=NOW)
    teams = [a_team(code) for code in "AB"]
    people = [a_person(f"{n}", f"Given {n}", team_id=teams[n % 2]) for n in range(12)]
    # Moves today: for one day a member of both.
    session.query(TeamMembership).filter_by(person_id=people[0]).one().left_on = TODAY
    session.flush()
    session.add(TeamMembership(person_id=people[0], team_id=teams[1], joined_on=TODAY))
    notices.acknowledge(people[0], 1, place="terminal:1", now=NOW)
    found = {group.team: (group.people, group.read) for group in informed(1, TODAY, NOW, 5)}
    assert found == {"": (12, 1), "Team A": (5, 0), "Team B": (7, 1)}
