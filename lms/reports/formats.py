"""The report of an evaluation in each format: one place for pages and commands."""

from collections.abc import Callable
from pathlib import Path

from lms.evaluation.models import Evaluation, Pilot
from lms.reports import drawing, page
from lms.reports.dossier.build import dossier
from lms.reports.pilot.build import build
from lms.reports.pilot.workbook import workbook


def written(pilot: Pilot, evaluation: Evaluation, kind: str, folder: Path, language: str | None = None) -> bytes:
    """Return the report in a format of `reports.media_types` and a language (the reader's if none is given).

    The dossier holds both languages. Drawings are kept in the folder.
    """
    make: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: drawing.pdf(build(pilot, evaluation, language), folder),
        "docx": lambda: drawing.docx(build(pilot, evaluation, language), folder),
        "xlsx": lambda: workbook(pilot, evaluation, language),
        "html": lambda: _page(pilot, evaluation, folder, language),
        "zip": lambda: dossier(pilot, evaluation, folder),
    }
    return make[kind]()


def _page(pilot: Pilot, evaluation: Evaluation, folder: Path, language: str | None) -> bytes:
    report = build(pilot, evaluation, language)
    return page.standalone(report, drawing.pictures(report, folder)).encode()
