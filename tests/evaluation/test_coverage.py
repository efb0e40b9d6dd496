"""The interval holds the truth as often as `docs/statistics.md` says, and *met* is as rarely wrong."""

import pytest

from bench.coverage import CELLS, DOCUMENT, FLOORS, REPLICATES, Cell, line, reference, simulate, surprise

QUICK = 800
"""Replicates a cell: a share of .95 is known to about .008."""


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.teams in (3, 6, 10) and cell.icc != 0.10])
def test_coverage_and_false_met(cell: Cell) -> None:
    """Section 3.3 and annex A: coverage from .91 (floor .05, ICC .15), *met* at the threshold up to 4.6 %."""
    said = reference()
    for floor, found in simulate(cell, QUICK).items():
        assert found.coverage > 0.88
        assert found.false_met < 0.075
        assert surprise(found.coverage, said[cell, floor].coverage, QUICK) < 4.5
        assert surprise(found.false_met, said[cell, floor].false_met, QUICK) < 4.5
        assert found.width == pytest.approx(said[cell, floor].width, abs=0.01)


def test_a_higher_floor_is_more_careful() -> None:
    found = simulate(Cell(0.7, 0.15, 4, 10), QUICK)
    low, high = (found[floor] for floor in FLOORS)
    assert (low.coverage, low.width) < (high.coverage, high.width)
    assert high.false_met <= low.false_met


def test_without_a_floor_the_interval_would_hold_the_truth_too_rarely() -> None:
    """Why there is one: with three teams and nothing assumed the estimate alone gives .88 (annex A)."""
    cell = Cell(0.7, 0.15, 3, 12)
    assert simulate(cell, QUICK, floors=(0.0,))[0.0].coverage < 0.91
    assert simulate(cell, QUICK)[0.10].coverage > 0.92


@pytest.mark.parametrize("cell", [Cell(0.7, 0.15, 3, 12), Cell(0.85, 0.05, 4, 10)])
def test_the_table_in_the_document_is_what_the_code_gives(cell: Cell) -> None:
    assert line(cell, simulate(cell, REPLICATES), shared=True) in DOCUMENT.read_text().splitlines()
