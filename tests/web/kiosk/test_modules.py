"""Home and player: what somebody sees of modules."""

import gzip
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from lms.catalogue.actions import withdraw
from lms.catalogue.queries import frozen
from lms.kernel.clock import now, today
from lms.kernel.database import db, writing
from lms.people import actions as people
from lms.plans.actions import make_plan
from tests.delivery.house import DAY, RIGHT, Sitter, content, publish
from tests.people.making import a_team
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator
from tests.web.kiosk.delivering import Player


@pytest.fixture
def due(app: Flask, amina: Operator, module: int) -> date:
    """A plan that asks the module of Amina's team."""
    with app.app_context(), writing():
        team = a_team()
        people.move(amina.id, team, today() - timedelta(days=30), by=None, now=DAY)
        due_on = today() + timedelta(days=9)
        make_plan(
            "P1",
            recommendation_id=None,
            module_id=frozen(module).module_id,
            team_ids=[team],
            assigned_on=today() - timedelta(days=20),
            due_on=due_on,
            now=DAY,
        )
        db.session.commit()
        return due_on


def test_without_a_plan_nothing_is_asked(signed_in: StrictBrowser, module: int) -> None:
    assert not signed_in.get("kiosk.home").select(".module")
    assert signed_in.get("kiosk.every_module").words(".module-title") == ["Un petit module"]


def test_home_says_what_how_long_and_until_when(signed_in: StrictBrowser, due: date) -> None:
    (tile,) = signed_in.get("kiosk.home").words(".module")
    assert tile.startswith("Un petit module 3 minutes · avant le ")
    assert tile.endswith("Commencer")


def test_home_says_how_far_one_is(
    app: Flask, signed_in: StrictBrowser, amina: Operator, module: int, due: date
) -> None:
    with app.app_context(), writing():
        sitter = Sitter(amina.id, module, now() - timedelta(hours=1))
        sitter.see("read")
        sitter.answer("one", "a")
        db.session.commit()
    (tile,) = signed_in.get("kiosk.home").words(".module")
    assert "2 étapes sur 5" in tile
    assert tile.endswith("Continuer")
    with app.app_context(), writing():
        sitter.see("mind")
        sitter.answer("two", True)
        sitter.answer("three", 2.5)
        db.session.commit()
    page = signed_in.get("kiosk.home")
    assert (page.words(".module"), page.words(".nothing")) == ([], ["Rien ne vous est demandé aujourd’hui."])
    assert page.words(".can-do a") == ["Un petit module Terminé. Le revoir"]


def myself(browse: StrictBrowser, edition: int) -> dict[str, Any]:
    """What a module's page asks beside itself."""
    return browse.client.get(f"/kiosk/myself?edition={edition}&language=fr").get_json()


def test_the_player_holds_every_step_and_no_key(signed_in: StrictBrowser, module: int) -> None:
    page = signed_in.get("kiosk.player", code="small", follow=True)
    assert [block["data-block"] for block in page.select("[data-block]")] == ["read", "one", "mind", "two", "three"]
    assert "Because" not in str(page)
    assert not page.select("[checked]")


def test_the_player_starts_where_one_stopped(
    app: Flask, signed_in: StrictBrowser, amina: Operator, module: int
) -> None:
    with app.app_context(), writing():
        sitter = Sitter(amina.id, module, now() - timedelta(hours=1))
        sitter.see("read")
        sitter.answer("one", "b")
        db.session.commit()
    where = myself(signed_in, module)["modules"][str(module)]
    assert (where["attempt"], where["begun"], where["seen"]) == (1, True, ["read"])
    said = {"response": "b", "right": False, "parts": {}, "text": "B never is. (fr) Think of one. (fr)"}
    assert where["answered"] == {"one": said}


def test_questions_are_not_asked_more_often_than_the_module_allows(
    app: Flask, signed_in: StrictBrowser, amina: Operator
) -> None:
    with app.app_context(), writing():
        edition = publish(content("once", max_attempts=1))
        Sitter(amina.id, edition).go_through(RIGHT)
        db.session.commit()
    assert myself(signed_in, edition)["modules"][str(edition)]["spent"] is True


def test_a_module_is_read_in_the_chosen_language(app: Flask, signed_in: StrictBrowser) -> None:
    title = {"fr": "Un module", "pl": "Moduł", "ar": "وحدة"}
    with app.app_context(), writing():
        card = {"card": "text", "key": "a", "title": title, "body": title}
        publish(content("many", blocks=[card], languages=["fr", "pl", "ar"], title=title, summary=title))
    page = signed_in.get("kiosk.player", code="many", follow=True)
    assert page.words(".languages button") == ["Français", "Polski", "العربية"]
    assert page.words("h1") == ["Un module"]
    page = signed_in.post("kiosk.language", {"language": "ar", "next": "/kiosk/modules/many"})
    assert (page.words("h1"), page.select_one("#player")["dir"]) == (["وحدة"], "rtl")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    page = signed_in.post("kiosk.language", {"language": "pl", "next": "/kiosk/modules/many"})
    assert page.words("h1") == ["Moduł"]
    assert page.html["lang"] == "fr", "the words around it stay in a language that they have"


def test_a_page_that_stays_on_the_kiosk_is_the_same_for_everybody(
    app: Flask, signed_in: StrictBrowser, module: int
) -> None:
    path = signed_in.address("kiosk.edition", edition_id=module, language="fr")
    hers = signed_in.client.get(path)
    assert "Set-Cookie" not in hers.headers
    assert "Amina" not in hers.text
    signed_in.post("kiosk.leave")
    assert signed_in.client.get(path).data == hers.data
    assert signed_in.client.get("/kiosk/myself").status_code == 302, "who it is says only a session"


@pytest.mark.parametrize(("edition", "language"), [(9999, "fr"), (1, "xx")])
def test_a_page_that_is_not_there(signed_in: StrictBrowser, module: int, edition: int, language: str) -> None:
    assert signed_in.get("kiosk.edition", edition_id=edition, language=language, status=404).select(".touch")


def test_an_unknown_module_is_a_page_of_the_kiosk(signed_in: StrictBrowser) -> None:
    page = signed_in.get("kiosk.player", code="nothing", status=404)
    assert page.select(".touch")


def test_the_page_weighs_what_a_kiosk_can_carry(signed_in: StrictBrowser, module: int) -> None:
    page = signed_in.get("kiosk.player", code="small", follow=True)
    assert len(page.find_all(True)) < 400


def test_a_page_is_packed_for_a_browser_that_can_unpack_it(signed_in: StrictBrowser, module: int) -> None:
    path = signed_in.address("kiosk.edition", edition_id=module, language="fr")
    plain = signed_in.client.get(path)
    packed = signed_in.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < len(plain.data) / 3
    assert b"data-block" in gzip.decompress(packed.data)


def test_a_module_that_was_withdrawn_is_offered_and_held_nowhere(
    app: Flask, signed_in: StrictBrowser, module: int, due: date
) -> None:
    player = Player(signed_in, module)
    with app.app_context(), writing():
        withdraw(module, "Wrong drawing", by=None, now=now())
        db.session.commit()
    assert not signed_in.get("kiosk.home").select(".module")
    assert not signed_in.get("kiosk.every_module").select(".module")
    assert signed_in.client.get("/kiosk/held").get_json()["pages"] == []
    for address in ("/kiosk/modules/small", f"/kiosk/editions/{module}/fr"):
        reply = signed_in.client.get(address)
        assert reply.status_code == 410
        assert "Ce module a été retiré." in reply.get_data(as_text=True)
    assert myself(signed_in, module)["modules"][str(module)]["withdrawn"] is True
    answer = player.answered("one", "a")
    told = player.deliver(answer)
    assert told == {"fates": {answer["id"]: "set_aside"}, "results": {answer["id"]: {"withdrawn": True}}}
    assert player.deliver(answer, reader=None)["results"] == {}, "told to nobody else"
