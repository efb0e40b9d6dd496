"""What people ask and report at the kiosks, as a trainer answers it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lms.authoring import actions as authoring
from lms.delivery import actions, queries
from lms.delivery.actions import Place
from lms.delivery.models import HelpCategory
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.ids import new_id
from lms.people.permissions import Role
from tests.delivery.house import content, kiosk
from tests.people.making import a_person
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]


@pytest.fixture
def people(app: Flask) -> list[int]:
    """Three people: two did not understand question one, the third found it wrong; two days ago."""
    with app.app_context(), writing():
        edition = authoring.publish(
            authoring.store_document(content().plain, {}, by=None, now=now()), by=None, now=now()
        ).id
        terminal, made = kiosk().terminal_id, [a_person(f"n{number}", f"Given{number} Family") for number in range(3)]
        for person, category in zip(
            made, [HelpCategory.UNCLEAR, HelpCategory.UNCLEAR, HelpCategory.CONTENT], strict=True
        ):
            place, asked_at = Place(edition, "one"), now() - timedelta(days=2)
            actions.ask_for_help(person, terminal, category, place, request_id=new_id(), now=asked_at)
        # Of the kiosk, not of the module: it is for whoever looks after kiosks.
        actions.ask_for_help(made[0], terminal, HelpCategory.KIOSK, None, request_id=new_id(), now=now())
        db.session.commit()
    return made


def test_what_was_asked_alike_is_answered_once_for_all(app: Flask, signed_in_as: SignedIn, people: list[int]) -> None:
    trainer = signed_in_as(Role.TRAINER)
    page = trainer.get("studio.asked")
    assert [cell.split()[:2] for cell in page.words("tbody td:nth-of-type(1)")] == [
        ["Not", "understood"],
        ["Reported", "as"],
    ]
    assert "2 times" in page.words("tbody td")[0]
    assert "waits for 2 days" in page.words("tbody td")[1]
    assert "Given" not in page.select_one("main").get_text()
    assert page.select_one("tbody th a")["href"].endswith("/studio/module/small/block/one")
    with app.app_context():
        first = queries.matters(settled=False)[0].asked[0]
    page = trainer.post("studio.answer", {f"{first.hex}-words": "The drawing is new"}, request_id=first)
    assert len(page.select("tbody tr")) == 1
    settled = trainer.get("studio.asked", show="settled")
    assert "The drawing is new" in settled.words("tbody td")[2]
    assert "answered after 2 days" in settled.words("tbody td")[1]
    assert "Half of what is asked is answered within 2 days" in settled.get_text()
    with app.app_context():
        told = [[one.words for one in queries.answers_to(person, now())] for person in people]
    assert told == [["The drawing is new"], ["The drawing is new"], []]
    assert "Somebody else has settled" in trainer.post("studio.answer", request_id=first).get_text()


def test_who_may_see_and_who_may_answer(signed_in_as: SignedIn, people: list[int]) -> None:
    assert not signed_in_as(Role.ADMINISTRATOR).get("studio.asked").select("tbody form")
    assert len(signed_in_as(Role.TRAINER).get("studio.asked", module="small").select("tbody form")) == 2
    assert signed_in_as(Role.TRAINER).get("studio.asked", module="other").words("tbody td") == [
        "Nothing waits for an answer."
    ]
