"""Instruments that staff build."""

from collections.abc import Callable

from flask import Flask

from lms.kernel.database import db, writing
from lms.surveys import queries
from lms.surveys.actions import make_wave
from tests.strict import StrictBrowser
from tests.surveys.making import NOW, a_wish

DESCRIBED = {"title_fr": "Bruit", "title_en": "Noise", "purpose_fr": "Le bruit.", "purpose_en": "The noise."}
ITEM = {"key": "OWN1", "text_fr": "Trop de bruit", "text_en": "Too much noise", "scale": "agreement", "pictograms": "y"}


def items(app: Flask, code: str = "OWN") -> list[tuple[str, bool]]:
    with app.app_context():
        return [(item.key, item.pictograms) for item in queries.instrument(code).content.items]


def test_an_instrument_is_built_on_pages(hr: StrictBrowser, app: Flask) -> None:
    assert "ADH" in hr.get("surveys.instruments").get_text()
    page = hr.post("surveys.new_instrument", {"code": "OWN", **DESCRIBED})
    assert page.words("h1") == ["OWN – Noise"]
    hr.post("surveys.new_item", {**ITEM, "facet_fr": "Lieu", "facet_en": "Place"}, code="OWN")
    choice = {**ITEM, "key": "OWN2", "scale": "choice", "options_fr": "Oui\nNon", "options_en": "Yes\nNo"}
    page = hr.post("surveys.new_item", choice, code="OWN")
    assert len(page.select("tbody tr")) == 2
    hr.post("surveys.move_item", {"to": "up"}, code="OWN", key="OWN2")
    hr.post("surveys.edit_item", {**ITEM, "pictograms": "", "text_ar": "ضجيج كثير"}, code="OWN", key="OWN1")
    form = hr.get("surveys.edit_item", code="OWN", key="OWN1")
    assert form.words("[name=text_ar][lang=ar][dir=rtl]") == ["ضجيج كثير"]
    assert items(app) == [("OWN2", True), ("OWN1", False)]
    hr.post("surveys.remove_item", code="OWN", key="OWN2")
    hr.post("surveys.edit_instrument", {**DESCRIBED, "title_en": "Loud"}, code="OWN")
    assert hr.get("surveys.instrument", code="OWN").words("h1") == ["OWN – Loud"]
    assert items(app) == [("OWN1", False)]


def test_what_does_not_fit_is_told(hr: StrictBrowser) -> None:
    hr.post("surveys.new_instrument", {"code": "OWN", **DESCRIBED})
    assert hr.post("surveys.new_instrument", {"code": "OWN", **DESCRIBED}, status=422).words(".field-fault")
    assert hr.post("surveys.new_instrument", {"code": "a b", **DESCRIBED}, status=422).words(".field-fault")
    hr.post("surveys.new_item", ITEM, code="OWN")
    for change, said in (
        ({}, "There is an item OWN1 already."),
        ({"key": "OWN2", "text_en": "x" * 201}, "At most 200 characters."),
        ({"key": "OWN2", "scale": "choice", "options_fr": "Oui", "options_en": "Yes"}, "two options or more"),
        ({"key": "OWN2", "options_fr": "Oui"}, "as many options"),
        ({"key": "OWN2", "options_ar": "نعم"}, "as many options in Arabic, or none"),
        ({"key": "OWN2", "facet_fr": "Lieu"}, "Name the facet in both languages"),
        ({"key": "own 2"}, "a capital first"),
    ):
        page = hr.post("surveys.new_item", {**ITEM, **change}, status=422, code="OWN")
        assert said in page.get_text(), change


def test_what_is_in_use_or_shipped_is_copied(hr: StrictBrowser, app: Flask) -> None:
    hr.post("surveys.new_instrument", {"code": "OWN", **DESCRIBED})
    hr.post("surveys.new_item", ITEM, code="OWN")
    with app.app_context(), writing():
        make_wave(a_wish(instrument=queries.instrument("OWN").content), now=NOW)
        db.session.commit()
    assert "Copy it, and change the copy." in hr.get("surveys.instrument", code="OWN").get_text()
    for code in ("OWN", "ADH"):
        page = hr.post("surveys.remove_item", status=409, code=code, key=f"{code}1")
        assert "Copy it, and change the copy." in page.get_text()
    assert hr.post("surveys.copy_instrument", {"code": "ADH"}, status=422, code="OWN").words(".field-fault")
    hr.post("surveys.copy_instrument", {"code": "ADH-2"}, code="ADH")
    hr.post("surveys.remove_item", code="ADH-2", key="ADH1")
    assert len(items(app, "ADH-2")) == 9


def test_an_instrument_nobody_knows_is_not_found(hr: StrictBrowser, a_wave: Callable) -> None:
    hr.get("surveys.instrument", status=404, code="NONE")
    hr.get("surveys.edit_item", status=404, code="ADH", key="NONE")
