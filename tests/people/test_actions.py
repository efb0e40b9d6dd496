"""Entering, moving, leaving, roles: what stays true whatever happens."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.kernel import sessions
from lms.kernel.database import db
from lms.people import actions, badges, credentials, queries, rules
from lms.people.models import PersonEvent, TeamMembership
from lms.people.permissions import Role
from tests.people.making import NOW, TODAY, a_colleague, a_person, a_team

FIRST = date(2026, 1, 5)


def stays(person_id: int) -> list[tuple[int, date, date | None]]:
    rows = db.session.scalars(
        select(TeamMembership).where(TeamMembership.person_id == person_id).order_by(TeamMembership.joined_on)
    )
    return [(stay.team_id, stay.joined_on, stay.left_on) for stay in rows]


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_move_ends_the_stay_before(session: object) -> None:
    a, b = a_team("A"), a_team("B")
    person = a_person(team_id=a)
    actions.move(person, b, day("2026-02-10"), by=None, now=NOW)
    assert stays(person) == [(a, FIRST, day("2026-02-09")), (b, day("2026-02-10"), None)]


def test_a_move_on_the_first_day_corrects_the_entry(session: object) -> None:
    a, b = a_team("A"), a_team("B")
    person = a_person(team_id=a)
    actions.move(person, b, FIRST, by=None, now=NOW)
    assert stays(person) == [(b, FIRST, None)]


@pytest.mark.parametrize(
    ("team", "on", "refusal"),
    [
        ("A", "2026-02-10", rules.AlreadyInTeam),
        ("B", "2026-01-04", rules.MovesBeforeJoining),
        ("B", "2026-07-01", rules.AlreadyLeft),
    ],
)
def test_moves_that_cannot_be(session: object, team: str, on: str, refusal: type[Exception]) -> None:
    teams = {"A": a_team("A"), "B": a_team("B")}
    person = a_person(team_id=teams["A"])
    actions.leave(person, day("2026-06-30"), by=None, now=NOW, today=TODAY)
    with pytest.raises(refusal):
        actions.move(person, teams[team], day(on), by=None, now=NOW)


def test_a_move_before_leaving_ends_with_the_last_day(session: object) -> None:
    a, b = a_team("A"), a_team("B")
    person = a_person(team_id=a)
    actions.leave(person, day("2026-06-30"), by=None, now=NOW, today=TODAY)
    actions.move(person, b, day("2026-05-01"), by=None, now=NOW)
    assert stays(person) == [(a, FIRST, day("2026-04-30")), (b, day("2026-05-01"), day("2026-06-30"))]


def test_leaving_ends_the_stay_and_coming_back_begins_another(session: object) -> None:
    a = a_team("A")
    person = a_person(team_id=a)
    actions.leave(person, day("2026-02-20"), by=None, now=NOW, today=TODAY)
    assert stays(person) == [(a, FIRST, day("2026-02-20"))]
    actions.come_back(person, a, day("2026-03-10"), by=None, now=NOW)
    assert stays(person) == [(a, FIRST, day("2026-02-20")), (a, day("2026-03-10"), None)]
    assert queries.identity(person, TODAY) is not None


def test_a_leaving_called_off_leaves_no_gap(session: object) -> None:
    a = a_team("A")
    person = a_person(team_id=a)
    actions.leave(person, day("2026-06-30"), by=None, now=NOW, today=TODAY)
    actions.come_back(person, a, TODAY, by=None, now=NOW)
    assert stays(person) == [(a, FIRST, None)]


steps = st.lists(
    st.tuples(st.sampled_from(["move", "leave", "back"]), st.integers(0, 2), st.integers(0, 60)), max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_nobody_is_in_two_teams_on_one_day(session: object, steps: list[tuple[str, int, int]]) -> None:
    db.session.rollback()
    teams = [a_team(code) for code in "ABC"]
    person = a_person(team_id=teams[0])
    for verb, team, after in steps:
        on = FIRST + timedelta(days=after)
        try:
            if verb == "move":
                actions.move(person, teams[team], on, by=None, now=NOW)
            elif verb == "leave":
                actions.leave(person, on, by=None, now=NOW, today=TODAY)
            else:
                actions.come_back(person, teams[team], on, by=None, now=NOW)
        except rules.Refusal:
            continue
        db.session.flush()
    days = [
        joined + timedelta(days=n)
        for _, joined, left in stays(person)
        for n in range(((left or date(2026, 12, 31)) - joined).days + 1)
    ]
    assert len(days) == len(set(days))


def test_memberships_of_a_period_keep_leavers(session: object) -> None:
    a, b = a_team("A"), a_team("B")
    gone, here, late = (a_person(number, team_id=a) for number in ("1", "2", "3"))
    actions.leave(gone, day("2026-01-31"), by=None, now=NOW, today=TODAY)
    actions.move(late, b, day("2026-02-10"), by=None, now=NOW)

    def found(*given: object) -> set[tuple[int, int]]:
        return {(stay.person_id, stay.team_id) for stay in queries.memberships(*given)}

    assert found([a], day("2026-01-31"), day("2026-02-09")) == {(gone, a), (here, a), (late, a)}
    assert found([a], day("2026-02-10"), day("2026-03-01")) == {(here, a)}
    assert found(None, day("2026-02-10"), day("2026-03-01")) == {(here, a), (late, b)}
    assert found([a], day("2025-01-01"), day("2026-01-04")) == set()


def test_several_roles_each_for_its_team(session: object) -> None:
    a, b = a_team("A"), a_team("B")
    person = a_person()
    actions.grant_role(person, Role.TEAM_LEADER, a, by=None, now=NOW)
    actions.grant_role(person, Role.TEAM_LEADER, b, by=None, now=NOW)
    actions.grant_role(person, Role.TRAINER, None, by=None, now=NOW)
    actions.grant_role(person, Role.TRAINER, None, by=None, now=NOW)  # again: nothing
    identity = queries.identity(person, TODAY)
    assert identity.roles == {Role.OPERATOR, Role.TEAM_LEADER, Role.TRAINER}
    assert identity.led_teams == {a, b}


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.HR])
def test_only_a_leader_has_a_team(session: object, role: Role) -> None:
    team, person = a_team(), a_person()
    with pytest.raises(rules.RoleNeedsTeam):
        actions.grant_role(person, role, None if role is Role.TEAM_LEADER else team, by=None, now=NOW)


def test_the_last_administrator_stays(session: object) -> None:
    first = a_colleague(Role.ADMINISTRATOR, registration="S1")
    with pytest.raises(rules.LastAdministrator):
        actions.revoke_role(first, Role.ADMINISTRATOR, None, by=None, now=NOW, today=TODAY)
    with pytest.raises(rules.LastAdministrator):
        actions.leave(first, TODAY, by=None, now=NOW, today=TODAY)
    a_colleague(Role.ADMINISTRATOR, registration="S2")
    actions.revoke_role(first, Role.ADMINISTRATOR, None, by=None, now=NOW, today=TODAY)


def a_session(person_id: int) -> None:
    db.session.commit()
    sessions.begin("token", "staff", person_id, {}, NOW)


def has_session() -> bool:
    limits = {"staff": sessions.Limits(timedelta(hours=1), timedelta(hours=1))}
    return sessions.read("token", NOW, limits) is not None


@pytest.mark.parametrize(
    ("act", "ends"),
    [
        (lambda who: actions.revoke_role(who, Role.HR, None, by=None, now=NOW, today=TODAY), True),
        (lambda who: actions.leave(who, TODAY - timedelta(days=1), by=None, now=NOW, today=TODAY), True),
        (lambda who: actions.leave(who, TODAY, by=None, now=NOW, today=TODAY), False),  # the last day counts
        (lambda who: credentials.issue_pins([who], by=None, now=NOW), True),
        (lambda who: credentials.issue_password(who, by=None, now=NOW), True),
        (lambda who: actions.grant_role(who, Role.TRAINER, None, by=None, now=NOW), False),
    ],
)
def test_what_ends_the_sessions_of_someone(session: object, act: object, ends: bool) -> None:
    person = a_colleague(Role.HR)
    a_session(person)
    act(person)
    assert has_session() is not ends


def test_a_session_that_ended_does_not_come_back_with_a_request_under_way(session: object) -> None:
    person = a_colleague(Role.HR)
    a_session(person)
    sessions.end_all_of(person)
    db.session.commit()
    sessions.write("token", person, {"late": True}, NOW)
    assert not has_session()


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (actions.Entry("1001", "Other", "Person"), rules.RegistrationTaken),
        (actions.Entry("9", "Other", "Person", email="AMINA@example.org"), rules.EmailTaken),
        (actions.Entry("9", " ", ""), rules.NameMissing),
        (actions.Entry("9", "Other", "Person", email="nowhere"), rules.WrongEmail),
    ],
)
def test_entries_that_cannot_be(session: object, entry: actions.Entry, refusal: type[Exception]) -> None:
    a_person("1001", email="amina@example.org")
    with pytest.raises(refusal):
        actions.create_person(entry, None, FIRST, by=None, now=NOW)


def test_two_people_may_have_no_email(session: object) -> None:
    assert a_person("1") != a_person("2")


def test_a_correction_says_which_fields_changed_and_no_value(session: object) -> None:
    person = a_person("1001", "Amina Benali")
    actions.change_person(person, actions.Entry("1001", "Amina", "Benali-Roux", "a@example.org"), by=None, now=NOW)
    db.session.flush()
    acts = [(event.act.value, event.detail) for event in db.session.scalars(select(PersonEvent))]
    assert acts == [("created", ""), ("changed", "family_name email")]


def test_a_badge_is_handed_out_once(session: object) -> None:
    first, second = a_person("1"), a_person("2")
    badges.issue(first, "04A21B7F", by=None, now=NOW)
    with pytest.raises(rules.BadgeTaken):
        badges.issue(second, "04:a2:1b:7f", by=None, now=NOW)


def test_nobody_is_in_a_team_before_they_were_hired(session: object) -> None:
    team = a_team()
    person = a_person(hired_on=date(2026, 2, 1))
    with pytest.raises(rules.JoinsBeforeHiring):
        actions.move(person, team, date(2026, 1, 31), None, NOW)
    actions.move(person, team, date(2026, 2, 1), None, NOW)
    assert [stay.joined_on for stay in queries.memberships(None, TODAY, TODAY)] == [date(2026, 2, 1)]
