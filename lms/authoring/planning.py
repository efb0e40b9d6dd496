"""Editions that come out on a day by themselves: planned, cancelled, published.

What is planned is frozen when it is planned, and approved by a colleague where the site wants that: its draft
may change until then. Published
it is by a job (`jobs`), so that nobody need be at a screen.
"""

from datetime import date, datetime

from lms.authoring import actions, queries
from lms.authoring.models import Draft, PlanEnd, PlannedEdition
from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Edition, Impact, Module
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Refusal


class PlannedTooSoon(Refusal):
    """An edition is planned for tomorrow at the earliest."""


def plan_edition(
    draft: Draft,
    publish_on: date,
    *,
    version: int | None = None,
    note: str = "",
    impact: Impact = Impact.CORRECTION,
    by: int | None,
    now: datetime,
) -> PlannedEdition:
    """Plan a draft, as it is now, to be published on a day; raises what publishing raises, and PlannedTooSoon."""
    if publish_on <= local_day(now):
        raise PlannedTooSoon()
    content = actions.ready(draft, version, impact)
    planned = PlannedEdition(
        module_id=draft.module_id,
        content=content.plain,
        media=dict(draft.media),
        impact=impact,
        note=note,
        publish_on=publish_on,
        planned_at=now,
        planned_by=by,
    )
    db.session.add(planned)
    db.session.flush()
    return planned


def cancel(module_id: int, *, by: int | None, now: datetime) -> None:
    """Cancel the planned edition of a module before its day has come; raises NotFound when there is none."""
    planned = queries.planned_edition(module_id)
    if planned is None:
        raise NotFound()
    planned.ended_at, planned.ended_as, planned.ended_by = now, PlanEnd.CANCELLED, by
    db.session.flush()


def publish_planned(planned_id: int, *, now: datetime) -> Edition | None:
    """Publish a planned edition; None when it was cancelled or published meanwhile."""
    planned = db.session.get(PlannedEdition, planned_id, with_for_update=True)
    if planned is None or planned.ended_at is not None:
        return None
    module = db.session.get_one(Module, planned.module_id)
    content = ModuleContent.model_validate(planned.content)
    by, impact = planned.planned_by, planned.impact
    edition = add_edition(module, content, planned.media, note=planned.note, impact=impact, by=by, now=now)
    planned.ended_at, planned.ended_as = now, PlanEnd.PUBLISHED
    db.session.flush()
    return edition
