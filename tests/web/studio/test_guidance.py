"""A trainer begins from a text there is for it, and is advised while writing."""

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


def test_a_module_is_begun_from_a_text_and_its_prompts_are_named(signed_in_as: Callable[..., StrictBrowser]) -> None:
    trainer = signed_in_as(Role.TRAINER)
    data = {"title": "La bavure", "code": "burr", "languages": ["ar", "fr"], "beginning": "defect"}
    page = trainer.post("studio.new_module", data=data, status=422)
    assert "French and English alone" in page.get_text()
    page = trainer.post("studio.new_module", data=data | {"languages": ["fr"]})
    assert "Write your own words in the place of [[Ce que l’on voit" in page.get_text()
