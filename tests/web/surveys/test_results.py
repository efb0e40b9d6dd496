"""Results: after closing, masked, drawn and tabled, two waves side by side."""

import csv
import io
from collections.abc import Callable
from types import SimpleNamespace

import openpyxl
import pytest

from lms.surveys.rules import Band, Cell
from tests.strict import StrictBrowser

FEW = "fewer than 10 people"


def closed(hr: StrictBrowser, a_wave: Callable, code: str = "W1", **more: object) -> None:
    a_wave(code, **more)
    hr.post("surveys.close_wave", code=code)


def test_nothing_is_shown_while_a_wave_is_open(hr: StrictBrowser, a_wave: Callable) -> None:
    a_wave(answers={5: 12, 2: 10})
    page = hr.get("surveys.results", code="W1")
    assert "Results are shown once the wave has closed." in page.get_text()
    assert not page.select("svg.answers-chart, table")


def test_a_closed_wave_is_drawn_and_tabled(hr: StrictBrowser, representative: StrictBrowser, a_wave: Callable) -> None:
    closed(hr, a_wave, answers={5: 12, 2: 12})
    page = representative.get("surveys.results", code="W1")
    assert page.words(".big-number-value")[0] == "63"
    assert len(page.select("svg.answers-chart rect")) == 10 * 2
    answers = page.select("figure table tbody tr")[0].select("td")
    assert [cell.get_text() for cell in answers] == ["0", "12", "0", "0", "12", "24"]


def test_small_groups_are_masked(hr: StrictBrowser, a_wave: Callable) -> None:
    cells = [Cell(Band.OPERATOR, "matin", 12), Cell(Band.OPERATOR, "nuit", 12)]
    closed(hr, a_wave, answers={5: 9}, invited=cells)
    page = hr.get("surveys.results", code="W1")
    assert FEW in page.get_text()
    assert not page.select("svg.answers-chart")
    assert not page.words(".big-number-value")


def test_a_low_response_rate_is_warned_of(hr: StrictBrowser, a_wave: Callable) -> None:
    closed(hr, a_wave, answers={5: 7, 2: 7})
    assert "Fewer than 60 % of those invited answered" in hr.get("surveys.results", code="W1").get_text()


def test_each_way_of_scoring_has_its_page(hr: StrictBrowser, a_wave: Callable) -> None:
    for code in ("DIG", "SAV", "TRA", "REC", "ERG", "FAC"):
        closed(hr, a_wave, code, instrument=code, answers={5: 12, 2: 12})
        text = hr.get("surveys.results", code=code).get_text()
        assert ("Scores from 0 to 100" in text) == (code not in ("SAV", "REC")), code
        assert ("Promoters less detractors" in text) == (code == "REC"), code
        assert ("in between" in text) == (code == "DIG"), code


def test_two_waves_stand_beside_each_other_as_samples_of_their_own(hr: StrictBrowser, a_wave: Callable) -> None:
    closed(hr, a_wave, "W1", answers={2: 14, 4: 10})
    closed(hr, a_wave, "W2", answers={2: 4, 4: 20})
    closed(hr, a_wave, "W3", answers={3: 20}, scale_points=3)
    assert hr.get("surveys.results", code="W2").words("main ul a") == ["Compare with W1"]
    page = hr.get("surveys.comparison", code="W2", **{"with": "W1"})
    assert "two samples of their own" in page.get_text()
    assert "Favourable people: 42 points, 95 % interval from 14 to 62" in " ".join(page.get_text().split())
    hr.get("surveys.comparison", status=404, code="W2", **{"with": "W3"})


def test_an_open_wave_is_not_compared(hr: StrictBrowser, a_wave: Callable) -> None:
    closed(hr, a_wave, "W1", answers={2: 12, 4: 12})
    a_wave("W2", answers={4: 12, 5: 12})
    assert hr.get("surveys.results", code="W1").words("main ul a") == []
    hr.get("surveys.comparison", status=404, code="W1", **{"with": "W2"})


def test_results_are_a_file_of_what_is_shown(
    hr: StrictBrowser, representative: StrictBrowser, a_wave: Callable
) -> None:
    cells = [Cell(Band.OPERATOR, "matin", 20), Cell(Band.OPERATOR, "nuit", 20)]
    closed(hr, a_wave, answers={5: 12, 2: 12}, invited=cells)
    response = representative.client.get("/surveys/waves/W1/results.csv")
    assert response.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows[0] == ["Part", "Group or question", "Figure", "Value"]
    assert ["Scores by role and shift", "Everyone", "Mean", "63"] in rows
    assert ["Scores by role and shift", "Everyone", "Favourable, %", "50"] in rows
    assert ["Response rate by role and shift", "Everyone", "Response rate, %", "60"] in rows
    (item,) = {row[1] for row in rows if row[1].startswith("ADH1 ")}
    assert [row[3] for row in rows if row[1] == item] == ["0", "12", "0", "0", "12", "24"]
    workbook = representative.client.get("/surveys/waves/W1/results.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.data)).active
    shown = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[:3] for row in shown] == [row[:3] for row in rows]


def test_a_file_masks_as_the_page_does(hr: StrictBrowser, a_wave: Callable) -> None:
    cells = [Cell(Band.OPERATOR, "matin", 12), Cell(Band.OPERATOR, "nuit", 8)]
    closed(hr, a_wave, answers={5: 9}, invited=cells)
    rows = list(csv.reader(io.StringIO(hr.client.get("/surveys/waves/W1/results.csv").data.decode("utf-8-sig"))))
    told = [row for row in rows[1:] if row[0] not in ("Wave", "Response rate by role and shift")]
    assert told
    assert {row[3] for row in told} == {FEW}


def test_no_file_of_an_open_wave(hr: StrictBrowser, a_wave: Callable) -> None:
    a_wave(answers={5: 12, 2: 10})
    assert hr.client.get("/surveys/waves/W1/results.csv").status_code == 404
    assert not hr.get("surveys.results", code="W1").select("a[href$='.csv']")


def test_alpha_has_its_interval_from_thirty_sheets_on(hr: StrictBrowser, a_wave: Callable) -> None:
    cells = [Cell(Band.OPERATOR, "matin", 20), Cell(Band.OPERATOR, "nuit", 20)]
    closed(hr, a_wave, answers={5: 16, 2: 16}, invited=cells)
    assert "1, 95 % interval (Feldt): 1 to 1" in hr.get("surveys.results", code="W1").get_text()


def test_opinions_stand_beside_what_was_done_where_a_pilot_says_so(
    hr: StrictBrowser, a_wave: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [Cell(Band.OPERATOR, "matin", 20), Cell(Band.OPERATOR, "nuit", 20)]
    closed(hr, a_wave, answers={5: 12, 2: 12}, invited=cells)
    assert "Beside what people did" not in hr.get("surveys.results", code="W1").get_text()
    rows = [
        {"shift": None, "answers": 24, "favourable": 0.5, "people": 40, "reached": 0.75, "active": 0.25},
        {"shift": "nuit", "answers": None, "favourable": None, "people": 5, "reached": 0.6, "active": None},
    ]
    told = [(SimpleNamespace(code="P-1"), SimpleNamespace(id=7, results={"figures": {"said_and_did": {"rows": rows}}}))]
    monkeypatch.setattr("lms.evaluation.queries.newest_beside", lambda code: told if code == "W1" else [])
    page = hr.get("surveys.results", code="W1")
    (table,) = (one for one in page.select("table") if "Opinions of operators" in one.get_text())
    cells = [[cell.get_text().strip() for cell in line.select("td")] for line in table.select("tbody tr")]
    assert cells == [["24", "50%", "40", "75%", "25%"], [FEW, "5", "60%", "hidden"]]
    assert page.select("a[href$='/evaluations/7/'], a[href*='7']")


def test_each_group_that_is_shown_has_its_interval(hr: StrictBrowser, a_wave: Callable) -> None:
    """Twelve a shift, half of them favourable: 25 to 75 % by Wilson; with nine a shift no group has one."""
    cells = [Cell(Band.OPERATOR, "matin", 20), Cell(Band.OPERATOR, "nuit", 20)]
    closed(hr, a_wave, answers={5: 12, 2: 12}, invited=cells)
    page = hr.get("surveys.results", code="W1")
    (table,) = (one for one in page.select("table") if "Scores by role and shift" in one.get_text())
    lines = [" ".join(line.get_text(" ").split()) for line in table.select("tbody tr")]
    assert [line.split("50% ")[1] for line in lines] == ["(31% to 69%)", "(31% to 69%)", "(25% to 75%)", "(25% to 75%)"]
    closed(hr, a_wave, "W2", answers={5: 10, 2: 8}, invited=cells)
    page = hr.get("surveys.results", code="W2")
    (table,) = (one for one in page.select("table") if "Scores by role and shift" in one.get_text())
    assert [FEW in line.get_text() for line in table.select("tbody tr")] == [False, False, True, True]
    rows = list(csv.reader(io.StringIO(hr.client.get("/surveys/waves/W2/results.csv").data.decode("utf-8-sig"))))
    assert {row[1] for row in rows if row[0].startswith("Intervals")} == {"Everyone", "Operators"}
