"""A full disk at the server: nothing is acknowledged that is not stored, and room is all it takes to go on."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, select

from lms.kernel.database import db
from lms.records.models import LearningRecord
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, sign_in
from tests.web.kiosk.delivering import Player

WORDS = "Le serveur n’a plus de place"


@contextmanager
def a_full_disk(app: Flask) -> Iterator[None]:
    """Let SQLite take no page beyond those it has: it says then what it says of a full disk (SQLITE_FULL)."""

    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


def stored(app: Flask) -> set[UUID]:
    with app.app_context():
        return set(db.session.scalars(select(LearningRecord.id)))


def test_what_is_acknowledged_is_stored_and_the_rest_is_sent_again_when_there_is_room(
    app: Flask, signed_in: StrictBrowser, module: int, caplog: pytest.LogCaptureFixture
) -> None:
    player = Player(signed_in, module)
    acknowledged: set[UUID] = set()
    with a_full_disk(app):
        while True:
            waiting = player.envelope(player.answered("one", "a"))
            reply = signed_in.client.post(
                "/kiosk/outbox",
                json={"outbox": player.outbox, "clock": 0, "reader": player.reader, "events": [waiting]},
                headers={"Accept": "application/json"},
            )
            if reply.status_code != 200:
                break
            acknowledged.add(UUID(waiting["id"]))
        assert reply.status_code == 507
        assert WORDS in reply.get_json()["detail"]
        assert stored(app) == acknowledged
        assert signed_in.client.get("/kiosk/home").status_code == 200, "reading goes on"
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert told
    assert "no room on the server's disk" in told[0].getMessage()
    assert player.send([waiting])["fates"] == {waiting["id"]: "stored"}
    assert stored(app) == acknowledged | {UUID(waiting["id"])}


def test_whoever_cannot_sign_in_for_want_of_room_is_told_so(
    app: Flask, at_kiosk: StrictBrowser, amina: Operator
) -> None:
    app.config["TESTING"] = False
    with a_full_disk(app):
        for _ in range(200):
            reply = at_kiosk.client.post("/kiosk/recognise", data={"badge": amina.badge})
            if reply.status_code != 302:
                break
            at_kiosk.client.delete_cookie("sid")
        assert reply.status_code == 507
        assert f"{WORDS} pour le moment. Prévenez votre chef d’équipe." in reply.get_data(as_text=True)
        assert at_kiosk.client.get("/kiosk/").status_code == 200
    sign_in(at_kiosk, amina)
    assert at_kiosk.client.get("/kiosk/home").status_code == 200
