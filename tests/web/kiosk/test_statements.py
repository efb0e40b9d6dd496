"""How much a kiosk asks of the database: at a shift change each statement is asked hundreds of times a minute."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from lms.kernel.database import db
from tests.strict import StrictBrowser
from tests.web.kiosk.conftest import Operator, sign_in
from tests.web.kiosk.delivering import Player


@pytest.fixture
def counting(app: Flask) -> Iterator[Callable]:
    """Count what SQLite is told from here on, prepared statements and the borders of transactions included."""
    told: list[str] = []
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "checkout")
    def trace(connection, record, proxy) -> None:
        connection.set_trace_callback(told.append)

    @contextmanager
    def count() -> Iterator[list[str]]:
        told.clear()
        yield told

    yield count
    event.remove(engine, "checkout", trace)


def check(told: list[str], *, at_most: int, commits: int) -> None:
    assert len(told) <= at_most, told
    assert sum(statement == "COMMIT" for statement in told) == commits, told


def test_signing_in_writes_twice_and_reads_little(
    at_kiosk: StrictBrowser, amina: Operator, module: int, counting: Callable
) -> None:
    sign_in(at_kiosk, amina)
    with counting() as told:
        at_kiosk.client.post("/kiosk/recognise", data={"badge": amina.badge})
        check(told, at_most=22, commits=2)
    with counting() as told:
        at_kiosk.client.get("/kiosk/pin")
        check(told, at_most=7, commits=0)
    with counting() as told:
        at_kiosk.client.post("/kiosk/pin", data={"pin": amina.pin})
        check(told, at_most=26, commits=2)
    with counting() as told:
        at_kiosk.client.get("/kiosk/home")
        check(told, at_most=17, commits=0)


def test_a_module_asks_for_nothing_that_never_changes(
    signed_in: StrictBrowser, module: int, counting: Callable
) -> None:
    first = signed_in.client.get(f"/kiosk/editions/{module}/fr")
    with counting() as told:
        again = signed_in.client.get(f"/kiosk/editions/{module}/fr")
    assert first.data == again.data
    assert len(told) <= 6, told


def test_an_answer_commits_once(signed_in: StrictBrowser, module: int, counting: Callable) -> None:
    player = Player(signed_in, module)
    player.deliver(player.answered("one", "a"))
    with counting() as told:
        player.deliver(player.answered("one", "b"))
    check(told, at_most=13, commits=1)
