"""Skills on pages: who sees whom, signing off, the second signature, lists brought in, coverage without names."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from lms.kernel.clock import hold, now, today
from lms.kernel.database import db, writing
from lms.people import actions as people
from lms.people.deputies import actions as deputies
from lms.people.models import Person
from lms.people.permissions import Role
from lms.skills import queries, rules
from lms.skills.rules import Level
from tests.skills.shop import DAY, NOW, Shop
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]
LIST = "Matricule;Tâche;Niveau;Date\nB;ink;U;2026-01-10\nX;ink;U;2026-01-10\n"


@pytest.fixture
def shop(app: Flask) -> Shop:
    with app.app_context(), writing():
        found = Shop()
        found.completes(found.amina)
        found.state(found.amina, found.pack, Level.AUTONOMOUS)
        found.sees(found.amina, found.lock)
        db.session.commit()
        return found


def teach(app: Flask, person: int, task: int) -> None:
    with app.app_context(), writing():
        Shop.state(None, person, task, Level.TEACHING)
        db.session.commit()


def level(app: Flask, person: int, task: int) -> Level:
    with app.app_context():
        return rules.level_of(queries.changes_of(person, task))


def form(shop: Shop, **said: object) -> dict[str, object]:
    return {
        "person": shop.amina,
        "task": shop.ink,
        "observed_on": DAY.isoformat(),
        "outcome": "acquired",
        "situation": "Morning batch",
        "met": ["0", "1"],
        **said,
    }


def test_a_leader_sees_their_own_team_and_nobody_else(signed_in_as: SignedIn, shop: Shop) -> None:
    leader = signed_in_as(Role.TEAM_LEADER, team_id=shop.teams["day"])
    page = leader.get("teams.skills")
    assert page.words("tbody th") == ["Benali Amina A", "Roy Bruno B"]
    assert page.words("tbody tr:first-child td") == ["I", "I", "U", "1/3"]
    assert page.words("tfoot th") == ["Coverage, Day", "Coverage, Night"]
    assert page.words("tfoot tr:first-child .cover") == ["0/2 nobody", "0/2 nobody", "1/1 covered"]
    leader.get("teams.skill", person_id=shop.chloe, task="ink", status=404)
    leader.get("teams.tasks", status=403)
    assert len(signed_in_as(Role.HR).get("teams.skills").select("tbody tr")) == 3
    filtered = signed_in_as(Role.HR).get("teams.skills", team=shop.teams["night"])
    assert len(filtered.select("tbody tr")) == 1


def test_whoever_may_see_no_names_sees_whether_tasks_are_covered(signed_in_as: SignedIn, shop: Shop) -> None:
    page = signed_in_as(Role.STAFF_REPRESENTATIVE).get("teams.skills", follow=True)
    assert "Amina" not in page.get_text()
    assert page.words("tbody tr:last-child .state") == ["covered", "not covered"]
    assert page.words(".big-number-value") == ["1 / 6"]
    assert "1/1" not in page.get_text()


def test_a_leader_countersigns(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    trainer = signed_in_as(Role.TRAINER)
    teach(app, trainer.person_id, shop.ink)
    page = trainer.post("teams.sign_off", form(shop, outcome="not_done"))
    assert "The sign-off is kept." in page.get_text()
    assert page.words("table tbody th")[-1] == "2 Mar 2026"
    leader = signed_in_as(Role.TEAM_LEADER, team_id=shop.teams["day"])
    queue = leader.get("teams.to_validate")
    action = queue.select_one("form.countersign")["action"]
    assert "Write what was seen" in leader.post(action, {"answer": "decline", "note": ""}).get_text()
    assert "Your signature is kept." in leader.post(action, {"answer": "confirm"}).get_text()
    assert level(app, shop.amina, shop.lock) is Level.ACCOMPANIED
    leader.post(action, {"answer": "confirm"}, status=404)


def test_a_deputy_countersigns_for_the_leader(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    deputy = signed_in_as(Role.EVALUATOR)
    deputy.get("teams.to_validate", status=403)
    with app.app_context(), writing():
        days = (today(), today())
        deputies.name(shop.lea, deputy.person_id, *days, by=shop.hal, now=now(), today=today())
        db.session.commit()
    action = deputy.get("teams.to_validate").select_one("form.countersign")["action"]
    deputy.post(action, {"answer": "confirm"})
    assert level(app, shop.amina, shop.lock) is Level.ACCOMPANIED
    page = deputy.get("teams.skill", person_id=shop.amina, task="lock")
    assert "Train Tom, Morel Claire (for Lead Lea)" in page.words("td")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"situation": " "}, "situation"),
        ({"met": ["1"]}, "met"),
        ({"observed_on": "2099-01-01"}, "observed_on"),
        ({"coaching": "y", "task": "pack"}, "trained_to_teach_on"),
        ({"task": "lock"}, "person"),  # the observer does not teach it
        ({"photo": (BytesIO(b"no picture"), "photo.jpg")}, "photo"),
        ({"outcome": ""}, "outcome"),
        ({"person": 999}, "person"),
        ({"person": ""}, "person"),
    ],
)
def test_a_refusal_is_told_at_its_field(
    app: Flask, signed_in_as: SignedIn, shop: Shop, said: dict[str, object], field: str
) -> None:
    trainer = signed_in_as(Role.TRAINER)
    teach(app, trainer.person_id, shop.ink)
    teach(app, trainer.person_id, shop.pack)
    given = form(shop, **said) | ({"task": getattr(shop, said["task"])} if "task" in said else {})
    page = trainer.post("teams.sign_off", {key: value for key, value in given.items() if value != ""}, status=422)
    assert page.select(f"#{field}-fault") or page.select(f'a[href="#{field}"]')
    assert level(app, shop.amina, shop.ink) in (Level.NONE, Level.TRAINED)


def test_who_cannot_sign_off_is_told_before_they_write(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    trainer = signed_in_as(Role.TRAINER)
    teach(app, trainer.person_id, shop.ink)
    asked = {"person": shop.amina}
    assert "must be at O" in trainer.get("teams.sign_off", task=shop.lock, **asked).get_text()
    assert "must be at O" not in trainer.get("teams.sign_off", task=shop.ink, **asked).get_text()


def test_human_resources_read_who_of_the_plant_is_not_ready(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    with app.app_context(), writing():
        db.session.get(Person, shop.amina).workstation_id = shop.post
        db.session.commit()
    hr = signed_in_as(Role.HR)
    page = hr.get("teams.not_ready")
    assert page.words("tbody th") == ["Benali Amina A"]
    assert "Ink" in page.select_one("tbody").get_text()
    assert not hr.get("teams.not_ready", team=shop.teams["night"]).select("tbody th")
    assert "Benali Amina" in hr.client.get("/teams/not-ready.csv").text
    signed_in_as(Role.TEAM_LEADER, team_id=shop.teams["day"]).get("teams.not_ready", status=403)


def test_practice_to_be_watched_is_of_the_own_workshop(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    with hold(NOW):
        page = signed_in_as(Role.TRAINER).get("teams.to_validate")
    assert [row for row in page.words("h2 + .table-frame tbody th") if row == "Benali Amina"]


def test_a_level_is_lowered_with_a_reason(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    trainer = signed_in_as(Role.TRAINER)
    where = {"person_id": shop.amina, "task": "pack"}
    trainer.post("teams.lower", {"reason": ""}, **where)
    assert level(app, shop.amina, shop.pack) is Level.AUTONOMOUS
    page = trainer.post("teams.lower", {"reason": "No practice for a year"}, **where)
    assert "No practice for a year" in page.get_text()
    assert level(app, shop.amina, shop.pack) is Level.ACCOMPANIED
    signed_in_as(Role.HR).post("teams.lower", {"reason": "x"}, status=403, **where)


def test_tasks_are_entered_and_corrected(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    hr = signed_in_as(Role.HR)
    task = {"code": "glue", "title_fr": "Coller", "workstation": shop.post, "required": 3}
    assert "Coller" in " ".join(hr.post("teams.new_task", task).words("tbody th a"))
    assert hr.post("teams.new_task", task, status=422).select("#code-fault")
    hr.post("teams.change_task", task | {"modules": [shop.module_id], "safety_critical": "y"}, code="glue")
    with app.app_context():
        found = queries.task("glue")
        assert (found.required, found.safety_critical, len(found.modules)) == (3, True, 1)
    hr.get("teams.change_task", code="none", status=404)


def test_a_matrix_is_shown_then_taken_over(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    hr = signed_in_as(Role.HR)
    shown = hr.post("teams.import_skills", {"file": (BytesIO(LIST.encode()), "matrix.csv")})
    assert shown.words(".big-number-value") == ["1", "0", "0", "1"]
    given = {field["name"]: field["value"] for field in shown.select("main form input[type=hidden]")}
    action = shown.select_one("main form")["action"]
    hr.post(action, given | {"fingerprint": "other"})
    assert level(app, shop.bruno, shop.ink) is Level.NONE
    assert "1 line was taken over." in hr.post(action, given).get_text()
    assert level(app, shop.bruno, shop.ink) is Level.AUTONOMOUS
    assert "matrix.csv" in hr.get("teams.skill", person_id=shop.bruno, task="ink").get_text()
    refused = hr.post("teams.import_skills", {"file": (BytesIO(b"%PDF"), "x.pdf")}, status=422)
    assert "neither a CSV file" in refused.get_text()


def test_someone_who_left_is_no_longer_shown(app: Flask, signed_in_as: SignedIn, shop: Shop) -> None:
    with app.app_context(), writing():
        people.leave(shop.bruno, DAY, by=None, now=NOW, today=DAY)
        db.session.commit()
    assert "Roy Bruno" not in signed_in_as(Role.HR).get("teams.skills").get_text()
