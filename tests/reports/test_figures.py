"""Figures in print: numbers as the language writes them, and the word that people were made up."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from lms.kernel.languages import speaking
from lms.progress.grouping import By
from lms.reports import drawing
from lms.reports.figures.asking import Kind, Wanted
from lms.reports.figures.telling import Row, Told
from lms.reports.figures.writing import write


def test_print_writes_numbers_as_the_language_does(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(drawing, "pdf", lambda report, _folder: drawn.append(report) or b"")
    rows = (Row("Encres", (1200, 12.5)), Row("Lire", (40, None)), Row("Trier", None))
    told = Told(
        Wanted(Kind.COMPLETION, By.MODULE), "T", date(2026, 3, 2), "M", ("P", "%"), rows, None, (), simulated=True
    )
    for language in ("fr", "en"):
        with app.app_context(), speaking(language):
            write(told, "pdf")
    french, english = ([[cell.text for cell in row] for row in one.sections[0].blocks[-1].rows] for one in drawn)
    assert french == [["Encres", "1\u202f200", "12,5"], ["Lire", "40", "–"], ["Trier", "non montré", "non montré"]]
    assert english[0] == ["Encres", "1,200", "12.5"]
    assert [one.banner[:12] for one in drawn] == ["Données fict", "Illustrative"]
