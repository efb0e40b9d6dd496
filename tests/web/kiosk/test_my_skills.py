"""Somebody reads at the kiosk what is recorded of their skills, and contests it there."""

from datetime import timedelta

from flask import Flask

from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.people import plant
from lms.skills import actions as skills
from lms.skills import contesting
from lms.skills.rules import Level
from tests.delivery.house import DAY, words
from tests.people.making import a_person
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, sign_in


def test_what_is_recorded_is_read_and_contested(app: Flask, at_kiosk: StrictBrowser, amina: Operator) -> None:
    with app.app_context(), writing():
        workshop = plant.add_workshop(plant.add_site("ink", "ink"), "ink", "ink")
        entry = skills.TaskEntry(words("ink"), plant.add_workstation(workshop, "ink", "ink"))
        task = skills.add_task("ink", entry, DAY).id
        then = today() - timedelta(days=9)
        skills.state_level(amina.id, task, Level.AUTONOMOUS, then, source="matrix", signed_by=None, now=now())
        skills.lower(amina.id, task, "Longtemps absent", a_person("T9", "Tom Train"), now())
        db.session.commit()
    sign_in(at_kiosk, amina)
    assert "Un de vos niveaux a baissé" in at_kiosk.get("kiosk.home", follow=True).get_text()
    page = at_kiosk.get("kiosk.my_skills")
    assert "Longtemps absent" in page.get_text()
    assert "Un de vos niveaux a baissé" not in at_kiosk.get("kiosk.home", follow=True).get_text(), "told once"
    at_kiosk.get(page.select_one(".held a")["href"])
    number = page.select_one(".held a")["href"].rpartition("=")[2]
    said = {"kind": "change", "number": number, "why": "talk", "words": "J’y étais en mai"}
    page = at_kiosk.post("kiosk.contest", said)
    assert "La réponse viendra ici" in page.get_text()
    with app.app_context():
        (one,) = contesting.waiting(None)
        assert (one.contest.words, one.contest.person_id) == ("Je veux en parler. J’y étais en mai", amina.id)
    at_kiosk.post("kiosk.contest", {**said, "number": 999}, status=404)
