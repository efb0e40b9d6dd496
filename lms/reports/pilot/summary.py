"""Chapter 1: verdicts first, on one page."""

from collections.abc import Iterator

from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language
from lms.reports import labels, words
from lms.reports.document import Block, Cell, Column, Items, Paragraph, Picture, Section, Table
from lms.reports.pilot import deciding, figures, forest, limits
from lms.reports.pilot.source import Row, Source


def summary(source: Source) -> Section:
    """Return the one-page summary."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "Question: do the recommendations of the audit hold for teams like those of the pilot, "
                "from %(start)s to %(end)s?",
                start=words.day(source.protocol["pilot"]["starts_on"]),
                end=words.day(source.as_of),
            )
        ),
        recommendations(source, _("What each recommendation came to")),
        *_picture(source),
        verdicts(source),
        Paragraph(deciding.proposed(source), strong=True),
        Items(tuple(limits.main(source))),
    ]
    return Section("summary", _("One-page summary"), tuple(blocks))


def recommendations(source: Source, caption: str) -> Table:
    """Return what each recommendation came to."""
    rows = tuple(
        (
            Cell(row["code"], anchor=f"recommendation-{row['code']}"),
            Cell(in_language(source.recommendation(row["code"])["statement"])),
            Cell(str(labels.VERDICTS[row["verdict"]]), verdict=row["verdict"]),
            Cell(str(labels.RECOMMENDATION_REASONS[row["reason"]])),
        )
        for row in source.figures["recommendations"]
    )
    columns = (Column(_("Code")), Column(_("Recommendation")), Column(_("Verdict")), Column(_("Why")))
    return Table(caption, columns, rows)


def verdicts(source: Source) -> Table:
    """Return the verdict table of all indicators (evaluation reference, section 8)."""
    columns = (
        Column(_("For")),
        Column(_("Indicator")),
        Column(_("Threshold (ambition)")),
        Column(_("Observed")),
        Column(_("Interval")),
        Column(_("n (effective)")),
        Column(_("Verdict")),
        Column(_("Fragile")),
    )
    return Table(_("Verdicts by indicator"), columns, tuple(_row(source, row) for row in source.indicators))


def _row(source: Source, row: Row) -> tuple[Cell, ...]:
    anchor = f"indicator-{row['code']}"
    return (
        Cell(row["recommendation"]),
        Cell(source.label(row), anchor=anchor),
        Cell(figures.threshold(row)),
        Cell(figures.constat(row), anchor=anchor),
        Cell(figures.interval(row)),
        Cell(figures.sample(row)),
        figures.verdict(row),
        Cell(figures.fragile(row)),
    )


def _picture(source: Source) -> Iterator[Picture]:
    rows = forest.shown(source)
    if not rows:
        return
    label = _("Forest plot. %(rows)s", rows="; ".join(_said(source, row) for row in rows))
    caption = _(
        "Mark: observed; line: interval; upright bar: threshold; diamond: ambition. "
        "The sign and the word at the end are the verdict."
    )
    yield Picture("forest", forest.spec(source), label, caption)


def _said(source: Source, row: Row) -> str:
    return _(
        "%(indicator)s: %(value)s, interval %(interval)s, threshold %(threshold)s, %(verdict)s",
        indicator=source.label(row),
        value=figures.value(row),
        interval=figures.interval(row),
        threshold=figures.threshold(row),
        verdict=str(labels.VERDICTS[row["verdict"]]),
    )
