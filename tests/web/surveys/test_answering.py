"""Answers by link and from paper."""

from collections.abc import Callable

import pytest

from lms.surveys.models import Wave
from lms.surveys.rules import Band, Cell, Channel
from tests.strict import StrictBrowser


def answered(value: str = "4", **otherwise: str) -> dict[str, str]:
    return {**{f"answer-ADH{number}": value for number in range(1, 11)}, "group": "operator matin", **otherwise}


def test_anyone_with_the_link_answers_without_an_account(
    browse: StrictBrowser, a_wave: Callable, sheets: Callable
) -> None:
    token = a_wave()
    page = browse.get("surveys.answer", token=token)
    assert len(page.select("fieldset")) == 10
    given = answered(**{"answer-ADH2": "n", "answer-ADH3": ""})
    assert browse.post("surveys.answer", given, token=token).words("h1") == ["Merci."]
    ((band, shift, answers),) = sheets()
    assert (band, shift, answers["ADH1"], answers["ADH2"], answers["ADH3"]) == (Band.OPERATOR, "matin", 4, None, None)


@pytest.mark.parametrize(
    "bad",
    [
        {"answer-ADH1": "6"},
        {"answer-ADH1": "-1"},
        {"answer-ADH1": "4.5"},
        {"answer-ADH1": "٤"},
        {"answer-NONE": "3"},
        {"group": "trainer "},
        {"group": ""},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_and_what_was_answered_stays(
    browse: StrictBrowser, a_wave: Callable, sheets: Callable, bad: dict[str, str]
) -> None:
    token = a_wave()
    page = browse.post("surveys.answer", answered("2", **bad), status=422, token=token)
    assert page.select("[role=alert]")
    assert len(page.select('[value="2"][checked]')) >= 9
    assert sheets() == []


def test_one_group_need_not_be_chosen(browse: StrictBrowser, a_wave: Callable, sheets: Callable) -> None:
    token = a_wave(invited=[Cell(Band.OPERATOR, None, 20)])
    assert not browse.get("surveys.answer", token=token).select("select")
    browse.post("surveys.answer", answered(group=""), token=token)
    assert len(sheets()) == 1


def test_a_code_answers_once(hr: StrictBrowser, browse: StrictBrowser, a_wave: Callable, sheets: Callable) -> None:
    token = a_wave(with_codes=True)
    page = hr.post("surveys.issue_codes", {"number": "1"}, code="W1")
    (code,) = page.words(".code-slips strong")
    assert browse.post("surveys.answer", answered(), status=422, token=token).select("[role=alert]")
    browse.post("surveys.answer", answered(code=code.lower()), token=token)
    browse.post("surveys.answer", answered(code=code), status=422, token=token)
    assert len(sheets()) == 1


def test_a_full_wave_and_a_wave_without_link_are_refused(browse: StrictBrowser, a_wave: Callable) -> None:
    full = a_wave(invited=[Cell(Band.OPERATOR, "matin", 1), Cell(Band.OPERATOR, "nuit", 1)], answers={4: 2})
    browse.post("surveys.answer", answered(), status=409, token=full)
    kiosk_only = a_wave("W2", channels=[Channel.KIOSK])
    browse.get("surveys.answer", status=404, token=kiosk_only)


def cells(rows: dict[int, str]) -> dict[str, str]:
    """Type rows of ten signs."""
    return {
        f"sheet-{row}-ADH{place}": sign.strip() for row, signs in rows.items() for place, sign in enumerate(signs, 1)
    }


def test_sheets_are_typed_in_by_the_dozen(hr: StrictBrowser, a_wave: Callable, sheets: Callable) -> None:
    a_wave()
    assert len(hr.get("surveys.paper", code="W1").select("[data-longest]")) == 12 * 10
    page = hr.post("surveys.paper", {**cells({1: "4444444444", 3: "12345nN  1"}), "group": "operator nuit"}, code="W1")
    assert "2 sheets are stored." in page.get_text()
    assert page.select('[value="operator nuit"][selected]')
    assert {shift for _, shift, _ in sheets()} == {"nuit"}
    assert {"ADH5": 5, "ADH6": None, "ADH7": None, "ADH8": None, "ADH10": 1}.items() <= sheets()[0][2].items()


def test_one_wrong_cell_keeps_all_sheets_out(hr: StrictBrowser, a_wave: Callable, sheets: Callable) -> None:
    a_wave()
    typed = {**cells({1: "4444444444", 2: "4444644x44"}), "group": "operator nuit"}
    page = hr.post("surveys.paper", typed, status=422, code="W1")
    assert [found["name"] for found in page.select("[aria-invalid]")] == ["sheet-2-ADH5", "sheet-2-ADH8"]
    assert page.select('[name="sheet-1-ADH1"][value="4"]')
    assert sheets() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"group": "operator nuit"}, "Nothing is typed in yet."),
        ({**cells({1: "4"}), "group": ""}, "other roles or shifts"),
        ({**cells(dict.fromkeys(range(1, 4), "4")), "group": "operator nuit"}, "As many sheets have come in"),
    ],
)
def test_sheets_of_nobody_or_too_many_are_refused(
    hr: StrictBrowser, a_wave: Callable, sheets: Callable, typed: dict, said: str
) -> None:
    a_wave(invited=[Cell(Band.OPERATOR, "nuit", 2)])
    assert said in hr.post("surveys.paper", typed, status=422, code="W1").get_text()
    assert sheets() == []


def test_a_sheet_is_printed_with_its_numbers(hr: StrictBrowser, a_wave: Callable) -> None:
    a_wave(scale_points=3)
    page = hr.get("surveys.sheet", code="W1")
    assert page.words(".printed > li:first-child .tick-box") == ["1", "2", "3", "n"]


def test_paper_is_refused_where_the_wave_does_not_take_it(
    hr: StrictBrowser, a_wave: Callable, wave: Callable[[str], Wave]
) -> None:
    a_wave(channels=[Channel.KIOSK])
    hr.get("surveys.paper", status=409, code="W1")
