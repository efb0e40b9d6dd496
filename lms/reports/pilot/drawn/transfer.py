"""The chart of coverage: whether enough people master each task, before and after."""

from typing import Any

from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.charts import coverage as chart
from lms.reports.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from lms.reports.pilot.source import Row, Source

COVERAGE = "T6"


def coverage(source: Source) -> list[Block]:
    """Return coverage whole and by shift, with what it was before where that is known."""
    rows = [row for row in source.indicators if row["indicator"] == COVERAGE and row["value"] is not None]
    if not rows:
        absent = _("Coverage of the tasks was not measured: there is nothing to compare with the time before.")
        return [Heading(_("Coverage before and after"), "coverage"), Paragraph(absent)]
    return [block for row in rows for block in _coverage(source, row)]


def _coverage(source: Source, row: Row) -> list[Block]:
    earlier = {group["group"]: group for group in row.get("groups_before") or ()}
    drawn = [_whole(row, earlier), *(_shift(group, earlier.get(group["group"])) for group in row["groups"])]
    known = any(one["before"] is not None for one in drawn)
    label = _(
        "Coverage before and after. %(rows)s",
        rows="; ".join(f"{one['name']}: {_shown(one['before'])} → {_shown(one['after'])}" for one in drawn),
    )
    caption = _("Disc: at the cut-off; open square: before the pilot.")
    if not known:
        caption += " " + _("What it was before is not known.")
    columns = (Column(_("Shift")), Column(_("Before"), True), Column(_("After"), True), Column(_("Tasks covered")))
    lines = tuple(
        (Cell(one["name"]), Cell(_shown(one["before"])), Cell(_shown(one["after"])), Cell(one["told"])) for one in drawn
    )
    heading = Heading(
        _("Coverage before and after: %(indicator)s", indicator=source.label(row)), f"coverage-{row['code']}"
    )
    picture = Picture(f"coverage-{row['code']}", chart.spec(drawn, axis=_("Tasks covered, %")), label, caption)
    return [heading, picture, Table(_("Coverage by shift"), columns, lines)]


def _whole(row: Row, earlier: dict[str, Row]) -> dict[str, Any]:
    """Return all shifts: what the protocol says of before, else what the matrix said if no shift is hidden."""
    before = 100 * row["baseline"]["value"] if row["baseline"] else None
    if before is None and earlier and not any(group["masked"] for group in earlier.values()):
        covered, every = (sum(group[name] for group in earlier.values()) for name in ("numerator", "denominator"))
        before = 100 * covered / every
    return {"name": _("All shifts"), "before": before, "after": 100 * row["value"], "told": _counts(row)}


def _shift(group: Row, earlier: Row | None) -> dict[str, Any]:
    if group["masked"]:
        return {"name": group["group"], "before": None, "after": None, "told": _("hidden")}
    told = {"name": group["group"], "before": None, "after": _percent(group), "told": _counts(group)}
    if earlier is None or earlier["masked"]:
        return told
    return {
        **told,
        "before": _percent(earlier),
        "told": _("%(now)s; before %(then)s", now=_counts(group), then=_counts(earlier)),
    }


def _percent(group: Row) -> float:
    return 100 * group["numerator"] / group["denominator"]


def _counts(row: Row) -> str:
    counts = {name: words.number(row[name], 0) for name in ("numerator", "denominator")}
    return _("%(numerator)s of %(denominator)s", **counts)


def _shown(share: float | None) -> str:
    return words.NOTHING if share is None else words.percent(share / 100)
