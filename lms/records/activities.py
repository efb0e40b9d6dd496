"""Activities and foreign actors by what they are called: found, or made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from lms.kernel.database import db
from lms.kernel.prepared import Prepared
from lms.records.memory import Memory
from lms.records.models import Activity, ForeignActor
from lms.records.rules import ForeignLearner, NewActivity


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    name: str
    type: str
    parent_id: int | None


Known = dict[str, _Known]

_activities: Memory[_Known] = Memory("activities")
_actors: Memory[int] = Memory("foreign actors")


def activity_ids(activities: Iterable[NewActivity]) -> dict[str, int]:
    """Return the number of each activity by its IRI; make those that are new.

    What the activity still lacks (name, type, parent) is filled in; what it has stays, so
    that a later statement cannot rename it.
    """
    wanted = _merged(activities)
    known = _activities.known(wanted)
    missing = [iri for iri in wanted if iri not in known]
    if missing:
        known |= _found(missing)
        known |= _made([wanted[iri] for iri in missing if iri not in known])
    for activity in wanted.values():
        _fill_in(activity, known)
    return {iri: known[iri].id for iri in wanted}


def foreign_actor_ids(learners: Iterable[ForeignLearner]) -> dict[str, int]:
    """Return the number of each foreign actor by identifier; make those that are new."""
    wanted = {learner.identifier: learner for learner in learners}
    known = _actors.known(wanted)
    missing = [identifier for identifier in wanted if identifier not in known]
    if missing:
        known |= _found_actors(missing)
        new = [identifier for identifier in missing if identifier not in known]
        _insert_actor.run_all([{"identifier": identifier, "said": wanted[identifier].said} for identifier in new])
        known |= _found_actors(new)
    return known


_actors_table: Any = ForeignActor.__table__
_insert_actor = Prepared(_actors_table.insert().values(identifier=bindparam("identifier"), said=bindparam("said")))


def _found_actors(identifiers: Collection[str]) -> dict[str, int]:
    if not identifiers:
        return {}
    query = select(ForeignActor.identifier, ForeignActor.id).where(ForeignActor.identifier.in_(identifiers))
    found: dict[str, int] = dict(db.session.execute(query).all())  # type: ignore[arg-type]
    _actors.note(found)
    return found


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
        if given.parent and given.parent not in wanted:
            wanted[given.parent] = NewActivity(given.parent)
    return wanted


def _found(iris: Collection[str]) -> Known:
    query = select(Activity.iri, Activity.id, Activity.name, Activity.type, Activity.parent_id)
    rows = db.session.execute(query.where(Activity.iri.in_(iris)))
    found = {iri: _Known(id, name, type, parent_id) for iri, id, name, type, parent_id in rows}
    _activities.note(found)
    return found


def _made(new: list[NewActivity]) -> Known:
    if not new:
        return {}
    rows = [{"iri": activity.iri, "name": activity.name, "type": activity.type} for activity in new]
    made = insert(Activity).returning(Activity.iri, Activity.id, Activity.name, Activity.type)
    known = {iri: _Known(id, name, type, None) for iri, id, name, type in db.session.execute(made, rows)}
    _activities.note(known)
    return known


def _fill_in(activity: NewActivity, known: Known) -> None:
    found = known[activity.iri]
    parent_id = known[activity.parent].id if activity.parent else None
    fuller = _Known(found.id, found.name or activity.name, found.type or activity.type, found.parent_id or parent_id)
    if fuller != found:
        known[activity.iri] = fuller
        _activities.note({activity.iri: fuller})
        values = {"name": fuller.name, "type": fuller.type, "parent_id": fuller.parent_id}
        db.session.execute(update(Activity).where(Activity.id == fuller.id).values(values))
