"""Files of a report that take longer to make than anyone waits for a page, kept once they are made.

They are jobs (`reports.jobs`). A workbook, the page as a file and the page for operators take
a fraction of a second and are made when they are downloaded.
"""

import json
from functools import cache
from pathlib import Path

from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.languages import INTERFACE_LANGUAGES
from lms.kernel.release import VERSION
from lms.reports import kept
from lms.reports.pilot.source import source

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ("lms/reports", "templates/reports", "static/reports")


def place(pilot: Pilot, evaluation: Evaluation, kind: str, language: str) -> Path:
    """Return where the file lies that tells what is known now, whether it was made or not.

    An evaluation never changes; decisions and comments are added to it.
    """
    found = source(pilot, evaluation)
    decisions, comments = [row.id for row in found.decisions], [row.id for row in found.comments]
    told = [found.code, found.title, found.digest, found.run_at.isoformat(), decisions, comments]
    made_from = json.dumps([told, kind, languages(kind, language)]).encode()
    return kept.place(kept.folder(), _recipe() + made_from, kind)


def languages(kind: str, language: str) -> tuple[str, ...]:
    """Return the languages that a file speaks: a dossier speaks all."""
    return tuple(INTERFACE_LANGUAGES) if kind == "zip" else (language,)


@cache
def _recipe() -> bytes:
    """Return what else decides the result: how files are made."""
    found = sorted(file for folder in RECIPES for file in (ROOT / folder).rglob("*.*"))
    kinds = {".py", ".typ", ".po", ".html", ".css"}
    return b"".join([VERSION.encode(), *(file.read_bytes() for file in found if file.suffix in kinds)])
