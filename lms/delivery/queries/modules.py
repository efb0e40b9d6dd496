"""Modules as someone sees them at a kiosk."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from lms.catalogue import queries as catalogue
from lms.catalogue.blocks import Question
from lms.catalogue.grading import AnswerMalformed, Grade, grade
from lms.catalogue.queries import FrozenEdition
from lms.delivery.models import Terminal
from lms.delivery.rules import EditionWithdrawn, Position, position
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.plans import queries as plans
from lms.progress import queries as progress
from lms.progress.rules import Event
from lms.records import queries as records


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
    late: bool
    """It is not done, and the due day has passed."""


@dataclass(frozen=True)
class Work:
    """The modules that concern someone today."""

    to_take: list[Tile]
    """Asked of them and not completed: what is begun first, then what is due soonest."""
    done: list[Tile]
    """Completed, asked or not, by code."""

    @property
    def minutes(self) -> int:
        """How long what is to be taken lasts."""
        return sum(tile.minutes for tile in self.to_take)


def work_of(person_id: int, on: date) -> Work:
    """Return what someone is to take, and what is behind them."""
    tiles = every_tile(person_id, on)
    to_take = [tile for tile in tiles if tile.due_on is not None and tile.state is not TileState.DONE]
    return Work(
        to_take=sorted(to_take, key=lambda tile: (tile.state is not TileState.BEGUN, tile.due_on, tile.code)),
        done=[tile for tile in tiles if tile.state is TileState.DONE],
    )


def every_tile(person_id: int, on: date) -> list[Tile]:
    """Return every module that kiosks offer, by code."""
    due_on = {due.module_id: due.due_on for due in reversed(plans.due_for(person_id, on))}
    return _tiles(person_id, due_on, on)


def edition_of(code: str) -> FrozenEdition:
    """Return the edition of a module that kiosks offer; raises NotFound or EditionWithdrawn."""
    newest = catalogue.newest_edition_of(code)
    if newest is None:
        raise NotFound()
    return edition_to_show(newest.id)


def edition_to_show(edition_id: int) -> FrozenEdition:
    """Return an edition that may be taken; raises NotFound or EditionWithdrawn."""
    edition = catalogue.frozen(edition_id)
    if catalogue.withdrawn_at(edition_id) is not None:
        raise EditionWithdrawn(code=edition.code)
    return edition


def due_editions(person_id: int, on: date) -> list[int]:
    """Return the newest editions of what is asked of someone, by code of the module."""
    wanted = {due.module_id for due in plans.due_for(person_id, on)}
    return [edition.id for edition in catalogue.offered_editions() if edition.module_id in wanted]


def held_editions(terminal_id: int, person_id: int | None, on: date) -> list[FrozenEdition]:
    """Return what a kiosk is to hold for when the server is away.

    The newest editions of what is asked in the kiosk's workshop (everywhere when it has
    none), and of what is asked of whoever is signed in there.
    """
    workshop_id = db.session.scalar(select(Terminal.workshop_id).where(Terminal.id == terminal_id))
    wanted = plans.modules_asked_in(workshop_id, on)
    if person_id is not None:
        wanted |= {due.module_id for due in plans.due_for(person_id, on)}
    return [edition for edition in catalogue.offered_editions() if edition.module_id in wanted]


@dataclass(frozen=True)
class Whereabouts:
    """Where someone is in an edition, and what their answers in this attempt came to, by question."""

    edition: FrozenEdition
    withdrawn: bool
    position: Position
    grades: dict[str, Grade]


def whereabouts(edition_id: int, person_id: int) -> Whereabouts:
    """Return where someone is in an edition; raises NotFound."""
    edition = catalogue.frozen(edition_id)
    found = position(records.events_of(person_id, edition_id), edition.content)
    responses = records.responses([answer.id for answer in found.answered.values()])
    questions = {question.key: question for question in edition.content.questions}
    grades = {
        key: _regraded(edition, questions[key], responses[answer.id], answer) for key, answer in found.answered.items()
    }
    return Whereabouts(edition, catalogue.withdrawn_at(edition_id) is not None, found, grades)


def _regraded(edition: FrozenEdition, question: Question, response: Any, answer: Event) -> Grade:
    try:
        return grade(question, response, edition.digest, parts=edition.content.parts_shown)
    except AnswerMalformed:
        # Brought in from elsewhere, in a shape of its own: what it came to was said with it.
        return Grade(bool(answer.success), 0, {})


def _tiles(person_id: int, due_on: dict[int, date], on: date) -> list[Tile]:
    standings = progress.standings_of(person_id)
    completed = {standing.module_id for standing in standings if standing.completed_at}
    newest = {standing.edition_id: standing for standing in standings}
    return [
        _tile(edition, newest.get(edition.id), edition.module_id in completed, due_on.get(edition.module_id), on)
        for edition in catalogue.offered_editions()
    ]


def _tile(edition: FrozenEdition, standing: Any, completed: bool, due_on: date | None, on: date) -> Tile:
    begun = standing is not None and standing.started_at is not None
    state = TileState.DONE if completed else TileState.BEGUN if begun else TileState.NEW
    content = edition.content
    done = standing.blocks_done if standing else 0
    late = state is not TileState.DONE and due_on is not None and due_on < on
    return Tile(edition.code, content.title, content.minutes, state, done, len(content.blocks), due_on, late)
