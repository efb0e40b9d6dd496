"""When ten minutes are to be had. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.kernel.refusals import Refusal

LASTS = timedelta(minutes=10)
SETTLED = timedelta(hours=2)
"""A shift has settled after so long: slots of days to come begin there."""
AHEAD = timedelta(days=21)
"""How far ahead a slot may lie."""
NEVER = datetime.max.replace(tzinfo=UTC)
"""After every slot: where what has no time is sorted."""
NOON = time(10)
"""When a slot begins in a team without a shift."""


class SlotPast(Refusal):
    """The slot would begin in the past."""


class SlotTooFar(Refusal):
    """The slot would begin in more than three weeks."""


class SlotTwice(Refusal):
    """The person has ten minutes on that day already."""


class KioskTaken(Refusal):
    """Somebody else has the kiosk at that time."""


class SlotKeyReused(Refusal):
    """The number of the slot is that of another one."""


class SlotTakenBack(Refusal):
    """The slot was planned and has been taken back or moved since."""


@dataclass(frozen=True)
class Proposal:
    """A time at which a kiosk is free."""

    starts_at: datetime
    terminal_id: int | None


@dataclass(frozen=True)
class Hours:
    """When a team works; the end lies on the next day where it is not after the start."""

    starts_at: time
    ends_at: time


@dataclass(frozen=True)
class Wish:
    """Ten minutes that somebody needs."""

    person_id: int
    module_id: int
    team_id: int
    due_on: date
    away: frozenset[date] = frozenset()
    """Days on which the person is not there."""


@dataclass(frozen=True)
class Room:
    """What a team has: the kiosks near it, and on each day the tens of minutes that are still to come."""

    terminal_ids: Sequence[int]
    times: Mapping[date, Sequence[datetime]]


def check(starts_at: datetime, now: datetime) -> None:
    """Raise SlotPast or SlotTooFar; a slot may have begun just now."""
    if starts_at < now - LASTS:
        raise SlotPast()
    if starts_at > now + AHEAD:
        raise SlotTooFar(days=AHEAD.days)


def proposals(
    hours: Hours | None,
    terminal_ids: Sequence[int],
    taken: Collection[tuple[int | None, datetime]],
    now: datetime,
    zone: ZoneInfo,
    days: Sequence[date],
) -> list[Proposal]:
    """Return the first free ten minutes of each of these days on which the team works still."""
    found = (_first(hours, terminal_ids, taken, now, zone, day) for day in days)
    return [proposal for proposal in found if proposal is not None]


def spread(
    wishes: Sequence[Wish],
    rooms: Mapping[int, Room],
    taken: Collection[tuple[int | None, datetime]],
    given: Collection[tuple[int, int, datetime]],
    zone: ZoneInfo,
) -> list[tuple[Wish, Proposal | None]]:
    """Return a time for each wish, in their order; None where there is none.

    Nobody gets ten minutes twice a day, no kiosk two people, and of a team one leaves the line at a time. Of the
    days on which somebody is there, up to the day by which it is due if any is left, the emptiest is taken, the
    first of equals. `given` is what is planned already: person, team, moment.
    """
    kiosks = set(taken)
    had = {(person, starts_at.astimezone(zone).date()) for person, _team, starts_at in given}
    away = {(team, starts_at) for _person, team, starts_at in given}
    load = Counter((team, starts_at.astimezone(zone).date()) for _person, team, starts_at in given)

    def first(wish: Wish, room: Room, day: date) -> Proposal | None:
        for starts_at in room.times[day]:
            if (wish.team_id, starts_at) in away or (wish.person_id, starts_at.astimezone(zone).date()) in had:
                continue
            free = [terminal for terminal in room.terminal_ids if (terminal, starts_at) not in kiosks]
            if free or not room.terminal_ids:
                return Proposal(starts_at, free[0] if free else None)
        return None

    found = []
    for wish in wishes:
        room = rooms[wish.team_id]
        at = {day: first(wish, room, day) for day in room.times if day not in wish.away}
        open_days = [day for day, proposal in at.items() if proposal]
        wanted = [day for day in open_days if day <= wish.due_on] or open_days
        chosen = at[min(wanted, key=lambda day: (load[wish.team_id, day], day))] if wanted else None
        if chosen:
            day = chosen.starts_at.astimezone(zone).date()
            kiosks.add((chosen.terminal_id, chosen.starts_at))
            had.add((wish.person_id, day))
            away.add((wish.team_id, chosen.starts_at))
            load[wish.team_id, day] += 1
        found.append((wish, chosen))
    return found


def working_days(first: date, number: int) -> list[date]:
    """Return so many days from a day on, Saturdays and Sundays left out."""
    ahead = (first + timedelta(days=place) for place in range(2 * number + 2))
    return [day for day in ahead if day.weekday() < 5][:number]


def _first(
    hours: Hours | None,
    terminal_ids: Sequence[int],
    taken: Collection[tuple[int | None, datetime]],
    now: datetime,
    zone: ZoneInfo,
    day: date,
) -> Proposal | None:
    for starts_at in times(hours, now, zone, day):
        free = [terminal for terminal in terminal_ids if (terminal, starts_at) not in taken]
        if free or not terminal_ids:
            return Proposal(starts_at, free[0] if free else None)
    return None


def times(hours: Hours | None, now: datetime, zone: ZoneInfo, day: date) -> Iterator[datetime]:
    """Yield the tens of minutes of a team's day that are still to come, from when the shift has settled."""
    begins = datetime.combine(day, hours.starts_at if hours else NOON, zone)
    ends = datetime.combine(day, hours.ends_at, zone) if hours else begins + timedelta(hours=6)
    if ends <= begins:
        ends += timedelta(days=1)
    first = max(begins + (SETTLED if hours else timedelta()), _next_ten(now.astimezone(zone)))
    while first + LASTS <= ends:
        yield first
        first += LASTS


def _next_ten(moment: datetime) -> datetime:
    """Return the first full ten minutes that leave five to walk to the kiosk."""
    after = moment + timedelta(minutes=15)
    return after.replace(minute=after.minute - after.minute % 10, second=0, microsecond=0)
