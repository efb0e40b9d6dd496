"""Whom a plan concerns, and from when: presence in its audience, whatever came later. Pure.

One rule counts everybody (`docs/plans.md` says it in words): base set P of the evaluation
reference. Presence is time in a team. A plan that names teams, shifts, posts or roles counts
the part of it spent there; people named one by one are counted wherever they are.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from typing import Any

from lms.kernel.clock import months_after
from lms.kernel.refusals import Refusal
from lms.people.permissions import Role

LEAST_PRESENCE = timedelta(days=14)
"""A joiner counts after this long in a plan's audience (evaluation reference, base set P)."""
LONGEST_PERIOD = 120
"""Months between two turns, at most."""


class PlanDueBeforeAssigned(Refusal):
    """A plan's due date is before the day it is assigned."""


class PlanForNobody(Refusal):
    """A plan names no team, shift, post, role nor person, so that it concerns nobody."""


class PlanCodeTaken(Refusal):
    """Another plan has this code already."""


class PlanCodeMalformed(Refusal):
    """A plan's code is not of letters, digits and hyphens."""


class PlanForUnknown(Refusal):
    """A plan names a team, shift, post or person that does not exist."""


class PlanWithoutBasis(Refusal):
    """A plan said to be a legal duty does not say which text asks it."""


class PlanWithoutRecommendation(Refusal):
    """A plan said to answer a recommendation names none."""


class PlanWithoutPeriod(Refusal):
    """A plan that comes again does not say after how many months, or after too many."""


class PlanTurnsOverlap(Refusal):
    """A turn of a plan would still be open when the next one begins."""


class PlanAsksForGood(Refusal):
    """A plan comes again, and its module is good for good once completed."""


class PlanDueBeforeHiring(Refusal):
    """A person named in a plan is hired after its due date."""


class PlanCancelled(Refusal):
    """A cancelled plan is neither changed nor are people exempted from it."""


class PlanUnchanged(Refusal):
    """Nothing of the plan would change."""


class PlanChangeUnexplained(Refusal):
    """A change of a plan says no reason."""


class ExemptionUnexplained(Refusal):
    """An exemption, or its end, says no reason."""


class ExemptionNotNeeded(Refusal):
    """The plan does not concern this person, who is exempt already or never was in its audience."""


class NotExempt(Refusal):
    """The person whose exemption is to end has none."""


class PostRequiresItself(Refusal):
    """A post would require itself, by way of those it requires."""


class PlanState(StrEnum):
    """Where a plan stands on a day."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a plan asks something."""

    RECOMMENDATION = "recommendation"
    POST = "post"
    """A post requires it."""
    LEGAL = "legal"
    NEW_EDITION = "new_edition"
    OTHER = "other"


class Rhythm(StrEnum):
    """When a plan asks."""

    ONCE = "once"
    NEWCOMER = "newcomer"
    """Of whoever is hired from the day of assignment on, so many days after hiring."""
    PERIODIC = "periodic"
    """Of everybody again, so many months after the day of assignment, on the same day for all."""
    ANNIVERSARY = "anniversary"
    """Of each again, so many months after their own hiring."""


OF_EACH = frozenset({Rhythm.NEWCOMER, Rhythm.ANNIVERSARY})
"""What begins on a day of each person's own."""
AGAIN = frozenset({Rhythm.PERIODIC, Rhythm.ANNIVERSARY})
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


def refuse_malformed(code: str) -> None:
    """Raise PlanCodeMalformed for a code that could not stand in an address."""
    if not _CODE.fullmatch(code):
        raise PlanCodeMalformed(code=code)


def proposed_code(taken: Collection[str]) -> str:
    """Return the first of PL1, PL2, … that no plan has."""
    return next(code for number in count(1) if (code := f"PL{number}") not in taken)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a plan names. Kinds narrow each other, within a kind any will do; people named one by one are added."""

    teams: frozenset[int] = frozenset()
    shifts: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def narrows(self) -> bool:
        """Whether it names anybody by what they are."""
        return bool(self.teams or self.shifts or self.posts or self.roles)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a plan asks."""

    assigned_on: date
    due_on: date
    """Of the first turn; its distance to `assigned_on` is what everybody is given."""
    rhythm: Rhythm = Rhythm.ONCE
    months: int = 0
    """Between two turns, where it comes again."""

    @property
    def given(self) -> timedelta:
        """How long everybody is given."""
        return self.due_on - self.assigned_on


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a plan says, but its code."""

    module_id: int
    timing: Timing
    audience: Audience
    reason: Reason = Reason.OTHER
    basis: str = ""
    """The text that asks it, where it is a legal duty; else a few words, or nothing."""
    recommendation_id: int | None = None

    def document(self) -> dict[str, Any]:
        """Return the terms as a version of the plan keeps them."""
        who, when = self.audience, self.timing
        return {
            "module": self.module_id,
            "recommendation": self.recommendation_id,
            "reason": self.reason.value,
            "basis": self.basis,
            "assigned_on": when.assigned_on.isoformat(),
            "due_on": when.due_on.isoformat(),
            "rhythm": when.rhythm.value,
            "months": when.months,
            "teams": sorted(who.teams),
            "shifts": sorted(who.shifts),
            "posts": sorted(who.posts),
            "roles": sorted(role.value for role in who.roles),
            "people": sorted(who.people),
        }


def read_terms(document: Mapping[str, Any]) -> Terms:
    """Return the terms that a version of a plan kept."""
    assigned_on, due_on = (date.fromisoformat(document[name]) for name in ("assigned_on", "due_on"))
    return Terms(
        document["module"],
        Timing(assigned_on, due_on, Rhythm(document["rhythm"]), document["months"]),
        Audience(
            teams=frozenset(document["teams"]),
            shifts=frozenset(document["shifts"]),
            posts=frozenset(document["posts"]),
            roles=frozenset(Role(role) for role in document["roles"]),
            people=frozenset(document["people"]),
        ),
        Reason(document["reason"]),
        document["basis"],
        document["recommendation"],
    )


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of what differs between two versions of a plan, in the order of a form."""
    return [name for name in after if before[name] != after[name]]


def check(terms: Terms, validity_months: int | None) -> None:
    """Raise a refusal for terms that make no sense; `validity_months` is how long the module is good."""
    timing = terms.timing
    if timing.due_on < timing.assigned_on:
        raise PlanDueBeforeAssigned(assigned_on=timing.assigned_on, due_on=timing.due_on)
    if not (terms.audience.narrows or terms.audience.people):
        raise PlanForNobody()
    if terms.reason is Reason.LEGAL and not terms.basis.strip():
        raise PlanWithoutBasis()
    if terms.reason is Reason.RECOMMENDATION and terms.recommendation_id is None:
        raise PlanWithoutRecommendation()
    if timing.rhythm not in AGAIN:
        return
    if not 1 <= timing.months <= LONGEST_PERIOD:
        raise PlanWithoutPeriod(most=LONGEST_PERIOD)
    if timing.due_on >= months_after(timing.assigned_on, timing.months):
        raise PlanTurnsOverlap(months=timing.months)
    if validity_months is None:
        raise PlanAsksForGood()


def state(timing: Timing, cancelled: bool, today: date) -> PlanState:
    """Return where a plan stands; its due day still belongs to it, and one that comes again never ends by itself."""
    if cancelled:
        return PlanState.CANCELLED
    if today < timing.assigned_on:
        return PlanState.PLANNED
    return PlanState.RUNNING if timing.rhythm is not Rhythm.ONCE or today <= timing.due_on else PlanState.ENDED


@dataclass(frozen=True, slots=True)
class Presence:
    """A stretch of days in a team; no last day means still there."""

    first_day: date
    last_day: date | None


Stays = list[tuple[int, Presence]]
"""Stretches with their team, in the order in which they began."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What is known of everybody: who was where when."""

    stays: Mapping[int, Stays]
    shift_of: Mapping[int, int | None] = field(default_factory=dict)
    """By team, as it is today."""
    posts: Mapping[int, Sequence[tuple[int, Presence]]] = field(default_factory=dict)
    roles: Mapping[int, Sequence[tuple[Role, Presence]]] = field(default_factory=dict)
    hired: Mapping[int, date | None] = field(default_factory=dict)


def members(audience: Audience, roster: Roster) -> dict[int, Stays]:
    """Return who ever was in an audience, with the stretches spent in it."""
    found: dict[int, Stays] = {}
    if audience.narrows:
        teams = _teams(audience, roster)
        for person_id, stays in roster.stays.items():
            own = stays if teams is None else [stay for stay in stays if stay[0] in teams]
            if own and audience.posts:
                own = within(own, [days for post, days in roster.posts.get(person_id, ()) if post in audience.posts])
            if own and audience.roles:
                own = within(own, [days for role, days in roster.roles.get(person_id, ()) if role in audience.roles])
            if own:
                found[person_id] = own
    for person_id in audience.people:
        if person_id in roster.stays:
            found[person_id] = roster.stays[person_id]
    return dict(sorted(found.items()))


def _teams(audience: Audience, roster: Roster) -> Collection[int] | None:
    if not audience.shifts:
        return audience.teams or None
    on_shift = {team for team, shift in roster.shift_of.items() if shift in audience.shifts}
    return on_shift & audience.teams if audience.teams else on_shift


def within(stays: Stays, spans: Iterable[Presence]) -> Stays:
    """Return the parts of stays that lie in one of the spans."""
    found = [
        (team, Presence(max(stay.first_day, span.first_day), _last(min(_ends(stay), _ends(span)))))
        for span in merged(spans)
        for team, stay in stays
        if max(stay.first_day, span.first_day) <= min(_ends(stay), _ends(span))
    ]
    return sorted(found, key=lambda stay: stay[1].first_day)


def merged(presences: Iterable[Presence]) -> list[Presence]:
    """Return the stretches without overlaps, in order: a day spent in two places is one day."""
    found: list[Presence] = []
    for one in sorted(presences, key=lambda presence: presence.first_day):
        if found and one.first_day <= _ends(found[-1]):
            found[-1] = Presence(found[-1].first_day, _last(max(_ends(found[-1]), _ends(one))))
        else:
            found.append(one)
    return found


@dataclass(frozen=True, slots=True)
class Turn:
    """From when a plan concerns somebody, and by when."""

    assigned_on: date
    due_on: date


def turn(timing: Timing, stays: Stays, hired_on: date | None, as_of: date, *, waits: bool = True) -> Turn | None:
    """Return the turn in which a plan concerns somebody so present as of a day, None where it does not.

    The newest turn that has begun: each counts a person once. With `waits` false a joiner
    need not have been there for 14 days: a newcomer is asked from the first day.
    """
    opened = _opened(timing, hired_on, as_of)
    if opened is None:
        return None
    presences = [stay for _, stay in stays]
    if timing.rhythm is Rhythm.NEWCOMER:
        began = max(opened, min(stay.first_day for stay in presences))
        if began > opened + timing.given or (waits and _presence(presences, began, as_of) < LEAST_PRESENCE):
            return None
        return Turn(began, began + timing.given)
    if waits and not concerned(presences, opened, as_of):
        return None
    began = first_concerned_on(presences, opened)
    return Turn(began, own_due_on(began, opened, opened + timing.given))


Concerned = list[tuple[int, int, Turn]]
"""Person, the team in which they were last, and the turn."""


def turns(timing: Timing, stays_of: Mapping[int, Stays], hired: Mapping[int, date | None], as_of: date) -> Concerned:
    """Return whom a plan concerns as of a day, by person."""
    opened = None if timing.rhythm in OF_EACH else _opened(timing, None, as_of)
    if opened is None:
        found = (
            (person_id, stays, turn(timing, stays, hired.get(person_id), as_of))
            for person_id, stays in stays_of.items()
        )
        return [(person_id, stays[-1][0], own) for person_id, stays, own in found if own is not None]
    # Most people are there on the day: they share one turn.
    shared = Turn(opened, opened + timing.given)
    concerned = []
    for person_id, stays in stays_of.items():
        own = shared if _covers(stays[0][1], opened) else turn(timing, stays, None, as_of)
        if own is not None:
            concerned.append((person_id, stays[-1][0], own))
    return concerned


def _opened(timing: Timing, hired_on: date | None, as_of: date) -> date | None:
    """Return the day on which the newest turn began, None before the first."""
    if timing.assigned_on > as_of:
        return None
    if timing.rhythm is Rhythm.ONCE:
        return timing.assigned_on
    if timing.rhythm is Rhythm.PERIODIC:
        return _last_turn(timing.assigned_on, timing.months, as_of)
    if hired_on is None or hired_on > as_of:
        return None
    if timing.rhythm is Rhythm.NEWCOMER:
        return hired_on if hired_on >= timing.assigned_on else None
    anniversary = _last_turn(hired_on, timing.months, as_of)
    return anniversary if anniversary >= timing.assigned_on and anniversary > hired_on else None


def _last_turn(first: date, months: int, as_of: date) -> date:
    turns = ((as_of.year - first.year) * 12 + as_of.month - first.month) // months
    # A month that has begun may not have reached its day yet.
    return max((day for n in (turns - 1, turns) if (day := months_after(first, n * months)) <= as_of), default=first)


def concerned(presences: list[Presence], assigned_on: date, as_of: date) -> bool:
    """Whether someone so present in a plan's audience counts in its denominator.

    Those present on the day of assignment count from that day; who joined later counts
    once present 14 days, ended or not by `as_of`. Leavers who met this stay counted
    (intention to train). A day in two teams is one day.
    """
    if assigned_on <= as_of and any(_covers(presence, assigned_on) for presence in presences):
        return True
    return _presence(presences, assigned_on, as_of) >= LEAST_PRESENCE


def first_concerned_on(presences: list[Presence], assigned_on: date) -> date:
    """Return the day on which the plan began to concern someone so present."""
    starts = [max(presence.first_day, assigned_on) for presence in presences if _ends(presence) >= assigned_on]
    return min(starts, default=assigned_on)


def own_due_on(concerned_on: date, assigned_on: date, due_on: date) -> date:
    """Return a person's due date: a joiner is given as many days as the others had."""
    return due_on + max(concerned_on - assigned_on, timedelta())


def _covers(presence: Presence, day: date) -> bool:
    return presence.first_day <= day <= _ends(presence)


def _ends(presence: Presence) -> date:
    return presence.last_day or date.max


def _last(day: date) -> date | None:
    return None if day == date.max else day


def _presence(presences: list[Presence], first: date, last: date) -> timedelta:
    apart = merged(presences) if len(presences) > 1 else presences
    return sum((_days(presence, first, last) for presence in apart), timedelta())


def _days(presence: Presence, first: date, last: date) -> timedelta:
    start, end = max(presence.first_day, first), min(_ends(presence), last)
    return max(end - start + timedelta(days=1), timedelta())


Requirements = Mapping[int, Collection[int]]
"""By post, the posts that it requires."""


def circle(required: Requirements, post: int, wanted: int) -> list[int] | None:
    """Return the circle that would arise if a post required another one, from the post back to it; None without."""
    ways = [[post, wanted]]
    while ways:
        way = ways.pop()
        if way[-1] == post:
            return way
        ways += [[*way, further] for further in required.get(way[-1], ()) if further == post or further not in way]
    return None


def all_required(required: Requirements, post: int) -> list[int]:
    """Return the posts that a post requires, and those that they require."""
    found: list[int] = []
    waiting = list(required.get(post, ()))
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found.append(one)
            waiting += required.get(one, ())
    return found
