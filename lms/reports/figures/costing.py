"""Costs in words: tables for a page, a workbook and a print."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lms.costs.balance import Balance, Line, Scenario
from lms.evaluation.estimators.ledger import SCENARIOS
from lms.evaluation.readings.series import SERIES, Unit
from lms.kernel.languages import current_language
from lms.kernel.languages import gettext as _
from lms.kernel.tables import Leaf, write_workbook
from lms.reports import drawing, kept, words
from lms.reports.charts import break_even
from lms.reports.document import Block, Cell, Column, Picture, Report, Section, Table


@dataclass(frozen=True)
class Sheet:
    """A table of the page."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def sheets(found: Balance) -> list[Sheet]:
    """Return the tables, what is most asked first."""
    return [_scenarios(found), _volumes(found), _modules(found), _tasks(found), _inputs(found), _formulas()]


def _scenarios(found: Balance) -> Sheet:
    told = [found.scenarios[name] for name in SCENARIOS]
    lines: list[tuple[str, list[object]]] = [
        (_("Digital, in all, €"), [one.total for one in told]),
        (_("An hour completed, digital, €"), [one.per_hour for one in told]),
        (_("An hour in a classroom, €"), [one.classroom_per_hour for one in told]),
        (_("A skill signed off, €"), [one.per_skill for one in told]),
        (_("A person who completed something, €"), [one.per_head for one in told]),
        (_("Digital costs less from so many hours on"), [_volume(one.break_even_hours) for one in told]),
        (_("Digital costs less from so many people on"), [_volume(one.break_even_heads) for one in told]),
    ]
    header = (_("What it comes to"), _("Low"), _("Central"), _("High"))
    return Sheet(_("Costs in three scenarios"), header, tuple((label, *map(_told, cells)) for label, cells in lines))


def _volume(value: float | None) -> object:
    return _("never") if value is not None and math.isinf(value) else value


def _told(value: object) -> object:
    return round(value, 2) if isinstance(value, float) else value


def _volumes(found: Balance) -> Sheet:
    share = found.share
    rows: list[tuple[str, object]] = [
        (_("Theoretical hours completed"), found.hours.theoretical_minutes / 60),
        (_("Actual hours at kiosks"), found.hours.actual_seconds / 3600),
        (
            _("Hours in classrooms, attended") if found.attended else _("Hours in classrooms, as entered"),
            found.classroom_hours,
        ),
        (_("People who completed something"), found.learners),
        (_("People present, on average"), found.heads),
        (_("Hours per head"), found.hours_per_head),
        (_("Training, share of the payroll, %"), share.percent if share else None),
        (_("The same as the plant publishes it, %"), share.published if share else None),
    ]
    return Sheet(
        _("Hours and people"), (_("What is counted"), _("How many")), tuple((label, _told(one)) for label, one in rows)
    )


def _modules(found: Balance) -> Sheet:
    header = (
        _("Module"), _("People"), _("Hours completed"), _("Cost, €"), _("Each completion, €"),
        _("Hours attended in classrooms"), _("Cost in classrooms, €"),
    )  # fmt: skip
    rows = [
        (*_line(one, one.name or _("Sessions of no module")), *_cells(one.room_hours, one.room_cost))
        for one in found.modules
    ]
    return Sheet(_("Cost of each module"), header, tuple(rows))


def _tasks(found: Balance) -> Sheet:
    header = (_("Task"), _("Sign-offs acquired"), _("Hours of its modules"), _("Cost, €"), _("Each sign-off, €"))
    return Sheet(_("Cost of each skill"), header, tuple(_line(one, one.name) for one in found.tasks))


def _line(one: Line, name: str) -> tuple[object, ...]:
    people = _("not shown") if one.people is None else one.people
    return (name, people, *_cells(one.hours, one.cost, one.each))


def _cells(hours: float | None, *costs: float | None) -> tuple[object, ...]:
    """Return hours and what follows from them; all of them are not shown where the hours are not."""
    return (_("not shown"),) * (1 + len(costs)) if hours is None else tuple(map(_told, (hours, *costs)))


def _inputs(found: Balance) -> Sheet:
    rows = [
        (
            str(SERIES[one.series].label),
            one.value,
            one.low,
            one.high,
            _unit(SERIES[one.series].unit),
            one.starts_on,
            one.ends_on,
            one.source + (_(" (an example)") if one.illustrative else ""),
        )
        for one in found.used
    ]
    header = (
        _("Input"), _("Central"), _("Low"), _("High"), _("Unit"), _("Holds from"), _("Until"), _("Where it was read"),
    )  # fmt: skip
    return Sheet(_("Inputs, with their days and sources"), header, tuple(rows))


def _unit(unit: Unit) -> str:
    return {Unit.COUNT: _("number"), Unit.EUROS: "€", Unit.EUROS_PER_HOUR: "€/h", Unit.MONTHS: _("months")}.get(
        unit, unit.value
    )


def _formulas() -> Sheet:
    ours = _("a choice of Établi")
    per_hour = _(
        "(development × months ÷ its life + hosting + kiosks × months ÷ their life + support + learners’ hours × "
        "hourly cost) ÷ hours completed"
    )
    meeting = _(
        "what digital costs whatever the hours ÷ (an hour in a classroom − what learners cost for an hour completed); "
        "never, where that is not above 0"
    )
    share = _("training expenditure ÷ gross payroll of the same period; compare only where both count the same")
    rows = (
        (_("An hour completed, digital, €"), per_hour, _as_in_pilots("E1")),
        (_("A skill signed off, €"), _("the same in all ÷ sign-offs acquired"), _as_in_pilots("E2")),
        (
            _("Hours per head"),
            _("(actual hours at kiosks + hours in classrooms) ÷ people present on average"),
            _as_in_pilots("E3"),
        ),
        (_("Training, share of the payroll, %"), share, _as_in_pilots("E4")),
        (_("Digital costs less from so many hours on"), meeting, _as_in_pilots("E5")),
        (
            _("Digital costs less from so many people on"),
            _("those hours ÷ hours completed by each who completed something"),
            ours,
        ),
        (
            _("Cost of each module, of each skill"),
            _("its hours completed × the central cost of an hour, digital"),
            ours,
        ),
        (_("Module, in classrooms"), _("hours attended × the central cost of an hour in a classroom"), ours),
        (_("Hours in classrooms"), _("as entered for these days; where nobody entered them, those attended"), ours),
        (_("Small groups"), _("modules and skills of too few people are in no sum"), ours),
    )
    return Sheet(_("Formulas"), (_("Figure"), _("Formula"), _("Source")), rows)


def _as_in_pilots(indicator: str) -> str:
    return _("the formula of a pilot’s evaluation, indicator %(code)s", code=indicator)


def drawn(found: Balance) -> Picture | None:
    """Return the drawing of the break-even, None while something lacks."""
    central = found.scenarios["central"]
    if not found.fixed or central.classroom_per_hour is None or not found.learners:
        return None
    each = found.hours.theoretical_minutes / 60 / found.learners
    meets = _meeting(central)
    most = max(2 * found.learners, 1.5 * meets if meets else 0)
    points = break_even.rows(
        found.fixed["central"],
        found.variable_per_hour["central"] * each,
        central.classroom_per_hour * each,
        most,
        (_("Digital"), _("Classroom")),
    )
    said = _("%(people)s people", people=math.ceil(meets)) if meets else ""
    spec = break_even.spec(points, meets, heads=_("People who learn"), cost=_("Cost, €"), meeting=said)
    return Picture("break-even", spec, _("Cost in all by how many people learn, digital and in a classroom."), said)


def _meeting(one: Scenario) -> float | None:
    return one.break_even_heads if one.break_even_heads is not None and math.isfinite(one.break_even_heads) else None


def workbook(found: Balance) -> bytes:
    """Return all tables as a workbook."""
    return write_workbook([Leaf(one.title, one.header, one.rows) for one in sheets(found)])


def printed(found: Balance) -> bytes:
    """Return all tables, and the drawing, as a print."""
    picture = drawn(found)
    return drawing.pdf(_report(sheets(found), picture, found), kept.folder())


def _report(tables: Sequence[Sheet], picture: Picture | None, found: Balance) -> Report:
    blocks = tuple(_table(one) for one in tables)
    days = _("From %(first)s to %(last)s", first=words.day(found.stretch.first), last=words.day(found.stretch.last))
    shown: tuple[Block, ...] = (blocks[0], *([picture] if picture else []), *blocks[1:4])
    return Report(
        language=current_language(),
        title=_("What training costs"),
        subtitle=days,
        banner=_("Rests on examples, not on the plant’s own figures.") if illustrative(found) else "",
        footer=(_("What training costs"), days),
        sections=(
            Section("costs", _("Costs"), shown),
            Section("inputs", _("Inputs and formulas"), blocks[4:], new_page=True),
        ),
    )


def illustrative(found: Balance) -> bool:
    """Whether a figure is an example and not the plant's own."""
    return any(one.illustrative for one in found.used)


def _table(one: Sheet) -> Table:
    columns = tuple(Column(label, number=place > 0 and _numbers(one, place)) for place, label in enumerate(one.header))
    rows = tuple(
        tuple(Cell(written(cell, label, row[0])) for label, cell in zip(one.header, row, strict=True))
        for row in one.rows
    )
    return Table(one.title, columns, rows)


def written(cell: object, column: str, line: object) -> str:
    """Return a cell in words; euros, which its column or its line says it counts, with their cents."""
    if isinstance(cell, date):
        return words.day_in_short(cell)
    if cell is None or not isinstance(cell, int | float):
        return words.NOTHING if cell is None else str(cell)
    return words.money(cell) if "€" in f"{column}{line}" else words.number(cell, 2)


def _numbers(one: Sheet, place: int) -> bool:
    return any(isinstance(row[place], int | float) for row in one.rows)
