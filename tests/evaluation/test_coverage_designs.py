"""Intervals of a change hold the truth as often as `docs/statistics.md` says, and tell none where there is none."""

import pytest

from bench.coverage import DOCUMENT
from bench.coverage_designs import CHANGE, ORDERS, STEPPED, Cell, simulate

QUICK = 150
SOME = [Cell("share", 6, 2, 0.15), Cell("events", 6, 2, 0.05), Cell("gain", 4, 2, 0.15), Cell("gain", 8, 4, 0.05)]


@pytest.mark.parametrize("cell", SOME)
def test_coverage(cell: Cell) -> None:
    assert cell in STEPPED + ORDERS
    for truth in (0.0, CHANGE[cell.kind]):
        found = simulate(cell, QUICK, truth)["own"]
        assert found.told == QUICK
        assert found.held / found.told > 0.89
        assert truth or found.better / found.tried < 0.07


def test_too_few_ways_tell_nothing() -> None:
    assert simulate(Cell("share", 6, 3, 0.05), 5, 0.0)["own"].told == 0
    assert simulate(Cell("gain", 2, 1, 0.05), 5, 0.0)["own"].told == 0


def test_forgetting_teams_tells_what_is_not_there() -> None:
    found = simulate(Cell("gain", 4, 2, 0.15), 400, 0.0)
    assert found["naive"].better > 2 * found["own"].better


def test_the_document_has_every_cell() -> None:
    told = DOCUMENT.read_text()
    for cell in STEPPED + ORDERS:
        assert f"| {cell.kind} | {cell.icc:.2f} | {cell.teams} × {cell.together} |" in told
