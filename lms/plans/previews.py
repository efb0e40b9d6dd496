"""What a plan would come to, before it is made: whom it concerns, and what it costs each shift."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lms.catalogue import queries as catalogue
from lms.kernel.database import db
from lms.people import queries as people
from lms.people.models import Person, Shift
from lms.plans import queries
from lms.plans.rules import OF_EACH, Concerned, Terms


@dataclass(frozen=True)
class ShiftCost:
    """How many people of a shift are concerned, and the minutes if all of them take the module."""

    shift: Shift | None
    """None for teams without a shift."""
    people: int
    minutes: int


@dataclass(frozen=True)
class Preview:
    """What a plan would come to on a day."""

    day: date
    """Today, or the day of assignment where that is still to come."""
    concerned: Concerned
    shifts: list[ShiftCost]
    """In the order of the day."""
    without_hiring: int
    """Present people whose day of hiring is not known, where the plan counts from it."""
    without_team: list[int]
    """People named one by one who are in no team: the plan waits for them."""
    asked_already: dict[str, int]
    """How many of them another plan asks for the same module, by its code."""

    @property
    def minutes(self) -> int:
        """Of all shifts."""
        return sum(shift.minutes for shift in self.shifts)


def preview(terms: Terms, today: date, instead_of: int | None = None) -> Preview:
    """Return what a plan of these terms would come to; `instead_of` is the plan that it changes."""
    day = max(today, terms.timing.assigned_on)
    concerned = queries.would_concern(terms, day)
    edition = catalogue.newest_edition(terms.module_id)
    persons = {person_id for person_id, *_ in concerned}
    return Preview(
        day,
        concerned,
        _costs(concerned, edition.content.minutes if edition else 0),
        _without_hiring(today) if terms.timing.rhythm in OF_EACH else 0,
        sorted(terms.audience.people - _in_teams(today)),
        _asked_already(terms.module_id, persons, day, instead_of),
    )


def _costs(concerned: Concerned, minutes: int) -> list[ShiftCost]:
    shift_of = {team.id: team.shift for team in people.teams()}
    counts = Counter(shift.id if (shift := shift_of[team_id]) else None for _, team_id, _ in concerned)
    in_order: list[Shift | None] = [*people.shifts(), None]
    found = [(shift, counts[shift.id if shift else None]) for shift in in_order]
    return [ShiftCost(shift, number, number * minutes) for shift, number in found if number]


def _without_hiring(today: date) -> int:
    query = select(func.count()).select_from(Person).where(Person.hired_on.is_(None), people.is_present(today))
    return db.session.scalar(query) or 0


def _in_teams(today: date) -> set[int]:
    return {stay.person_id for stay in people.memberships(None, today, today)}


def _asked_already(module_id: int, persons: set[int], day: date, instead_of: int | None) -> dict[str, int]:
    plans = queries.running_of(module_id)
    given = queries.assignments([plan for plan in plans if plan != instead_of], day)
    return dict(Counter(one.plan_code for one in given if one.person_id in persons))
