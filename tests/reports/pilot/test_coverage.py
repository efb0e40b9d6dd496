"""The chart of coverage says what each shift was before, where that is known and may be told."""

from types import SimpleNamespace

from lms.evaluation.kept import Covered, Kept
from lms.kernel.languages import speaking
from lms.reports.document import Table
from lms.reports.pilot.drawn.transfer import coverage
from tests.evaluation.indicators.test_coverage_before import BEFORE, NOW, row


def lines(kept: Kept) -> list[list[str]]:
    source = SimpleNamespace(indicators=[row(kept)], label=lambda _row: "T6 Coverage")
    with speaking("en"):
        (table,) = (block for block in coverage(source) if isinstance(block, Table))
    return [[cell.text for cell in line] for line in table.rows]


def test_before_and_after_by_shift() -> None:
    assert lines(Kept(coverage=NOW, coverage_before=BEFORE)) == [
        ["All shifts", "25%", "75%", "3 of 4"],
        ["morning", "50%", "100%", "2 of 2; before 1 of 2"],
        ["night", "0%", "50%", "1 of 2; before 0 of 2"],
    ]


def test_what_is_not_known_or_not_told_is_left_open() -> None:
    assert [line[1] for line in lines(Kept(coverage=NOW))] == ["–", "–", "–"]
    few = tuple(Covered(one.task, one.shift, one.persons, one.required, 3) for one in BEFORE)
    assert [line[1:3] for line in lines(Kept(coverage=NOW, coverage_before=few))][1:] == [["–", "–"], ["–", "–"]]
