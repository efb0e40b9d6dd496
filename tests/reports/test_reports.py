"""Screen, file, print and command show the same numbers; drawing costs the server nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from lms.cli.evaluation import told
from lms.evaluation import actions, queries
from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.database import db, writing
from lms.reports import drawing, page
from lms.reports.document import Report, Table
from lms.reports.pilot.build import build
from tests.evaluation.plant import AFTER, END, Plant

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def evaluated(app: Flask):  # noqa: ANN201
    with app.app_context(), writing():
        plant = Plant()
        pilot = plant.frozen(illustrative=True)
        plant.learn()
        evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
        db.session.commit()
        yield queries.pilot("pilot"), evaluation


def printed(report: Report, folder: Path) -> str:
    """The words of the PDF, white space folded."""
    file = folder / "report.pdf"
    file.write_bytes(drawing.pdf(report, folder))
    reader = "import sys, pypdf; print(' '.join(p.extract_text() for p in pypdf.PdfReader(sys.argv[1]).pages))"
    words = subprocess.run([sys.executable, "-c", reader, str(file)], capture_output=True, text=True, check=True).stdout
    return folded(words)


def folded(text: str) -> str:
    """Without white space at all: a print breaks lines where a screen does not."""
    return "".join(text.split())


def cells(report: Report, caption: str) -> list[list[str]]:
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in next(table for table in tables if table.caption == caption).rows]


@pytest.mark.parametrize(("language", "caption"), [("fr", "Verdicts par indicateur"), ("en", "Verdicts by indicator")])
def test_the_same_numbers_everywhere(
    evaluated: tuple[Pilot, Evaluation], tmp_path: Path, language: str, caption: str
) -> None:
    report = build(*evaluated, language)
    document = told(*evaluated)
    file = folded(BeautifulSoup(page.standalone(report, drawing.pictures(report, tmp_path)), "html5lib").get_text(" "))
    paper = printed(report, tmp_path)
    for row, shown in zip(document["indicators"], cells(report, caption), strict=True):
        if row["numerator"] is not None:
            assert shown[3].startswith(f"{row['numerator']}/{row['denominator']}")
        assert shown[5].startswith(str(row["n"]))
        for text in shown:
            assert folded(text) in file
            assert folded(text) in paper
    assert document["protocol_sha256"][:12] in paper
    assert document["digest"] in paper


def test_figures_of_the_reference_in_words(evaluated: tuple[Pilot, Evaluation]) -> None:
    """First and last line of the verdict table of section 8."""
    rows = cells(build(*evaluated, "en"), "Verdicts by indicator")
    assert rows[0][2:7] == ["at least 80% (95%)", "57/60 = 95%", "80.5 to 98.9%", "60 (29; 5 teams)", "Met"]
    assert rows[-1][2:7] == ["at least 80%", "40/60 = 66.7%", "50.9 to 79.4%", "60 (39; 5 teams)", "Not met"]
    assert rows[0][7].startswith("yes: teams twice as alike (ICC 0.2)")


def test_every_page_of_the_print_says_that_figures_are_illustrative(
    evaluated: tuple[Pilot, Evaluation], tmp_path: Path
) -> None:
    report = build(*evaluated, "en")
    (tmp_path / "report.pdf").write_bytes(drawing.pdf(report, tmp_path))
    reader = (
        "import sys, json, pypdf; r = pypdf.PdfReader(sys.argv[1]);"
        "print(json.dumps([[p.extract_text() for p in r.pages], r.trailer['/Root']['/MarkInfo']['/Marked'].value,"
        " str(r.trailer['/Root']['/Lang']), b'pdfuaid:part' in r.trailer['/Root']['/Metadata'].get_data()]))"
    )
    done = subprocess.run([sys.executable, "-c", reader, str(tmp_path / "report.pdf")], capture_output=True, check=True)
    pages, tagged, language, accessible = json.loads(done.stdout)
    assert all("Illustrative figures" in text for text in pages)
    assert all(report.footer[0] in text for text in pages)
    assert (tagged, language, accessible) == (True, "en", True)


def test_a_drawing_is_drawn_once(evaluated: tuple[Pilot, Evaluation], tmp_path: Path, monkeypatch) -> None:  # noqa: ANN001
    report = build(*evaluated, "en")
    first = drawing.pictures(report, tmp_path)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert drawing.pictures(report, tmp_path) == first
    with pytest.raises(FileNotFoundError):
        drawing.pictures(build(*evaluated, "fr"), tmp_path)


def test_a_drawing_that_cannot_be_drawn_says_why(tmp_path: Path) -> None:
    with pytest.raises(drawing.CannotDraw, match="(?i)error"):
        drawing._draw("svg", "{")


def test_words_in_a_drawing_stay_words() -> None:
    spec = {"data": {"values": [{"t": "</text><script>alert(1)</script>"}]}, "mark": "text",
            "encoding": {"text": {"field": "t"}}}  # fmt: skip
    assert b"<script" not in drawing._draw("svg", json.dumps({"picture": spec}))


def test_the_server_never_loads_what_draws() -> None:
    check = "import sys, wsgi; print([name for name in ('vl_convert', 'typst') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
