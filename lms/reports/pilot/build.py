"""The whole report of an evaluation: what the page, the file and the print are made from."""

from dataclasses import replace

from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.languages import current_language, in_language, speaking
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.document import Report, Section
from lms.reports.pilot import annexes, background, deciding, limits, sheets, summary, verdicts
from lms.reports.pilot.banner import banner
from lms.reports.pilot.chapters import FAMILIES
from lms.reports.pilot.named import named
from lms.reports.pilot.source import Source, source


def build(pilot: Pilot, evaluation: Evaluation, language: str | None = None) -> Report:
    """Return the report of an evaluation in a language (the reader's if none is given)."""
    with speaking(language or current_language()):
        return _report(named(source(pilot, evaluation)))


def _report(found: Source) -> Report:
    return Report(
        language=current_language(),
        title=_("Evaluation of the pilot %(title)s", title=in_language(found.title)),
        subtitle=_("Data up to %(day)s", day=words.day(found.as_of)),
        banner=banner(found),
        footer=(
            _("Protocol %(hash)s", hash=found.protocol_sha256[:12]),
            _("Evaluation %(hash)s", hash=found.digest[:12]),
            _("Records up to %(number)s", number=words.number(found.records_up_to, 0)),
            words.day(found.run_at),
        ),
        sections=tuple(_sections(found)),
    )


def _sections(found: Source) -> list[Section]:
    """Return the fifteen chapters in their fixed order (evaluation reference, section 8), then the annexes."""
    chapters = [
        summary.summary(found),
        replace(background.recommended(found), new_page=True),
        background.protocol(found),
        background.population(found),
        *(chapter(found) for chapter in FAMILIES),
        background.vigilance(found),
        verdicts.by_recommendation(found),
        limits.limits(found),
        deciding.decision(found),
    ]
    numbered = [replace(one, title=f"{number}. {one.title}") for number, one in enumerate(chapters, start=1)]
    return numbered + [
        sheets.sheets(found),
        limits.sensitivity(found),
        annexes.instruments(found),
        annexes.notice(found),
        sheets.checking(found),
        annexes.opinion(found),
    ]
