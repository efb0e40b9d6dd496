"""Chapters 5 to 11: each family of indicators with its charts; none is hidden for being empty."""

from collections.abc import Callable, Sequence

from lms.evaluation.indicators.definition import Family
from lms.kernel.languages import gettext as _
from lms.reports.document import Block, Paragraph, Section
from lms.reports.pilot import evidence
from lms.reports.pilot.drawn import conditions, costs, learning, perception, transfer, usage
from lms.reports.pilot.source import Source

Chart = Callable[[Source], list[Block]]


def usage_chapter(source: Source) -> Section:
    """Return the chapter on use: how many came, how far, when."""
    return _chapter(
        source,
        Family.USAGE,
        _("Usage"),
        _("whether and how the modules are used"),
        [usage.weeks, usage.hours, usage.steps],
    )


def learning_chapter(source: Source) -> Section:
    """Return the chapter on what was learnt."""
    charts = [learning.gains, learning.questions]
    return _chapter(source, Family.LEARNING, _("What was learnt"), _("what people learnt"), charts)


def transfer_chapter(source: Source) -> Section:
    """Return the chapter on what changed at the post."""
    question = _("whether people work otherwise at their post")
    return _chapter(source, Family.TRANSFER, _("Transfer to the post"), question, [transfer.coverage])


def perception_chapter(source: Source) -> Section:
    """Return the chapter on what people think of it."""
    title, question = _("Perception and adhesion"), _("what people think of it")
    return _chapter(source, Family.PERCEPTION, title, question, [perception.said_and_did])


def equity_chapter(source: Source) -> Section:
    """Return the chapter on differences between groups."""
    return _chapter(source, Family.EQUITY, _("Equity"), _("whether every group has the same chance"))


def conditions_chapter(source: Source) -> Section:
    """Return the chapter on kiosks, help and time."""
    title = _("Technical and human conditions")
    return _chapter(source, Family.CONDITIONS, title, _("kiosks, network, help or time"), [conditions.requests])


def costs_chapter(source: Source) -> Section:
    """Return the chapter on costs."""
    return _chapter(source, Family.COSTS, _("Costs"), _("what the arrangement costs"), [costs.costs])


def _chapter(source: Source, family: Family, title: str, question: str, charts: Sequence[Chart] = ()) -> Section:
    blocks = indicators(source, family, question)
    for chart in charts:
        blocks += chart(source)
    return Section(family.value, title, tuple(blocks))


def indicators(source: Source, family: Family, question: str) -> list[Block]:
    """Return a family's indicators, or the sentence that the protocol measures none of it."""
    rows = [row for row in source.indicators if source.definition(row)["family"] == family]
    if not rows:
        return [
            Paragraph(_("The protocol does not measure %(question)s: nothing is said of it here.", question=question))
        ]
    return [block for row in rows for block in evidence.blocks(source, row)]


FAMILIES = (
    usage_chapter,
    learning_chapter,
    transfer_chapter,
    perception_chapter,
    equity_chapter,
    conditions_chapter,
    costs_chapter,
)
"""Chapters 5 to 11 in their order."""
