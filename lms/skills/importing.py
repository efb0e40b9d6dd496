"""The plant's own matrix and sign-offs, as HR keeps them: read, compared with what is known, taken over.

One line tells either a level or what came of an observation. A file never lowers anyone
and never takes anything away; what is known already changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from lms.kernel.cells import day, folded
from lms.kernel.clock import local_day
from lms.kernel.languages import lazy_gettext as _l
from lms.kernel.sheets import Compared, Fault, Line, Sheet, WrongCell, open_sheet
from lms.skills import actions, authority, rules, snapshot
from lms.skills.rules import Change, Kind, Level, Outcome
from lms.skills.snapshot import Known

TITLES = {
    "registration": ("Matricule", "Registration", "Registration number", "Employee ID", "Personalnummer"),
    "task": ("Tâche", "Task", "Code tâche", "Task code", "Compétence", "Skill"),
    "level": ("Niveau", "Level", "Niveau ILUO", "ILUO"),
    "outcome": ("Résultat", "Outcome", "Validation", "Result"),
    "on": ("Date", "Le", "On", "Date d’observation", "Observed on"),
    "observer": ("Matricule évaluateur", "Observer", "Évaluateur", "Observateur", "Tuteur", "Formateur", "Assessor"),
    "note": ("Situation", "Commentaire", "Note", "Remarque", "Comment"),
}
NEEDED = ("registration", "task", "on")

_OUTCOMES = {
    Outcome.ACQUIRED: "acquis acquise valide validee ok oui acquired passed yes",
    Outcome.NOT_YET: "nonacquis nonacquise pasencoreacquis pasencore encours non notyet notyetacquired failed no",
    Outcome.NOT_DONE: "nonfait nonfaite nonrealise nonrealisee absent absente notdone",
}
_OUTCOME_WORDS = {word: outcome for outcome, words in _OUTCOMES.items() for word in words.split()}
_NO_LEVEL = {"", "0", "none", "aucun", "neant"}


@dataclass(frozen=True)
class Step:
    """What a line would add: a level, or an observation."""

    line: int
    name: str
    task: str
    person_id: int
    task_id: int
    prepared: bool
    """Whether modules prepare for the task."""
    on: date
    observer_id: int | None
    level: Level | None = None
    before: Level = Level.NONE
    """The level known on that day, where a level is told."""
    outcome: Outcome | None = None
    note: str = ""


@dataclass(frozen=True)
class Preview(Compared[Step]):
    """What taking the file over would do."""

    @property
    def levels(self) -> list[Step]:
        """The steps that tell a level."""
        return [step for step in self.steps if step.level is not None]

    @property
    def observations(self) -> list[Step]:
        """The steps that tell of an observation."""
        return [step for step in self.steps if step.outcome is not None]


def preview(source: bytes, now: datetime) -> Preview:
    """Return what taking the file over would do; changes nothing. Raises what `open_sheet` and its lines raise."""
    sheet = open_sheet(source, TITLES, NEEDED)
    return _Comparison(sheet, snapshot.known(now), local_day(now)).run()


def apply(shown: Preview, source: str, by: int | None, now: datetime) -> None:
    """Take over what was shown; it must have been made in the same transaction. `source` names the file."""
    for step in shown.levels:
        actions.state_level(
            step.person_id,
            step.task_id,
            step.level or Level.NONE,
            step.on,
            source=source,
            signed_by=step.observer_id or by,
            now=now,
        )
    for step in shown.observations:
        actions.sign_off(
            actions.Observation(
                step.person_id,
                step.task_id,
                step.observer_id or 0,
                step.on,
                step.outcome or Outcome.NOT_DONE,
                situation=step.note,
            ),
            by,
            now,
            source=source,
        )


@dataclass
class _Comparison:
    sheet: Sheet
    known: Known
    today: date
    faults: list[Fault] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0

    def run(self) -> Preview:
        lines = list(self.sheet.lines())
        read = [(line, step) for line in lines if (step := self._guarded(line, partial(self._read, line))) is not None]
        # Levels first: who may observe follows from them, wherever they stand in the file.
        for line, step in sorted(read, key=lambda one: (one[1].level is None, one[1].on, one[1].line)):
            self._guarded(line, partial(self._compare, step))
        return Preview(
            len(lines), tuple(self.steps), self.unchanged, tuple(sorted(self.faults, key=lambda fault: fault.line))
        )

    def _guarded(self, line: Line, act: Callable[[], Step | None]) -> Step | None:
        try:
            return act()
        except WrongCell as wrong:
            self.faults.append(self.sheet.fault(line, wrong.field, wrong.message, **wrong.facts))
            return None

    def _read(self, line: Line) -> Step | None:
        person = self.known.people.get(line.texts.get("registration", ""))
        if person is None:
            raise WrongCell("registration", _UNKNOWN_PERSON)
        task = self.known.tasks.get(folded(line.texts.get("task", "")))
        if task is None:
            raise WrongCell("task", _UNKNOWN_TASK)
        on = self._day(line)
        try:
            authority.check_presence(person.hired_on, person.left_on, on)
        except authority.BeforeHiring as refusal:
            raise WrongCell("on", _NOT_HERE) from refusal
        step = Step(
            line.number,
            person.name,
            task.code,
            person.id,
            task.id,
            task.prepared,
            on,
            self._observer(line, person.id),
            note=line.texts.get("note", ""),
        )
        return self._what(line, step)

    def _what(self, line: Line, step: Step) -> Step | None:
        level, outcome = line.texts.get("level", ""), line.texts.get("outcome", "")
        if bool(level) is bool(outcome):
            raise WrongCell("level" if level else "outcome", _ONE_OF_BOTH)
        if outcome:
            known = _OUTCOME_WORDS.get(folded(outcome))
            if known is None:
                raise WrongCell("outcome", _UNKNOWN_OUTCOME)
            if step.observer_id is None:
                raise WrongCell("observer", _OBSERVER_MISSING)
            return replace(step, outcome=known)
        if folded(level) in _NO_LEVEL:
            self.unchanged += 1
            return None
        if level.upper() not in set(Level):
            raise WrongCell("level", _UNKNOWN_LEVEL)
        return replace(step, level=Level(level.upper()))

    def _day(self, line: Line) -> date:
        try:
            found = day(line.texts.get("on", ""))
        except ValueError as error:
            raise WrongCell("on", _NO_DATE) from error
        if found is None or found > self.today:
            raise WrongCell("on", _TO_COME)
        return found

    def _observer(self, line: Line, person_id: int) -> int | None:
        text = line.texts.get("observer")
        if text is None:
            return None
        observer = self.known.people.get(text)
        if observer is None:
            raise WrongCell("observer", _UNKNOWN_PERSON)
        if observer.id == person_id:
            raise WrongCell("observer", _OWN_OBSERVER)
        return observer.id

    def _compare(self, step: Step) -> None:
        if step.level is not None:
            self._compare_level(step, step.level)
        else:
            self._compare_observation(step)

    def _compare_level(self, step: Step, level: Level) -> None:
        changes = self.known.changes[step.person_id, step.task_id]
        before = rules.level_of(changes, step.on)
        if before is level:
            self.unchanged += 1
            return
        settled = [change for change in changes if change.kind is not Kind.AUTOMATIC]
        if any(change.on >= step.on for change in settled):
            raise WrongCell("on", _KNOWN_SINCE, on=max(change.on for change in settled))
        if level.rank < before.rank:
            raise WrongCell("level", _LOWERS, level=before.value)
        if settled and level.rank > before.rank + 1:
            raise WrongCell("level", _SKIPS, level=before.value)
        changes.append(Change(step.on, self.known.last + len(self.steps) + 1, Kind.STATED, level))
        self.steps.append(replace(step, before=before))

    def _compare_observation(self, step: Step) -> None:
        key = (step.person_id, step.task_id, step.on, step.observer_id, step.outcome)
        if key in self.known.observed:
            self.unchanged += 1
            return
        changes = self.known.changes
        level = authority.observer_level(changes[step.observer_id or 0, step.task_id], step.on)
        try:
            aim = rules.aim(changes[step.person_id, step.task_id], step.on, prepared=step.prepared, coaching=False)
        except rules.NothingLearntYet:
            aim = None
        try:
            authority.check_observer(step.person_id, step.observer_id or 0, level, aim)
        except authority.ObserverLevelTooLow as refusal:
            raise WrongCell("observer", _OBSERVER_LEVEL, **refusal.facts) from refusal
        self.known.observed.add(key)
        self.steps.append(step)


def described(shown: Preview) -> dict[str, object]:
    """Return a preview for a program."""
    return {
        "rows": shown.rows,
        "levels": len(shown.levels),
        "sign_offs": len(shown.observations),
        "unchanged": shown.unchanged,
        "refused": shown.refused,
        "errors": [fault.as_document() for fault in shown.faults],
    }


_UNKNOWN_PERSON = _l("Nobody has this registration number. Bring in the list of people first.")
_UNKNOWN_TASK = _l("No task has this code. Enter the task first.")
_ONE_OF_BOTH = _l("A line tells either a level or what came of an observation: fill one of the two.")
_UNKNOWN_OUTCOME = _l("This is not known. Write acquired, not yet or not done.")
_UNKNOWN_LEVEL = _l("A level is one of I, L, U and O.")
_OBSERVER_MISSING = _l("Who observed it? Give the observer’s registration number.")
_OWN_OBSERVER = _l("Nobody signs off their own practice.")
_OBSERVER_LEVEL = _l("The observer is at %(level)s on this task and must be at %(least)s.")
_NO_DATE = _l("This is no date. Write 2026-01-31 or 31/01/2026.")
_TO_COME = _l("This day is still to come.")
_NOT_HERE = _l("On that day this person did not work here: it is before they were hired or after they left.")
_KNOWN_SINCE = _l("A level of %(on)s is known already: a file does not change what came before it.")
_LOWERS = _l("The level is %(level)s: a file lowers nobody. Lower it on the matrix, with a reason.")
_SKIPS = _l("The level is %(level)s: none is skipped. Tell the levels between with their days.")
