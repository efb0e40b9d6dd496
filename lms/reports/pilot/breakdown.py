"""An indicator's one breakdown: a table of groups, small ones hidden."""

from lms.evaluation.indicators.definition import Grouping
from lms.evaluation.units import Unit
from lms.kernel.languages import gettext as _
from lms.reports import words
from lms.reports.document import Cell, Column, Table
from lms.reports.pilot import figures
from lms.reports.pilot.source import Row, Source

SHARES = (Unit.SHARE, Unit.POINTS)
"""Units whose groups are counted by success; those of the others have a mean."""


def groups(source: Source, row: Row) -> Table:
    """Return the table of an indicator's groups."""
    definition = source.definition(row)
    caption = _(
        "%(indicator)s by %(group)s (groups under %(least)s people, and those that would give them away, are hidden)",
        indicator=row["code"],
        group=_name(row).lower(),
        least=source.protocol["rules"]["smallest_opinions" if definition.get("opinion") else "smallest_group"],
    )
    if _counts(row):
        numbers, told = [_("Numerator"), _("Denominator"), _("Share")], [_shared(group) for group in row["groups"]]
    else:
        numbers, told = [_("Counted"), _("Mean")], [_averaged(row, group) for group in row["groups"]]
    columns = (Column(_name(row)), *(Column(name, True) for name in numbers))
    return Table(caption, columns, tuple(told))


def _counts(row: Row) -> bool:
    """Whether groups are told by successes: not where a share is itself a mean of shares, which is at most 1."""
    groups = row["groups"]
    counted = any(group["numerator"] for group in groups)
    return Unit(row["unit"]) in SHARES and (
        counted or all(group["mean"] is None or group["mean"] > 1 for group in groups)
    )


def _name(row: Row) -> str:
    names = {
        Grouping.TEAM: _("Team"),
        Grouping.SHIFT: _("Shift"),
        Grouping.AGE_BAND: _("Age band"),
        Grouping.EASE: _("Digital ease"),
        Grouping.ITEM: _("Question"),
        Grouping.KIND: _("Kind"),
        Grouping.WEEK: _("Week"),
    }
    return names.get(Grouping(row["grouping"]), _("Group"))


def _shared(group: Row) -> tuple[Cell, ...]:
    if group["masked"]:
        return (Cell(group["group"]), *(Cell(_("hidden")) for _place in range(3)))
    share = words.percent(group["numerator"] / group["denominator"])
    counts = (Cell(words.number(group[name], 0)) for name in ("numerator", "denominator"))
    return (Cell(group["group"]), *counts, Cell(share))


def _averaged(row: Row, group: Row) -> tuple[Cell, ...]:
    if group["masked"]:
        return (Cell(group["group"]), Cell(_("hidden")), Cell(_("hidden")))
    mean = words.amount(group["mean"], figures.unit(row))
    return (Cell(group["group"]), Cell(words.number(group["denominator"], 0)), Cell(mean))
