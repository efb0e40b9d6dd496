"""An evaluation whose records are about to go is recomputed a last time; what came of it stays with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.evaluation import gathering, population, queries
from lms.evaluation.models import Evaluation, EvaluationSeal, Pilot
from lms.evaluation.protocol import read
from lms.evaluation.sources import counting, modules_read
from lms.kernel.database import db
from lms.records import queries as records
from lms.records.rules import fingerprint


@dataclass(frozen=True)
class LastLook:
    """What an evaluation rests on, and whether it stood while all of that was there."""

    evaluation_id: int
    records: int
    read: str
    """SHA-256 of the ids and digests of the records, in the order of their arrival."""
    differing: int


def last_looks(courses: Collection[tuple[int, int]]) -> list[LastLook]:
    """Recompute each evaluation that read one of these courses (person, edition) and is not sealed; write nothing."""
    unsealed = (
        select(Evaluation, Pilot.code)
        .join(Pilot, Pilot.id == Evaluation.pilot_id)
        .outerjoin(EvaluationSeal, EvaluationSeal.evaluation_id == Evaluation.id)
        .where(EvaluationSeal.evaluation_id.is_(None))
        .order_by(Evaluation.id)
    )
    looks = (_last_look(found, code, set(courses)) for found, code in db.session.execute(unsealed).all())
    return [look for look in looks if look is not None]


def keep(looks: Iterable[LastLook], months: int, *, now: datetime) -> None:
    """Seal evaluations, by the rule that lets their records go after so many months."""
    for look in looks:
        if db.session.get(EvaluationSeal, look.evaluation_id) is None:
            told = {"records": look.records, "read": look.read, "differing": look.differing}
            db.session.add(EvaluationSeal(evaluation_id=look.evaluation_id, at=now, months=months, **told))
    db.session.flush()


def _last_look(found: Evaluation, code: str, courses: set[tuple[int, int]]) -> LastLook | None:
    pilot = queries.pilot(code)
    if pilot is None or pilot.protocol is None:
        return None
    frozen = read(queries.document(pilot.protocol, until=found))
    at = gathering.cutoff(frozen, found.as_of, found.records_up_to, found.run_at)
    bare = gathering.bare(frozen, population.read(found.population), at)
    counted, modules = counting(bare), modules_read(bare)
    if not any(person in counted and edition in modules for person, edition in courses):
        return None
    rows = [row for row in records.arrived(modules, found.records_up_to) if row.person_id in counted]
    return LastLook(found.id, len(rows), fingerprint(rows), len(queries.verify(pilot, found)))
