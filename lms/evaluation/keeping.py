"""What is read to be kept with an evaluation: today's state of what may be changed later."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from lms.audit import queries as audits
from lms.audit.models import ActionStatus, AuditAction, VigilancePoint, VigilanceStatus
from lms.delivery.models import Terminal
from lms.evaluation.facts import Need
from lms.evaluation.kept import Actions, Covered, Kept, ShiftHours, Vigilance
from lms.evaluation.protocol import FrozenProtocol
from lms.kernel.clock import now
from lms.kernel.database import db
from lms.people import queries as people
from lms.people.models import Person, RoleGrant, Team
from lms.people.permissions import Role
from lms.skills import queries as skills

Part = Mapping[str, Any]
"""Fields of `Kept`."""


def kept(protocol: FrozenProtocol, as_of: date) -> Kept:
    """Return what the protocol's indicators read of it."""
    parts = [KEPT[need](protocol, as_of) for need in sorted(protocol.needs & KEPT.keys())]
    return Kept(**{name: value for part in parts for name, value in part.items()})


def _shifts(protocol: FrozenProtocol, as_of: date) -> Part:
    return {"shifts": tuple(ShiftHours(one.code, one.starts_at, one.ends_at) for one in people.shifts())}


def _trainers(protocol: FrozenProtocol, as_of: date) -> Part:
    """Return those who train and have not left before the pilot."""
    query = (
        select(Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == Role.TRAINER)
        .where(or_(Person.left_on.is_(None), Person.left_on >= protocol.starts_on))
    )
    return {"trainers": tuple(sorted(set(db.session.scalars(query))))}


def _zones(protocol: FrozenProtocol, as_of: date) -> Part:
    workshops = select(Team.workshop_id).where(Team.code.in_(protocol.teams))
    query = select(Terminal.id, Terminal.workshop_id).where(Terminal.workshop_id.in_(workshops)).order_by(Terminal.id)
    return {"zones": tuple((terminal, workshop) for terminal, workshop in db.session.execute(query))}


def _coverage(protocol: FrozenProtocol, as_of: date) -> Part:
    before = _covered(protocol.starts_on - timedelta(days=1))
    # With nobody known at any level, nothing was written down yet: that is not the same as nobody.
    known = any(row.persons for row in before)
    return {"coverage": _covered(as_of), "coverage_before": before if known else ()}


def _covered(day: date) -> tuple[Covered, ...]:
    rows = skills.coverage(day, now())
    return tuple(Covered(row.task, row.shift, row.persons, row.required, row.members) for row in rows)


def _audit(protocol: FrozenProtocol, as_of: date) -> Part:
    found = audits.audit(protocol.audit)
    if found is None:
        return {}
    due = [one for one in found.actions if _is_due(one, as_of)]
    points = found.vigilance_points
    return {
        "actions": Actions(len(due), sum(_in_time(one) for one in due)),
        "vigilance": Vigilance(
            opened=len(points),
            lifted=sum(_is_lifted(one, as_of) for one in points),
            blocking=sum(one.blocking and not _is_lifted(one, as_of) for one in points),
        ),
    }


def _is_due(action: AuditAction, as_of: date) -> bool:
    return action.due_on is not None and action.due_on <= as_of and action.status is not ActionStatus.CANCELLED


def _in_time(action: AuditAction) -> bool:
    return action.done_on is not None and action.due_on is not None and action.done_on <= action.due_on


def _is_lifted(point: VigilancePoint, as_of: date) -> bool:
    return point.status is VigilanceStatus.LIFTED and point.lifted_on is not None and point.lifted_on <= as_of


KEPT: Mapping[Need, Callable[[FrozenProtocol, date], Part]] = {
    Need.SHIFTS: _shifts,
    Need.TRAINERS: _trainers,
    Need.ZONES: _zones,
    Need.COVERAGE: _coverage,
    Need.AUDIT: _audit,
}
