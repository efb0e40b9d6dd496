"""Who is held up, opening the way, and a new secret, for a leader's own people."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lms.kernel.clock import now
from lms.kernel.database import db, release, writing
from lms.people import sign_in, tries
from lms.people.models import SignInOutcome
from lms.people.permissions import Role
from tests.delivery.house import kiosk
from tests.people.making import a_person, a_team
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


@pytest.fixture
def people(app: Flask) -> dict[str, int]:
    """Two teams with one person each, both held up at one kiosk."""
    with app.app_context(), writing():
        terminal = kiosk().terminal_id
        made = {code: a_person(code, f"Given{code} Family", team_id=a_team(code)) for code in ("A", "B")}
        db.session.commit()
        release()
        for person_id in made.values():
            for number in range(50):
                attempt = tries.a_try(f"terminal:{terminal}", "", person_id, now() - timedelta(minutes=60 + number))
                tries.note(attempt, SignInOutcome.WRONG_SECRET)
    return made


def team_of(app: Flask, code: str) -> int:
    with app.app_context():
        return next(team.id for team in sign_in.queries.teams() if team.code == code)


def test_a_leader_opens_the_way_for_their_own(app: Flask, signed_in_as: SignedIn, people: dict[str, int]) -> None:
    leader = signed_in_as(Role.TEAM_LEADER, team_id=team_of(app, "A"))
    page = leader.get("teams.signing_in")
    assert page.words("table:first-of-type tbody th")[0] == "GivenA Family"
    assert "GivenB" not in page.get_text()
    page = leader.post("teams.open_way", person_id=people["A"])
    assert "Nobody is held up." in page.get_text()
    assert "At a desk" in page.get_text()
    leader.post("teams.open_way", person_id=people["B"], status=404)


def test_hr_sees_everybody(signed_in_as: SignedIn, people: dict[str, int]) -> None:
    page = signed_in_as(Role.HR).get("teams.signing_in")
    assert page.words("tbody th") == ["GivenA Family", "GivenB Family"]


def test_a_leader_hands_out_a_new_pin(app: Flask, signed_in_as: SignedIn, people: dict[str, int]) -> None:
    leader = signed_in_as(Role.TEAM_LEADER, team_id=team_of(app, "A"))
    _, pin = leader.post("teams.hand_out_pin", person_id=people["A"]).words(".slips dd")
    with app.app_context(), writing():
        assert sign_in.check_pin(people["A"], pin, "terminal:9", now()).must_change
    leader.post("teams.hand_out_pin", person_id=people["B"], status=404)
    leader.post("teams.hand_out_pin", person_id=leader.person_id, status=404)
