"""Views saved, shared in a role, kept as files on a day of the month, and fetched."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select

from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Refusal
from lms.people import queries as people
from lms.people.permissions import Permission, Role, permissions_of
from lms.progress.grouping import NESTED
from lms.reports.figures.asking import Wanted, read
from lms.reports.figures.models import KeptExport, SavedView
from lms.reports.figures.writing import TYPES

MOST_KEPT = 24
"""Files of one view; the oldest goes for a newer one."""
LONGEST_NAME = 80


class ViewNameMissing(Refusal):
    """A saved view has no name, or one of more than 80 characters."""


class ViewNameTaken(Refusal):
    """The person has saved another view under this name."""


class ViewNotShared(Refusal):
    """A view is shared with a role that its owner does not have."""


@dataclass(frozen=True)
class Saving:
    """How a view is to be saved."""

    name: str
    role: Role | None = None
    day_of_month: int | None = None
    format: str | None = None
    language: str = "fr"


def save(wanted: Wanted, how: Saving, *, by: int, roles: Collection[Role], now: datetime) -> SavedView:
    """Save a view; raises ViewNameMissing, ViewNameTaken and ViewNotShared."""
    name = " ".join(how.name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ViewNameMissing()
    if db.session.scalar(select(SavedView.id).where(SavedView.person_id == by, SavedView.name == name)) is not None:
        raise ViewNameTaken(name=name)
    if how.role is not None and how.role not in roles:
        raise ViewNotShared(role=how.role.value)
    kept_as = how.format if how.day_of_month else None
    view = SavedView(
        person_id=by,
        name=name,
        wanted=wanted.document,
        role=how.role,
        day_of_month=how.day_of_month,
        format=(kept_as if kept_as in TYPES else "xlsx") if how.day_of_month else None,
        language=how.language,
        saved_at=now,
    )
    db.session.add(view)
    db.session.flush()
    return view


def forget(view_id: int, *, by: int) -> None:
    """Forget a view of one's own, and its files; raises NotFound."""
    view = db.session.get(SavedView, view_id)
    if view is None or view.person_id != by:
        raise NotFound()
    db.session.execute(delete(KeptExport).where(KeptExport.view_id == view_id))
    db.session.delete(view)
    db.session.flush()


def views_for(person_id: int, roles: Collection[Role]) -> Sequence[SavedView]:
    """Return the views that somebody saved or that are shared with a role of theirs, by name."""
    query = select(SavedView).where(or_(SavedView.person_id == person_id, SavedView.role.in_(roles)))
    return db.session.scalars(query.order_by(SavedView.name, SavedView.id)).all()


def exports_of(view_ids: Collection[int]) -> list[tuple[int, int, date, str]]:
    """Return the files kept of views: the file's number, the view's, the day and the format, the newest first."""
    columns = (KeptExport.id, KeptExport.view_id, KeptExport.as_of, KeptExport.format)
    query = select(*columns).where(KeptExport.view_id.in_(view_ids)).order_by(KeptExport.as_of.desc())
    return [(number, view_id, as_of, kind) for number, view_id, as_of, kind in db.session.execute(query)]


def export(export_id: int, person_id: int, roles: Collection[Role]) -> KeptExport:
    """Return a file of a view that somebody may see; raises NotFound."""
    found = db.session.get(KeptExport, export_id)
    if found is None or found.view_id not in {view.id for view in views_for(person_id, roles)}:
        raise NotFound()
    return found


def due(today: date) -> Iterator[tuple[SavedView, date]]:
    """Yield the views of which a file is to be kept, each with the day of its figures.

    A day on which nothing ran is made up for, by the figures of that day.
    """
    for view in db.session.scalars(select(SavedView).where(SavedView.day_of_month.is_not(None))):
        last = _last_day(view.day_of_month or 1, today)
        as_of = figures_of(view, last, today)
        if as_of is None or last < view.saved_at.date():
            continue
        known = select(KeptExport.id).where(KeptExport.view_id == view.id, KeptExport.as_of == as_of)
        if db.session.scalar(known) is None:
            yield view, as_of


def figures_of(view: SavedView, day: date, today: date) -> date | None:
    """Return as of when figures of a view may be kept on a day, None when not at all (any longer).

    What is shared is what its role may see. Whoever sees no names is told of whole weeks, and
    of groups made of whole teams: those of one recommendation overlap with those of another.
    """
    owner = people.identity(view.person_id, today)
    if owner is None or (view.role is not None and view.role not in owner.roles):
        return None
    may = owner.permissions if view.role is None else permissions_of({view.role})
    if Permission.FOLLOW_EVERYONE in may:
        return day
    wanted = read(view.wanted)
    narrowed = wanted.recommendation_id or wanted.since or wanted.until
    if Permission.FOLLOW_AGGREGATES not in may or wanted.by not in NESTED or narrowed:
        return None
    return day - timedelta(days=day.isoweekday() % 7)


def keep(view_id: int, as_of: date, name: str, kind: str, content: bytes, now: datetime) -> None:
    """Keep a view as a file, unless its view has gone meanwhile."""
    if db.session.get(SavedView, view_id) is None:
        return
    made = KeptExport(view_id=view_id, as_of=as_of, name=name[:200], format=kind, content=content, made_at=now)
    db.session.add(made)
    db.session.flush()
    own = select(KeptExport.id).where(KeptExport.view_id == view_id).order_by(KeptExport.as_of.desc())
    old = db.session.scalars(own.offset(MOST_KEPT)).all()
    db.session.execute(delete(KeptExport).where(KeptExport.id.in_(old)))


def _last_day(day_of_month: int, today: date) -> date:
    if today.day >= day_of_month:
        return today.replace(day=day_of_month)
    return (today.replace(day=1) - timedelta(days=1)).replace(day=day_of_month)
