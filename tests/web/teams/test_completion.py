"""How many completed, without a small group being shown or reckoned."""

import csv
from io import BytesIO, StringIO

import openpyxl
from flask import Flask

from lms.kernel.clock import hold
from lms.kernel.database import writing
from lms.people.permissions import Role
from tests.strict import Page, StrictBrowser
from tests.web.teams.plant import learning_plant
from tests.web.teams.test_people import MONDAY, signed_in

GOLDEN = ({"A": 25, "B": 24, "C": 3}, {"A": 21, "B": 19, "C": 2})
"""evaluation-golden.json, `suppress`: 21 of 25 are shown, 19 of 24 and 2 of 3 are not."""


def rows(page: Page) -> list[list[str]]:
    """The rows of the table: what each is about, then people, those who left, completed, in time, under way…"""
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]


def test_small_groups_are_neither_shown_nor_given_away(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant(*GOLDEN)
        signed_in(browse, Role.STAFF_REPRESENTATIVE)
        page = browse.get("teams.completion", by="team")
        hidden = ["non montré"] * 8
        assert [row[:4] for row in rows(page)] == [
            ["Ensemble", "52", "0", "42"],
            ["Team A", "25", "0", "21"],
            ["Team B", *hidden[:3]],
            ["Team C", *hidden[:3]],
        ]
        assert "Given" not in page.get_text()
        assert [row[:4] for row in rows(browse.get("teams.completion", by="shift"))][1] == ["Jour", "52", "0", "42"]
        # Who sees no names is offered no groups but those made of whole teams.
        assert [row[0] for row in rows(browse.get("teams.completion", by="hired"))] == ["Ensemble", "x"]
        text = browse.client.get("/teams/completion/completion.csv?by=team").get_data().decode("utf-8-sig")
        told = [row[:4] for row in csv.reader(StringIO(text), delimiter=";")][1:]
        assert told == [
            ["Ensemble", "52", "0", "42"],
            ["Team A", "25", "0", "21"],
            *([f"Team {x}", *hidden[:3]] for x in "BC"),
        ]


def test_who_sees_no_names_sees_whole_weeks(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant(*GOLDEN)
        signed_in(browse, Role.EVALUATOR)
        page = browse.get("teams.completion", as_of="2026-01-28")
        assert "1 mars 2026" in page.words(".page-header p")[0]
        assert not page.select("input[name=as_of], input[name=since]")
        costs = browse.get("teams.costs", first="2026-02-02", last="2026-02-02")
        assert "3 mars 2025 au 1 mars 2026" in costs.words(".page-header p")[0]
        assert not costs.select("input[name=first], input[name=last]")
        weeks = rows(browse.get("teams.trend"))
        assert [weeks[0][1:], weeks[-1][1:]] == [["0", "0", "–"], ["52", "42", "80,8"]]


def test_figures_of_an_earlier_day_and_who_they_are(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant({"A": 10, "B": 8}, {"A": 7, "B": 0})
        signed_in(browse, Role.HR)
        assert rows(browse.get("teams.completion", as_of="2026-02-01"))[0][1:] == [
            "18",
            "0",
            "0",
            "0",
            "9",
            "9",
            "0",
            "0",
        ]
        page = browse.get("teams.completion")
        assert rows(page)[0][1:] == ["18", "0", "7", "7", "0", "0", "11", "38,9"]
        assert len(browse.client.get(page.select("tbody a")[0]["href"]).data) > 1000
        workbook = openpyxl.load_workbook(BytesIO(browse.client.get("/teams/completion/completion.xlsx").data))
        assert [sheet.title for sheet in workbook] == ["Achèvement", "Définitions"]


def test_nothing_is_planned_yet(app: Flask, browse: StrictBrowser) -> None:
    with hold(MONDAY):
        signed_in(browse, Role.HR)
        assert browse.get("teams.completion").words(".nothing-title") == ["Rien n’est encore planifié"]
