"""Somebody whose badge was used while the server was away is asked, once they signed in, whether it was them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.catalogue.queries import frozen
from lms.delivery.models import AssertedEvent, Terminal
from lms.delivery.sealing import public_key
from lms.kernel.database import db, writing
from lms.kernel.settings import setting
from lms.people.permissions import Role
from lms.records.models import LearningRecord
from tests.delivery.test_asserting import Asserted
from tests.strict import StrictBrowser
from tests.web.admin.test_terminals import as_
from tests.web.kiosk.conftest import Operator, sign_in
from tests.web.kiosk.delivering import JSON
from tests.web.kiosk.test_home import a_task, ask


@pytest.fixture
def used(app: Flask, at_kiosk: StrictBrowser, amina: Operator, module: int) -> Iterator[list[Asserted]]:
    """Amina's badge was used twice, once for a whole module and once to open it."""
    with app.app_context(), writing():
        terminal = db.session.scalar(select(Terminal.id))
        found = [Asserted(terminal, module, amina.badge) for _ in range(2)]
        found[0].deliver(*found[0].whole())
        found[1].deliver(found[1].event(30, "opened", resumed=False))
        db.session.commit()
    return found


def records(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(LearningRecord))


def say(browse: StrictBrowser, one: Asserted, answer: str):
    return browse.post("kiosk.asserted", {"assertion": str(one.id), "was_it_me": answer})


def test_whoever_signs_in_is_asked_before_anything_else_and_what_they_confirm_counts(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator, used: list[Asserted]
) -> None:
    sign_in(at_kiosk, amina)
    page = at_kiosk.get("kiosk.home", follow=True)
    assert page.words("h1") == ["Était-ce vous ?"]
    assert page.words("main > p") == [
        "Le lundi 8 mars 2027 à 07:00, pendant une coupure du réseau, quelqu’un a utilisé votre badge à la borne "
        "Beside the coating line."
    ]
    assert page.words("main li") == ["Un petit module · 3 réponses"]
    assert records(app) == 0
    page = say(at_kiosk, used[0], "yes")
    assert page.words("main li") == ["Un petit module · lu"], "the next one"
    assert say(at_kiosk, used[0], "yes").words("h1") == ["Était-ce vous ?"], "touched twice, it settles nothing else"
    assert say(at_kiosk, used[1], "yes").words("h1") == ["Mes modules"]
    assert records(app) == 8
    sign_in(at_kiosk, amina)
    assert at_kiosk.get("kiosk.home").words("h1") == ["Mes modules"], "asked once"


def test_what_they_did_not_do_counts_nowhere_and_is_told_to_administrators(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator, used: list[Asserted]
) -> None:
    sign_in(at_kiosk, amina)
    say(at_kiosk, used[0], "no")
    page = say(at_kiosk, used[1], "no")
    assert page.words("h1") == ["Mes modules"]
    assert "Cela ne compte pas pour vous." in page.words(".feedback")[0]
    assert records(app) == 0
    admin = as_(app, StrictBrowser(app), Role.ADMINISTRATOR)
    rows = admin.get("admin.put_aside").words("tbody tr")
    assert len(rows) == 6
    assert all(f"coating-1 {amina.id} Fait sans le numéro secret ; la personne" in row for row in rows)


def test_a_kiosk_is_told_what_a_badge_alone_opens_and_to_whom_it_seals(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator
) -> None:
    with app.app_context(), writing():
        editions = ask(amina.id, {"calm": 3, "dangerous": 3})
        a_task("cut", [frozen(editions["dangerous"]).module_id], safety_critical=True)
        db.session.commit()
        key = public_key(setting("SECRET_KEY"))
    told = at_kiosk.client.get("/kiosk/held", headers=JSON).get_json()
    assert len(told["pages"]) == 4, "both, in two languages: whoever is signed in goes on with either"
    [calm] = told["learning"]
    assert calm["fr"] == {"page": f"/kiosk/editions/{editions['calm']}/fr", "title": "calm (fr)"}
    assert told["server_key"] == key


def test_what_certifies_is_put_aside_when_it_comes_all_the_same(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator, module: int
) -> None:
    with app.app_context(), writing():
        a_task("cut", [frozen(module).module_id], safety_critical=True)
        one = Asserted(db.session.scalar(select(Terminal.id)), module, amina.badge)
        envelope = one.whole()[0]
        db.session.commit()
    event = {"id": str(envelope.id), "sealed": True, "content": envelope.content}
    batch = {"outbox": str(one.outbox), "clock": 1_800_000_000_000, "reader": None, "events": [event]}
    assert at_kiosk.client.post("/kiosk/outbox", json=batch, headers=JSON).get_json()["fates"] == {
        event["id"]: "set_aside"
    }
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AssertedEvent)) == 0


@pytest.mark.parametrize(
    ("language", "heading"), [("fr", "La borne n’est plus reliée"), ("ar", "الجهاز غير متصل"), ("xx", None)]
)
def test_what_stands_there_meanwhile_speaks_each_language(at_kiosk: StrictBrowser, language: str, heading: str) -> None:
    page = at_kiosk.get("kiosk.away", language=language, status=200 if heading else 404)
    if heading:
        assert page.words("h1") == [heading]
        [to_code] = page.select(".actions a[data-nobody]")
        assert at_kiosk.get(to_code["href"]).select("#code")
