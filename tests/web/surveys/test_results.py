"""Results: after closing, masked, drawn and tabled, two waves side by side."""

from collections.abc import Callable

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
