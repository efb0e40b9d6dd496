"""Home: one thing first, then the rest, then what one can do already; the same at every kiosk."""

from datetime import date, timedelta

import pytest
from flask import Flask

from lms.catalogue.queries import frozen
from lms.delivery.slots.actions import Wanted, plan_slot
from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people import actions as people
from lms.people import plant
from lms.plans.actions import make_plan
from lms.skills import actions as skills
from lms.skills.rules import Level
from tests.delivery.house import DAY, RIGHT, Sitter, content, kiosk, publish, words
from tests.people.making import a_team
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, sign_in
from tests.web.kiosk.delivering import Player
from tests.web.kiosk.test_modules import myself


def ask(person_id: int, codes: dict[str, int]) -> dict[str, int]:
    """Ask modules of someone, each due in so many days; return their editions by code."""
    team = a_team()
    people.move(person_id, team, today() - timedelta(days=30), by=None, now=DAY)
    editions = {}
    for code, days in codes.items():
        editions[code] = publish(content(code, title=words(code)))
        make_plan(
            code,
            recommendation_id=None,
            module_id=frozen(editions[code]).module_id,
            team_ids=[team],
            assigned_on=today() - timedelta(days=20),
            due_on=today() + timedelta(days=days),
            now=DAY,
        )
    db.session.commit()
    return editions


def a_task(code: str, modules: list[int], **more: object) -> int:
    """Enter a task at a post of its own; return its number."""
    workshop = plant.add_workshop(plant.add_site(code, code), code, code)
    entry = skills.TaskEntry(words(code), plant.add_workstation(workshop, code, code), module_ids=modules, **more)
    return skills.add_task(code, entry, DAY).id


@pytest.fixture
def asked(app: Flask, amina: Operator) -> dict[str, int]:
    with app.app_context(), writing():
        return ask(amina.id, {"later": 9, "soon": 2, "begun": 12})


def test_what_is_begun_comes_first_then_what_is_due_soonest(
    app: Flask, signed_in: StrictBrowser, amina: Operator, asked: dict[str, int]
) -> None:
    page = signed_in.get("kiosk.home")
    assert page.words(".head .second") == ["3 modules à suivre · 9 minutes"]
    assert page.words(".module-title") == ["soon (fr)", "later (fr)", "begun (fr)"]
    with app.app_context(), writing():
        Sitter(amina.id, asked["begun"]).see("read")
        db.session.commit()
    page = signed_in.get("kiosk.home")
    assert page.words(".module-title") == ["begun (fr)", "soon (fr)", "later (fr)"]
    assert page.words(".next-act") == ["Continuer"], "one thing is first"


def test_what_should_have_been_taken_says_so_calmly(app: Flask, signed_in: StrictBrowser, amina: Operator) -> None:
    with app.app_context(), writing():
        ask(amina.id, {"late": -1, "today": 0})
    late, due = signed_in.get("kiosk.home").words(".module-facts")
    assert "prévu pour le " in late
    assert "avant le " in due


def test_what_one_can_do_is_said_in_words(app: Flask, signed_in: StrictBrowser, amina: Operator) -> None:
    with app.app_context(), writing():
        for code, level in (("ink", Level.TRAINED), ("cut", Level.AUTONOMOUS)):
            task = a_task(code, [])
            skills.state_level(amina.id, task, level, date(2026, 1, 5), source="m.csv", signed_by=None, now=DAY)
        db.session.commit()
    held = signed_in.get("kiosk.home").words(".held li")
    assert held == ["U cut (fr) sans aide", "I ink (fr) appris"]


def test_one_goes_on_at_another_kiosk_where_one_stopped(
    app: Flask, signed_in: StrictBrowser, amina: Operator, module: int
) -> None:
    first = Player(signed_in, module)
    first.deliver(first.event("seen", block="read"), first.answered("one", "b"))
    other = StrictBrowser(app)
    with app.app_context(), writing():
        other.client.set_cookie("terminal", kiosk("slitting-2").token)
    sign_in(other, amina)
    where = myself(other, module)["modules"][str(module)]
    assert (where["seen"], list(where["answered"])) == (["read"], ["one"])


def test_the_end_of_a_module_says_who_comes_next(app: Flask, signed_in: StrictBrowser, amina: Operator) -> None:
    with app.app_context(), writing():
        one, two = (frozen(publish(content(code))) for code in ("first", "second"))
        for code, modules, critical in (("a", [one], False), ("b", [one], True), ("c", [one, two], False)):
            a_task(code, [edition.module_id for edition in modules], safety_critical=critical)
        mastered = a_task("d", [one.module_id])
        skills.state_level(
            amina.id, mastered, Level.AUTONOMOUS, date(2026, 1, 5), source="m.csv", signed_by=None, now=DAY
        )
        db.session.commit()
    assert myself(signed_in, one.id)["modules"][str(one.id)]["then"] == [
        "a (fr) : votre formateur vient vous voir faire au poste, dans les 30 jours.",
        "b (fr) : votre formateur et une deuxième personne viennent vous voir faire au poste, dans les 30 jours.",
        "c (fr) : encore 1 module à suivre.",
        "d (fr) : vous le faites déjà sans aide.",
    ]
    with app.app_context(), writing():
        Sitter(amina.id, two.id, now()).go_through(RIGHT)
        db.session.commit()
    assert myself(signed_in, one.id)["modules"][str(one.id)]["then"][0].startswith(
        "a (fr), c (fr) : votre formateur vient"
    )


def test_the_ten_minutes_that_a_leader_planned_are_said(app: Flask, signed_in: StrictBrowser, amina: Operator) -> None:
    with app.app_context(), writing():
        module = frozen(ask(amina.id, {"soon": 2})["soon"]).module_id
        leader = people.create_person(people.Entry("L", "Lea", "Lead"), None, today(), by=None, now=DAY)
        plan_slot(Wanted(new_id(), amina.id, module, now() + timedelta(minutes=1), None), by=leader, now=now())
        db.session.commit()
    assert signed_in.get("kiosk.home").words(".head .second")[1].startswith("Vos dix minutes : ")
