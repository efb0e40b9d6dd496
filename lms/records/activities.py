"""Activities and foreign actors by what they are called: found, or made.

Activities are few and asked for with every answer, so their numbers are kept in memory.
A number is kept only once the transaction that saw it has committed: one that was rolled
back may be given again to something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event, insert, select, update
from sqlalchemy.orm import Session

from lms.kernel.database import db
from lms.records.models import Activity, ForeignActor
from lms.records.rules import ForeignLearner, NewActivity

MOST_REMEMBERED = 50_000
"""Beyond this the memory is emptied: an import may bring any number."""


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    name: str
    type: str
    parent_id: int | None


Known = dict[str, _Known]

_remembered: WeakKeyDictionary[Engine, Known] = WeakKeyDictionary()
_SEEN = "activities_seen"


def activity_ids(activities: Iterable[NewActivity]) -> dict[str, int]:
    """Return the number of each activity by its IRI; make those that are new.

    What the activity still lacks (name, type, parent) is filled in; what it has stays, so
    that a later statement cannot rename it.
    """
    wanted = _merged(activities)
    known = _known(wanted)
    _make([activity for iri, activity in wanted.items() if iri not in known], known)
    for iri, activity in wanted.items():
        _fill_in(activity, iri, known)
    return {iri: known[iri].id for iri in wanted}


def foreign_actor_ids(learners: Iterable[ForeignLearner]) -> dict[str, int]:
    """Return the number of each foreign actor by identifier; make those that are new."""
    wanted = {learner.identifier: learner for learner in learners}
    if not wanted:
        return {}
    query = select(ForeignActor.identifier, ForeignActor.id).where(ForeignActor.identifier.in_(wanted))
    known = _by_identifier(query)
    new = [{"identifier": key, "said": learner.said} for key, learner in wanted.items() if key not in known]
    if new:
        made = insert(ForeignActor).returning(ForeignActor.identifier, ForeignActor.id)
        known |= _by_identifier(made, new)
    return known


def _by_identifier(*statement: Any) -> dict[str, int]:
    return dict(db.session.execute(*statement).all())


def _merged(activities: Iterable[NewActivity]) -> dict[str, NewActivity]:
    wanted: dict[str, NewActivity] = {}
    for given in activities:
        before = wanted.get(given.iri)
        if before is None or before == given:
            wanted[given.iri] = given
        else:
            wanted[given.iri] = NewActivity(
                given.iri, before.name or given.name, before.type or given.type, before.parent or given.parent
            )
        if given.parent:
            wanted.setdefault(given.parent, NewActivity(given.parent))
    return wanted


def _known(wanted: dict[str, NewActivity]) -> Known:
    remembered = _remembered.get(db.engine, {})
    seen = _seen()
    known = {iri: found for iri in wanted if (found := seen.get(iri) or remembered.get(iri))}
    missing = [iri for iri in wanted if iri not in known]
    if missing:
        query = select(Activity.iri, Activity.id, Activity.name, Activity.type, Activity.parent_id)
        for iri, id, name, type, parent_id in db.session.execute(query.where(Activity.iri.in_(missing))):
            known[iri] = seen[iri] = _Known(id, name, type, parent_id)
    return known


def _make(new: list[NewActivity], known: Known) -> None:
    if not new:
        return
    rows = [{"iri": activity.iri, "name": activity.name, "type": activity.type} for activity in new]
    made = insert(Activity).returning(Activity.iri, Activity.id, Activity.name, Activity.type)
    for iri, id, name, type in db.session.execute(made, rows):
        known[iri] = _seen()[iri] = _Known(id, name, type, None)


def _fill_in(activity: NewActivity, iri: str, known: Known) -> None:
    found = known[iri]
    parent_id = known[activity.parent].id if activity.parent else None
    fuller = _Known(found.id, found.name or activity.name, found.type or activity.type, found.parent_id or parent_id)
    if fuller != found:
        known[iri] = _seen()[iri] = fuller
        values = {"name": fuller.name, "type": fuller.type, "parent_id": fuller.parent_id}
        db.session.execute(update(Activity).where(Activity.id == fuller.id).values(values))


def _seen() -> Known:
    """What this transaction saw or made; it becomes memory if the transaction commits."""
    return db.session().info.setdefault(_SEEN, {})


@event.listens_for(db.session, "after_commit")
def _remember(session: Session) -> None:
    seen: Known = session.info.pop(_SEEN, {})
    if seen:
        remembered = _remembered.setdefault(db.engine, {})
        if len(remembered) + len(seen) > MOST_REMEMBERED:
            remembered.clear()
        remembered.update(seen)


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, previous: Any) -> None:
    session.info.pop(_SEEN, None)
