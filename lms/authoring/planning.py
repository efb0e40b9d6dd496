"""Editions that come out on a day by themselves: planned, cancelled, published.

What is planned is frozen when it is planned, and approved by a colleague where the site wants that: its draft
may change until then. It is published by a job (`jobs`), so that nobody need be at a screen. What was planned
before the site wanted approval waits on its day until somebody cancels it, or approves a draft that says the same.
"""

from datetime import date, datetime

from lms.authoring import actions, queries, voices
from lms.authoring.models import Draft, PlanEnd, PlannedEdition
from lms.authoring.reviewing import queries as reviewing
from lms.authoring.reviewing.rules import state_of, was_approved
from lms.catalogue.actions import add_edition
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Edition, Impact, Module
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.settings import setting


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


def waits_for_approval(planned: PlannedEdition) -> bool:
    """Whether a planned edition stays where it is, because no colleague approved just what it says."""
    if not setting("PUBLISH_NEEDS_APPROVAL"):
        return False
    return not was_approved(state_of(planned.content, planned.media), reviewing.verdicts_on(planned.module_id))


def due_to_publish(on: date) -> list[tuple[int, str]]:
    """Return the number of each planned edition whose day has come and that may come out, with its module's code."""
    due = queries.due_to_publish(on)
    return [(one.id, code) for one, code in due if not waits_for_approval(one)]


def publish_planned(planned_id: int, *, now: datetime) -> Edition | None:
    """Publish a planned edition; None when it was cancelled or published meanwhile, or has to wait."""
    planned = db.session.get(PlannedEdition, planned_id, with_for_update=True)
    if planned is None or planned.ended_at is not None or waits_for_approval(planned):
        return None
    module = db.session.get_one(Module, planned.module_id)
    content = ModuleContent.model_validate(planned.content)
    by, impact = planned.planned_by, planned.impact
    edition = add_edition(module, content, planned.media, note=planned.note, impact=impact, by=by, now=now)
    planned.ended_at, planned.ended_as = now, PlanEnd.PUBLISHED
    voices.ask_for(edition.id, by=by, now=now)
    db.session.flush()
    return edition
