"""A change that the design tells by itself: drawn, tabled, and told in one place beside the verdicts."""

from types import SimpleNamespace

import pytest

from lms.kernel.languages import speaking
from lms.reports.document import Paragraph, Picture, Table
from lms.reports.pilot.drawn.changes import changed, together
from tests.evaluation.effects.test_effects import crossed, halves, produced, wedge

GAINS = {"a": 0.30, "b": 0.34, "c": 0.26, "d": 0.30}


def source(**changes: dict | None) -> SimpleNamespace:
    units = {"B1": "per_thousand", "L2": "gain", "C1": "share"}
    rows = [{"code": code, "unit": units[code], "change": change} for code, change in changes.items()]
    return SimpleNamespace(indicators=rows, label=lambda row: row["code"])


def table(blocks: list) -> list[list[str]]:
    (found,) = (block for block in blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in found.rows]


@pytest.fixture(autouse=True)
def english(app):  # noqa: ANN001, ANN201
    with app.app_context(), speaking("en"):
        yield


def test_starts_by_steps_are_drawn_by_period() -> None:
    found = source(B1=wedge("B1", produced(5)))
    blocks = changed(found, found.indicators[0])
    lines = table(blocks)
    assert [line[0] for line in lines] == [
        "2 Mar to 22 Mar", "23 Mar to 12 Apr", "13 Apr to 3 May", "4 May to 24 May",
    ]  # fmt: skip
    assert [line[3] for line in lines][1:3] == ["4 waiting, 2 with", "2 waiting, 4 with"]
    assert (lines[0][2], lines[-1][1]) == ("–", "–")
    (picture,) = (block for block in blocks if isinstance(block, Picture))
    assert [row["name"] for row in picture.spec["data"]["values"]] == [line[0] for line in lines]
    (how,) = (block.text for block in blocks if isinstance(block, Paragraph))
    assert "90 ways" in how


def test_two_orders_are_drawn_by_order() -> None:
    found = source(L2=crossed(halves(GAINS)))
    blocks = changed(found, found.indicators[0])
    assert table(blocks)[0] == ["x, then y", "5 points", "38 points", "2 teams"]
    (how,) = (block.text for block in blocks if isinstance(block, Paragraph))
    assert "24 people" in how
    assert "4 teams, not people" in how


def test_what_is_not_drawn_is_told_beside_the_verdicts() -> None:
    found = source(B1=wedge("B1", produced(5)), C1=wedge("C1", produced(5)))
    assert changed(found, found.indicators[1]) == []
    blocks = together(found)
    assert table(blocks)[0][1].startswith("−5 for each 1,000, interval ")
    assert blocks[-1].text == "C1 – not measurable: nothing of it is known from before a team is trained."


def test_a_design_that_tells_none_has_no_table() -> None:
    found = source(C1=None)
    assert together(found) == []
    assert changed(found, found.indicators[0]) == []
