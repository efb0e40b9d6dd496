"""The fixed order of section 8, in both languages, and what no report leaves out."""

from types import SimpleNamespace

import pytest

from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.languages import speaking
from lms.reports.document import Cell, Heading, Items, Link, Pairs, Paragraph, Picture, Report, Section, Table
from lms.reports.pilot.arrow import last_arrow
from lms.reports.pilot.build import build

FRENCH = (
    "Synthèse en une page", "Ce que l’audit recommandait", "Protocole gelé et écarts", "Population et participation",
    "Usages", "Apprentissages", "Transfert au poste", "Perception et adhésion", "Équité",
    "Conditions techniques et humaines", "Coûts", "Points de vigilance\u00a0: levés, ouverts, nouveaux",
    "Verdicts par préconisation", "Limites et ce qui ferait changer d’avis", "Décision et prochains moments clés",
)  # fmt: skip
"""Headings of evaluation reference, section 8."""


@pytest.fixture(scope="module")
def both(plant_evaluated: tuple[Pilot, Evaluation]) -> dict[str, Report]:
    """The report of the small plant in both languages."""
    return {language: build(*plant_evaluated, language) for language in ("fr", "en")}


def blocks(report: Report, kind: type) -> list:
    return [block for section in report.sections for block in section.blocks if isinstance(block, kind)]


def test_fifteen_chapters_in_their_order_then_annexes(both: dict[str, Report]) -> None:
    titles = [section.title for section in both["fr"].sections]
    assert titles[:15] == [f"{number}. {title}" for number, title in enumerate(FRENCH, start=1)]
    assert len(titles) == 21
    assert all(title.startswith("Annexe") for title in titles[15:])
    assert [one.anchor for one in both["fr"].sections] == [one.anchor for one in both["en"].sections]


def test_a_chapter_that_measures_nothing_says_so(both: dict[str, Report]) -> None:
    found = {section.anchor: section for section in both["en"].sections}
    for anchor in ("transfer", "perception", "conditions", "costs"):
        assert isinstance(found[anchor].blocks[0], Paragraph)
        assert found[anchor].blocks[0].text.startswith("The protocol does not measure ")
    assert all(section.blocks for section in both["en"].sections)


def anchors(report: Report) -> set[str]:
    return {one.anchor for one in report.sections} | {one.anchor for one in blocks(report, Heading)}


def test_every_figure_leads_to_its_counts_and_on_to_its_sheet(both: dict[str, Report]) -> None:
    report = both["en"]
    cells: list[Cell] = [cell for table in blocks(report, Table) for row in table.rows for cell in row]
    led = {cell.anchor for cell in cells if cell.anchor} | {link.anchor for link in blocks(report, Link)}
    assert led
    assert led <= anchors(report)
    for code in ("C1", "R1", "C2", "Q1", "L1"):
        assert {f"indicator-{code}", f"sheet-{code}"} <= led


def test_anchors_are_unique(both: dict[str, Report]) -> None:
    every = [one.anchor for one in both["en"].sections] + [one.anchor for one in blocks(both["en"], Heading)]
    assert len(every) == len(set(every))


def test_every_chart_is_said_in_words_and_has_its_table(both: dict[str, Report]) -> None:
    for section in both["en"].sections:
        for place, block in enumerate(section.blocks):
            if isinstance(block, Picture):
                assert block.label
                assert block.caption
                beside = section.blocks if block.name == "forest" else section.blocks[place + 1 : place + 2]
                assert any(isinstance(one, Table) for one in beside)


def test_what_does_not_hold_stands_on_the_first_page_as_large_as_what_does(both: dict[str, Report]) -> None:
    summary: Section = both["en"].sections[0]
    balance = next(block for block in summary.blocks if isinstance(block, Pairs))
    assert dict(balance.pairs) == {
        "It holds": "C1 Completion",
        "It does not hold": "L1 First-attempt pass",
        "It stays open": "R1 Reach, Q1 Shift gap",
    }


def test_the_proposal_and_what_would_settle_it(both: dict[str, Report]) -> None:
    decision = next(section for section in both["en"].sections if section.anchor == "decision")
    told = [text for block in decision.blocks if isinstance(block, Items) for text in block.texts]
    assert "To change: what L1 First-attempt pass measures." in told
    said = next(block.text for block in decision.blocks if isinstance(block, Paragraph))
    assert said.startswith("Proposed by the rule: adjust and extend, because critical indicators are not met (L1)")


def arrows(**verdicts: str) -> tuple[str, list[str]]:
    """What is concluded, and the state of each arrow, with indicators by family and their verdicts."""
    rows = [{"code": family, "indicator": family, "verdict": verdict} for family, verdict in verdicts.items()]
    source = SimpleNamespace(indicators=rows, definition=lambda row: {"family": row["code"]})
    said, table = last_arrow(source)
    return said.text, [row[1].text for row in table.rows]


@pytest.mark.usefixtures("both")
def test_the_last_arrow_that_held() -> None:
    with speaking("en"):
        said, states = arrows(usage="met", learning="met", transfer="inconclusive")
        assert said.startswith("The last arrow that held: used, so people learnt.")
        assert states == ["it holds", "it holds", "open", "not measured"]
        said, states = arrows(usage="not_met", learning="met")
        assert said.startswith("No arrow is shown to hold")
        assert states[:2] == ["it does not hold", "it holds"]


def test_from_evidence_to_verdict(both: dict[str, Report]) -> None:
    table = next(table for table in blocks(both["en"], Table) if table.caption == "From evidence to verdict")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["–", "F1", "P1", "C1, R1, C2", "Met"],
        ["–", "F1", "P2", "Q1", "Inconclusive"],
        ["–", "F1", "P3", "L1", "Not met"],
        ["–", "F1", "P4", "–", "Outside the pilot"],
    ]
