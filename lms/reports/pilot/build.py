"""The whole report of an evaluation: what the page, the file and the print are made from."""

from lms.evaluation.decisions.models import Subject
from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.languages import current_language, in_language, speaking
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.document import Block, Heading, Items, Report, Section
from lms.reports.pilot import background, deciding, evidence, limits, remarks, sheets, summary
from lms.reports.pilot.source import Source, source


def build(pilot: Pilot, evaluation: Evaluation, language: str | None = None) -> Report:
    """Return the report of an evaluation in a language (the reader's if none is given)."""
    with speaking(language or current_language()):
        return _report(source(pilot, evaluation))


def _report(found: Source) -> Report:
    sections = [
        summary.summary(found),
        background.recommended(found),
        background.protocol(found),
        background.population(found),
        *evidence.chapters(found),
        *([background.vigilance(found)] if found.context["vigilance"] else []),
        _by_recommendation(found),
        limits.limits(found),
        deciding.decision(found),
        sheets.sheets(found),
        limits.sensitivity(found),
        sheets.checking(found),
    ]
    return Report(
        language=current_language(),
        title=_("Evaluation of the pilot %(title)s", title=in_language(found.title)),
        subtitle=_("Data up to %(day)s", day=words.day(found.as_of)),
        banner=_banner(found),
        footer=(
            _("Protocol %(hash)s", hash=found.protocol_sha256[:12]),
            _("Evaluation %(hash)s", hash=found.digest[:12]),
            _("Records up to %(number)s", number=words.number(found.records_up_to, 0)),
            words.day(found.run_at),
        ),
        sections=tuple(sections),
    )


def _banner(found: Source) -> str:
    if found.simulated:
        return _("Simulated figures: these people and their results say nothing about any real plant.")
    if found.illustrative:
        return _("Illustrative figures: nothing real may be concluded from them.")
    return ""


def _by_recommendation(found: Source) -> Section:
    blocks: list[Block] = [summary.recommendations(found, _("Verdict and reason, by recommendation"))]
    for row in found.figures["recommendations"]:
        if background.is_tested(row):
            blocks += [Heading(row["code"], f"verdict-{row['code']}"), Items(_told(found, row["indicators"]))]
            blocks += remarks.beside(found, Subject.RECOMMENDATION, row["code"])
    return Section("verdicts", _("Verdicts by recommendation"), tuple(blocks))


def _told(found: Source, codes: list[str]) -> tuple[str, ...]:
    return tuple(evidence.told(found, row) for row in found.indicators if row["code"] in codes)
