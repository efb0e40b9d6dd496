"""A trainer is advised while writing."""

from collections.abc import Callable

from flask import Flask

from lms.authoring import actions
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.permissions import Role
from tests.catalogue.modules import whole
from tests.strict import StrictBrowser


def test_advice_as_a_page_a_piece_and_json(app: Flask, signed_in_as: Callable[..., StrictBrowser]) -> None:
    with app.app_context(), writing():
        blocks = [one for one in whole()["blocks"] if one["key"] in ("read", "one")]
        actions.store_document(whole(blocks=blocks, minutes=30), {}, by=None, now=now())
        db.session.commit()
    trainer = signed_in_as(Role.TRAINER)
    page = trainer.get("studio.advice", code="whole")
    assert "It says 30 min, and takes about 1." in page.get_text()
    assert "“Yes.” says whether, not why" in page.get_text()
    path = trainer.address("studio.advice", code="whole", block="one")
    piece = trainer.client.get(path).get_data(as_text=True)
    assert "<html" not in piece
    assert "words at once" in piece
    told = trainer.client.get(path, headers={"Accept": "application/json"}).json["advice"]
    assert {one["code"] for one in told} == {"advice.bare_feedback"}
    assert trainer.get("studio.edit_block", code="whole", key="one").select_one("[data-advice]")["hx-get"] == path
