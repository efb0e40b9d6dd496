"""What was done under somebody's badge alone, and waits for their word."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from lms.catalogue import queries as catalogue
from lms.delivery.events import WAITING, Answered, InSitting, Practised
from lms.delivery.models import AssertedEvent, Assertion, AssertionEnd, Terminal
from lms.kernel.database import db


@dataclass
class AssertedModule:
    """What was done of a module."""

    title: dict[str, str]
    answers: int = 0
    """0 where it was read only."""


@dataclass(frozen=True)
class AssertedWork:
    """What somebody did at a kiosk under a badge or a personal code."""

    id: UUID
    began_at: datetime
    terminal: Terminal
    by_badge: bool
    modules: list[AssertedModule] = field(default_factory=list)


def waits_for(person_id: int) -> bool:
    """Whether something was done under someone's badge alone of which they have not spoken."""
    return bool(db.session.scalar(select(_waiting(Assertion.person_id == person_id).exists())))


def to_confirm(person_id: int) -> AssertedWork | None:
    """Return what was done first of what waits for someone's word, or None."""
    query = _waiting(Assertion.person_id == person_id).options(joinedload(Assertion.terminal))
    found = db.session.scalars(query.order_by(Assertion.began_at, Assertion.id).limit(1)).first()
    if found is None:
        return None
    modules = list(_modules(found.id).values())
    return AssertedWork(found.id, found.began_at, found.terminal, found.badge_id is not None, modules)


def unconfirmed(before: datetime) -> Sequence[Assertion]:
    """Return what arrived before a moment and waits still."""
    return db.session.scalars(_waiting(Assertion.received_at <= before).order_by(Assertion.id)).all()


def _waiting(condition: ColumnElement[bool]) -> Select[Assertion]:
    ended = exists().where(AssertionEnd.assertion_id == Assertion.id)
    # Of whoever only called for help there is nothing to ask.
    worked = exists().where(AssertedEvent.assertion_id == Assertion.id)
    return select(Assertion).where(condition, ~ended, worked)


def _modules(assertion_id: UUID) -> dict[int, AssertedModule]:
    found: dict[int, AssertedModule] = {}
    said = select(AssertedEvent.said).where(AssertedEvent.assertion_id == assertion_id).order_by(AssertedEvent.id)
    for text in db.session.scalars(said):
        event = WAITING.validate_json(text)
        edition_id = event.sitting.edition if isinstance(event, InSitting) else event.edition
        module = found.setdefault(edition_id, AssertedModule(catalogue.frozen(edition_id).content.title))
        module.answers += isinstance(event, Answered | Practised)
    return found
