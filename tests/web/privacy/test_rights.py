"""What people ask about their data, what they are given, and what stays of somebody erased: by the pages."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.kernel.clock import today
from lms.kernel.database import db, writing
from lms.kernel.languages import speaking
from lms.people import actions
from lms.people.models import Person
from lms.people.permissions import Role
from lms.privacy.models import Answer
from lms.privacy.values import Values
from tests.people.making import TODAY, a_person, a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


@pytest.fixture
def operator(app: Flask) -> int:
    with app.app_context(), writing():
        person = a_person("M-77", "Zoé Quimper", team_id=a_team(), joined_on=TODAY, email="zoe@example.org")
        db.session.commit()
    return person


def test_one_asks_is_answered_and_reads_it(app: Flask, signed_in_as: SignedIn) -> None:
    asking, hr = signed_in_as(Role.TRAINER), signed_in_as(Role.HR)
    asking.post("privacy.ask", {"kind": "correction", "words": " "})  # nothing said
    asking.post("privacy.ask", {"kind": "correction", "words": "My name is Clara."})
    queue = hr.get("privacy.requests")
    assert queue.words(".tabs-count") == ["1"]
    assert [bool(page.select('.menu a[href="/privacy/requests"]')) for page in (queue, asking.get("privacy.mine"))] == [
        True,
        False,
    ]
    assert hr.get("teams.people").words(".notice li") == ["1 request about personal data"]
    assert queue.words("tbody td:nth-child(3)") == ["Correct something My name is Clara."]
    for words in ("", "It is corrected.", "Again."):  # to decline takes words; an answer is given once
        outcome = "done" if words else "declined"
        hr.post("privacy.answer", {"outcome": outcome, "words": words}, request_id=1)
    assert hr.get("teams.people").words(".notice li") == []
    assert "It is corrected." in asking.get("privacy.mine").get_text()
    with app.app_context():
        assert [one.words for one in db.session.scalars(select(Answer))] == ["It is corrected."]


def test_a_copy_holds_everything_and_no_secret(app: Flask, signed_in_as: SignedIn, operator: int) -> None:
    hr = signed_in_as(Role.HR)
    assert hr.get("privacy.person", person_id=operator).words("h1") == ["The data of Zoé Quimper"]
    answer = hr.client.post(f"/privacy/people/{operator}/file")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        told, read = json.loads(archive.read("data.json")), archive.read("data.html").decode()
    assert told["people"][0]["family_name"] == "Quimper"
    assert {"team_memberships", "person_events", "role_grants", "looked_at"} <= told.keys()
    assert not [column for rows in told.values() for row in rows for column in row if column in ("hash", "digest")]
    assert "Quimper" in read
    assert "Family name" in read
    assert "family_name" not in read, "in words, not in columns"
    assert "+00:00" not in read
    row = told["role_grants"][0]
    assert (row["role"], row["in_words"]["role"], row["in_words"]["person_id"]) == (
        "operator", "Operator", "Zoé Quimper",
    )  # fmt: skip


def test_a_copy_names_who_is_named_on_screen_and_says_the_function_of_others(
    app: Flask, signed_in_as: SignedIn, operator: int
) -> None:
    trainer = signed_in_as(Role.TRAINER)
    with app.app_context(), speaking("en"):
        name, values = db.session.get(Person, trainer.person_id).full_name, Values(operator)
        assert values.said("sign_offs", "observer_id", trainer.person_id) == name
        assert values.said("slots", "by_id", trainer.person_id) == "Trainer"
        assert values.said("looked_at", "roles", (Role.TRAINER, Role.HR)) == "Trainer, Human resources"
        signed = {
            "person": operator,
            "observer": trainer.person_id,
            "outcome": "not_yet",
            "text": {"en": "Wears gloves"},
        }
        said = values.said("sign_off_sheets", "content", signed)
        assert [words in said for words in ("Zoé Quimper", name, "not yet acquired", "Wears gloves")] == [True] * 4
        assert values.said("completions", "until_on", 4_000_000) == "without end"
    assert signed_in_as(Role.TEAM_LEADER, team_id=1).client.post(f"/privacy/people/{operator}/file").status_code == 403


def test_whoever_has_left_is_erased_and_their_number_stays(app: Flask, signed_in_as: SignedIn, operator: int) -> None:
    hr = signed_in_as(Role.HR)
    hr.post("privacy.ask_for", {"kind": "erasure", "words": "I have left."}, person_id=operator)
    hr.post("privacy.answer", {"outcome": "done"}, request_id=1)
    assert "I have left." not in hr.get("privacy.written", person_id=operator).get_text()
    with app.app_context(), writing():
        assert db.session.get(Person, operator).family_name == "Quimper", "who works here is not erased"
        actions.leave(operator, today() - timedelta(days=1), None, db.session.get(Person, operator).created_at, today())
        db.session.commit()
    page = hr.post("privacy.answer", {"outcome": "done"}, request_id=1)
    assert page.words("tbody tr") == ["What was asked about personal data I have left."]
    page = hr.post("privacy.empty_written", {"place": page.select_one("[name=place]")["value"]}, person_id=operator)
    assert page.words("tbody td") == ["Nobody wrote anything."]
    with app.app_context():
        person = db.session.get(Person, operator)
        assert (person.full_name, person.registration, person.email) == (f"#{operator}", f"#{operator}", None)
        assert "Quimper" not in str(vars(person))


@pytest.mark.parametrize("role", [Role.HR, Role.STAFF_REPRESENTATIVE])
def test_the_report_and_the_register_name_nobody(signed_in_as: SignedIn, operator: int, role: Role) -> None:
    browser = signed_in_as(role)
    report, register = browser.get("privacy.report"), browser.get("privacy.register")
    assert "Quimper" not in report.get_text() + register.get_text()
    assert "What is recorded" in report.words("h2")
    table = browser.client.get("/privacy/register.csv").get_data(as_text=True)
    assert "learning_records" in table
    assert browser.client.get("/privacy/report.pdf").data.startswith(b"%PDF") or role is Role.HR
    assert browser.client.get("/privacy/retention").status_code == (200 if role is Role.HR else 403)


def test_lengths_are_set_within_bounds_and_dated(signed_in_as: SignedIn) -> None:
    hr = signed_in_as(Role.HR)
    hr.post("privacy.set_term", {"months": "1"}, term="answers")  # too short
    assert "How the lengths were set" not in hr.get("privacy.retention").words("h2")
    page = hr.post("privacy.set_term", {"months": "18"}, term="answers")
    assert "How the lengths were set" in page.words("h2")
