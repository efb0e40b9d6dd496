"""Figures from outside on pages: entered, corrected, brought in, read by those who may."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from lms.evaluation.readings import queries
from lms.kernel.clock import now
from lms.people.permissions import Role
from tests.strict import StrictBrowser

SignedIn = Callable[..., StrictBrowser]
FORM = {
    "series": "defects",
    "unit": "count",
    "starts_on": "2026-01-01",
    "ends_on": "2026-01-31",
    "value": "1 042",
    "source": "MES",
}
LIST = (
    "Series;From;To;Value;Unit;Source\ndefects;2026-01-01;2026-01-31;42;count;MES\ndefects;x;2026-01-31;4;count;MES\n"
)


def values(app: Flask) -> list[float]:
    with app.app_context():
        return [one.value for one in queries.current(now())]


def test_a_figure_is_entered_and_corrected(app: Flask, signed_in_as: SignedIn) -> None:
    browser = signed_in_as(Role.HR)
    page = browser.post("audits.new_reading", FORM)
    assert page.words("tbody th") == ["Defects of the kind targeted"]
    assert values(app) == [1042]
    shown = browser.get("audits.new_reading", corrects=1)
    assert shown.select_one("#value")["value"] == "1042"
    page = browser.post("audits.new_reading", FORM | {"value": "1024"}, corrects=1)
    assert values(app) == [1024]
    assert len(page.select("tr.superseded")) == 1
    browser.get("audits.new_reading", corrects=9, status=404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit": "h"}, "unit"),
        ({"value": "0,5"}, "value"),
        ({"value": "many"}, "value"),
        ({"source": " "}, "source"),
        ({"ends_on": "2025-12-31"}, "ends_on"),
        ({"ends_on": "2099-12-31"}, "ends_on"),
        ({"low": "1"}, "low"),
        ({"series": ""}, "series"),
    ],
)
def test_a_refusal_is_told_at_its_field(app: Flask, signed_in_as: SignedIn, change: dict[str, str], field: str) -> None:
    page = signed_in_as(Role.EVALUATOR).post("audits.new_reading", FORM | change, status=422)
    assert page.select(f"#{field}-fault")
    assert values(app) == []


def test_a_list_is_shown_then_kept(app: Flask, signed_in_as: SignedIn) -> None:
    browser = signed_in_as(Role.HR)
    shown = browser.post("audits.import_readings", {"file": (BytesIO(LIST.encode()), "list.csv")})
    assert shown.words(".big-number-value") == ["1", "0", "1"]
    assert values(app) == []
    form = shown.select_one("form[action*='/readings/import/']")
    given = {"fingerprint": form.select_one("[name=fingerprint]")["value"]}
    browser.post(form["action"], {"fingerprint": "of something else"})
    assert values(app) == []
    assert "1 figure was kept." in browser.post(form["action"], given).get_text()
    assert values(app) == [42]


def test_what_is_no_list_says_so(signed_in_as: SignedIn) -> None:
    page = signed_in_as(Role.HR).post("audits.import_readings", {"file": (BytesIO(b"a;b\n1;2\n"), "x.csv")}, status=422)
    assert "These columns are missing" in page.get_text()


def test_a_representative_reads_and_does_not_enter(signed_in_as: SignedIn) -> None:
    browser = signed_in_as(Role.STAFF_REPRESENTATIVE)
    assert not browser.get("audits.readings").select("a[href$='/new']")
    browser.get("audits.new_reading", status=403)
