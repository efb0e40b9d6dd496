"""Practice after sign-in: offered once a day, left at any moment, never with what is reserved."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lms.audit.models import Audit, Provenance
from lms.evaluation import reserved
from lms.evaluation.models import Pilot, Protocol
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from tests.delivery.house import BLOCKS, DAY, RIGHT, Sitter, content, publish, words
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator
from tests.web.kiosk.delivering import JSON, Player


@pytest.fixture
def learnt(app: Flask, amina: Operator, module: int) -> int:
    """Amina completed a module three days ago."""
    with app.app_context(), writing():
        Sitter(amina.id, module, now() - timedelta(days=3)).go_through(RIGHT)
        db.session.commit()
    return module


def asked(page: object) -> list[str]:
    return [part["data-asked"] for part in page.select("[data-asked]")]


def practised(player: Player, edition: int, block: str, response: object) -> dict[str, Any]:
    """An answer in practice, as the page's script makes it."""
    facts = {"session": str(new_id()), "edition": edition, "block": block, "language": "fr", "response": response}
    return {"kind": "practised", "id": str(new_id()), "at": player.at(), "duration_ms": 3000, **facts}


def test_what_was_learnt_comes_before_home(signed_in: StrictBrowser, learnt: int) -> None:
    page = signed_in.get("kiosk.home", follow=True)
    assert page.words("h1") == ["Vous vous souvenez ?"]
    assert asked(page) == ["one", "two", "three"]
    assert page.select_one("#practice")["data-lasts"] == "90"
    assert "Because" not in str(page), "no answer key is in the page"


def test_an_answer_comes_to_something_at_once_and_is_kept_once(signed_in: StrictBrowser, learnt: int) -> None:
    player = Player(signed_in, learnt)
    answer = practised(player, learnt, "one", "b")
    for _ in range(2):
        [came] = player.deliver(answer)["results"].values()
        assert (came["right"], came["text"]) == (False, "B never is. (fr) Think of one. (fr)")
    assert set(player.deliver({**answer, "response": "a"})["fates"].values()) == {"conflict"}


def test_once_begun_home_is_home_and_practice_goes_on(signed_in: StrictBrowser, learnt: int) -> None:
    player = Player(signed_in, learnt)
    player.deliver(practised(player, learnt, "one", "a"))
    assert signed_in.get("kiosk.home", follow=True).words("h1") == ["Mes modules"]
    assert asked(signed_in.get("kiosk.practice")) == ["two", "three"]


def test_who_skips_is_not_asked_again_that_day(signed_in: StrictBrowser, amina: Operator, learnt: int) -> None:
    player = Player(signed_in, learnt)
    player.deliver({"kind": "skipped", "id": str(new_id()), "at": player.at()})
    assert signed_in.get("kiosk.home").words("h1") == ["Mes modules"]
    assert signed_in.get("kiosk.practice", follow=True).words("h1") == ["Mes modules"]


def test_what_a_frozen_protocol_measures_retention_with_is_not_asked(
    app: Flask, signed_in: StrictBrowser, learnt: int
) -> None:
    assert asked(signed_in.get("kiosk.practice"))
    with app.app_context(), writing():
        freeze({"indicators": [{"options": {"tests": ["small", "other"]}}, {"options": {}}]})
        assert reserved.reserved_modules() == {"small", "other"}
    assert signed_in.get("kiosk.home").words("h1") == ["Mes modules"]
    assert signed_in.get("kiosk.practice", follow=True).words("h1") == ["Mes modules"]


def held(browse: StrictBrowser) -> dict[str, Any]:
    return browse.client.get("/kiosk/myself", headers=JSON).get_json()["practice"]


def test_a_kiosk_holds_the_practice_of_whoever_is_here_with_what_marks_it(
    app: Flask, signed_in: StrictBrowser, learnt: int
) -> None:
    practice = held(signed_in)
    assert signed_in.client.get("/kiosk/myself", headers=JSON).get_json()["by_badge"] is True
    day = timedelta(days=1).total_seconds() * 1000
    assert (practice["room"], practice["most"], len(practice["questions"])) == (3, 3, 3)
    assert practice["until"] - practice["questions"][0]["due"] in (2 * day, 2 * day - 3_600_000, 2 * day + 3_600_000)
    one = practice["questions"][0]
    assert one["key"]["right"] == ["a"]
    assert (one["page"], one["module"]) == (f"/kiosk/editions/{learnt}/fr", "Un petit module")
    assert one["page"] in signed_in.client.get("/kiosk/held", headers=JSON).get_json()["pages"]
    assert "practice" not in signed_in.client.get(f"/kiosk/myself?edition={learnt}", headers=JSON).get_json()
    page = signed_in.get("kiosk.away_practice", language="fr")
    assert (asked(page), page.select_one("#practice").contents) == ([], [])


def test_what_a_certifying_module_asks_that_is_still_to_be_sat_has_no_key_at_the_kiosk(
    app: Flask, signed_in: StrictBrowser, amina: Operator, learnt: int
) -> None:
    copied = [{**BLOCKS[1], "key": "copied"}]
    with app.app_context(), writing():
        test = publish(content("test", copied, max_attempts=2))
    keys = {one["block"]: one["key"] for one in held(signed_in)["questions"]}
    assert (keys["one"], bool(keys["two"]), bool(keys["three"])) == (None, True, True)
    with app.app_context(), writing():
        Sitter(amina.id, test, now() - timedelta(days=1)).go_through({"copied": "a"}, cards=())
        db.session.commit()
    assert all(one["key"] for one in held(signed_in)["questions"]), "they have sat it"


def freeze(document: dict) -> None:
    audit = Audit(
        code="a",
        title=words("A"),
        summary=words("A"),
        institution="",
        site="",
        provenance=Provenance.ILLUSTRATIVE,
        updated_at=DAY,
        inventory=[],
        panel=[],
        evidence=[],
        actions=[],
        vigilance_points=[],
    )
    db.session.add(audit)
    db.session.flush()
    pilot = Pilot(code="p", title=words("P"), audit_id=audit.id, starts_on=DAY, ends_on=DAY, created_at=DAY)
    pilot.protocol = Protocol(text=json.dumps(document), sha256="0" * 64, frozen_at=DAY, records_up_to=0)
    db.session.add(pilot)
    db.session.commit()


def test_of_what_was_not_learnt_nothing_is_told(signed_in: StrictBrowser, module: int) -> None:
    player = Player(signed_in, module)
    answer = practised(player, module, "one", "a")
    for _ in range(2):
        assert player.deliver(answer)["results"] == {}
    assert set(player.deliver(practised(player, module, "nowhere", "a"))["fates"].values()) == {"set_aside"}
