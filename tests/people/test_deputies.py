"""Who stands in for a leader: on the days given and no other, in the one place that says whose teams someone leads."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lms.kernel.database import db
from lms.people import queries
from lms.people.deputies import actions, rules
from lms.people.deputies.queries import of, standing_in_today
from lms.people.permissions import Permission, Role
from tests.people.making import NOW, TODAY, a_colleague, a_person, a_team

FIRST, LAST = date(2026, 3, 10), date(2026, 3, 20)
DAY = timedelta(days=1)


@pytest.fixture
def crew(session: object) -> tuple[int, int, int]:
    """The number of a team, its leader and somebody else."""
    team = a_team()
    return team, a_colleague(Role.TEAM_LEADER, team_id=team), a_person("7", "Luc Petit", email="l@example.org")


def name(leader: int, deputy: int, first: date = FIRST, last: date = LAST) -> int:
    return actions.name(leader, deputy, first, last, by=leader, now=NOW, today=TODAY)


def test_a_deputy_leads_on_the_days_given_and_no_other(crew: tuple[int, int, int]) -> None:
    team, leader, luc = crew
    name(leader, luc)
    other = a_person("8")
    for day, leads in (
        (FIRST - DAY, False),
        (FIRST, True),
        (date(2026, 3, 15), True),
        (LAST, True),
        (LAST + DAY, False),
    ):
        person = queries.identity(luc, day)
        assert (person.led_teams == {team}, Permission.FOLLOW_OWN_TEAMS in person.permissions) == (leads, leads), day
        assert queries.identity(leader, day).led_teams == {team}
        assert Permission.FOLLOW_OWN_TEAMS not in queries.identity(other, day).permissions


def test_it_ends_when_it_is_ended_and_is_handed_on_to_nobody(crew: tuple[int, int, int]) -> None:
    _, leader, luc = crew
    entry = name(leader, luc)
    with pytest.raises(rules.LeadsNoTeam):
        name(luc, a_person("8"))
    assert [one.deputy for one in standing_in_today(luc, FIRST)] == ["Luc Petit"]
    actions.end(entry, by=leader, now=NOW)
    assert queries.identity(luc, FIRST).led_teams == frozenset()
    assert standing_in_today(luc, FIRST) == []
    assert [one.id for one in of(leader)] == [one.id for one in of(luc)] == [entry]
    name(leader, luc)  # The days are free again.


def test_days_that_overlap_or_lie_wrong(crew: tuple[int, int, int]) -> None:
    _, leader, luc = crew
    name(leader, luc)
    for first, last, refusal in (
        (LAST, LAST + DAY, rules.DeputyOverlaps),
        (FIRST - DAY, FIRST, rules.DeputyOverlaps),
        (FIRST - DAY, LAST + DAY, rules.DeputyOverlaps),
        (LAST + 2 * DAY, LAST + DAY, rules.DeputyDaysWrong),
        (TODAY - 2 * DAY, TODAY - DAY, rules.DeputyDaysWrong),
        (LAST + DAY, LAST + DAY * 400, rules.DeputyDaysWrong),
    ):
        with pytest.raises(refusal):
            name(leader, luc, first, last)
    name(leader, luc, LAST + DAY, LAST + DAY)


def test_who_cannot_stand_in(crew: tuple[int, int, int]) -> None:
    _, leader, luc = crew
    with pytest.raises(rules.DeputyIsLeader):
        name(leader, leader)
    db.session.execute(text("UPDATE people SET left_on = '2026-03-15' WHERE id = :id"), {"id": luc})
    db.session.expire_all()
    with pytest.raises(rules.DeputyNotHere):
        name(leader, luc)


def test_what_was_is_never_changed(crew: tuple[int, int, int]) -> None:
    name(*crew[1:])
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE deputies SET last_day = '2027-01-01'"))
