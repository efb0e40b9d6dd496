"""Chapter 13 and its tables: what each indicator and each recommendation came to."""

from collections.abc import Iterator, Sequence

from lms.evaluation.decisions.models import Subject
from lms.evaluation.verdict import RecommendationVerdict
from lms.kernel.languages import gettext as _
from lms.kernel.languages import in_language
from lms.reports import labels, words
from lms.reports.document import Block, Cell, Column, Heading, Items, Section, Table
from lms.reports.pilot import figures, remarks
from lms.reports.pilot.drawn import changes
from lms.reports.pilot.source import Row, Source


def by_recommendation(source: Source) -> Section:
    """Return the chapter of verdicts: both tables, and why."""
    blocks: list[Block] = [
        indicators(source, source.indicators, _("Verdicts by indicator")),
        recommendations(source, _("Verdict and reason, by recommendation")),
        *changes.together(source),
    ]
    for row in source.figures["recommendations"]:
        if row["verdict"] != RecommendationVerdict.OUTSIDE_PILOT:
            own = [one for one in source.indicators if one["code"] in row["indicators"]]
            blocks += [Heading(_heading(source, row), f"verdict-{row['code']}"), Items(tuple(_items(source, own)))]
            blocks += remarks.beside(source, Subject.RECOMMENDATION, row["code"])
    return Section("verdicts", _("Verdicts by recommendation"), tuple(blocks))


def _heading(source: Source, row: Row) -> str:
    return f"{row['code']} – {in_language(source.recommendation(row['code'])['statement'])}"


def recommendations(source: Source, caption: str, *, reasons: bool = True) -> Table:
    """Return what each recommendation came to, and why."""
    rows = [
        (
            Cell(row["code"], anchor=f"recommendation-{row['code']}"),
            Cell(in_language(source.recommendation(row["code"])["statement"])),
            Cell(str(labels.VERDICTS[row["verdict"]]), verdict=row["verdict"]),
            Cell(str(labels.RECOMMENDATION_REASONS[row["reason"]])),
        )
        for row in source.figures["recommendations"]
    ]
    columns = (Column(_("Code")), Column(_("Recommendation")), Column(_("Verdict")), Column(_("Why")))
    kept = len(columns) if reasons else len(columns) - 1
    return Table(caption, columns[:kept], tuple(row[:kept] for row in rows))


def indicators(source: Source, rows: Sequence[Row], caption: str) -> Table:
    """Return the verdict table (evaluation reference, section 8)."""
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
    return Table(caption, columns, tuple(_row(source, row) for row in rows))


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


def _items(source: Source, rows: Sequence[Row]) -> Iterator[str]:
    """Yield each indicator's verdict and reason, and in one line those that have none."""
    for row in rows:
        if row["verdict"] is not None:
            yield _(
                "%(indicator)s: %(verdict)s, %(reason)s",
                indicator=source.label(row),
                verdict=figures.verdict(row).text,
                reason=labels.REASONS[row["reason"]],
            )
    secondary = [row["code"] for row in rows if row["verdict"] is None]
    if secondary:
        yield _("Without a verdict, being secondary: %(codes)s", codes=words.listed(secondary))
