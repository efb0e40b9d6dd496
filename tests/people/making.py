"""Plants and people for tests, made through the same actions as real ones."""

from datetime import UTC, date, datetime, time

from lms.kernel.database import db
from lms.people import actions, credentials, plant
from lms.people.permissions import Role

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PASSWORD = "quatre mots assez longs"


def a_team(code: str = "A", shift: str | None = None) -> int:
    """Enter a team, with a shift of its own if one is named."""
    shift_id = plant.add_shift(shift, shift, time(5), time(13)) if shift else None
    return plant.add_team(code, f"Team {code}", None, shift_id)


def a_person(
    registration: str = "1001",
    name: str = "Amina Benali",
    *,
    team_id: int | None = None,
    joined_on: date = date(2026, 1, 5),
    **known: object,
) -> int:
    """Enter an operator; return their number."""
    given, _, family = name.partition(" ")
    entry = actions.Entry(registration, given, family, **known)
    return actions.create_person(entry, team_id, joined_on, by=None, now=NOW)


def a_colleague(*roles: Role, registration: str = "S1", team_id: int | None = None) -> int:
    """Enter a member of staff with a password and these roles; return their number."""
    person_id = a_person(registration, "Claire Morel", email=f"{registration.lower()}@example.org")
    for role in roles:
        actions.grant_role(person_id, role, team_id if role is Role.TEAM_LEADER else None, by=None, now=NOW)
    db.session.commit()
    credentials.choose_password(person_id, PASSWORD, by=None, now=NOW)
    db.session.commit()
    return person_id
