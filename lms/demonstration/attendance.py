"""Around the modules: people sign in and leave, interrupt each other and ask for help; kiosks are in service.

The figures are invented, as those of `behaviour` are: every way of ending a visit and
every kind of request occurs.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.authoring import work as authoring
from lms.authoring.models import Origin
from lms.delivery import actions as kiosk
from lms.delivery.actions import Place
from lms.delivery.models import EndedBy, HelpCategory
from lms.delivery.service import DAY, MINUTE, QUARTER, Hours, Quarter, quarter_of, service
from lms.demonstration.building import Operator, Plant
from lms.demonstration.simulating import Outage, Stretch, id_at
from lms.people import notices, sign_in
from lms.people.rules import NotRecognised, WrongSecret

Choice = TypeVar("Choice")

SIGNS_IN_BEFORE = timedelta(seconds=50)
CUT_SHORT = {EndedBy.CALLED_AWAY: 45, EndedBy.IDLE: 30, EndedBy.ANOTHER_BADGE: 25}
GIVEN_UP = {EndedBy.IDLE: 60, EndedBy.CALLED_AWAY: 25, EndedBy.BUTTON: 15}
AT_THE_END = {EndedBy.BUTTON: 88, EndedBy.IDLE: 12}
STAYS_ON = {
    EndedBy.BUTTON: timedelta(seconds=20),
    EndedBy.CALLED_AWAY: timedelta(seconds=6),
    EndedBy.ANOTHER_BADGE: timedelta(seconds=4),
    EndedBy.IDLE: timedelta(seconds=80),
}
"""Between the last thing done and the end."""

ASKS = 0.05
"""Chance that someone asks for help during a stay."""
ASKED = {HelpCategory.UNCLEAR: 45, HelpCategory.CONTENT: 20, HelpCategory.KIOSK: 20, HelpCategory.OTHER: 15}
LEFT_OPEN = 0.1
SAID = {
    HelpCategory.KIOSK: "La borne a été relancée.",
    HelpCategory.UNCLEAR: "On regarde cette page ensemble à la prise de poste.",
    HelpCategory.CONTENT: "Merci. Ce sera corrigé dans la prochaine édition.",
    HelpCategory.OTHER: "Vu ensemble à la borne.",
}

SERVED = {"enduction": (time(5), time(21)), "decoupe": (time(5), time(5))}
"""The kiosk of the coating workshop is locked at night."""
WORKDAYS = range(5)
MADE_ELSEWHERE = "manual-handling"
REVIEWED = ("clp-inks-solvents", "lock-out", "work-order")


@dataclass(frozen=True)
class Staff:
    """Who answers, publishes and reviews, by number."""

    trainer: int
    leader: int
    hr: int


class Host:
    """Lets simulated people come to the kiosks and leave them."""

    def __init__(self, plant: Plant, outage: Outage, staff: Staff, notice: int, now: datetime) -> None:
        self._plant, self._outage, self._staff, self._notice, self._now = plant, outage, staff, notice, now
        self._informed: set[int] = set()

    @contextmanager
    def visit(self, stretch: Stretch, random: Random) -> Iterator[None]:
        """Let someone sign in, do what they do, and leave."""
        self._come(stretch.operator, stretch.terminal_id, stretch.begins_at - SIGNS_IN_BEFORE)
        yield
        if random.random() < ASKS:
            self._ask(stretch, random)
        ended_by = _chosen(_endings(stretch), random)
        ends_at = stretch.ends_at + STAYS_ON[ended_by]
        self._leave(stretch.terminal_id, ended_by, ends_at)
        other = self._colleague(stretch.operator, random) if ended_by is EndedBy.ANOTHER_BADGE else None
        if other is not None:
            # They look at what is asked of them, and see that there is no time for it.
            self._come(other, stretch.terminal_id, ends_at + timedelta(seconds=20))
            self._leave(stretch.terminal_id, EndedBy.BUTTON, ends_at + timedelta(seconds=random.randint(50, 110)))

    def inform(self, person_id: int, terminal_id: int, at: datetime) -> None:
        """Let someone read the notice, the first time they come."""
        if person_id not in self._informed:
            self._informed.add(person_id)
            notices.acknowledge(person_id, self._notice, place=f"terminal:{terminal_id}", now=at)

    def _come(self, operator: Operator, terminal_id: int, at: datetime) -> None:
        known = self._outage.delivered_at(terminal_id, at)
        kiosk.open_visit(operator.person_id, terminal_id, session_digest=None, now=at, recorded_at=known)
        self.inform(operator.person_id, terminal_id, at + timedelta(seconds=30))

    def _leave(self, terminal_id: int, ended_by: EndedBy, at: datetime) -> None:
        kiosk.end_visit(terminal_id, ended_by, now=at, recorded_at=self._outage.delivered_at(terminal_id, at))

    def _colleague(self, operator: Operator, random: Random) -> Operator | None:
        others = [
            other
            for other in self._plant.operators
            if other.team_id == operator.team_id and other is not operator and other.present_until is None
        ]
        return random.choice(others) if others else None

    def _ask(self, stretch: Stretch, random: Random) -> None:
        at = stretch.ends_at - timedelta(seconds=3)
        category, number = _chosen(ASKED, random), id_at(random, at)
        block = stretch.edition.content.blocks[stretch.last_block - 1]
        place = Place(stretch.edition.id, block.key)
        kiosk.ask_for_help(stretch.operator.person_id, stretch.terminal_id, category, place, request_id=number, now=at)
        self._answer(number, category, at, random)

    def _answer(self, number: UUID, category: HelpCategory, asked_at: datetime, random: Random) -> None:
        at = asked_at + timedelta(minutes=round(random.lognormvariate(4, 1.1)) + 2)
        if category is HelpCategory.CONTENT:
            at += timedelta(days=random.randint(1, 9))
        if at >= self._now or random.random() < LEFT_OPEN:
            return
        by = self._staff.trainer if category in (HelpCategory.CONTENT, HelpCategory.UNCLEAR) else self._staff.leader
        kiosk.answer_help(number, SAID[category], by=by, now=at)


def serve(plant: Plant, outage: Outage, opening: datetime, now: datetime, zone: ZoneInfo, random: Random) -> None:
    """Let the kiosks be in service since the pilot opened, but for what went wrong."""
    for workshop, terminal_id in plant.terminals.items():
        opens_at, closes_at = SERVED[workshop]
        kiosk.set_hours(terminal_id, opening.date(), opens_at, closes_at, WORKDAYS, by=None, now=opening - 10 * DAY)
        hours = Hours(opening.date(), opens_at, closes_at, sum(1 << day for day in WORKDAYS))
        kiosk.keep_quarters(terminal_id, _heard(terminal_id, hours, outage, opening, now, zone, random))
        kiosk.note_contact(terminal_id, now=now)


def fumble(played: Sequence[Stretch], random: Random) -> None:
    """Let some mistype their secret number, and hold up a badge that nobody knows.

    Ends the transaction it is called in, as signing in does.
    """
    for stretch in played:
        origin, at = f"terminal:{stretch.terminal_id}", stretch.begins_at - 2 * SIGNS_IN_BEFORE
        drawn = random.random()
        if drawn < 0.03:
            with suppress(NotRecognised):
                sign_in.recognise("0000000001", origin, at)
        elif drawn < 0.045:
            with suppress(WrongSecret):
                sign_in.check_pin(stretch.operator.person_id, "000000", origin, at)


def declare_work(code: str, trainer: int, at: datetime, random: Random) -> None:
    """Let the trainer say what a module took and where it was made."""
    origin = Origin.EXTERNAL if code == MADE_ELSEWHERE else Origin.INTERNAL
    authoring.declare_origin(code, origin, by=trainer, now=at)
    authoring.declare_time(code, trainer, random.randrange(90, 420, 15), now=at)


def review(trainer: int, at: datetime) -> None:
    """Let the trainer sign some modules as still right."""
    for code in REVIEWED:
        authoring.sign_review(code, "Relu avec le chef d’équipe.", by=trainer, now=at)


def _endings(stretch: Stretch) -> dict[EndedBy, int]:
    if stretch.last_block == len(stretch.edition.content.blocks):
        return AT_THE_END
    return GIVEN_UP if stretch.last_block == stretch.course.stops_after else CUT_SHORT


def _chosen(chances: Mapping[Choice, int], random: Random) -> Choice:
    return random.choices(list(chances), list(chances.values()))[0]


def _heard(
    terminal_id: int, hours: Hours, outage: Outage, opening: datetime, now: datetime, zone: ZoneInfo, random: Random
) -> Iterator[Quarter]:
    """Yield the quarters of an hour in which a kiosk was heard of, as it would have counted them."""
    for number in range((now.date() - opening.date()).days + 1):
        day = opening.date() + number * DAY
        window = service(hours, day, zone)
        starts_at = quarter_of(window.begins.astimezone(UTC)) if window else now
        while window and starts_at < window.ends and starts_at + QUARTER <= now:
            away = outage.delivered_at(terminal_id, starts_at) - starts_at > MINUTE
            back = not away and outage.delivered_at(terminal_id, starts_at - QUARTER) - starts_at > -QUARTER + MINUTE
            if not away:
                yield Quarter(starts_at, _minutes(random), 200 if back else int(random.random() < 0.01))
            starts_at += QUARTER


def _minutes(random: Random) -> int:
    """Return the minutes of a quarter in which a kiosk is heard of: all of them, but for a restart now and then."""
    whole = (1 << 15) - 1
    return whole if random.random() > 0.01 else whole >> random.randint(2, 9)
