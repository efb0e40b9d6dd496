"""Who sees calls for help, and settles them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from lms.delivery import actions, queries
from lms.delivery.actions import Place
from lms.delivery.models import HelpCategory
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.permissions import Role
from tests.delivery.house import content, kiosk, publish
from tests.people.making import a_person, a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


@pytest.fixture
def teams(app: Flask) -> dict[str, int]:
    """Two teams with one person each, who both called for help."""
    with app.app_context(), writing():
        terminal, edition = kiosk().terminal_id, publish(content())
        made = {code: a_team(code) for code in ("A", "B")}
        for code, team in made.items():
            person = a_person(code, f"Given{code} Family", team_id=team)
            place = Place(edition, "one") if code == "A" else None
            category = HelpCategory.CONTENT if place else HelpCategory.KIOSK
            actions.ask_for_help(person, terminal, category, place, request_id=new_id(), now=now())
        db.session.commit()
    return made


def waiting(app: Flask, name: str) -> UUID:
    with app.app_context():
        asked = queries.asked_for_help(None, now().date(), settled=False)
        return next(one.id for one in asked if one.name.startswith(name))


@pytest.mark.parametrize(
    ("role", "seen"),
    [(Role.TEAM_LEADER, ["GivenA"]), (Role.HR, ["GivenA", "GivenB"]), (Role.TRAINER, ["GivenA", "GivenB"])],
)
def test_a_leader_sees_their_teams_and_others_all(signed_in_as: SignedIn, teams, role: Role, seen: list[str]) -> None:
    page = signed_in_as(role, team_id=teams["A"]).get("teams.help_asked")
    assert [name.split()[0] for name in page.words("tbody th")] == seen
    assert "What of one?" in page.words("tbody td")[1]


def test_a_call_is_settled(app: Flask, signed_in_as: SignedIn, teams) -> None:
    leader, number = signed_in_as(Role.TEAM_LEADER, team_id=teams["A"]), waiting(app, "GivenA")
    page = leader.post("teams.answer_help", {f"{number.hex}-words": "Look at page 2"}, request_id=number)
    assert page.words("tbody td") == ["Nobody waits for help."]
    assert "Look at page 2" in leader.get("teams.help_asked", show="settled").words("tbody td")[2]
    again = leader.post("teams.answer_help", request_id=number)
    assert "Somebody else has settled" in again.get_text()


def test_a_leader_settles_nothing_of_others(app: Flask, signed_in_as: SignedIn, teams) -> None:
    leader, number = signed_in_as(Role.TEAM_LEADER, team_id=teams["A"]), waiting(app, "GivenB")
    leader.post("teams.answer_help", request_id=number, status=404)
    assert waiting(app, "GivenB") == number


def test_an_answer_that_is_too_long_stays_in_its_field(app: Flask, signed_in_as: SignedIn, teams) -> None:
    number = waiting(app, "GivenA")
    page = signed_in_as(Role.HR).post(
        "teams.answer_help", {f"{number.hex}-words": "x" * 301}, request_id=number, status=422
    )
    assert page.words(".field-fault") == ["At most 300 characters."]
    assert page.select_one(f'input[name="{number.hex}-words"]')["value"] == "x" * 301


def test_a_trainer_finds_what_is_wrong_beside_the_module(signed_in_as: SignedIn, app: Flask, teams) -> None:
    with app.app_context():
        asked = queries.asked_for_help(None, now().date(), settled=False)
        [defect] = [one for one in asked if one.code]
        assert queries.defects_of(queries.help_requests(defect.asked_at, now(), now())[0].module_id) == [defect]
