"""The people as whom a visitor of the demonstration signs in: one for each role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from lms.demonstration.building import Plant
from lms.people import actions as people
from lms.people import credentials
from lms.people.permissions import Role

PASSWORD = "banc-essai-visite-7"  # noqa: S105  (of a demonstration, printed at every start)
PIN = "482715"


@dataclass(frozen=True)
class Visitor:
    """Someone a visitor may be."""

    role: Role
    given_name: str
    family_name: str
    email: str | None


STAFF = (
    Visitor(Role.TRAINER, "Solène", "Formation", "formation@demo.example"),
    Visitor(Role.TEAM_LEADER, "Karim", "Équipe", "equipe@demo.example"),
    Visitor(Role.HR, "Hélène", "Ressources", "rh@demo.example"),
    Visitor(Role.EVALUATOR, "Gaël", "Évaluation", "evaluation@demo.example"),
    Visitor(Role.STAFF_REPRESENTATIVE, "Nadia", "Élue", "cse@demo.example"),
    Visitor(Role.ADMINISTRATOR, "Denis", "Système", "admin@demo.example"),
)
OPERATOR = Visitor(Role.OPERATOR, "Amina", "Visite", None)
TEAM = "decoupe-matin"


def enter(plant: Plant, hired_on: date, now: datetime) -> dict[Visitor, int]:
    """Enter the visitors; return their numbers."""
    return {visitor: _enter(visitor, plant, hired_on, now) for visitor in (*STAFF, OPERATOR)}


def give_proofs(numbers: dict[Visitor, int], now: datetime, keep: Callable[[], None]) -> None:
    """Give staff their password and the operator a PIN; `keep` commits each, for hashing ends transactions."""
    for visitor, person_id in numbers.items():
        if visitor is OPERATOR:
            credentials.choose_pin(person_id, PIN, now=now)
        else:
            credentials.choose_password(person_id, PASSWORD, by=None, now=now)
        keep()


def registration(visitor: Visitor) -> str:
    """Return what the HR system would call the visitor."""
    return f"VISITE-{visitor.role.value}"


def _enter(visitor: Visitor, plant: Plant, hired_on: date, now: datetime) -> int:
    entry = people.Entry(
        registration=registration(visitor),
        given_name=visitor.given_name,
        family_name=visitor.family_name,
        email=visitor.email,
        language="fr",
        hired_on=hired_on,
    )
    operates = visitor is OPERATOR
    team_id = plant.teams[TEAM]
    person_id = people.create_person(entry, team_id if operates else None, hired_on, by=None, now=now, simulated=True)
    if not operates:
        people.revoke_role(person_id, Role.OPERATOR, None, by=None, now=now, today=now.date())
        led = team_id if visitor.role is Role.TEAM_LEADER else None
        people.grant_role(person_id, visitor.role, led, by=None, now=now)
    return person_id
