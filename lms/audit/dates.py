"""The order of an audit's dates: what cannot have come before, and what cannot have happened yet."""

from collections.abc import Iterator
from datetime import date

from lms.audit.document import AuditDocument, MomentName, entries
from lms.audit.places import Fault, place_of

HAPPENED = (
    ("trainers", "trained_on"),
    ("materials", "reviewed_on"),
    ("evidence", "gathered_on"),
    ("findings", "validated_on"),
    ("findings", "second_validated_on"),
    ("recommendations", "decided_on"),
    ("actions", "done_on"),
    ("vigilance", "observed_on"),
    ("vigilance", "lifted_on"),
    ("vigilance", "reopened_on"),
    ("gates", "recorded_on"),
    ("moments", "held_on"),
)
"""Fields that tell of something that has happened."""


def faults(document: AuditDocument, today: date | None) -> Iterator[Fault]:
    """Yield each date that cannot be; `today` None leaves out those to come."""
    yield from _of_the_audit(document)
    yield from _lifting(document)
    yield from _milestones(document)
    yield from _moments(document)
    if today is not None:
        yield from _to_come(document, today)


def _of_the_audit(document: AuditDocument) -> Iterator[Fault]:
    begun = document.started_on
    if begun is None:
        return
    if document.delivered_on is not None and document.delivered_on < begun:
        yield _before(("delivered_on",), begun)
    for section, field in (("recommendations", "decided_on"), ("actions", "due_on")):
        for place, entry in enumerate(entries(document, section)):
            day = getattr(entry, field)
            if day is not None and day < begun:
                yield _before(place_of(section, place, field), begun)


def _lifting(document: AuditDocument) -> Iterator[Fault]:
    for place, point in enumerate(document.vigilance):
        if point.observed_on is not None and point.lifted_on is not None and point.lifted_on < point.observed_on:
            yield _before(place_of("vigilance", place, "lifted_on"), point.observed_on)


def _milestones(document: AuditDocument) -> Iterator[Fault]:
    for place, action in enumerate(document.actions):
        for step, milestone in enumerate(action.milestones):
            if milestone.due_on and action.due_on and milestone.due_on > action.due_on:
                path = ("actions", place, "milestones", step, "due_on")
                yield Fault(path, "audit.milestone_after_action", {"day": action.due_on.isoformat()})


def _moments(document: AuditDocument) -> Iterator[Fault]:
    order = list(MomentName)
    planned = {moment.moment: moment.planned_on for moment in document.moments}
    for place, moment in enumerate(document.moments):
        earlier = [planned[name] for name in order[: order.index(moment.moment)] if name in planned]
        if earlier and moment.planned_on < max(earlier):
            yield _before(("moments", place, "planned_on"), max(earlier))


def _to_come(document: AuditDocument, today: date) -> Iterator[Fault]:
    for section, field in HAPPENED:
        for place, entry in enumerate(entries(document, section)):
            day = getattr(entry, field)
            if day is not None and day > today:
                yield Fault(place_of(section, place, field), "audit.in_the_future", {"day": day.isoformat()})
    for place, action in enumerate(document.actions):
        for step, milestone in enumerate(action.milestones):
            if milestone.done_on is not None and milestone.done_on > today:
                path = ("actions", place, "milestones", step, "done_on")
                yield Fault(path, "audit.in_the_future", {"day": milestone.done_on.isoformat()})


def _before(path: tuple[str | int, ...], earliest: date) -> Fault:
    return Fault(path, "audit.too_early", {"day": earliest.isoformat()})
