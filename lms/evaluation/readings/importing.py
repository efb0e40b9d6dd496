"""Readings brought in from a list: read, compared with what is in force, kept."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from lms.evaluation.readings import actions, queries, rules
from lms.evaluation.readings.rules import Known, NewReading
from lms.evaluation.readings.series import SERIES, Unit
from lms.kernel.cells import day, folded
from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l
from lms.kernel.refusals import Refusal
from lms.kernel.sheets import Compared, Fault, Line, Sheet, WrongCell, open_sheet
from lms.people import queries as people

TITLES = {
    "series": ("Série", "Series", "Indicateur", "Figure"),
    "starts_on": ("Du", "From", "Début", "Start"),
    "ends_on": ("Au", "To", "Fin", "End"),
    "team": ("Équipe", "Team"),
    "value": ("Valeur", "Value", "Central"),
    "low": ("Bas", "Low"),
    "high": ("Haut", "High"),
    "unit": ("Unité", "Unit"),
    "source": ("Source",),
    "illustrative": ("Illustratif", "Illustrative"),
    "supersedes": ("Corrige", "Corrects", "Supersedes"),
}
NEEDED = ("series", "starts_on", "ends_on", "value", "unit", "source")

_UNITS = {"nombre": Unit.COUNT, "heures": Unit.HOURS, "€": Unit.EUROS, "€/h": Unit.EUROS_PER_HOUR, "mois": Unit.MONTHS}
_UNITS |= {unit.value.casefold(): unit for unit in Unit}
_YES = frozenset({"oui", "yes", "x", "1", "vrai", "true"})

REASONS: dict[type[Refusal], LazyString] = {
    rules.SeriesUnknown: _l("No series is called %(series)s."),
    rules.SourceMissing: _l("Say where the figure was read. Without a source it is not kept."),
    rules.UnitWrong: _l("This series is kept in %(unit)s. Convert the figure."),
    rules.ValueOutOfRange: _l("A figure of this series lies between %(least)s and %(most)s %(unit)s."),
    rules.ValueNotWhole: _l("What is counted is a whole number."),
    rules.ScenariosDisordered: _l("Give a low and a high figure together, the lower below and the higher above."),
    rules.PeriodReversed: _l("The period ends before it begins. Correct one of the days."),
    rules.PeriodInFuture: _l("The period is not over: it has no figure yet."),
    rules.ReadingOverlaps: _l(
        "Reading %(id)s covers %(starts_on)s to %(ends_on)s already. Correct that one, or choose another period."
    ),
    rules.ReadingNotCurrent: _l("There is no reading %(id)s to correct, or it was corrected before."),
    rules.CorrectsAnotherSeries: _l("A correction is of the same series and team as what it corrects."),
}
"""What each refusal says, on a page and beside a line of a file."""

_PLACES: dict[type[Refusal], str] = {
    rules.SeriesUnknown: "series",
    rules.SourceMissing: "source",
    rules.UnitWrong: "unit",
    rules.ValueOutOfRange: "value",
    rules.ValueNotWhole: "value",
    rules.ScenariosDisordered: "low",
    rules.PeriodReversed: "ends_on",
    rules.PeriodInFuture: "ends_on",
    rules.ReadingOverlaps: "starts_on",
    rules.ReadingNotCurrent: "supersedes",
    rules.CorrectsAnotherSeries: "supersedes",
}
"""The field at which each refusal is told."""


Preview = Compared[tuple[int, NewReading]]
"""What would be kept, each with its line."""


def preview(source: bytes, now: datetime, today: date) -> Preview:
    """Return what bringing the file in would do; changes nothing. Raises what `open_sheet` and its lines raise."""
    sheet = open_sheet(source, TITLES, NEEDED)
    teams = {folded(name): team.id for team in people.teams() for name in (team.name, team.code)}
    return _Comparison(sheet, teams, queries.current(now), now, today).run()


def apply(shown: Preview, by: int | None, now: datetime) -> None:
    """Keep what was shown; it must have been made in the same transaction."""
    for _, new in shown.steps:
        actions.enter(new, by, now)


def place_of(refusal: Refusal) -> str:
    """Return the field at which a refusal is told."""
    return _PLACES.get(type(refusal), "")


def number(text: str) -> float:
    """Return the number that a cell writes, with a comma or a point, spaces between thousands; raises ValueError."""
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if "," in plain and "." in plain:
        thousands = "," if plain.rindex(",") < plain.rindex(".") else "."
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        raise ValueError(text)
    return float(plain)


@dataclass
class _Comparison:
    sheet: Sheet
    teams: dict[str, int]
    current: list[Known]
    now: datetime
    today: date
    rows: int = 0
    new: list[tuple[int, NewReading]] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    def run(self) -> Preview:
        for line in self.sheet.lines():
            self.rows += 1
            try:
                self._take(line.number, _read(line, self.teams))
            except WrongCell as wrong:
                self.faults.append(self.sheet.fault(line, wrong.field, wrong.message))
            except Refusal as refusal:
                number = refusal.facts.get("id")
                within = isinstance(number, int) and number < 0
                message = _SAME_FILE if within else REASONS[type(refusal)]
                self.faults.append(self.sheet.fault(line, place_of(refusal), message, **refusal.facts))
        return Preview(self.rows, tuple(self.new), self.unchanged, tuple(self.faults))

    def _take(self, line: int, new: NewReading) -> None:
        if any(one.says(new) for one in self.current):
            self.unchanged += 1
            return
        rules.check(new, self.current, self.today)
        self.new.append((line, new))
        self.current = [one for one in self.current if one.id != new.supersedes_id]
        # Numbers below zero stand for what the lines before would add.
        self.current.append(
            Known(
                -line,
                new.series,
                new.starts_on,
                new.ends_on,
                new.team_id,
                new.value,
                new.low,
                new.high,
                new.source,
                new.illustrative,
                self.now,
                new.supersedes_id,
            )
        )


def _read(line: Line, teams: dict[str, int]) -> NewReading:
    text = line.texts.get
    numbers = partial(_number, line)
    value = numbers("value")
    if value is None:
        raise WrongCell("value", _NO_NUMBER)
    supersedes = numbers("supersedes")
    return NewReading(
        series=_series(text("series", "")),
        unit=_UNITS.get(text("unit", "").casefold(), text("unit", "")),
        starts_on=_day(line, "starts_on"),
        ends_on=_day(line, "ends_on"),
        value=value,
        low=numbers("low"),
        high=numbers("high"),
        team_id=_team(text("team"), teams),
        source=text("source", ""),
        illustrative=text("illustrative", "").casefold() in _YES,
        supersedes_id=None if supersedes is None else int(supersedes),
    )


def _series(text: str) -> str:
    """Return the code of a series named by its code or by its label in the reader's language."""
    labels = {folded(str(series.label)): code for code, series in SERIES.items()}
    return text if text in SERIES else labels.get(folded(text), text)


def _team(text: str | None, teams: dict[str, int]) -> int | None:
    if text is None:
        return None
    if folded(text) not in teams:
        raise WrongCell("team", _UNKNOWN_TEAM)
    return teams[folded(text)]


def _day(line: Line, field: str) -> date:
    try:
        found = day(line.texts.get(field, ""))
    except ValueError as error:
        raise WrongCell(field, _NO_DATE) from error
    if found is None:
        raise WrongCell(field, REASONS[rules.PeriodInFuture])
    return found


def _number(line: Line, field: str) -> float | None:
    text = line.texts.get(field)
    if text is None:
        return None
    try:
        return number(text)
    except ValueError as error:
        raise WrongCell(field, _NO_NUMBER) from error


_UNKNOWN_TEAM = _l("No team is called so. Leave the cell empty for the whole plant.")
_NO_DATE = _l("This is no date. Write 2026-01-31 or 31/01/2026.")
_NO_NUMBER = _l("This is no number.")
_SAME_FILE = _l("A line before has a figure for part of this period already.")
