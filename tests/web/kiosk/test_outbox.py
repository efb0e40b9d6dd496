"""What a kiosk delivers, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.delivery import queries
from lms.delivery.actions import sittings
from lms.delivery.models import HelpCategory, KioskEvent, SetAside
from lms.kernel.clock import CAME, hold, now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.records.models import LearningRecord
from lms.records.queries import every_record
from lms.records.xapi.writing import write
from tests.delivery.house import kiosk
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, an_operator, sign_in
from tests.web.kiosk.delivering import JSON, Player


@pytest.fixture
def player(signed_in: StrictBrowser, module: int) -> Player:
    return Player(signed_in, module)


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(LearningRecord))


def test_an_answer_is_acknowledged_graded_and_explained(app: Flask, player: Player) -> None:
    answer = player.answered("one", "b")
    reply = player.deliver(answer)
    assert reply["fates"] == {answer["id"]: "stored"}
    result = reply["results"][answer["id"]]
    assert (result["right"], result["text"]) == (False, "B never is. (fr) Think of one. (fr)")
    assert result["ending"] is None
    assert count(app) == 1


def test_how_sure_one_said_to_be_is_kept_with_the_answer(app: Flask, player: Player) -> None:
    sure, unsaid = {**player.answered("one", "a"), "confidence": 0.5}, player.answered("two", True)
    beyond = {**player.answered("three", 2.5), "confidence": 1.5}
    assert list(player.deliver(sure, unsaid, beyond)["fates"].values()) == ["stored", "stored", "set_aside"]
    with app.app_context():
        kept = db.session.scalars(select(LearningRecord).where(LearningRecord.block_key.is_not(None)))
        assert {one.block_key: one.confidence for one in kept} == {"one": 0.5, "two": None}
        said = write(next(record for record in every_record() if record.block_key == "one"))
        assert said["result"]["extensions"] == {"urn:etabli:confidence": 0.5}


def test_a_lost_reply_is_given_again_and_nothing_is_doubled(app: Flask, player: Player) -> None:
    answer = player.answered("one", "a")
    first, again = player.deliver(answer), player.deliver(answer)
    assert (first["results"], again["fates"]) == (again["results"], {answer["id"]: "duplicate"})
    assert count(app) == 1


def test_a_whole_module_in_one_batch_says_what_it_came_to(player: Player) -> None:
    events = [player.event("opened", resumed=False)]
    events += [player.event("seen", block=card) for card in ("read", "mind")]
    events += [player.answered("one", "a"), player.answered("two", False), player.answered("three", 2.5)]
    reply = player.deliver(*events)
    assert set(reply["fates"].values()) == {"stored"}
    ending = {"passed": True, "right": 2, "asked": 3, "again": ["two"], "attempts_left": None}
    assert reply["results"][events[-1]["id"]]["ending"] == ending


def test_what_waited_arrives_after_the_session_and_tells_the_next_one_nothing(
    app: Flask, player: Player, module: int
) -> None:
    answer = player.answered("one", "a")
    waited = player.envelope(answer)
    player.browse.post("kiosk.leave")
    with app.app_context(), writing():
        tomasz = an_operator("Tomasz Nowak", "2002", "00998877")
    sign_in(player.browse, tomasz)
    other = Player(player.browse, module)
    with hold(datetime.now(UTC) + timedelta(hours=3)):
        for reader in (None, other.reader, {"sign_in": player.me["sign_in"], "key": other.me["key"]}):
            reply = other.send([waited], reader=reader)
            assert reply["results"] == {}
    with app.app_context():
        kept = db.session.scalars(select(LearningRecord)).one()
        assert kept.recorded_at - kept.occurred_at > timedelta(hours=2)


def test_a_forged_event_is_kept_aside(app: Flask, player: Player) -> None:
    mine, his = player.me["sign_in"], "999" + player.me["sign_in"]
    player.me["sign_in"] = his
    forged = player.envelope(player.answered("one", "a"))
    player.me["sign_in"] = mine
    assert set(player.send([forged])["fates"].values()) == {"set_aside"}
    with app.app_context():
        assert db.session.scalars(select(KioskEvent.reason)).all() == [SetAside.NOT_SIGNED_IN]
    assert count(app) == 0


def test_a_server_that_fails_on_one_event_keeps_the_others(
    app: Flask, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    see = sittings.see_block

    def fail(sitting_id: UUID, block: str, **facts: Any) -> Any:
        if block == "mind":
            raise ZeroDivisionError
        return see(sitting_id, block, **facts)

    monkeypatch.setattr(sittings, "see_block", fail)
    bad, good = player.event("seen", block="mind"), player.event("seen", block="read")
    assert player.deliver(bad, good)["fates"] == {bad["id"]: "set_aside", good["id"]: "stored"}
    assert count(app) == 1


def test_another_browser_is_refused_and_keeps_what_it_has(app: Flask, player: Player) -> None:
    player.browse.client.delete_cookie("terminal")
    player.deliver(player.answered("one", "a"), status=403)
    assert count(app) == 0


def test_another_kiosk_may_deliver_what_was_done_here(app: Flask, player: Player, amina: Operator) -> None:
    waited = player.envelope(player.answered("one", "a"))
    with app.app_context(), writing():
        player.browse.client.set_cookie("terminal", kiosk("slitting-1").token)
    player.send([waited])
    with app.app_context():
        kept = db.session.scalars(select(LearningRecord)).one()
        assert (kept.person_id, kept.terminal_id) == (amina.id, queries.terminal("coating-1").id)
        assert queries.terminal("slitting-1").id != kept.terminal_id


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"null", b'{"outbox": 1}', b"\x00", b'{"events":' + b"[" * 5000 + b"]" * 5000 + b"}"],
)
def test_what_is_no_batch_is_refused(at_kiosk: StrictBrowser, body: bytes) -> None:
    reply = at_kiosk.client.post("/kiosk/outbox", data=body, headers=JSON)
    assert reply.status_code == 422
    assert "detail" in reply.get_json()


def test_a_batch_is_no_larger_than_it_may_be(player: Player) -> None:
    envelope = player.envelope(player.answered("one", "a"))
    player.send([envelope] * 101, status=422)
    player.send([{**envelope, "content": "x" * 270_000}], status=413)


def test_every_answer_of_the_kiosk_says_the_time(at_kiosk: StrictBrowser) -> None:
    noon = datetime(2027, 3, 9, 12, tzinfo=UTC)
    with hold(noon):
        reply = at_kiosk.client.post("/kiosk/pulse", json={"slow": 0})
    assert int(reply.headers["Server-Time"]) == noon.timestamp() * 1000


def test_what_a_request_waited_for_its_turn_makes_no_answer_late(app: Flask, player: Player) -> None:
    came = now().replace(microsecond=0) - timedelta(seconds=40)
    clock, answer = round(came.timestamp() * 1000), player.answered("one", "a")
    answer["at"] = {"kiosk": clock - 5000, "server": None}
    batch = {"outbox": player.outbox, "clock": clock, "reader": None, "events": [player.envelope(answer)]}
    reply = player.browse.client.post("/kiosk/outbox", json=batch, environ_overrides={CAME: came})
    said = datetime.fromtimestamp(int(reply.headers["Server-Time"]) / 1000, UTC)
    assert timedelta(seconds=20) <= said - came < timedelta(seconds=40), "the middle of its stay"
    with app.app_context():
        assert db.session.scalars(select(LearningRecord)).one().occurred_at == came - timedelta(seconds=5)


def test_a_call_for_help_is_an_event_too(app: Flask, player: Player, amina: Operator, module: int) -> None:
    call = {"kind": "called", "id": str(new_id()), "at": player.at(), "category": "content"}
    known, unknown = {**call, "edition": module, "block": "one"}, {"edition": module, "block": "nowhere"}
    assert set(player.deliver(known)["fates"].values()) == {"stored"}
    assert set(player.deliver({**call, "id": str(new_id()), **unknown})["fates"].values()) == {"set_aside"}
    with app.app_context():
        [asked] = queries.help_requests(*[datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2099, 2099)])
    assert (asked.person_id, asked.category, asked.block_key) == (amina.id, HelpCategory.CONTENT, "one")
