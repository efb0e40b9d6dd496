"""What a design's own analysis tells of an indicator: with training beside without, and what it rests on."""

from typing import Any

from lms.evaluation.designs import Comparison
from lms.evaluation.units import NAMES, Unit, typed
from lms.kernel.languages import gettext as _
from lms.kernel.languages import ngettext
from lms.reports import words
from lms.reports.charts import changes as chart
from lms.reports.document import Block, Cell, Column, Paragraph, Picture, Table
from lms.reports.pilot import figures
from lms.reports.pilot.source import Row, Source


def changed(source: Source, row: Row) -> list[Block]:
    """Return the picture, its table and how it was computed; nothing where there is nothing to draw."""
    change = row.get("change")
    if not change or not any(one[mark] is not None for one in change["rows"] for mark in ("with", "without")):
        return []
    drawn = [_drawn(row, change, one, place) for place, one in enumerate(change["rows"])]
    label = _("Change by training. %(rows)s", rows="; ".join(map(_in_words, drawn)))
    caption = _("Disc: mean of teams with training; open square: mean of teams that waited for it.")
    axis = f"{source.label(row)}, {NAMES[figures.unit(row)]}"
    picture = Picture(f"change-{row['code']}", chart.spec(drawn, figures.unit(row), axis=axis), label, caption)
    columns = (
        Column(_("Period") if change["design"] == Comparison.STEPPED_WEDGE else _("Order")),
        Column(_("Waiting"), True),
        Column(_("With training"), True),
        Column(_("Teams")),
    )
    lines = tuple(
        (Cell(one["name"].replace("|", " ")), Cell(one["without_told"]), Cell(one["with_told"]), Cell(one["told"]))
        for one in drawn
    )
    table = Table(_("%(indicator)s with and without training", indicator=row["code"]), columns, lines)
    return [picture, table, Paragraph(_how(change))]


def together(source: Source) -> list[Block]:
    """Return what the design tells of every indicator, in one table; nothing for a design that tells no change."""
    told = [(row, change) for row in source.indicators if (change := row.get("change"))]
    if not told:
        return []
    shown = [(row, change) for row, change in told if change["value"] is not None]
    columns = (Column(_("Indicator")), Column(_("Change by training")))
    lines = tuple(
        (Cell(source.label(row), anchor=f"indicator-{row['code']}"), Cell(figures.changed(change)))
        for row, change in shown
    )
    blocks: list[Block] = [Table(_("Change by training, beside the verdicts"), columns, lines)] if shown else []
    others: dict[str, list[str]] = {}
    for row, change in told:
        if change["value"] is None:
            others.setdefault(figures.changed_words(change), []).append(row["code"])
    return blocks + [Paragraph(f"{words.listed(codes)} – {why}.") for why, codes in others.items()]


def _drawn(row: Row, change: Row, one: Row, place: int) -> dict[str, Any]:
    measure = figures.unit(row)
    found: dict[str, Any] = {"name": _name(change, one, place), "told": _teams(change, one)}
    for mark in ("without", "with"):
        value = one[mark]
        found[mark] = None if value is None else typed(measure, value)
        hidden = _("hidden") if one[f"{mark}_teams"] else words.NOTHING
        found[f"{mark}_told"] = hidden if value is None else words.amount(value, measure)
    return found


def _name(change: Row, one: Row, place: int) -> str:
    if change["design"] == Comparison.STEPPED_WEDGE:
        span = change["periods"][place]
        return _("%(first)s to %(last)s", first=words.short_day(span["from"]), last=words.short_day(span["to"]))
    first, second = one["order"]
    return _("%(first)s,|then %(second)s", first=first, second=second)


def _teams(change: Row, one: Row) -> str:
    if change["design"] == Comparison.COUNTERBALANCED:
        return ngettext("%(num)s team", "%(num)s teams", one["with_teams"])
    return _("%(waiting)s waiting, %(trained)s with", waiting=one["without_teams"], trained=one["with_teams"])


def _in_words(one: dict[str, Any]) -> str:
    return _(
        "%(name)s: waiting %(without)s, with training %(with_it)s",
        name=one["name"].replace("|", " "),
        without=one["without_told"],
        with_it=one["with_told"],
    )


def _how(change: Row) -> str:
    if change["design"] == Comparison.STEPPED_WEDGE:
        text = _(
            "In the same weeks, teams that had started stand beside teams that waited; a level of each team and of "
            "each period is taken out. The interval comes from dealing the starts out anew among the %(teams)s teams "
            "(%(ways)s ways): it holds where their order was drawn by lot.",
            teams=change["teams"],
            ways=words.number(change["ways"], 0),
        )
        left = ngettext(
            "%(num)s period is left out: some team has no figure for it.",
            "%(num)s periods are left out: some team has no figure for them.",
            change["left_out"],
        )
    else:
        text = _(
            "Before the second module, the gain of each of %(people)s people on the module taken is compared with "
            "their gain on the module still to come; the mean of both orders does not depend on which one is easier. "
            "The interval counts %(teams)s teams, not people. The modules differ by %(modules)s.",
            people=change["people"],
            teams=change["teams"],
            modules=words.amount(abs(change["module_difference"]), Unit(change["unit"]))
            if change["module_difference"] is not None
            else words.NOTHING,
        )
        left = _("%(count)s people lack one of the four tests and are left out.", count=change["left_out"])
    return f"{text} {left}" if change["left_out"] else text
