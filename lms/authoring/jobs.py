"""What of modules the house does by itself: publish what was planned for a day, look through drafts for lists."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lms.authoring import listing, planning
from lms.authoring.models import DraftCheck
from lms.kernel.clock import local_day, now
from lms.kernel.jobs.kinds import Asked, Kind, Report, register


def _work(asked: Asked, report: Report) -> int:
    planned_id: int = asked.arguments["planned"]
    return planned_id


def _keep(planned_id: int) -> dict[str, Any]:
    edition = planning.publish_planned(planned_id, now=now())
    return {"edition": edition.number} if edition else {}


def _due(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    for planned_id, code in planning.due_to_publish(local_day(moment)):
        yield code, {"planned": planned_id}


PUBLICATION = register(Kind("publication", work=_work, keep=_keep, due=_due))


def _look_through(asked: Asked, report: Report) -> dict[int, DraftCheck]:
    waiting = listing.to_look_through()
    found: dict[int, DraftCheck] = {}
    for number, module_id in enumerate(waiting):
        report(number, len(waiting))
        found |= listing.looked_through([module_id])
    return found


def _keep_found(found: dict[int, DraftCheck]) -> dict[str, Any]:
    listing.keep(found)
    return {"drafts": len(found)}


def _due_checks(moment: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    if listing.to_look_through():
        yield "all", {}


DRAFT_CHECKS = register(Kind("draft-checks", work=_look_through, keep=_keep_found, due=_due_checks))
