"""Charts of use: week by week, by shift and hour, step by step."""

from collections.abc import Mapping
from typing import Any

from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.charts import hours as hours_chart
from lms.reports.charts import steps as steps_chart
from lms.reports.charts import weeks as weeks_chart
from lms.reports.document import Block, Cell, Column, Heading, Paragraph, Picture, Table
from lms.reports.pilot.source import Row, Source


def weeks(source: Source) -> list[Block]:
    """Return the curve of weekly activity, weeks with a kiosk cut off marked."""
    rows = source.series["weeks"]
    heading = Heading(_("Week by week"), "weeks")
    if rows is None:
        return [heading, Paragraph(_("No work at a kiosk was recorded: there is no curve to draw."))]
    drawn = [_week(place, row) for place, row in enumerate(rows, start=1)]
    spec = weeks_chart.spec(drawn, axis=_("Active, % of those present"), cut_off=_("kiosk cut off"))
    label = _("Curve of weekly activity. %(weeks)s", weeks="; ".join(_week_said(row) for row in rows))
    caption = _(
        "Point: share of those present in the week who worked at a kiosk at least once; beneath, the first day and "
        "how many were present. Dashed upright: work of that week arrived more than ten minutes late, because a kiosk "
        "could not reach the server. A curve that falls after two weeks shows the end of novelty."
    )
    return [heading, Picture("weeks", spec, label, caption), _weeks_table(rows)]


def _week(place: int, row: Row) -> dict[str, Any]:
    share = None if row["masked"] or not row["present"] else 100 * row["active"] / row["present"]
    present = _("hidden") if row["masked"] else words.number(row["present"], 0)
    return {
        "name": f"{place}|{words.short_day(row['from'])}|n = {present}",
        "share": share,
        "told": "" if share is None else words.percent(round(share) / 100),
        "late": bool(row["late"]),
    }


def _week_said(row: Row) -> str:
    if row["masked"]:
        return _("%(day)s: hidden", day=words.day(row["from"]))
    text = _(
        "%(day)s: %(active)s of %(present)s", day=words.day(row["from"]), active=row["active"], present=row["present"]
    )
    return text + (_(" (kiosk cut off)") if row["late"] else "")


def _weeks_table(rows: list[Row]) -> Table:
    columns = (
        Column(_("Week from")),
        Column(_("Present"), True),
        Column(_("Active"), True),
        Column(_("Share"), True),
        Column(_("Sittings"), True),
        Column(_("Of them arrived late"), True),
        Column(_("Days with a kiosk cut off")),
    )
    return Table(_("Activity by week"), columns, tuple(_week_cells(row) for row in rows))


def _week_cells(row: Row) -> tuple[Cell, ...]:
    first = Cell(words.day(row["from"]))
    if row["masked"]:
        return (first, *(Cell(_("hidden")) for _place in range(5)), Cell(""))
    share = words.percent(row["active"] / row["present"]) if row["present"] else words.NOTHING
    counts = (Cell(words.number(row[name], 0)) for name in ("present", "active"))
    rest = (Cell(words.number(row[name], 0)) for name in ("sittings", "late"))
    return (first, *counts, Cell(share), *rest, Cell(words.listed([words.short_day(day) for day in row["late_days"]])))


def hours(source: Source) -> list[Block]:
    """Return the heat map of sittings by shift and hour."""
    rows = source.series["hours"]
    heading = Heading(_("When the kiosks are used"), "hours")
    if rows is None:
        return [heading, Paragraph(_("No work of a shift was recorded at a kiosk: there is no map to draw."))]
    drawn = [{"shift": row["shift"], "hour": row["hour"], "count": row["sittings"], "told": _told(row)} for row in rows]
    shifts = list(dict.fromkeys(row["shift"] for row in rows))
    label = _(
        "Heat map of sittings by shift and hour. %(shifts)s",
        shifts="; ".join(_shift_said(shift, rows) for shift in shifts),
    )
    caption = _(
        "Number of sittings begun in each hour of the day, by shift; the darker, the more. Dashed and marked with a "
        "cross: hidden, because fewer than %(least)s people came then, or because it would give such an hour away.",
        least=source.protocol["rules"]["smallest_group"],
    )
    spec = hours_chart.spec(drawn, axis=_("Hour of the day"))
    return [heading, Picture("hours", spec, label, caption), _hours_table(shifts, rows)]


def _told(row: Row) -> str:
    if row["masked"]:
        return "×"
    return str(row["sittings"]) if row["sittings"] else ""


def _shift_said(shift: str, rows: list[Row]) -> str:
    own = [row for row in rows if row["shift"] == shift]
    told = [f"{row['hour']} h: {row['sittings']}" for row in own if row["sittings"]]
    masked = sum(row["masked"] for row in own)
    return f"{shift}: {words.listed(told)}" + (f" ({_('hidden')}: {masked})" if masked else "")


def _hours_table(shifts: list[str], rows: list[Row]) -> Table:
    """Return the hours in which anyone came, a column for each shift."""
    found = {(row["shift"], row["hour"]): row for row in rows}
    used = [hour for hour in range(24) if any(found[shift, hour]["sittings"] != 0 for shift in shifts)]
    columns = (Column(_("Hour")), *(Column(shift, True) for shift in shifts))
    cells = tuple(
        (
            Cell(f"{hour} h"),
            *(Cell(_("hidden") if found[one, hour]["masked"] else str(found[one, hour]["sittings"])) for one in shifts),
        )
        for hour in used
    )
    return Table(_("Sittings begun, by hour and shift"), columns, cells)


def steps(source: Source) -> list[Block]:
    """Return, for each module, how far people went."""
    rows = source.series["steps"]
    heading = Heading(_("How far people go in each module"), "steps")
    shown = [row for row in rows or () if not row["masked"]]
    if not shown:
        return [heading, Paragraph(_("No module was begun by enough people to show where they leave it."))]
    modules = {_module(row): _drawn_steps(row) for row in shown}
    spec = steps_chart.spec(modules, axis=_("reached, %"), step=_("Step"))
    label = _("How far people went in each module. %(modules)s", modules="; ".join(_steps_said(row) for row in shown))
    caption = _(
        "Bar: share of those who began the module that did the step. Dark brown, with a number: the step after which "
        "most people left for good (seven days without coming back, module not completed). No bar: hidden, too few "
        "people did the step."
    )
    return [heading, Picture("steps", spec, label, caption), _steps_table(rows)]


def _module(row: Row) -> str:
    return _("%(module)s (n = %(count)s)", module=row["module"], count=row["started"])


def _drawn_steps(row: Row) -> list[dict[str, Any]]:
    worst = _worst(row)
    return [
        {
            "step": step["step"],
            "share": None if step["masked"] else 100 * step["reached"] / row["started"],
            "lost": f"−{step['left']}" if step == worst else "",
        }
        for step in row["steps"]
    ]


def _worst(row: Mapping[str, Any]) -> Row | None:
    """Return the step after which the largest share of those who reached it left for good."""
    told = [step for step in row["steps"] if step["reached"] and step["left"]]
    return max(told, key=lambda step: step["left"] / step["reached"], default=None)


def _steps_said(row: Row) -> str:
    worst = _worst(row)
    if worst is None:
        return _("%(module)s: nobody left for good", module=row["module"])
    return _(
        "%(module)s: most left after step %(step)s, %(left)s of %(reached)s",
        module=row["module"],
        step=worst["step"],
        left=worst["left"],
        reached=worst["reached"],
    )


def _steps_table(rows: list[Row]) -> Table:
    columns = (
        Column(_("Module")),
        Column(_("Began"), True),
        Column(_("Did the last step"), True),
        Column(_("Left for good"), True),
        Column(_("Step after which most left")),
    )
    return Table(_("Leaving, by module"), columns, tuple(_steps_cells(row) for row in rows))


def _steps_cells(row: Row) -> tuple[Cell, ...]:
    if row["masked"]:
        return (Cell(row["module"]), *(Cell(_("hidden")) for _place in range(3)), Cell(""))
    last, worst = row["steps"][-1]["reached"], _worst(row)
    left = sum(step["left"] or 0 for step in row["steps"])
    where = (
        ""
        if worst is None
        else _("%(step)s (%(left)s of %(reached)s)", **{name: worst[name] for name in ("step", "left", "reached")})
    )
    counts = (
        words.number(row["started"], 0),
        _("hidden") if last is None else words.number(last, 0),
        words.number(left, 0),
    )
    return (Cell(row["module"]), *(Cell(count) for count in counts), Cell(where))
