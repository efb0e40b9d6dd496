"""Charts of learning: scores before and after, and the map of questions."""

from typing import Any

from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.charts import items as items_chart
from lms.reports.charts import quantiles as quantiles_chart
from lms.reports.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from lms.reports.pilot.source import Row, Source


def gains(source: Source) -> list[Block]:
    """Return the scores before and after, for each indicator that has them."""
    rows = [row for row in source.indicators if row["quantiles"]]
    if not rows:
        absent = _("No test was taken before and after by enough people: there is no gain to draw.")
        return [Heading(_("Before and after"), "before-after"), Paragraph(absent)]
    return [block for row in rows for block in _gain(source, row)]


def _gain(source: Source, row: Row) -> list[Block]:
    found = row["quantiles"]
    drawn = [
        {"quantile": share, "before": 100 * before, "after": 100 * after}
        for share, before, after in zip(found["at"], found["before"], found["after"], strict=True)
    ]
    spec = quantiles_chart.spec(
        drawn,
        axis=_("Score, % of the points"),
        quantile=_("% of people who score this much or less"),
        before=_("before"),
        after=_("after"),
    )
    label = _(
        "Scores before and after. %(quantiles)s",
        quantiles="; ".join(f"{one['quantile']} %: {one['before']:.0f} → {one['after']:.0f}" for one in drawn),
    )
    caption = _(
        "%(pairs)s people took both tests. Dashed: scores before; full: scores after. Each curve orders its own "
        "scores: a point is a level that a share of people does not pass, never one person.",
        pairs=found["pairs"],
    )
    columns = (Column(_("% of people"), True), Column(_("Before"), True), Column(_("After"), True))
    lines = tuple(
        (Cell(str(one["quantile"])), Cell(words.percent(one["before"] / 100)), Cell(words.percent(one["after"] / 100)))
        for one in drawn
    )
    heading = Heading(_("Before and after: %(indicator)s", indicator=source.label(row)), f"before-after-{row['code']}")
    picture = Picture(f"quantiles-{row['code']}", spec, label, caption)
    return [heading, picture, Table(_("Scores before and after, by quantile"), columns, lines)]


def questions(source: Source) -> list[Block]:
    """Return the map of questions."""
    rows = [row for row in source.series["items"] or () if not row["masked"]]
    heading = Heading(_("The questions"), "questions")
    if not rows:
        return [heading, Paragraph(_("No question was analysed for this evaluation: there is no map to draw."))]
    drawn = [_point(place, row) for place, row in enumerate(rows, start=1)]
    easy, apart = _("Facility: % of the points, on average"), _("Discrimination index, %")
    label = _("Map of questions. %(flagged)s", flagged=_flagged(rows))
    caption = _(
        "One mark is one question, by its number in the table. Right: easy; high: it tells those "
        "who know the rest from those who do not. "
        "Triangles are flagged: check the key and the wording first. Questions are judged here, never people."
    )
    picture = Picture("items", items_chart.spec(drawn, easy=easy, apart=apart), label, caption)
    return [heading, picture, _table(rows)]


def _point(place: int, row: Row) -> dict[str, Any]:
    return {
        "name": str(place),
        "facility": row["facility"],
        "discrimination": row["discrimination"],
        "flagged": bool(row["flagged"]),
    }


def _flagged(rows: list[Row]) -> str:
    names = [f"{row['module']} {row['key']}" for row in rows if row["flagged"]]
    return _("Flagged: %(names)s", names=words.listed(names)) if names else _("None is flagged.")


def _table(rows: list[Row]) -> Table:
    columns = (
        Column(_("No.")),
        Column(_("Module")),
        Column(_("Question")),
        Column(_("First attempts"), True),
        Column(_("Facility"), True),
        Column(_("Discrimination"), True),
        Column(_("Flagged")),
    )
    return Table(
        _("Questions by module"), columns, tuple(_cells(place, row) for place, row in enumerate(rows, start=1))
    )


def _cells(place: int, row: Row) -> tuple[Cell, ...]:
    flagged = {True: _("yes"), False: _("no"), None: _("too early to say")}[row["flagged"]]
    return (
        Cell(str(place)),
        Cell(row["module"]),
        Cell(row["key"]),
        Cell(words.number(row["attempts"], 0)),
        Cell(words.number(row["facility"])),
        Cell(words.number(row["discrimination"])),
        Cell(flagged),
    )
