"""Chapter 1, one page: the question, what is proposed, the verdicts, three limits."""

from lms.evaluation.verdict import Verdict
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.document import Block, Items, Pairs, Paragraph, Section
from lms.reports.pilot import deciding, limits, verdicts
from lms.reports.pilot.drawn.central import central
from lms.reports.pilot.source import Source


def summary(source: Source) -> Section:
    """Return the one-page summary; the drawing comes last, so that whatever its height the rest is on one page."""
    question = _(
        "Question: do the recommendations of the audit hold for teams like those of the pilot, "
        "from %(start)s to %(end)s?",
        start=words.day(source.protocol["pilot"]["starts_on"]),
        end=words.day(source.as_of),
    )
    judged = [row for row in source.indicators if row["primary"]]
    blocks: tuple[Block, ...] = (
        Paragraph(question),
        Paragraph(deciding.proposed(source), strong=True),
        verdicts.recommendations(source, _("What each recommendation came to"), reasons=False),
        verdicts.indicators(source, judged, _("Indicators that got a verdict")),
        Pairs(_balance(source)),
        Items(tuple(limits.main(source))),
        *central(source),
    )
    return Section("summary", _("One-page summary"), blocks)


def _balance(source: Source) -> tuple[tuple[str, str], ...]:
    """Return what holds, what does not and what is open, each as large as the others."""
    told = (
        (_("It holds"), [Verdict.MET]),
        (_("It does not hold"), [Verdict.NOT_MET]),
        (_("It stays open"), [Verdict.INCONCLUSIVE, Verdict.NOT_MEASURABLE]),
    )
    return tuple(
        (
            name,
            words.listed([source.label(row) for row in source.indicators if row["verdict"] in found]) or _("nothing"),
        )
        for name, found in told
    )
