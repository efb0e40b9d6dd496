"""What a player sends, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.kernel.clock import hold
from lms.kernel.database import db
from lms.kernel.ids import new_id
from lms.records.models import LearningRecord
from lms.records.queries import every_record
from lms.records.xapi.writing import write
from tests.strict import StrictBrowser


class Player:
    """A kiosk's player, as the script in the page is one."""

    def __init__(self, browse: StrictBrowser) -> None:
        self.browse = browse
        mine = browse.client.get("/kiosk/myself?edition=1&language=fr").get_json()
        self.base, self.permit, self.language = mine["base"], mine["pass"], "fr"
        self.send("opened")

    def message(self, **facts: Any) -> dict[str, Any]:
        usual = {"id": str(new_id()), "pass": self.permit, "language": self.language}
        return {**usual, "occurred_at": datetime.now(UTC).isoformat(), **facts}

    def send(self, what: str, *, status: int = 200, **facts: Any) -> dict[str, Any]:
        return self.send_exactly(what, self.message(**facts), status=status)

    def send_exactly(self, what: str, message: object, *, status: int = 200) -> dict[str, Any]:
        reply = self.browse.client.post(self.base + what, json=message, headers={"Accept": "application/json"})
        assert reply.status_code == status, reply.get_data(as_text=True)
        return reply.get_json()

    def answer(self, block: str, response: object, **more: Any) -> dict[str, Any]:
        return self.send("answers", block=block, response=response, duration_ms=1200, **more)


@pytest.fixture
def player(signed_in: StrictBrowser, module: int) -> Player:
    return Player(signed_in)


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(LearningRecord))


def test_an_answer_is_graded_explained_and_kept(app: Flask, player: Player) -> None:
    reply = player.answer("one", "b")
    assert reply == {
        "right": False,
        "text": "B never is. (fr) Think of one. (fr)",
        "parts": {},
        "ending": None,
        "completed": False,
    }
    assert count(app) == 2


def test_the_same_request_again_is_the_same_reply_and_one_record(app: Flask, player: Player) -> None:
    message = player.message(block="one", response="a", duration_ms=800)
    first = player.send_exactly("answers", message)
    assert player.send_exactly("answers", message) == first
    assert count(app) == 2


def test_how_sure_one_said_to_be_is_kept_with_the_answer(app: Flask, player: Player) -> None:
    player.answer("one", "a", confidence=0.5)
    player.answer("two", True)
    player.answer("three", 2.5, confidence=1.5, status=422)
    with app.app_context():
        kept = db.session.scalars(select(LearningRecord).where(LearningRecord.block_key.is_not(None)))
        assert {one.block_key: one.confidence for one in kept} == {"one": 0.5, "two": None}
        said = write(next(record for record in every_record() if record.block_key == "one"))
        assert said["result"]["extensions"] == {"urn:etabli:confidence": 0.5}


def test_the_end_says_what_it_came_to(player: Player) -> None:
    for card in ("read", "mind"):
        player.send("seen", block=card, duration_ms=1000)
    player.answer("one", "a")
    player.answer("two", False)
    reply = player.answer("three", 2.5)
    assert reply["completed"] is True
    assert reply["ending"] == {"passed": True, "right": 2, "asked": 3, "again": ["two"], "attempts_left": None}


def test_an_answer_that_waited_arrives_after_the_session_has_ended(app: Flask, player: Player) -> None:
    happened = datetime.now(UTC)
    player.browse.post("kiosk.leave")
    with hold(happened + timedelta(hours=3)):
        player.answer("one", "a", occurred_at=happened.isoformat())
    with app.app_context():
        kept = db.session.scalars(select(LearningRecord).where(LearningRecord.block_key == "one")).one()
        assert (kept.occurred_at, kept.recorded_at) == (happened, happened + timedelta(hours=3))


def test_without_the_pass_of_the_sitting_nothing_is_kept(app: Flask, player: Player) -> None:
    before = count(app)
    player.send("answers", block="one", response="a", duration_ms=1, status=403, **{"pass": "1.1.1.aa"})
    player.base = player.base.replace(player.base.split("/")[-2], str(new_id()))
    player.send("answers", block="one", response="a", duration_ms=1, status=403)
    with hold(datetime.now(UTC) + timedelta(hours=13)):
        player.send("answers", block="one", response="a", duration_ms=1, status=403)
    assert count(app) == before


def test_another_browser_is_refused(app: Flask, player: Player) -> None:
    player.browse.client.delete_cookie("terminal")
    player.send("answers", block="one", response="a", duration_ms=1, status=403)


FAULTY = [  # what is wrong, status
    ({"block": "one", "response": "z"}, 422),  # no such option
    ({"block": "one", "response": ["a"]}, 422),  # another kind of answer
    ({"block": "nothing", "response": "a"}, 404),
    ({"block": "read", "response": "a"}, 404),  # a card is not answered
    ({"block": "one", "response": "a", "duration_ms": -1}, 422),
    ({"block": "one", "response": "a", "occurred_at": "2027-03-08T06:00:00"}, 422),  # no time zone
    ({"block": "one", "response": "a", "id": "17"}, 422),
    ({"block": "x" * 41, "response": "a"}, 422),
    ({"response": "a"}, 422),
]


@pytest.mark.parametrize(("facts", "status"), FAULTY)
def test_what_cannot_be_an_answer_is_refused(app: Flask, player: Player, facts: dict, status: int) -> None:
    player.send("answers", status=status, **{"duration_ms": 1, **facts})
    assert count(app) == 1


@pytest.mark.parametrize(
    "body", ["", "[]", "{", "null", '{"id": 1}', "\x00", '{"response":' + "[" * 5000 + "]" * 5000 + "}"]
)
def test_what_is_no_message_is_refused(player: Player, body: str) -> None:
    reply = player.browse.client.post(player.base + "answers", data=body, headers={"Accept": "application/json"})
    assert reply.status_code == 422
    assert "detail" in reply.get_json()


def test_another_answer_under_the_same_id_is_a_conflict(player: Player) -> None:
    message = player.message(block="one", response="a", duration_ms=800)
    player.send_exactly("answers", message)
    player.send_exactly("answers", {**message, "response": "b"}, status=409)
