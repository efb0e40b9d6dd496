"""How many completed, without a small group being shown or reckoned."""

import csv
from io import StringIO

from flask import Flask

from lms.kernel.clock import hold
from lms.kernel.database import writing
from lms.people.permissions import Role
from tests.strict import StrictBrowser
from tests.web.teams.plant import learning_plant
from tests.web.teams.test_people import MONDAY, signed_in

GOLDEN = ({"A": 25, "B": 24, "C": 3}, {"A": 21, "B": 19, "C": 2})
"""evaluation-golden.json, `suppress`: 21 of 25 are shown, 19 of 24 and 2 of 3 are not."""


def test_small_groups_are_neither_shown_nor_given_away(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant(*GOLDEN)
        signed_in(browse, Role.STAFF_REPRESENTATIVE)
        page = browse.get("teams.completion")
        table = page.select("table")[-1]
        assert [cell.get_text(strip=True) for cell in table.select("tbody td")] == [
            "42 / 52",
            "21 / 25",
            "non montré",
            "non montré",
        ]
        assert "Given" not in page.get_text()
        text = browse.client.get("/teams/completion.csv").get_data().decode("utf-8-sig")
        rows = [row[1:4] for row in csv.reader(StringIO(text), delimiter=";")][1:]
        hidden = ["non montré"] * 2
        assert rows == [["Ensemble", "52", "42"], ["Team A", "25", "21"], ["Team B", *hidden], ["Team C", *hidden]]
        shifts = browse.get("teams.completion", by="shift").select("table")[-1]
        assert [cell.get_text(strip=True) for cell in shifts.select("tbody td")] == ["42 / 52", "42 / 52"]


def test_who_sees_no_names_sees_whole_weeks(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant(*GOLDEN)
        signed_in(browse, Role.EVALUATOR)
        page = browse.get("teams.completion", as_of="2026-01-28")
        assert "1 mars 2026" in page.words(".page-header p")[0]
        assert not page.select("input[name=as_of]")


def test_figures_of_an_earlier_day(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant({"A": 10, "B": 8}, {"A": 7, "B": 0})
        signed_in(browse, Role.HR)
        numbers = browse.get("teams.completion", as_of="2026-02-01").select("table")[0].select("tbody td")
        assert [cell.get_text(strip=True) for cell in numbers] == ["18", "0", "0", "9", "9", "0"]
        numbers = browse.get("teams.completion").select("table")[0].select("tbody td")
        assert [cell.get_text(strip=True) for cell in numbers] == ["18", "7", "7", "0", "0", "11"]


def test_nothing_is_planned_yet(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        signed_in(browse, Role.HR)
        assert browse.get("teams.completion").words(".nothing-title") == ["Rien n’est encore planifié"]
