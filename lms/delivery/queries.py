"""Questions about kiosks and sittings."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import joinedload

from lms.catalogue import queries as catalogue
from lms.catalogue.queries import FrozenEdition
from lms.delivery.models import Terminal
from lms.delivery.rules import Position, position
from lms.kernel.database import db
from lms.kernel.ids import digest
from lms.kernel.prepared import Prepared
from lms.kernel.refusals import NotFound
from lms.plans import queries as plans
from lms.progress import queries as progress
from lms.records import queries as records


@dataclass(frozen=True)
class KnownTerminal:
    """The kiosk from which a request comes."""

    id: int
    code: str
    name: str
    seen_at: datetime | None


_table = cast(Table, Terminal.__table__)
_by_token = Prepared(
    select(_table.c.id, _table.c.code, _table.c.name, _table.c.seen_at).where(
        _table.c.token_digest == bindparam("digest"), _table.c.revoked_at.is_(None)
    )
)


def terminal_of(token: str) -> KnownTerminal | None:
    """Return the kiosk that keeps this secret, or None for a stranger or a kiosk that was shut out."""
    found = _by_token.rows({"digest": digest(token)})
    return KnownTerminal(*found[0]) if found else None


def every_terminal() -> list[Terminal]:
    """Return all kiosks with their workshop, by code."""
    return list(db.session.scalars(select(Terminal).options(joinedload(Terminal.workshop)).order_by(Terminal.code)))


def terminal(code: str) -> Terminal:
    """Return the kiosk of that code with its workshop; raises NotFound."""
    query = select(Terminal).options(joinedload(Terminal.workshop)).where(Terminal.code == code)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


class TileState(StrEnum):
    """How far someone is with a module."""

    NEW = "new"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True)
class Tile:
    """A module as someone sees it at a kiosk."""

    code: str
    title: dict[str, str]
    minutes: int
    state: TileState
    done: int
    total: int
    """Steps done in the attempt under way, of so many."""
    due_on: date | None


def due_tiles(person_id: int, on: date) -> list[Tile]:
    """Return what someone is to take: what is open first, soonest due first, then what is done."""
    modules = {due.module_id: due.due_on for due in reversed(plans.due_for(person_id, on))}
    tiles = [tile for tile in _tiles(person_id, modules) if tile.due_on is not None]
    return sorted(tiles, key=lambda tile: (tile.state is TileState.DONE, tile.due_on, tile.code))


def every_tile(person_id: int, on: date) -> list[Tile]:
    """Return every module that was published, by code."""
    return _tiles(person_id, {due.module_id: due.due_on for due in reversed(plans.due_for(person_id, on))})


def newest_and_position(code: str, person_id: int) -> tuple[FrozenEdition, Position]:
    """Return the newest edition of a module and where someone is in it; raises NotFound."""
    edition = catalogue.newest_edition(catalogue.module(code).id)
    if edition is None:
        raise NotFound()
    return edition, position(records.events_of(person_id, edition.id), edition.content)


def _tiles(person_id: int, due_on: dict[int, date]) -> list[Tile]:
    standings = progress.standings_of(person_id)
    completed = {standing.module_id for standing in standings if standing.completed_at}
    newest = {standing.edition_id: standing for standing in standings}
    return [
        _tile(edition, newest.get(edition.id), edition.module_id in completed, due_on.get(edition.module_id))
        for edition in catalogue.newest_editions()
    ]


def _tile(edition: FrozenEdition, standing: Any, completed: bool, due_on: date | None) -> Tile:
    begun = standing is not None and standing.started_at is not None
    state = TileState.DONE if completed else TileState.BEGUN if begun else TileState.NEW
    content = edition.content
    done = standing.blocks_done if standing else 0
    return Tile(edition.code, content.title, content.minutes, state, done, len(content.blocks), due_on)
