"""The dossier of an evaluation: what the page and the command hand out."""

from pathlib import Path

from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.languages import INTERFACE_LANGUAGES
from lms.kernel.refusals import NotFound
from lms.reports import drawing, page
from lms.reports.dossier.contents import contents
from lms.reports.dossier.pack import packed
from lms.reports.pilot.build import build
from lms.reports.pilot.source import source


def dossier(pilot: Pilot, evaluation: Evaluation, folder: Path) -> bytes:
    """Return the archive; drawings are kept in the folder."""
    if pilot.protocol is None:
        raise NotFound()
    reports = {}
    for language in INTERFACE_LANGUAGES:
        report = build(pilot, evaluation, language)
        reports[language] = page.standalone(report, drawing.pictures(report, folder))
    return packed(contents(source(pilot, evaluation), pilot.protocol.text, reports))
