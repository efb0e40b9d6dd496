"""Tabs of browsers in which drafts are open: who writes where, and what each tab saved last.

A tab says every few seconds that it is there. Nothing here holds anybody back: it tells
people of each other, and lets a tab repeat a save whose answer was lost on the way.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from lms.authoring.models import DraftTab
from lms.kernel.database import db

AWAY = timedelta(minutes=1)
"""A tab not heard of for so long is no longer shown to others."""
FORGOTTEN = timedelta(days=2)
"""After so long a lost save can no longer be repeated as the same one."""


@dataclass(frozen=True)
class Save:
    """One save of a tab: of which part, on which token, and what token the part has after it."""

    tab: str
    part: str
    on: str | None
    token: str


def saved(module_id: int, save: Save, *, by: int | None, now: datetime) -> None:
    """Remember what a tab saved last. Its last save arrives behind the word that it leaves: that keeps nobody here."""
    tab = _tab(module_id, save.tab, by, now)
    if tab is not None:
        tab.part = tab.saved_part = save.part
        tab.saved_on, tab.saved_as = save.on, save.token
        db.session.flush()


def wrote(module_id: int, save: Save, *, by: int | None) -> bool:
    """Whether a part is still as this very tab left it, on whatever token."""
    tab = db.session.get(DraftTab, (module_id, save.tab))
    return tab is not None and tab.person_id == by and (tab.saved_part, tab.saved_as) == (save.part, save.token)


def goes_on(module_id: int, save: Save, *, by: int | None) -> bool:
    """Whether a part is still as this very tab left it, on the same token: only the answer was lost."""
    tab = db.session.get(DraftTab, (module_id, save.tab))
    return tab is not None and tab.saved_on == save.on and wrote(module_id, save, by=by)


def is_here(module_id: int, tab: str, part: str | None, *, by: int | None, now: datetime) -> None:
    """Remember that a tab shows a part of a draft."""
    found = _tab(module_id, tab, by, now)
    if found is not None:
        found.part = part
        found.seen_at = now
        db.session.flush()


def leaves(module_id: int, tab: str, *, by: int | None, now: datetime) -> None:
    """Remember that a tab was closed; what it saved last stays known."""
    found = _tab(module_id, tab, by, now)
    if found is not None:
        found.seen_at = now - AWAY
        db.session.flush()


@dataclass(frozen=True)
class Present:
    """Somebody who has a draft open, in another tab than the one that asks."""

    person_id: int
    part: str | None


def others(module_id: int, tab: str, now: datetime) -> list[Present]:
    """Return who else has a draft open, and where they are."""
    query = (
        select(DraftTab)
        .where(DraftTab.module_id == module_id, DraftTab.tab != tab, DraftTab.seen_at > now - AWAY)
        .order_by(DraftTab.person_id, DraftTab.tab)
    )
    return [Present(found.person_id, found.part) for found in db.session.scalars(query)]


def _tab(module_id: int, tab: str, by: int | None, now: datetime) -> DraftTab | None:
    if not tab or by is None:
        return None
    found = db.session.get(DraftTab, (module_id, tab))
    if found is None or found.person_id != by:
        db.session.execute(delete(DraftTab).where(DraftTab.seen_at < now - FORGOTTEN))
        found = db.session.merge(DraftTab(module_id=module_id, tab=tab, person_id=by, seen_at=now))
        found.part = found.saved_part = found.saved_on = found.saved_as = None
    return found
