"""Opinions beside use in the report: drawn, said in words, in a table; masked as they are stored."""

from types import SimpleNamespace

import pytest
from flask import Flask

from lms.kernel.languages import speaking
from lms.reports.document import Paragraph, Picture, Table
from lms.reports.pilot.drawn.perception import said_and_did

MORNING = {
    "shift": "morning",
    "answers": 20,
    "mean": 55,
    "favourable": 0.6,
    "people": 10,
    "reached": 0.8,
    "active": 0.4,
}
NIGHT = {
    "shift": "night",
    "answers": None,
    "mean": None,
    "favourable": None,
    "people": 9,
    "reached": 0.0,
    "active": None,
}
RULES = {"rules": {"smallest_opinions": 10, "smallest_group": 5}}


def blocks(app: Flask, found: dict | None) -> list:
    with app.test_request_context(), speaking("en"):
        return said_and_did(SimpleNamespace(figures={"said_and_did": found}, protocol=RULES))


def test_what_is_hidden_is_said_to_be_hidden_and_nothing_is_not_hidden(app: Flask) -> None:
    found = {"wave": "ADH-2", "closed_on": "2026-05-20", "illustrative": False, "rows": [MORNING, NIGHT]}
    _, told, picture, table = blocks(app, found)
    assert isinstance(told, Paragraph)
    assert "ADH-2" in told.text
    assert isinstance(table, Table)
    lines = [[cell.text for cell in row] for row in table.rows]
    assert lines[0] == ["morning", "20", "55", "60% (39 to 78%)", "10", "80%", "40%"]
    assert lines[1] == [
        "night", "hidden", "hidden", "hidden", "9", "0%", "hidden",
    ]  # fmt: skip
    assert isinstance(picture, Picture)
    assert "night: favourable hidden" in picture.label
    drawn = picture.spec["data"]["values"]
    assert [(one["said"], one["reached"], one["active"]) for one in drawn] == [(60, 80, 40), (None, 0, None)]


@pytest.mark.parametrize("found", [None, {"wave": "W", "closed_on": "2026-05-20", "illustrative": False, "rows": []}])
def test_without_figures_nothing_is_drawn(app: Flask, found: dict | None) -> None:
    assert not [block for block in blocks(app, found) if isinstance(block, Picture)]
