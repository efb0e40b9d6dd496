"""Waves at a desk: made, announced, closed, copied; refused in plain words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.kernel.speech import CannotSpeak, Speech
from lms.surveys import reading_aloud
from lms.surveys.rules import Band, Cell
from tests.strict import StrictBrowser
from tests.surveys.making import a_shift_of


def a_form(**otherwise: object) -> dict[str, object]:
    usual = {
        "code": "ADH-before",
        "instrument": "ADH",
        "moment": "before",
        "opens_on": now().date().isoformat(),
        "closes_on": (now().date() + timedelta(days=7)).isoformat(),
        "bands": ["operator"],
        "channels": ["kiosk", "link"],
        "scale_points": "5",
        "notice_fr": "Anonyme.",
        "notice_en": "Anonymous.",
        "notice_ar": "بلا اسم.",
    }
    return {**usual, **otherwise}


def test_a_wave_is_made_and_announced(app: Flask, hr: StrictBrowser, wave: Callable) -> None:
    with app.app_context(), writing():
        a_shift_of(12)
        db.session.commit()
    assert "There is no wave yet." in hr.get("surveys.waves").get_text()
    page = hr.post("surveys.new_wave", a_form())
    assert page.words("h1") == ["Wave ADH-before"]
    assert hr.get("surveys.waves").words(".state") == ["Draft"]
    page = hr.post("surveys.announce_wave", code="ADH-before")
    assert "12 people are invited" in page.get_text()
    assert hr.get("surveys.waves").words(".state") == ["Open to answers"]
    assert f"/surveys/answer/{wave('ADH-before').link_token}" in page.get_text()


def test_a_wave_is_read_aloud_before_anybody_is_asked(
    app: Flask, hr: StrictBrowser, wave: Callable, said: list[Speech]
) -> None:
    invited = {"invited-operator-": "12"}
    hr.post("surveys.new_wave", a_form(**invited))
    hr.post("surveys.announce_wave", code="ADH-before")
    assert {speech.language for speech in said} == {"fr", "en", "ar"}
    assert len(said) == 3 * (1 + 10)
    with app.app_context():
        assert len(reading_aloud.recordings(wave("ADH-before"), "fr")) == 11
    hr.post("surveys.new_wave", a_form(code="BY-LINK", channels=["link"], **invited))
    hr.post("surveys.announce_wave", code="BY-LINK")
    assert len(said) == 33, "nobody listens at home"


def test_where_nothing_can_speak_the_wave_is_announced_in_silence(
    hr: StrictBrowser, wave: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise CannotSpeak("no voice for that")

    monkeypatch.setattr("lms.kernel.speech._speak", fail)
    hr.post("surveys.new_wave", a_form(**{"invited-operator-": "12"}))
    page = hr.post("surveys.announce_wave", code="ADH-before")
    assert "Nothing of it can be read aloud at the kiosks: no voice for that" in page.get_text()
    assert wave("ADH-before").announced_at is not None


def test_numbers_of_invited_people_may_be_entered(hr: StrictBrowser, app: Flask, wave: Callable) -> None:
    with app.app_context(), writing():
        a_shift_of(1)
        db.session.commit()
    hr.post("surveys.new_wave", a_form(**{"invited-operator-matin": "30", "invited-operator-": "4"}))
    hr.post("surveys.announce_wave", code="ADH-before")
    assert wave("ADH-before").cells == [Cell(Band.OPERATOR, "matin", 30), Cell(Band.OPERATOR, None, 4)]


def test_what_is_wrong_is_told_at_its_field(hr: StrictBrowser) -> None:
    for change, said in (
        ({"code": "a b"}, "letters, digits and hyphens"),
        ({"closes_on": (now().date() - timedelta(days=1)).isoformat()}, "The last day is before the first"),
        ({"bands": []}, "Choose at least one role."),
        ({"channels": []}, "Choose at least one way"),
        ({"instrument": "NONE"}, "Choose from the list."),
        ({"instrument": "ERG", "scale_points": "3"}, "asked with five points only"),
        ({"notice_en": "x" * 601}, "At most 600 characters."),
        ({"notice_ar": "x" * 601}, "At most 600 characters."),
        ({"opens_on": "soon"}, "Give a date"),
    ):
        page = hr.post("surveys.new_wave", a_form(**change), status=422)
        assert any(said in fault for fault in page.words(".field-fault")), (change, page.words(".field-fault"))


def test_a_wave_to_nobody_says_what_to_do(hr: StrictBrowser) -> None:
    hr.post("surveys.new_wave", a_form(bands=["trainer"]))
    page = hr.post("surveys.announce_wave", status=422, code="ADH-before")
    assert "Nobody is invited: enter how many people there are" in page.get_text()


def test_an_answered_wave_is_frozen_and_copied(hr: StrictBrowser, a_wave: Callable, wave: Callable) -> None:
    a_wave(answers={4: 1})
    page = hr.get("surveys.wave", code="W1")
    assert "Change" not in page.words(".page-actions .btn")
    refused = hr.post("surveys.edit_wave", a_form(), status=409, code="W1")
    assert "Copy it, and change the copy." in refused.get_text()
    assert hr.post("surveys.copy_wave", {"code": "W1"}, status=422, code="W1").words(".field-fault")
    page = hr.post("surveys.copy_wave", {"code": "W2"}, code="W1")
    assert page.words("h1") == ["Change the wave W2"]
    hr.post("surveys.edit_wave", a_form(moment="after"), code="W2")
    assert wave("W2").moment == "after"


def test_a_wave_is_closed_for_good(hr: StrictBrowser, a_wave: Callable) -> None:
    token = a_wave(answers={4: 1})
    assert "Close now" in hr.get("surveys.wave", code="W1").get_text()
    hr.post("surveys.close_wave", code="W1")
    assert hr.get("surveys.waves").words(".state") == ["Closed to answers"]
    assert "This survey is over." in hr.get("surveys.answer", token=token).get_text()
    hr.post("surveys.answer", {"answer-ADH1": "3", "group": "operator matin"}, status=409, token=token)
    hr.post("surveys.close_wave", status=409, code="W1")


def test_codes_are_shown_once(hr: StrictBrowser, a_wave: Callable) -> None:
    a_wave(with_codes=True)
    page = hr.post("surveys.issue_codes", {"number": "3"}, code="W1")
    assert len(page.select(".code-slips li")) == 3
    assert hr.post("surveys.issue_codes", {"number": "501"}, status=422, code="W1").words(".field-fault")


def test_a_representative_reads_and_changes_nothing(representative: StrictBrowser, a_wave: Callable) -> None:
    token = a_wave()
    page = representative.get("surveys.wave", code="W1")
    assert token not in page.decode()
    assert not page.select("main form")
    assert "New wave" not in representative.get("surveys.waves").get_text()
    representative.post("surveys.close_wave", status=403, code="W1")
    representative.get("surveys.instruments", status=403)


def test_the_rate_of_few_invited_is_not_told(hr: StrictBrowser, a_wave: Callable) -> None:
    a_wave(invited=[Cell(Band.OPERATOR, "matin", 9)])
    assert "fewer than 10 people" in hr.get("surveys.waves").get_text()
    assert "fewer than 10 people" in hr.get("surveys.wave", code="W1").get_text()


def test_a_wave_nobody_knows_is_not_found(hr: StrictBrowser) -> None:
    hr.get("surveys.wave", status=404, code="none")
    hr.get("surveys.answer", status=404, token="none")
