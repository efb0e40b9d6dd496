"""Proving who one is, with the time passed in, on real databases."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.kernel.database import db, release, writing
from lms.kernel.refusals import NotFound
from lms.people import actions, badges, credentials, opening, queries, sign_in, tries
from lms.people.models import Badge, BadgeEnd, Pin, PinKind, SignInAttempt, SignInOutcome
from lms.people.permissions import Role
from lms.people.rules import (
    BadgeEnded,
    NotRecognised,
    PinTooEasy,
    PinUnchanged,
    SignInBusy,
    SignInShut,
    SignInThrottled,
    WrongSecret,
)
from tests.people.making import NOW, PASSWORD, TODAY, a_colleague, a_person, a_team

KIOSK, OTHER_KIOSK, DESK = "terminal:1", "terminal:2", "staff:1"
second = timedelta(seconds=1)


@pytest.fixture
def amina(session: object) -> int:
    person_id = a_person("1001", "Amina Benali")
    badges.issue(person_id, "04:A2:1B:7F", by=None, now=NOW)
    db.session.commit()
    credentials.choose_pin(person_id, "480937", now=NOW)
    db.session.commit()
    return person_id


def outcomes() -> list[str]:
    return [attempt.value for attempt in db.session.scalars(select(SignInAttempt.outcome).order_by(SignInAttempt.id))]


def fail(person_id: int | None, times: int, origin: str = KIOSK, at: object = NOW) -> None:
    for _ in range(times):
        with pytest.raises(WrongSecret):
            sign_in.check_pin(person_id, "000000", origin, at)


def test_a_badge_and_a_code_name_the_same_person(amina: int) -> None:
    code = db.session.get_one(sign_in.Person, amina).personal_code
    assert sign_in.recognise("04a21b7f", KIOSK, NOW) == sign_in.recognise(f" {code} ", KIOSK, NOW)
    assert sign_in.recognise(code, KIOSK, NOW).pin_kind is PinKind.DIGITS


def test_the_right_pin_signs_in(amina: int) -> None:
    signed_in = sign_in.check_pin(amina, "480937", KIOSK, NOW)
    assert (signed_in.person.id, signed_in.must_change) == (amina, False)
    assert outcomes() == ["accepted"]


def test_a_pin_of_one_person_is_nobody_elses(amina: int) -> None:
    other = a_person("1002", "Bruno Costa")
    db.session.commit()
    credentials.choose_pin(other, "903516", now=NOW)
    db.session.commit()
    with pytest.raises(WrongSecret):
        sign_in.check_pin(other, "480937", KIOSK, NOW)


def test_failures_are_kept_though_the_request_is_rolled_back(amina: int) -> None:
    fail(amina, 1)
    fail(None, 1)
    with pytest.raises(NotRecognised):
        sign_in.recognise("9999", KIOSK, NOW)
    db.session.rollback()
    assert outcomes() == ["wrong_secret", "unknown", "unknown"]


def test_after_five_failures_one_waits_and_the_right_pin_does_too(amina: int) -> None:
    fail(amina, 5)
    with pytest.raises(SignInThrottled) as refusal:
        sign_in.check_pin(amina, "480937", KIOSK, NOW + 10 * second)
    assert refusal.value.facts == {"seconds": 21}
    assert sign_in.check_pin(amina, "480937", KIOSK, NOW + 31 * second).person.id == amina


def test_waiting_is_not_prolonged_by_trying(amina: int) -> None:
    fail(amina, 5)
    for after in range(1, 30, 5):
        with pytest.raises(SignInThrottled):
            sign_in.check_pin(amina, "480937", KIOSK, NOW + after * second)
    assert sign_in.check_pin(amina, "480937", KIOSK, NOW + 31 * second)


def test_a_success_forgives(amina: int) -> None:
    fail(amina, 4)
    sign_in.check_pin(amina, "480937", KIOSK, NOW)
    fail(amina, 4)
    assert sign_in.check_pin(amina, "480937", KIOSK, NOW)


def test_failures_at_one_kiosk_are_not_felt_at_another(amina: int) -> None:
    fail(amina, 5)
    assert sign_in.check_pin(amina, "480937", OTHER_KIOSK, NOW)


def test_a_kiosk_where_many_fail_slows_down_for_half_a_minute_at_most(amina: int) -> None:
    for number in range(20):
        with pytest.raises(NotRecognised):
            sign_in.recognise(f"badge {number}", KIOSK, NOW)
    with pytest.raises(SignInThrottled):
        sign_in.check_pin(amina, "480937", KIOSK, NOW)
    assert sign_in.check_pin(amina, "480937", OTHER_KIOSK, NOW)
    assert sign_in.check_pin(amina, "480937", KIOSK, NOW + 31 * second)


@pytest.mark.parametrize(
    ("left_on", "enters"),
    [(date(2026, 3, 1), False), (TODAY, True), (date(2026, 6, 30), True)],  # the last day counts
)
def test_who_left_is_not_recognised(amina: int, left_on: date, enters: bool) -> None:
    actions.leave(amina, left_on, by=None, now=NOW, today=TODAY)
    db.session.commit()
    if enters:
        assert sign_in.recognise("04A21B7F", KIOSK, NOW)
        assert sign_in.check_pin(amina, "480937", KIOSK, NOW)
        return
    with pytest.raises(NotRecognised):
        sign_in.recognise("04A21B7F", KIOSK, NOW)
    with pytest.raises(WrongSecret):
        sign_in.check_pin(amina, "480937", KIOSK, NOW)
    assert outcomes()[-1] == "not_allowed"


def test_a_badge_that_ended_says_so(amina: int) -> None:
    badge = db.session.scalars(select(Badge)).one()
    badges.end(badge.id, BadgeEnd.LOST, by=None, now=NOW)
    db.session.commit()
    with pytest.raises(BadgeEnded) as refusal:
        sign_in.recognise("04A21B7F", KIOSK, NOW)
    assert refusal.value.facts == {"ended_as": BadgeEnd.LOST}
    assert outcomes() == ["not_allowed"]


def test_an_issued_pin_is_to_be_changed_for_another(amina: int) -> None:
    issued = credentials.issue_pins([amina], by=None, now=NOW)[amina]
    db.session.commit()
    assert sign_in.check_pin(amina, issued, KIOSK, NOW).must_change
    with pytest.raises(PinUnchanged):
        credentials.choose_pin(amina, issued, now=NOW)
    with pytest.raises(PinTooEasy):
        credentials.choose_pin(amina, "123456", now=NOW)
    credentials.choose_pin(amina, "903516", now=NOW)
    db.session.commit()
    assert not sign_in.check_pin(amina, "903516", KIOSK, NOW).must_change


def test_a_stolen_database_without_the_key_checks_no_pin(amina: int) -> None:
    stored = db.session.get_one(Pin, amina).hash
    assert sign_in.hashing.verify_pin("test", amina, "480937", stored)
    assert not sign_in.hashing.verify_pin("another key", amina, "480937", stored)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("s1@example.org", "another password"),
        ("nobody@example.org", PASSWORD),  # the same answer
        ("operator@example.org", PASSWORD),  # an operator without a password
        ("", ""),
    ],
)
def test_staff_prove_who_they_are_by_email_and_password(session: object, email: str, password: str) -> None:
    colleague = a_colleague(Role.HR)
    a_person("1", "Op Erator", email="operator@example.org")
    db.session.commit()
    assert sign_in.sign_in_staff(" S1@Example.org ", PASSWORD, DESK, NOW).person.id == colleague
    with pytest.raises(WrongSecret):
        sign_in.sign_in_staff(email, password, DESK, NOW)


def test_a_desk_does_not_shut_out_another(session: object) -> None:
    a_colleague(Role.HR)
    for _ in range(5):
        with pytest.raises(WrongSecret):
            sign_in.sign_in_staff("s1@example.org", "wrong", DESK, NOW)
    with pytest.raises(SignInThrottled):
        sign_in.sign_in_staff("s1@example.org", PASSWORD, DESK, NOW)
    assert sign_in.sign_in_staff("s1@example.org", PASSWORD, "staff:2", NOW)


def test_a_full_queue_is_said_and_costs_no_try(amina: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in.hashing, "_places", sign_in.hashing.BoundedSemaphore(1))
    with sign_in.hashing._a_place(), pytest.raises(SignInBusy):
        sign_in.check_pin(amina, "480937", KIOSK, NOW)
    assert outcomes() == []


def test_attempts_hold_no_name_and_no_secret(amina: int, app: Flask) -> None:
    with pytest.raises(NotRecognised):
        sign_in.recognise("my badge", KIOSK, NOW)
    stored = db.session.scalars(select(SignInAttempt)).one()
    assert b"my badge" not in stored.name_digest
    assert len(stored.name_digest) == 32


def test_signing_in_works_on_both_databases(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        a_colleague(Role.HR)
        with pytest.raises(WrongSecret):
            sign_in.sign_in_staff("s1@example.org", "wrong", DESK, NOW)
        assert sign_in.sign_in_staff("s1@example.org", PASSWORD, DESK, NOW)
        assert outcomes() == ["wrong_secret", "accepted"]


def wrong_pins(person_id: int, times: int, origin: str, at: datetime) -> None:
    """Let wrong PINs have been tried, without the work of looking at them."""
    release()
    for _ in range(times):
        tries.note(tries.a_try(origin, "", person_id, at), SignInOutcome.WRONG_SECRET)


def a_leader(person_id: int) -> queries.Identity:
    """Return a team leader of the person."""
    team = a_team("A")
    actions.move(person_id, team, date(2026, 2, 1), by=None, now=NOW)
    number = a_colleague(Role.TEAM_LEADER, registration="S9", team_id=team)
    return queries.identity(number, TODAY)


def test_after_fifty_in_a_day_a_leader_opens_the_way(amina: int) -> None:
    leader = a_leader(amina)
    wrong_pins(amina, 50, KIOSK, NOW - timedelta(hours=3))
    with pytest.raises(SignInShut):
        sign_in.check_pin(amina, "480937", KIOSK, NOW)
    assert [(one.name, one.until) for one in opening.held_up(leader.led_teams, NOW)] == [("Amina Benali", None)]
    assert sign_in.check_pin(amina, "480937", OTHER_KIOSK, NOW)
    opening.open_way(amina, leader, NOW, KIOSK)
    db.session.commit()
    assert sign_in.check_pin(amina, "480937", KIOSK, NOW + second)
    assert opening.held_up(leader.led_teams, NOW) == []
    assert [(one.name, one.by_name, one.terminal_id) for one in opening.openings(leader.led_teams, NOW)] == [
        ("Amina Benali", "Claire Morel", 1)
    ]


def test_a_day_opens_the_way_too(amina: int) -> None:
    wrong_pins(amina, 50, KIOSK, NOW)
    assert sign_in.check_pin(amina, "480937", KIOSK, NOW + timedelta(hours=24))


def test_guessing_at_many_kiosks_is_felt_where_the_person_never_is(amina: int) -> None:
    sign_in.check_pin(amina, "480937", "terminal:9", NOW - timedelta(days=2))
    for number in range(4):
        wrong_pins(amina, 2, f"terminal:{number}", NOW)
    with pytest.raises(SignInThrottled):
        sign_in.check_pin(amina, "480937", "terminal:7", NOW + second)
    assert sign_in.check_pin(amina, "480937", "terminal:9", NOW + second)


def test_only_a_leader_of_the_person_opens_the_way(amina: int) -> None:
    leader = a_leader(amina)
    stranger = a_person("1002", "Bruno Costa", team_id=a_team("B"))
    for person_id in (stranger, leader.id):
        with pytest.raises(NotFound):
            opening.open_way(person_id, leader, NOW)


def test_a_spray_slows_failures_and_nothing_else(amina: int, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(tries, "pause", waited.append)
    fail(amina, 1, "terminal:50")
    assert waited == []
    release()
    for number in range(30):
        tries.note(tries.Try(f"terminal:{number}", bytes([number]), None, NOW), SignInOutcome.WRONG_SECRET)
    assert sign_in.check_pin(amina, "480937", KIOSK, NOW)
    assert waited == []
    fail(amina, 1, "terminal:50")
    assert waited == [3.0]
