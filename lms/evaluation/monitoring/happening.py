"""What happened at each kiosk on each shift, from what is read at a cut-off."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.catalogue.models import Edition
from lms.delivery import queries as delivery
from lms.delivery.models import EndedBy
from lms.delivery.rules import Visit, contended
from lms.evaluation.facts import Facts
from lms.evaluation.indicators import terminals
from lms.evaluation.monitoring.access import Access, Place, Tally, accesses
from lms.evaluation.monitoring.provisional import Reading
from lms.evaluation.monitoring.shifts import Reachable, length_of, reachable
from lms.evaluation.shifts import shift_at
from lms.kernel.database import db
from lms.people import queries as people
from lms.people.models import SignInOutcome
from lms.progress import queries as progress
from lms.records import queries as records

UNFINISHED = frozenset({EndedBy.IDLE, EndedBy.CALLED_AWAY})
"""Ways of leaving a kiosk that break off what was begun, unless it was finished by then."""


class Done(NamedTuple):
    """Something done in a module."""

    at: datetime
    edition: int


Work = Mapping[tuple[int, int], list[Done]]
"""What each person did at each kiosk, in order."""


def access(found: Reading) -> list[Access]:
    """Return what each kiosk of the pilot's workshops is to each shift, up to the cut-off."""
    facts = found.facts
    return accesses(_places(facts, found), _tallies(facts, found), found.protocol.smallest_group)


def _places(facts: Facts, found: Reading) -> list[Access]:
    """Return the kiosks that were ever heard of or used, on every shift."""
    hours, quarters = delivery.service_facts(_begins(facts), found.at.until, found.at.known_at)
    expected, used = _expected(facts), {visit.terminal_id for visit in facts.visits}
    return [
        _place(
            (terminal, shift.code),
            reachable(
                shift,
                hours.get(terminal, []),
                quarters.get(terminal, []),
                facts.starts_on,
                facts.as_of,
                ZoneInfo(facts.zone),
            ),
            length_of(shift),
            len(expected[workshop, shift.code]),
        )
        for terminal, workshop in facts.kept.zones
        for shift in facts.kept.shifts
        if terminal in quarters or terminal in used
    ]


def _place(place: Place, told: Reachable, shift_hours: float, expected: int) -> Access:
    return Access(
        *place,
        hours=told.scheduled_minutes / told.days / 60 if told.days else None,
        shift_hours=shift_hours,
        heard=told.seen_minutes / told.scheduled_minutes if told.scheduled_minutes else None,
        expected=expected,
        masked=False,
    )


def _begins(facts: Facts) -> datetime:
    return datetime.combine(facts.starts_on, time(), ZoneInfo(facts.zone))


def _expected(facts: Facts) -> Mapping[tuple[int | None, str | None], set[int]]:
    """Return who of those who count works each shift in each workshop."""
    workshops = {team.code: team.workshop_id for team in people.teams()}
    found: defaultdict[tuple[int | None, str | None], set[int]] = defaultdict(set)
    for member in facts.members:
        found[workshops.get(member.team), member.shift].add(member.person)
    return found


def _tallies(facts: Facts, found: Reading) -> dict[Place, Tally]:
    tallies: defaultdict[Place, Tally] = defaultdict(Tally)
    expected = _expected(facts)
    for terminal, workshop in facts.kept.zones:
        for hours in facts.kept.shifts:
            if own := expected.get((workshop, hours.code)):
                tallies[terminal, hours.code] = Tally(expected=frozenset(own))

    def at(terminal: int, moment: datetime) -> Tally:
        _day, shift = shift_at(moment, facts.kept.shifts, ZoneInfo(facts.zone))
        return tallies[terminal, shift or ""]

    here = terminals.visits_here(facts)
    work, completed = _work(found), _completed(found)
    for visit in here:
        _day, shift = shift_at(visit.opened_at, facts.kept.shifts, ZoneInfo(facts.zone))
        tally = tallies[visit.terminal_id, shift or ""]
        _count(tally, visit, _done(visit, work), completed)
    for visit in contended(here, _by_workshop(facts)):
        at(visit.terminal_id, visit.opened_at).contended += 1
    for one in facts.tries:
        tally = at(one.terminal_id, one.at)
        tally.wrong_pins += one.outcome is SignInOutcome.WRONG_SECRET
        tally.unknown_badges += one.outcome is SignInOutcome.UNKNOWN
    own = {terminal for terminal, _ in facts.kept.zones}
    for asked in facts.help_requests:
        if asked.terminal_id in own:
            at(asked.terminal_id, asked.asked_at).helped += 1
    return dict(tallies)


def _count(tally: Tally, visit: Visit, done: Sequence[Done], completed: Mapping[tuple[int, int], datetime]) -> None:
    tally.visits += 1
    tally.people.add(visit.person_id)
    if done:
        tally.waits.append((done[0].at - visit.opened_at).total_seconds())
    if visit.ended_by in UNFINISHED and visit.ended_at is not None:
        finished_at = completed.get((visit.person_id, done[-1].edition)) if done else None
        tally.abandoned += finished_at is None or finished_at > visit.ended_at


def _done(visit: Visit, work: Work) -> Sequence[Done]:
    """Return what was done during a visit, in order."""
    own = work.get((visit.person_id, visit.terminal_id), [])
    first = bisect_left(own, visit.opened_at, key=_moment)
    last = bisect_right(own, visit.ended_at, key=_moment) if visit.ended_at else len(own)
    return own[first:last]


def _moment(done: Done) -> datetime:
    return done.at


def _work(found: Reading) -> Work:
    """Return when each person worked at each kiosk, whatever the module."""
    work: defaultdict[tuple[int, int], list[Done]] = defaultdict(list)
    for row in records.traced(_editions(), until=found.at.until, up_to=found.at.up_to):
        if row.terminal_id is not None:
            work[row.person_id, row.terminal_id].append(Done(row.occurred_at, row.edition_id))
    for done in work.values():
        done.sort()
    return work


def _completed(found: Reading) -> dict[tuple[int, int], datetime]:
    standings = progress.recompute(_editions(), until=found.at.until, up_to=found.at.up_to)
    return {
        (one.person_id, one.edition_id): one.facts.completed_at
        for one in standings
        if one.facts.completed_at is not None
    }


def _editions() -> list[int]:
    return list(db.session.scalars(select(Edition.id)))


def _by_workshop(facts: Facts) -> dict[int, set[int]]:
    zones: defaultdict[int, set[int]] = defaultdict(set)
    for terminal, workshop in facts.kept.zones:
        zones[workshop].add(terminal)
    return zones
