"""A team leader at a kiosk opens the way for somebody who failed too often."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lms.kernel.database import db, release, writing
from lms.people import actions, tries
from lms.people.models import SignInOpening, SignInOutcome
from lms.people.permissions import Role
from tests.people.making import NOW, a_team
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, an_operator
from tests.web.kiosk.delivering import JSON

LEADERS_BADGE = "00555555"


@pytest.fixture
def leader(app: Flask, amina: Operator) -> Operator:
    """Who leads Amina's team."""
    with app.app_context(), writing():
        made = an_operator("Karim Haddad", "3003", LEADERS_BADGE)
        team = a_team("A")
        actions.move(amina.id, team, date(2026, 2, 1), by=None, now=NOW)
        actions.grant_role(made.id, Role.TEAM_LEADER, team, by=None, now=NOW)
        db.session.commit()
        return made


def hold_up(app: Flask, person_id: int, times: int = 50) -> None:
    with app.app_context():
        release()
        for number in range(times):
            at = datetime.now(UTC) - timedelta(hours=2, seconds=number)
            tries.note(tries.a_try("terminal:1", "", person_id, at), SignInOutcome.WRONG_SECRET)


def held_up(app: Flask, kiosk: StrictBrowser, amina: Operator) -> None:
    """Let Amina be told that her day's tries are used up."""
    hold_up(app, amina.id)
    kiosk.post("kiosk.recognise", {"badge": amina.badge})
    page = kiosk.post("kiosk.pin", {"pin": amina.pin})
    assert page.words(".feedback") == ["Trop d’essais aujourd’hui. Votre chef d’équipe peut vous débloquer."]
    assert "Mon chef d’équipe est là" in page.words(".actions a")[0]
    assert kiosk.get("kiosk.call_leader").words("h1") == ["Chef d’équipe : posez votre badge sur le lecteur"]


def test_the_leader_opens_the_way(app: Flask, at_kiosk: StrictBrowser, amina: Operator, leader: Operator) -> None:
    held_up(app, at_kiosk, amina)
    page = at_kiosk.post("kiosk.recognise", {"badge": LEADERS_BADGE})
    assert page.words("h1") == ["Karim, donnez votre code secret pour débloquer Amina"]
    page = at_kiosk.post("kiosk.open_way", {"pin": "111111"})
    assert page.words(".feedback") == ["Ce n’est pas bon. Essayez encore."]
    page = at_kiosk.post("kiosk.open_way", {"pin": leader.pin})
    assert page.words("h1") == ["Amina, tapez votre numéro secret"]
    assert page.words(".feedback") == ["Karim vous a débloqué. Essayez encore."]
    assert at_kiosk.post("kiosk.pin", {"pin": amina.pin}).words("h1") == ["Mes modules"]
    me = at_kiosk.client.get("/kiosk/myself", headers=JSON).get_json()
    assert me["by_badge"] is False, "nothing of her waits here for the leader's badge"
    with app.app_context():
        kept = db.session.scalars(select(SignInOpening)).one()
        assert (kept.person_id, kept.by_id, kept.origin) == (amina.id, leader.id, "terminal:1")


def test_the_leaders_pin_alone_signs_nobody_in(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator, leader: Operator
) -> None:
    held_up(app, at_kiosk, amina)
    at_kiosk.post("kiosk.recognise", {"badge": LEADERS_BADGE})
    at_kiosk.post("kiosk.open_way", {"pin": leader.pin})
    assert at_kiosk.get("kiosk.home", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]


def test_whoever_leads_nobody_here_is_another_person(app: Flask, at_kiosk: StrictBrowser, amina: Operator) -> None:
    held_up(app, at_kiosk, amina)
    with app.app_context(), writing():
        an_operator("Tomasz Nowak", "2002", "00998877")
    page = at_kiosk.post("kiosk.recognise", {"badge": "00998877"})
    assert page.words("h1") == ["Tomasz, tapez votre numéro secret"]
    assert at_kiosk.get("kiosk.open_way", follow=True).words("h1") == ["Posez votre badge sur le lecteur"]


def test_nobody_opens_their_own_way(app: Flask, at_kiosk: StrictBrowser, amina: Operator, leader: Operator) -> None:
    hold_up(app, leader.id)
    at_kiosk.post("kiosk.recognise", {"badge": LEADERS_BADGE})
    at_kiosk.post("kiosk.pin", {"pin": leader.pin})
    at_kiosk.get("kiosk.call_leader")
    page = at_kiosk.post("kiosk.recognise", {"badge": LEADERS_BADGE})
    assert page.words("h1") == ["Karim, tapez votre numéro secret"]
