"""How one indicator's figures are written: the same words wherever they stand."""

from typing import Any

from lms.evaluation.sensitivity import Choice
from lms.evaluation.units import Unit
from lms.evaluation.verdict import Basis, Direction
from lms.kernel.languages import gettext as _
from lms.reports import labels, words
from lms.reports.document import Cell
from lms.reports.pilot.source import Source

Row = dict[str, Any]


def unit(row: Row) -> Unit:
    """Return the unit of an indicator's value."""
    return Unit(row["unit"])


def value(row: Row) -> str:
    """Return the value with its unit."""
    return words.amount(row["value"], unit(row))


def constat(row: Row) -> str:
    """Return what was observed: the counts, and the share they make."""
    if row["value"] is None:
        return words.NOTHING
    if row["numerator"] is None:
        return value(row)
    counts = (words.number(row[name], 1) for name in ("numerator", "denominator"))
    return f"{'/'.join(counts)} = {value(row)}"


def before(row: Row) -> str:
    """Return what the indicator was before the pilot, with its source; whoever compares must know how far it can."""
    known = row["baseline"]
    if known is None:
        return _("not known")
    told = [known["window"], "n = " + words.number(known["n"], 0) if known["n"] else "", known["source"]]
    fit = _("measured in the same way") if known["comparable"] else _("not comparable as such")
    value = words.amount(known["value"], unit(row))
    return _("%(value)s (%(source)s; %(fit)s)", value=value, source=", ".join(filter(None, told)), fit=fit)


def compared(row: Row) -> str:
    """Return the comparison group's figure, and how far the teams that tried are from it."""
    other = row["comparison"]
    if other is None or other["value"] is None:
        return words.NOTHING
    value = words.amount(other["value"], unit(row))
    if other["difference_low"] is None:
        return value
    return _(
        "%(value)s; difference %(difference)s, interval %(interval)s",
        value=value,
        difference=words.points(other["difference"]),
        interval=words.bounds(other["difference_low"], other["difference_high"], Unit.BALANCE),
    )


def changed(change: Row) -> str:
    """Return what the design's own analysis says of an indicator, with the change and its interval where there are."""
    found = changed_words(change)
    if change["value"] is None:
        return found
    measure = Unit(change["unit"])
    value = words.amount(change["value"], measure)
    if change["low"] is None:
        return f"{value}; {found}"
    interval = words.bounds(change["low"], change["high"], measure)
    return _("%(value)s, interval %(interval)s; %(told)s", value=value, interval=interval, told=found)


def changed_words(change: Row) -> str:
    """Return what a change says and why, without its figures."""
    return _("%(told)s: %(why)s", told=labels.CHANGES[change["told"]], why=labels.CHANGE_REASONS[change["why"]])


def threshold(row: Row) -> str:
    """Return the threshold, and the ambition if there is one."""
    least = row["direction"] == Direction.GE
    bare = words.amount(row["threshold"], unit(row))
    text = _("at least %(threshold)s", threshold=bare) if least else _("at most %(threshold)s", threshold=bare)
    return text if row["ambition"] is None else f"{text} ({words.amount(row['ambition'], unit(row))})"


def interval(row: Row) -> str:
    """Return the interval."""
    if row["basis"] == Basis.CENSUS:
        return _("none: everything was counted")
    return words.bounds(row["low"], row["high"], unit(row))


def sample(row: Row) -> str:
    """Return the number of people, the effective number and the teams."""
    if row["n"] is None:
        return words.NOTHING
    if row["basis"] == Basis.SCENARIO:
        return _("%(number)s scenarios", number=row["n"])
    if row["basis"] == Basis.CENSUS:
        return words.number(row["n"], 0)
    return _(
        "%(n)s (%(effective)s; %(teams)s teams)",
        n=row["n"],
        effective=words.number(row["n_eff"], 0),
        teams=row["teams"],
    )


def verdict(row: Row) -> Cell:
    """Return the verdict; a secondary indicator has none."""
    if row["verdict"] is None:
        return Cell(_("secondary: no verdict"))
    return Cell(str(labels.VERDICTS[row["verdict"]]), verdict=row["verdict"])


def fragile(row: Row) -> str:
    """Return whether the verdict is fragile and what flips it."""
    if row["fragile"] is None:
        return words.NOTHING
    if not row["fragile"]:
        return _("no")
    return _("yes: %(flips)s", flips=words.listed(flips(row)))


def flips(row: Row) -> list[str]:
    """Return the other choices under which the verdict would change, teams left out told together."""
    teams = [variant for variant in row["sensitivity"] if variant["choice"] == Choice.WITHOUT_TEAM]
    flipped = [variant for variant in teams if variant["flips"]]
    others = [labels.choice(one, unit(row)) for one in row["sensitivity"] if one["flips"] and one not in teams]
    if len(flipped) > 2:
        return [*others, _("without one team (%(flipped)s of %(teams)s)", flipped=len(flipped), teams=len(teams))]
    return others + [labels.choice(variant, unit(row)) for variant in flipped]


MOST_PEOPLE = 2_000
"""More are needed than any such pilot will have: the number is not printed."""


def settling(source: Source, row: Row) -> str:
    """Return how many people would settle an inconclusive indicator, if that can be said."""
    if row["n_to_settle"] and row["n_to_settle"] > MOST_PEOPLE:
        return _(
            "%(indicator)s lies so near its threshold that no pilot of this kind would settle it.",
            indicator=source.label(row),
        )
    if row["n_to_settle"]:
        return _(
            "%(indicator)s would be settled by about %(count)s people if the share stays the same.",
            indicator=source.label(row),
            count=words.number(row["n_to_settle"], 0),
        )
    return _("%(indicator)s is open: %(reason)s.", indicator=source.label(row), reason=labels.REASONS[row["reason"]])
