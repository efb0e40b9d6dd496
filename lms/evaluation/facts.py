"""What an evaluation knows of each person: what was asked, what happened. Pure.

`gathering` fills them; persons are numbers, days are days of the plant.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from lms.authoring.queries import ModuleWork
from lms.delivery.queries import Help
from lms.delivery.rules import Visit
from lms.delivery.service import TerminalDay
from lms.evaluation.kept import Kept
from lms.people.queries import KioskAttempt
from lms.skills.queries import Moved, Observed
from lms.surveys.queries import Response, WaveFacts


class Need(StrEnum):
    """What an indicator reads besides the people concerned: only that is gathered."""

    WORK = "work"
    """What people did in modules: outcomes and sittings."""
    ITEMS = "items"
    """What first attempts say of each question."""
    SURENESS = "sureness"
    """How sure people said to be of their answers, and whether they were right; read with `WORK`."""
    SIGN_OFFS = "sign_offs"
    """What observers saw of people's practice."""
    MOVES = "moves"
    """Changes of level."""
    SURVEYS = "surveys"
    """Waves that have closed, and their answers."""
    FIGURES = "figures"
    """Figures from outside: defects, hours worked, costs."""
    VISITS = "visits"
    """Who was at which kiosk, from when to when."""
    HELP = "help"
    """Requests for help and what settled them."""
    SERVICE = "service"
    """For how much of their service kiosks were heard of."""
    OPEN = "open"
    """How many minutes kiosks were up, by day and shift."""
    TRIES = "tries"
    """Tries at signing in at kiosks."""
    MODULES = "modules"
    """Who published, reviewed and made which module, and in what time."""
    NOTICES = "notices"
    """Who had read the information notice, and when."""
    SHIFTS = "shifts"
    """When shifts work."""
    TRAINERS = "trainers"
    """Who trains at the plant."""
    ZONES = "zones"
    """Which kiosks stand in the workshops of the pilot teams."""
    COVERAGE = "coverage"
    """How many people master each task on each shift."""
    AUDIT = "audit"
    """The audit's actions and points of vigilance."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """As of when facts are read: they happened by a moment, and were known by another."""

    as_of: date
    until: datetime
    """The end of that day at the plant."""
    up_to: int
    """Sequence of the last learning record that had arrived."""
    known_at: datetime
    """What was recorded later is not read: so anyone can read the same again."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the pilot teams who counts, whatever was planned for them."""

    person: int
    team: str
    """The pilot team in which the person was last."""
    shift: str | None
    joined_on: date
    """Not before the pilot's first day."""
    left_on: date | None
    simulated: bool = False
    age_band: str | None = None
    """Never an age; None for whom nobody said it."""

    def present(self, first: date, last: date) -> bool:
        """Whether the person was there on a day of the stretch."""
        return self.joined_on <= last and (self.left_on is None or self.left_on >= first)


@dataclass(frozen=True)
class Assigned:
    """One person who was to take one module."""

    person: int
    team: str
    shift: str | None
    plan: str
    recommendation: str
    module: str
    assigned_on: date
    """The day from which it concerned this person."""
    due_on: date
    throughout: bool
    """Present in the planned teams from the plan's first day to this person's due date (or the cut-off)."""
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person did with one module up to the cut-off, over all its editions."""

    started_on: date | None = None
    completed_on: date | None = None
    first_passed: bool | None = None
    """Whether the first attempt reached the pass mark; None when no attempt was ended."""
    first_score: float | None = None
    """Share of the points at the end of the first attempt, 0 to 1."""
    best_score: float | None = None
    attempts: int = 0
    active_seconds: int = 0
    """Sum of the times between events, each at most 120 s."""
    last_on: date | None = None
    reached: int = 0
    """How many steps (cards and questions) were done, counted to the furthest one, in the edition used last."""
    steps: int = 0
    """How many steps that edition has."""
    revisited_on: date | None = None
    """The first day on which it was opened again, at least 24 hours after it was completed."""
    completing_seconds: int = 0
    """What of `active_seconds` lay before it was completed."""
    started_at: datetime | None = None
    completed_at: datetime | None = None
    first_ended_at: datetime | None = None
    """When the first attempt ended; told only of modules that serve as tests before and after."""


NOTHING = Outcome()


@dataclass(frozen=True, slots=True)
class Sitting:
    """One stretch of work of one person in one edition at one kiosk."""

    id: Any
    """Tells sittings apart; as the database gives it."""
    person: int
    module: str
    terminal: int | None
    started_at: datetime
    last_at: datetime
    active_seconds: int
    delay_seconds: int
    """How long the first of its records took to arrive: long when the kiosk was offline."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question of an edition, and what its first attempts say of it."""

    module: str
    key: str
    attempts: int
    flagged: bool | None
    """None: too early to say."""
    alpha: float | None
    """Of the whole quiz."""
    standard_error: float | None
    """Of the whole quiz, in marks."""
    facility: float | None = None
    """Per cent of the points, on average."""
    discrimination: float | None = None
    """Correlation with the rest of the quiz, in per cent."""


@dataclass(frozen=True, slots=True)
class Sure:
    """A first answer of which someone said how sure they were."""

    person: int
    module: str
    confidence: float
    """0 to 1."""
    right: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from outside for a period: of a pilot team, or of the whole plant."""

    series: str
    starts_on: date
    ends_on: date
    team: str | None
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class OpenMinutes:
    """For how many minutes kiosks of the pilot were up in one shift of one day, all added up."""

    day: date
    """A night shift belongs to the day on which it starts."""
    shift: str | None
    minutes: int


@dataclass(frozen=True)
class Facts:
    """Everyone concerned and what they did, as of a day."""

    as_of: date
    assigned: tuple[Assigned, ...]
    outcomes: Mapping[tuple[int, str], Outcome]
    """By person and module."""
    starts_on: date = date.min
    zone: str = "UTC"
    """The plant's time zone."""
    members: tuple[Member, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    """Those that began since the pilot's first day: what went before it may have been purged."""
    begun: Mapping[tuple[int, int], datetime] = field(default_factory=dict)
    """When each person's course through an edition began, by person and edition, in the pilot or before."""
    modules: tuple[str, ...] = ()
    """Those the indicator is computed on; empty means all."""
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What the protocol says of this indicator beyond its modules."""
    planned_again: frozenset[tuple[int, str]] = frozenset()
    """Persons and modules that were planned a second time, later."""
    designed: Mapping[str, int] = field(default_factory=dict)
    """How many minutes each module is meant to take."""
    items: tuple[Item, ...] = ()
    sureness: tuple[Sure, ...] = ()
    sign_offs: tuple[Observed, ...] = ()
    moves: tuple[Moved, ...] = ()
    waves: tuple[WaveFacts, ...] = ()
    sheets: tuple[Response, ...] = ()
    figures: tuple[Figure, ...] = ()
    visits: tuple[Visit, ...] = ()
    """Everybody's, at every kiosk."""
    help_requests: tuple[Help, ...] = ()
    service: tuple[TerminalDay, ...] = ()
    """Of the kiosks of the pilot."""
    open_minutes: tuple[OpenMinutes, ...] = ()
    tries: tuple[KioskAttempt, ...] = ()
    """At the kiosks of the pilot."""
    works: tuple[ModuleWork, ...] = ()
    notices: Mapping[int, datetime] = field(default_factory=dict)
    """When each person first read a notice."""
    kept: Kept = Kept()
    """What is stored with the evaluation, since it may be changed later."""

    @property
    def work_recorded(self) -> bool:
        """Whether anything at all that anybody did in a module was recorded."""
        return bool(self.sittings) or any(outcome != NOTHING for outcome in self.outcomes.values())

    def outcome(self, row: Assigned) -> Outcome:
        """Return what came of an assignment."""
        return self.of_person(row.person, row.module)

    def of_person(self, person: int, module: str) -> Outcome:
        """Return what someone did with a module, assigned or not."""
        return self.outcomes.get((person, module), NOTHING)

    def of(self, recommendation: str, modules: Collection[str]) -> "Facts":
        """Return the facts about one recommendation; no modules means all that were planned for it.

        A module planned twice for someone counts once, as it was first assigned.
        """
        kept = tuple(modules)
        # Many indicators of a protocol are about the same recommendation and modules.
        if (recommendation, kept) not in self._chosen:
            self._chosen[recommendation, kept] = self._of(recommendation, kept)
        assigned, again = self._chosen[recommendation, kept]
        return replace(self, assigned=assigned, modules=kept, planned_again=again)

    @cached_property
    def _chosen(self) -> dict[tuple[str, tuple[str, ...]], tuple[tuple[Assigned, ...], frozenset[tuple[int, str]]]]:
        return {}

    def _of(
        self, recommendation: str, modules: tuple[str, ...]
    ) -> tuple[tuple[Assigned, ...], frozenset[tuple[int, str]]]:
        chosen: dict[tuple[int, str], Assigned] = {}
        again = set()
        for row in sorted(self.assigned, key=attrgetter("assigned_on", "plan")):
            key = row.person, row.module
            first = chosen.get(key)
            if first is not None and row.assigned_on > first.assigned_on:
                again.add(key)
            if first is None and row.recommendation == recommendation and (not modules or row.module in modules):
                chosen[key] = row
        return tuple(chosen.values()), frozenset(again)

    def weeks(self) -> list[tuple[date, date]]:
        """Return the first and the last day of each whole week, from the first assignment to the cut-off."""
        assigned_on = min((row.assigned_on for row in self.assigned), default=date.max)
        start = max(self.starts_on, assigned_on)
        number = ((self.as_of - start).days + 1) // 7
        firsts = [start + timedelta(weeks=place) for place in range(max(number, 0))]
        return [(first, first + timedelta(days=6)) for first in firsts]

    def day(self, moment: datetime) -> date:
        """Return the plant's day of a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def by_person(self) -> dict[int, list[Assigned]]:
        """Return each person's assignments, persons in the order of their numbers."""
        found: dict[int, list[Assigned]] = {}
        for row in sorted(self.assigned, key=attrgetter("person", "assigned_on", "plan")):
            found.setdefault(row.person, []).append(row)
        return found
