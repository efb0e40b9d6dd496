"""The tables themselves, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from babel.dates import format_skeleton

from lms.kernel.languages import LazyString, current_language, locale_of, ngettext
from lms.kernel.languages import gettext as _
from lms.kernel.languages import lazy_gettext as _l
from lms.progress import naming, trend
from lms.progress.asked import asked
from lms.progress.completion import NUMBERS, Cell, completion, exempt
from lms.progress.following import has_simulated
from lms.progress.grouping import By
from lms.progress.hours import Hours, Learnt, Stretch, hours
from lms.progress.sheet import sheet
from lms.reports.figures.asking import Kind, Wanted


@dataclass(frozen=True)
class Row:
    """A row: what it is about, and its cells; None for all cells of a group that is not shown."""

    name: str
    cells: tuple[object, ...] | None
    group: int | None = None
    """What tells the group apart; None for all together."""
    held_back: int = 0
    """Modules left out of the row, since too few people of the group are in them."""


@dataclass(frozen=True)
class Told:
    """A table as of a day."""

    wanted: Wanted
    title: str
    as_of: date
    first: str
    """What the rows are."""
    columns: tuple[str, ...]
    """The titles of the cells."""
    rows: tuple[Row, ...]
    total: Row | None
    definitions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = field(default=())
    simulated: bool = False
    """Whether the simulator made one of the people counted."""

    @property
    def header(self) -> list[str]:
        """The titles of all columns."""
        return [self.first, *self.columns]

    @property
    def lines(self) -> list[list[object]]:
        """The rows as files have them: all together first."""
        return [_line(row, len(self.columns)) for row in ([self.total] if self.total else []) + list(self.rows)]


BY: dict[By, LazyString] = {
    By.MODULE: _l("Module"),
    By.TEAM: _l("Team"),
    By.SHIFT: _l("Shift"),
    By.SITE: _l("Site"),
    By.RECOMMENDATION: _l("Recommendation"),
    By.POST: _l("Post"),
    By.EDITION: _l("Edition completed"),
    By.BEGAN: _l("Month in which it was asked"),
    By.HIRED: _l("Month of hiring"),
    By.DUE: _l("Month in which it is due"),
}
_NUMBERS: dict[str, tuple[LazyString, LazyString]] = {
    "people": (
        _l("People"),
        _l("Everyone whom a plan asks the module, each once for each module; whoever left after that counts still."),
    ),
    "left": (_l("of whom left"), _l("Of these people, those who no longer work here on that day.")),
    "completed": (
        _l("Completed"),
        _l(
            "All cards seen and the questions passed, and good still on that day: neither run out nor overtaken by an "
            "edition that asks for training anew."
        ),
    ),
    "in_time": (_l("In time"), _l("Of the completed, those completed by the day that the plan gave at first.")),
    "under_way": (_l("Under way"), _l("Begun, not completed, and not due yet.")),
    "not_started": (_l("Not started"), _l("Not begun, and not due yet.")),
    "late": (_l("Late"), _l("Not completed, and the due day has passed.")),
}
_HOURS: tuple[tuple[LazyString, LazyString], ...] = (
    (_l("Theoretical hours, in all"), _l("Theoretical hours, digital, and planned hours, classroom, together.")),
    (_l("Actual hours, in all"), _l("Actual hours, digital, and hours attended, classroom, together.")),
    (_l("People at kiosks"), _l("Those who worked on something at a kiosk, each once for each module.")),
    (_l("Completions"), _l("How often a module was completed in that time, renewals included.")),
    (
        _l("Theoretical hours, digital"),
        _l("The minutes that the edition says it takes, for each of these completions."),
    ),
    (
        _l("Actual hours, digital"),
        _l("The time between what people did, a pause counting 120 seconds at most, completed or not."),
    ),
    (_l("People in classrooms"), _l("Those who attended a half-day, each once for each module.")),
    (_l("Planned hours, classroom"), _l("How long the half-days that people attended were to last, for each of them.")),
    (_l("Hours attended, classroom"), _l("How long people attended, as the last entry about each half-day says.")),
)
IN_ALL, DIGITAL = slice(0, 2), slice(4, 6)
"""The places of theoretical and actual hours: in all, and at kiosks."""
SHARE = _l("Completed, %")


def told(wanted: Wanted, as_of: date, least: int) -> Told:
    """Return the table that is wanted, as of a day; groups under `least` people are held back."""
    made = {Kind.HOURS: _hours, Kind.TREND: _trend}.get(wanted.kind, _completion)
    return replace(made(wanted, as_of, least), simulated=has_simulated(asked(as_of)))


def _completion(wanted: Wanted, as_of: date, least: int) -> Told:
    figures = completion(sheet(as_of), wanted.question, least)
    # Somebody asked the same for two recommendations stands in both: there is no sum of them.
    total = None if wanted.by is By.RECOMMENDATION else _of_cell(_("All"), figures.total, None)
    return Told(
        wanted=wanted,
        title=_("Completion"),
        as_of=as_of,
        first=str(BY[wanted.by]),
        columns=(*(str(_NUMBERS[name][0]) for name in NUMBERS), str(SHARE)),
        rows=_named(wanted.by, ((group, _of_cell("", cell, group)) for group, cell in figures.rows.items())),
        total=total,
        definitions=(*_defined(_NUMBERS.values()), (str(SHARE), _("Completed over people."))),
        notes=(*_about(wanted, least), *_exempt(exempt(as_of, wanted.module_id), least)),
    )


def _exempt(people: int, least: int) -> list[str]:
    if not people:
        return []
    if people < least:
        return [_("Fewer than %(least)s people are exempt; they are not counted.", least=least)]
    return [ngettext("%(num)s person is exempt and not counted.", "%(num)s people are exempt and not counted.", people)]


def _of_cell(name: str, cell: Cell, group: int | None) -> Row:
    if cell.hidden:
        return Row(name, None, group)
    share = None if cell.share is None else round(100 * cell.share, 1)
    return Row(name, (*(getattr(cell, number) for number in NUMBERS), share), group, cell.held_back)


def _hours(wanted: Wanted, as_of: date, least: int) -> Told:
    stretch = Stretch(wanted.since, min(wanted.until or as_of, as_of))
    table = hours(wanted.by, stretch, least, wanted.module_id)
    return Told(
        wanted=wanted,
        title=_("Hours"),
        as_of=stretch.last,
        first=str(BY[wanted.by]),
        columns=tuple(str(label) for label, _words in _HOURS),
        rows=_named(wanted.by, ((group, _of_hours("", one, group)) for group, one in table.rows.items()), IN_ROOMS),
        total=_of_hours(_("All"), table.total, None),
        definitions=_defined(_HOURS),
        notes=_about(wanted, least),
    )


def _of_hours(name: str, one: Learnt, group: int | None) -> Row:
    digital, rooms = one.digital, one.rooms
    if digital.hidden and rooms.hidden:
        return Row(name, None, group)
    cells = (
        *((_("not shown"),) * 2 if one.hidden else _in_hours(one)),
        *_way(digital, digital.people, digital.times),
        *_way(rooms, rooms.people),
    )
    return Row(name, cells, group, digital.held_back + rooms.held_back)


def _way(one: Hours, *counts: int) -> tuple[object, ...]:
    """Return the cells of one way to learn: some counts, theoretical and actual hours."""
    return (_("not shown"),) * (len(counts) + 2) if one.hidden else (*counts, *_in_hours(one))


def _in_hours(one: Hours | Learnt) -> tuple[float, float]:
    return round((one.theoretical_minutes or 0) / 60, 1), round((one.actual_seconds or 0) / 3600, 1)


def _trend(wanted: Wanted, as_of: date, least: int) -> Told:
    weeks = trend.weekly(as_of, wanted.question, least)
    columns = (_NUMBERS["people"], _NUMBERS["completed"])
    rows = [
        Row(
            _day(week.ends_on),
            None if week.hidden else (week.people, week.completed, week.percent),
            week.ends_on.toordinal(),
        )
        for week in weeks
    ]
    return Told(
        wanted=wanted,
        title=_("Completion, week by week"),
        as_of=as_of,
        first=_("Week that ended on"),
        columns=(*(str(label) for label, _words in columns), str(SHARE)),
        rows=tuple(rows),
        total=None,
        definitions=(*_defined(columns), (str(SHARE), _("Completed over people."))),
        notes=_about(wanted, least),
    )


NAMELESS: dict[By, LazyString] = {By.EDITION: _l("Not completed")}
IN_ROOMS: dict[By, LazyString] = {By.EDITION: _l("In classrooms"), By.MODULE: _l("Sessions of no module")}
"""What the group is called that has no number, where it is not simply none; of hours, what only classrooms have."""


def _named(by: By, rows: Iterable[tuple[int, Row]], nameless_of: Mapping[By, LazyString] = NAMELESS) -> tuple[Row, ...]:
    known = naming.names(by)
    nameless = str(nameless_of.get(by) or _("None"))
    found = [(group, row, naming.month_of(by, group)) for group, row in rows]
    found.sort(key=lambda one: (one[2] or date.min, known.get(one[0], "").casefold(), one[0]))
    return tuple(
        Row(_month(month) if month else known.get(group, nameless), row.cells, group, row.held_back)
        for group, row, month in found
    )


def _month(day: date) -> str:
    return format_skeleton("yMMMM", day, locale=locale_of(current_language()))  # type: ignore[arg-type]


def _day(day: date) -> str:
    return format_skeleton("yMMMd", day, locale=locale_of(current_language()))  # type: ignore[arg-type]


def _defined(words: Iterable[tuple[LazyString, LazyString]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(label), str(meaning)) for label, meaning in words)


def _about(wanted: Wanted, least: int) -> tuple[str, ...]:
    """Return what has to be known of the whole table."""
    small = _(
        "Groups under %(least)s people are not shown, nor any from which they could be worked out; "
        "they are in no sum either.",
        least=least,
    )
    module = naming.titles().get(wanted.module_id, "") if wanted.module_id else _("all modules")
    return (small, _("Module: %(module)s", module=module))


def _line(row: Row, width: int) -> list[object]:
    cells: Sequence[object] = row.cells if row.cells is not None else [_("not shown")] * width
    return [row.name, *cells]
