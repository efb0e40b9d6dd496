"""From the kiosk to the leader and back: something recorded is read, contested and answered; a level is decided on."""

from collections.abc import Callable

from flask import Flask

from lms.kernel.database import db, writing
from lms.people.permissions import Role
from lms.skills.rules import Level
from tests.skills.shop import Shop
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


def test_a_contest_goes_to_the_leader_and_is_answered(app: Flask, signed_in_as: SignedIn) -> None:
    person = signed_in_as(Role.TRAINER)
    with app.app_context(), writing():
        shop = Shop()
        shop.state(person.person_id, shop.ink, Level.AUTONOMOUS)
        shop.state(shop.amina, shop.ink, Level.AUTONOMOUS)
        db.session.commit()
    page = person.get("teams.my_skills")
    given = {field["name"]: field["value"] for field in page.select("form input[type=hidden][value]")}
    assert "Say it in words" in person.post("teams.contest_mine", given | {"words": ""}).get_text()
    assert "waits for an answer" in person.post("teams.contest_mine", given | {"words": "I teach it"}).get_text()
    person.post("/teams/skills/contests/1", {"words": "x"}, status=403)
    stranger = signed_in_as(Role.TEAM_LEADER, team_id=shop.teams["day"])
    stranger.post("/teams/skills/contests/1", {"words": "x"}, status=404)
    hr = signed_in_as(Role.HR)
    assert "I teach it" in hr.get("teams.to_validate").get_text()
    hr.post("/teams/skills/contests/1", {"words": "Somebody watches you on Monday"})
    assert "Somebody watches you on Monday" in person.get("teams.my_skills").get_text()
    hr.post("/teams/skills/contests/1", {"words": "x"}, status=404)
    lowering = {"person_id": shop.amina, "task": "ink"}
    leader_page = stranger.get("teams.to_validate")
    assert "no practice seen for 6 months" in leader_page.get_text()
    said = {"cause": "no_practice", "reason": "Away since January", "answer": "lower"}
    assert "is lowered" in stranger.post("teams.decide_proposal", said, **lowering).get_text()
    assert "no longer proposed" in stranger.post("teams.decide_proposal", said, **lowering).get_text()
