"""What of modules the house does by itself: publish what was planned for a day."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lms.authoring import planning
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
