"""Who was to learn what, who did, who is late: one row for each person and plan."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import func, select

from lms.catalogue import queries as catalogue
from lms.catalogue.models import Edition, Impact, Module
from lms.kernel.clock import end_of, local_day
from lms.kernel.database import among, db
from lms.kernel.languages import in_language
from lms.kernel.later import Later
from lms.people.models import Person, Shift, Team
from lms.plans.models import Plan
from lms.progress.asked import Asked, Column
from lms.progress.holding import Hold
from lms.progress.models import Standing
from lms.progress.rules import State
from lms.progress.sheet import STATES, Sheet, sheet
from lms.progress.summary import NEVER

numpy = Later("numpy")

Words = dict[str, str]


@dataclass(frozen=True)
class Followed:
    """One person who is, or was, to complete a module by a day: what leaders and HR may know, no score."""

    person_id: int
    registration: str
    family_name: str
    given_name: str
    simulated: bool
    left: bool
    """No longer works here."""
    team_id: int
    team: str
    shift_id: int | None
    shift: str
    module_id: int
    module: str
    """The module's code."""
    title: Words
    plan_code: str
    due_on: date
    """By when it is to be done, or done again."""
    completed_on: date | None
    in_time: bool
    """Completed by the day that the plan gave at first, and good still."""
    state: State
    hold: Hold
    """What the completion is worth as of the day."""
    good_until: date | None
    """Its last day; None for good."""


@dataclass(frozen=True)
class Wanted:
    """Which rows of the list, in which order; nothing means all."""

    team_id: int | None = None
    shift_id: int | None = None
    module_id: int | None = None
    states: Collection[State] = tuple(State)
    due_until: date | None = None
    sort: str = "due"
    """A key of `ORDERS`, with a minus sign in front to turn it round."""


AT_ONCE = 1_000
"""Rows that are objects at a time while all of a list are told."""

OPEN = (State.LATE, State.UNDER_WAY, State.NOT_STARTED)


@dataclass(frozen=True)
class Listing:
    """The rows of a list that are wanted, in order, of which a page is read at a time."""

    sheet: Sheet
    order: Column
    """Places of the wanted rows in the sheet."""

    def __len__(self) -> int:
        return len(self.order)

    def rows(self, first: int = 0, most: int | None = None) -> list[Followed]:
        """Return some of the rows, all of them without `most`."""
        places = self.order[first:] if most is None else self.order[first : first + most]
        part = self.sheet.of(places)
        return list(_followed(part, _Known.read(part.as_of, self._people(places))))

    def each(self) -> Iterator[Followed]:
        """Yield every row, some in memory at a time; what is to be known of them is read at once."""
        known = _Known.read(self.sheet.as_of, self.people())
        parts = (self.order[first : first + AT_ONCE] for first in range(0, len(self), AT_ONCE))
        return chain.from_iterable(_followed(self.sheet.of(places), known) for places in parts)

    def people(self) -> list[int]:
        """Return who is in the list, by number."""
        return self._people(self.order)

    def _people(self, places: Column) -> list[int]:
        return _distinct(self.sheet.asked.person[places])

    def place(self, number: int) -> "Place":
        """Return which row the so-manieth is, from 0."""
        given, at = self.sheet.asked, self.order[number]
        return int(given.person[at]), int(given.module[at]), int(given.plan[at])


def following(as_of: date, team_ids: Collection[int] | None = None) -> list[Followed]:
    """Return every assignment as of a day, in these teams (in all of them when None)."""
    told = sheet(as_of, team_ids)
    return list(_followed(told, _Known.read(as_of, _distinct(told.asked.person))))


def counts(told: Sheet) -> dict[State, int]:
    """Return how many rows there are of each state."""
    return {state: int((told.state == place).sum()) for place, state in enumerate(STATES)}


def offered(told: Sheet) -> dict[str, dict[int, str]]:
    """Return what can be chosen from among the rows: `team`, `shift`, `module`, each with its name by number."""
    teams, titles = _teams(), _modules()
    met = {team_id: teams[team_id] for team_id in _distinct(told.asked.team)}
    return {
        "team": {team_id: team.name for team_id, team in met.items()},
        "shift": {team.shift_id: team.shift for team in met.values() if team.shift_id},
        "module": {module_id: in_language(titles[module_id][1]) for module_id in _distinct(told.asked.module)},
    }


def has_simulated(given: Asked) -> bool:
    """Whether anybody who is asked is made up by a simulation."""
    made_up = [person_id for (person_id,) in db.session.execute(select(Person.id).where(Person.simulated))]
    return bool(made_up) and bool(numpy.isin(given.person, made_up).any())


def still_here(told: Sheet) -> Sheet:
    """Return the rows of those who work here still."""
    gone = db.session.execute(select(Person.id).where(Person.left_on < told.as_of))
    return told.of(~numpy.isin(told.asked.person, [person_id for (person_id,) in gone]))


def chosen(told: Sheet, wanted: Wanted) -> Listing:
    """Return the rows that are wanted, in the wanted order; equals by due day and name."""
    places = _wanted_places(told, wanted)
    names = _ranked(told.asked.person[places], _names())
    first = _sorted_by(wanted.sort.removeprefix("-"), told, places, names)
    if wanted.sort.startswith("-"):
        first = -first
    # Rows stand in the order of their plans: the last of what decides.
    return Listing(told, places[numpy.lexsort((names, told.due_on[places], first))])


Place = tuple[int, int, int]
"""Person, module and plan of a row: which it is, whatever becomes of the others."""


def numbered(told: Sheet, wanted: Wanted, after: Place | None = None) -> Listing:
    """Return the rows that are wanted by person, module and plan, those after a row only when one is given.

    Whoever reads such a list part by part meets each row once, although people come, learn and are renamed meanwhile.
    """
    places = _wanted_places(told, wanted)
    given = [getattr(told.asked, name)[places] for name in ("person", "module", "plan")]
    order = numpy.lexsort(given[::-1])
    if after is not None:
        later = numpy.zeros(len(places), bool)
        for column, number in reversed(list(zip(given, after, strict=True))):
            later = (column > number) | ((column == number) & later)
        order = order[later[order]]
    return Listing(told, places[order])


def _wanted_places(told: Sheet, wanted: Wanted) -> Column:
    teams = _teams()
    mask = numpy.isin(told.state, [STATES.index(state) for state in wanted.states])
    if wanted.team_id is not None:
        mask &= told.asked.team == wanted.team_id
    if wanted.shift_id is not None:
        own = [team_id for team_id, team in teams.items() if team.shift_id == wanted.shift_id]
        mask &= numpy.isin(told.asked.team, own)
    if wanted.module_id is not None:
        mask &= told.asked.module == wanted.module_id
    if wanted.due_until is not None:
        mask &= told.due_on <= wanted.due_until.toordinal()
    return numpy.flatnonzero(mask)


ORDERS = ("name", "team", "shift", "module", "due", "state", "completed")


def _sorted_by(key: str, told: Sheet, places: Column, names: Column) -> Column:
    """Return what the rows at some places are ordered by, as whole numbers."""
    if key == "name":
        return names
    if key == "team":
        return _ranked(told.asked.team[places], {team_id: (team.name,) for team_id, team in _teams().items()})
    if key == "shift":
        return _ranked(told.asked.team[places], {team_id: (team.shift or "",) for team_id, team in _teams().items()})
    if key == "module":
        return _ranked(
            told.asked.module[places], {one: (in_language(title),) for one, (_, title) in _modules().items()}
        )
    if key == "state":
        shown = list(State)
        return numpy.array([shown.index(state) for state in STATES])[told.state[places]]
    if key == "completed":
        done = told.state[places] == STATES.index(State.COMPLETED)
        return numpy.where(done, told.completed_on[places], NEVER)
    return told.due_on[places]


def _ranked(column: Column, words: Mapping[int, Any]) -> Column:
    """Return the rank of each row by the words that stand for its number; equal words, equal rank."""
    met, place = numpy.unique(column, return_inverse=True)
    order = {word: rank for rank, word in enumerate(sorted({words[one] for one in met.tolist()}))}
    return numpy.array([order[words[one]] for one in met.tolist()], numpy.int64)[place]


def _names() -> dict[int, tuple[str, str]]:
    query = select(Person.id, Person.family_name, Person.given_name)
    return {person_id: (family, given) for person_id, family, given in db.session.execute(query)}


def _distinct(column: Column) -> list[int]:
    return numpy.unique(column).tolist()  # type: ignore[no-any-return]


def _followed(told: Sheet, known: "_Known") -> Iterator[Followed]:
    """Yield the rows as objects, with names and what their completions are worth."""
    rows = map(_Row._make, zip(*(column.tolist() for column in _columns(told)), strict=True))
    return (_as_followed(row, known, told.as_of) for row in rows)


def _as_followed(row: "_Row", known: "_Known", as_of: date) -> Followed:
    person, team = known.people[row.person], known.teams[row.team]
    code, title = known.modules[row.module]
    hold, due_on = known.changes.hold(row, as_of.toordinal()), row.due_on
    state = STATES[row.state]
    if hold is Hold.TO_ACKNOWLEDGE:
        due_on = max(row.given_due_on, known.changes.since(row) + row.given_due_on - row.assigned_on)
    return Followed(
        person_id=row.person,
        registration=person.registration,
        family_name=person.family_name,
        given_name=person.given_name,
        simulated=person.simulated,
        left=person.left_on is not None and person.left_on < as_of,
        team_id=row.team,
        team=team.name,
        shift_id=team.shift_id,
        shift=team.shift or "",
        module_id=row.module,
        module=code,
        title=title,
        plan_code=known.codes[row.plan],
        due_on=date.fromordinal(due_on),
        completed_on=date.fromordinal(row.completed_on) if state is State.COMPLETED else None,
        in_time=row.in_time,
        state=state,
        hold=hold,
        good_until=date.fromordinal(row.until_on) if 0 < row.until_on < NEVER else None,
    )


class _Row(NamedTuple):
    """A row of a sheet, as it stands there."""

    plan: int
    module: int
    person: int
    team: int
    assigned_on: int
    given_due_on: int
    state: int
    due_on: int
    in_time: bool
    completed_on: int
    number: int
    until_on: int
    since_on: int


@dataclass(frozen=True)
class _Known:
    """What numbers in a sheet stand for."""

    people: dict[int, Any]
    teams: dict[int, Any]
    modules: dict[int, tuple[str, Words]]
    codes: dict[int, str]
    changes: "_Changes"

    @classmethod
    def read(cls, as_of: date, person_ids: Collection[int]) -> "_Known":
        """Return what is to be known of rows about these people."""
        return cls(_people(person_ids), _teams(), _modules(), _codes(), _Changes.read(as_of, person_ids))


@dataclass(frozen=True)
class _Changes:
    """What editions changed that is to be looked at, and who has."""

    steps: dict[int, list[tuple[int, int]]]
    """By module the editions that ask for it, and the day on which each came out."""
    acknowledged: dict[tuple[int, int], int]
    """By person and module the newest edition whose changes were acknowledged."""

    @classmethod
    def read(cls, as_of: date, person_ids: Collection[int]) -> "_Changes":
        """Return them as of a day."""
        steps = {
            module_id: [(step.number, day) for step in of_module if (day := _asks_for_a_look(step, as_of))]
            for module_id, of_module in catalogue.steps().items()
        }
        query = (
            select(Standing.person_id, Edition.module_id, func.max(Edition.number))
            .join(Edition, Edition.id == Standing.edition_id)
            .where(Standing.acknowledged_at <= end_of(as_of))
            .group_by(Standing.person_id, Edition.module_id)
        )
        rows = db.session.execute(among(query, Standing.person_id, person_ids))
        return cls(steps, {(person_id, module_id): number for person_id, module_id, number in rows})

    def hold(self, row: _Row, day: int) -> Hold:
        """Return what a completion is worth, as `holding.holding`."""
        if not row.number:
            return Hold.NONE
        if not row.until_on:
            return Hold.OVERTAKEN
        if row.since_on:
            return Hold.TO_RENEW if row.until_on > day else Hold.LAPSED
        return Hold.TO_ACKNOWLEDGE if self.since(row) else Hold.HELD

    def since(self, row: _Row) -> int:
        """Return since which day something is to be looked at, 0 when nothing is."""
        known = max(row.number, self.acknowledged.get((row.person, row.module), 0))
        return next((day for number, day in self.steps.get(row.module, ()) if number > known), 0)


def _asks_for_a_look(step: catalogue.Step, as_of: date) -> int:
    """Return the day on which such an edition came out; 0 for another, or one that had not come out."""
    day = local_day(step.published_at)
    return day.toordinal() if step.impact is Impact.ACKNOWLEDGEMENT and day <= as_of else 0


def _columns(told: Sheet) -> list[Column]:
    given = told.asked
    own = [given.plan, given.module, given.person, given.team, given.assigned_on, given.due_on]
    return [*own, told.state, told.due_on, told.in_time, told.completed_on, told.number, told.until_on, told.since_on]


def _modules() -> dict[int, tuple[str, Words]]:
    """Return the code and title of every module; the title is its newest edition's, its code before there is one."""
    named = {id: (code, {"": code}) for id, code in db.session.execute(select(Module.id, Module.code))}
    return named | {edition.module_id: (edition.code, edition.content.title) for edition in catalogue.newest_editions()}


def _people(person_ids: Collection[int]) -> dict[int, Any]:
    columns = (
        Person.id,
        Person.registration,
        Person.family_name,
        Person.given_name,
        Person.simulated,
        Person.left_on,
    )
    return {row.id: row for row in db.session.execute(among(select(*columns), Person.id, person_ids))}


def _codes() -> dict[int, str]:
    return dict(db.session.execute(select(Plan.id, Plan.code)).all())


def _teams() -> dict[int, Any]:
    query = select(Team.id, Team.name, Team.shift_id, Shift.name.label("shift")).outerjoin(Shift)
    return {row.id: row for row in db.session.execute(query)}
