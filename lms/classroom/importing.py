"""Attendance from a list, CSV or a workbook: read, compared with what is known, taken over.

A list takes nothing away. A line that differs from what is entered is a correction and needs
a word in its column for remarks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lms.classroom import actions, queries, rules
from lms.classroom.actions import Mark
from lms.classroom.models import HalfDay, Session
from lms.classroom.rules import Attended, Part
from lms.kernel.cells import day, folded
from lms.kernel.clock import local_day
from lms.kernel.languages import lazy_gettext as _l
from lms.kernel.sheets import Compared, Fault, Line, Sheet, WrongCell, open_sheet
from lms.people.models import Person

TITLES = {
    "registration": ("Matricule", "Registration", "Registration number", "Employee ID"),
    "held_on": ("Date", "Jour", "Day", "Held on"),
    "part": ("Demi-journée", "Half-day", "Période", "Part"),
    "present": ("Présent", "Présence", "Present", "Attended"),
    "minutes": ("Minutes", "Durée", "Duration"),
    "signed": ("Signé", "Émargé", "Signature", "Signed"),
    "note": ("Remarque", "Motif", "Commentaire", "Note", "Reason", "Comment"),
}
NEEDED = ("registration", "held_on", "present")

_PARTS = {
    Part.MORNING: "matin am morning",
    Part.AFTERNOON: "apresmidi pm afternoon",
    Part.NIGHT: "nuit soir night evening",
}
_PART_WORDS = {word: part for part, words in _PARTS.items() for word in words.split()}
_YES = frozenset("oui o yes y x 1 present presente vrai true".split())
_NO = frozenset("non n no 0 absent absente faux false".split())


@dataclass(frozen=True)
class Step:
    """What a line would enter."""

    line: int
    name: str
    held_on: date
    part: Part
    mark: Mark
    corrects: bool
    uninvited: bool


Preview = Compared[Step]


def preview(code: str, source: bytes, now: datetime) -> Preview:
    """Return what taking the list over would do; changes nothing. Raises NotFound and what `open_sheet` raises."""
    found = queries.session(code)
    sheet = open_sheet(source, TITLES, NEEDED)
    return _Comparison(sheet, found, local_day(now)).run()


def apply(code: str, shown: Preview, source: str, by: int | None, now: datetime) -> int:
    """Take over what was shown; it must have been made in the same transaction. `source` names the file."""
    return actions.take_attendance(code, [step.mark for step in shown.steps], "", by, now, source)


@dataclass
class _Comparison:
    sheet: Sheet
    session: Session
    today: date
    faults: list[Fault] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0

    def run(self) -> Preview:
        lines = list(self.sheet.lines())
        people = queries.people_registered({line.texts.get("registration", "") for line in lines})
        known = queries.attendance(self.session.id)
        invited = set(queries.invited(self.session.id))
        told: set[tuple[int, int]] = set()
        for line in lines:
            try:
                self._take(line, people, known, invited, told)
            except WrongCell as wrong:
                self.faults.append(self.sheet.fault(line, wrong.field, wrong.message, **wrong.facts))
        return Preview(len(lines), tuple(self.steps), self.unchanged, tuple(self.faults))

    def _take(
        self,
        line: Line,
        people: Mapping[str, Person],
        known: Mapping[tuple[int, int], Attended],
        invited: set[int],
        told: set[tuple[int, int]],
    ) -> None:
        person = people.get(line.texts.get("registration", ""))
        if person is None:
            raise WrongCell("registration", _UNKNOWN_PERSON)
        half_day = self._half_day(line)
        seen = self._seen(line, half_day)
        key = (half_day.id, person.id)
        if key in told:
            raise WrongCell("registration", _TWICE)
        told.add(key)
        if seen.present:
            self._check_employed(person, half_day.held_on)
        before = known.get(key)
        if before is not None and actions.same(before, seen):
            self.unchanged += 1
            return
        if before is not None and not seen.reason:
            raise WrongCell("note", _CORRECTION)
        self.steps.append(
            Step(
                line.number,
                person.full_name,
                half_day.held_on,
                half_day.part,
                Mark(half_day.id, person.id, seen),
                before is not None,
                person.id not in invited,
            )
        )

    def _half_day(self, line: Line) -> HalfDay:
        try:
            on = day(line.texts.get("held_on", ""))
        except ValueError as error:
            raise WrongCell("held_on", _NO_DATE) from error
        days = [one for one in self.session.half_days if one.held_on == on]
        if not days:
            raise WrongCell("held_on", _NOT_OF_SESSION)
        if days[0].held_on > self.today:
            raise WrongCell("held_on", _TO_COME)
        word = line.texts.get("part", "")
        if not word and len(days) == 1:
            return days[0]
        part = _PART_WORDS.get(folded(word))
        found = next((one for one in days if one.part is part), None)
        if found is None:
            raise WrongCell("part", _UNKNOWN_PART)
        return found

    def _seen(self, line: Line, half_day: HalfDay) -> Attended:
        present = self._fact(line, "present")
        signed = present and "signed" in line.texts and self._fact(line, "signed")
        text = line.texts.get("minutes", "")
        if text and not text.isdecimal():
            raise WrongCell("minutes", _NO_NUMBER)
        minutes = int(text) if text else half_day.minutes if present else 0
        try:
            rules.check_minutes(present, minutes, half_day.minutes)
        except rules.TooManyMinutes as refusal:
            raise WrongCell("minutes", _MINUTES, **refusal.facts) from refusal
        return Attended(present, minutes, signed, line.texts.get("note", "")[:300])

    @staticmethod
    def _fact(line: Line, name: str) -> bool:
        word = folded(line.texts.get(name, ""))
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise WrongCell(name, _YES_OR_NO)

    @staticmethod
    def _check_employed(person: Person, on: date) -> None:
        try:
            rules.check_employed(on, person.hired_on, person.left_on)
        except rules.NotHiredYet as refusal:
            raise WrongCell("held_on", _BEFORE_HIRING, **refusal.facts) from refusal
        except rules.LeftBefore as refusal:
            raise WrongCell("held_on", _AFTER_LEAVING, **refusal.facts) from refusal


_UNKNOWN_PERSON = _l("Nobody has this registration number. Bring in the list of people first.")
_TWICE = _l("This person and half-day stand in the list twice. Keep one line.")
_NO_DATE = _l("This is no date. Write 2026-01-31 or 31/01/2026.")
_NOT_OF_SESSION = _l("The session has no half-day on this date.")
_TO_COME = _l("This day is still to come.")
_UNKNOWN_PART = _l("The session has no such half-day. Write morning, afternoon or night.")
_YES_OR_NO = _l("Write yes or no.")
_NO_NUMBER = _l("This is no number of minutes.")
_MINUTES = _l("Whoever was there attended from 1 to %(planned)s minutes; whoever was absent attended none.")
_CORRECTION = _l("This differs from what is entered: say why in the column for remarks.")
_BEFORE_HIRING = _l("The person was hired on %(hired_on)s, after this day.")
_AFTER_LEAVING = _l("The person left on %(left_on)s, before this day.")
