"""A plant that learns: two shifts, three teams, one module, people at every stage."""

from datetime import UTC, date, datetime, timedelta

from lms.catalogue.actions import add_edition
from lms.catalogue.models import Edition, Module
from lms.kernel.database import db
from lms.people import plant
from lms.people.permissions import Role
from lms.plans.actions import make_plan
from lms.progress.models import Completion, Standing
from lms.progress.summary import NEVER
from tests.people.making import NOW, a_colleague, a_person
from tests.progress.modules import content

ASSIGNED, DUE = date(2026, 1, 5), date(2026, 2, 27)


def done(person_id: int, edition_id: int, on: date | None) -> None:
    """Let someone have completed an edition on a day, or only have begun it."""
    began = datetime(2026, 1, 20, 8, tzinfo=UTC)
    finished = datetime(on.year, on.month, on.day, 8, tzinfo=UTC) if on else None
    counts = {"blocks_done": 5 if on else 1, "blocks_total": 5, "attempts": 1 if on else 0, "active_seconds": 60}
    if finished is not None and on is not None:
        db.session.add(
            Completion(
                person_id=person_id,
                edition_id=edition_id,
                done_on=on.toordinal(),
                module_id=db.session.get_one(Edition, edition_id).module_id,
                number=1,
                until_on=NEVER,
                again_on=NEVER,
            )
        )
    db.session.add(
        Standing(
            person_id=person_id,
            edition_id=edition_id,
            started_at=began,
            last_at=finished or began,
            completed_at=finished,
            first_score=0.875 if on else None,
            first_passed=True if on else None,
            best_score=0.875 if on else None,
            read_up_to=1,
            records=0,
            **counts,
        )
    )


def learning_plant(sizes: dict[str, int], completed: dict[str, int], **known: object) -> dict[str, int]:
    """Make teams of these sizes, some of whose people completed; return the numbers of the teams.

    In each team the first completed in time, the next only began, the others did nothing.
    """
    module = Module(code="lockout", created_at=NOW)
    db.session.add(module)
    db.session.flush()
    edition = add_edition(module, content(), {}, note="", by=None, now=NOW)
    shift_id = plant.add_shift("day", "Jour", NOW.time(), (NOW + timedelta(hours=8)).time())
    teams = {code: plant.add_team(code, f"Team {code}", None, shift_id) for code in sizes}
    for code, size in sizes.items():
        for place in range(size):
            person_id = a_person(f"{code}{place:03}", f"Given {code}{place:03}", team_id=teams[code])
            if place < completed[code]:
                done(person_id, edition.id, date(2026, 2, 2))
            elif place == completed[code]:
                done(person_id, edition.id, None)
    plan = {"recommendation_id": None, "module_id": module.id, "assigned_on": ASSIGNED, "due_on": DUE, "now": NOW}
    make_plan("P1", team_ids=list(teams.values()), **plan)
    db.session.commit()
    return teams


def staff(role: Role, team_id: int | None = None) -> int:
    """Enter a member of staff who signs in as s1@example.org."""
    return a_colleague(role, team_id=team_id)
