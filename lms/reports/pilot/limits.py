"""What was not measured, what is weak, what would change our mind."""

from collections.abc import Iterator

from lms.evaluation.indicators.definition import Family
from lms.evaluation.verdict import Verdict
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language, ngettext
from lms.reports import labels, words
from lms.reports.document import Cell, Column, Heading, Items, Paragraph, Section, Table
from lms.reports.pilot import figures
from lms.reports.pilot.arrow import last_arrow
from lms.reports.pilot.sheets import gone
from lms.reports.pilot.source import Row, Source


def main(source: Source) -> list[str]:
    """Return the three limits that stand on the first page."""
    fragile = [row["code"] for row in source.indicators if row["fragile"]]
    teams = len(source.protocol["pilot"]["teams"])
    return [
        in_language(source.protocol["pilot"]["comparison"]["weakness"]),
        ngettext(
            "%(num)s team: people of one team resemble each other, so intervals are wide.",
            "%(num)s teams: people of one team resemble each other, so intervals are wide.",
            teams,
        ),
        _("Fragile, they would flip under another defensible choice: %(codes)s.", codes=words.listed(fragile))
        if fragile
        else _("No verdict flips under the other choices tried."),
    ]


def limits(source: Source) -> Section:
    """Return the chapter of limits."""
    return Section(
        "limits",
        _("Limits, and what would change our mind"),
        (
            Heading(_("The last arrow that held"), "last-arrow"),
            *last_arrow(source),
            Heading(_("What was not measured"), "not-measured"),
            Items(tuple(_unmeasured(source))),
            Heading(_("What would change our mind"), "change-our-mind"),
            Items(tuple(_changes(source))),
        ),
    )


def _unmeasured(source: Source) -> Iterator[str]:
    measured = {source.definition(row)["family"] for row in source.indicators}
    absent = {
        Family.LEARNING: _("Learning: no indicator of the protocol reads the answers given."),
        Family.EQUITY: _("Equity: no indicator of the protocol compares shifts."),
        Family.TRANSFER: _("Behaviour at the post: nobody observed whether people work otherwise after a module."),
        Family.PERCEPTION: _("What people think of it: no survey belongs to this protocol."),
        Family.COSTS: _("Costs: neither time nor money is counted here."),
    }
    yield from (sentence for family, sentence in absent.items() if family not in measured)
    yield _("Results of the plant (defects, incidents): too rare and too mixed with other causes for a pilot.")
    concerned, started = source.figures["flow"]["concerned"], source.figures["flow"]["started"]
    if concerned:
        yield _("Those who never came: %(people)s, of whom only the absence is known.", people=concerned - started)


def _changes(source: Source) -> Iterator[str]:
    for row in source.indicators:
        if row["fragile"]:
            yield _(
                "%(indicator)s flips: %(flips)s.", indicator=source.label(row), flips=words.listed(figures.flips(row))
            )
        if row["verdict"] == Verdict.INCONCLUSIVE:
            yield figures.settling(source, row)
    if source.seal is None:
        yield _("A mistake in the records or the roster: anyone may recompute this evaluation and see.")
    else:
        yield gone(source.seal)


def sensitivity(source: Source) -> Section:
    """Return every other choice tried, with its interval and what it would say."""
    columns = (
        Column(_("Indicator")),
        Column(_("Other choice")),
        Column(_("Interval")),
        Column(_("Would say")),
        Column(_("Flips")),
    )
    rows = tuple(_variant(source, row, variant) for row in source.indicators for variant in row["sensitivity"])
    explained = Paragraph(
        _("Each choice is judged by its interval alone; the least numbers are conditions of the design.")
    )
    return Section("sensitivity", _("Annex: sensitivity"), (explained, Table(_("Other choices"), columns, rows)))


def _variant(source: Source, row: Row, variant: Row) -> tuple[Cell, ...]:
    said = words.bounds(variant["low"], variant["high"], figures.unit(row))
    verdict = Cell(str(labels.VERDICTS[variant["verdict"]]), verdict=variant["verdict"])
    flips = Cell(_("yes") if variant["flips"] else _("no"))
    return (Cell(source.label(row)), Cell(labels.choice(variant, figures.unit(row))), Cell(said), verdict, flips)
