"""Modules as someone sees them at a kiosk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from lms.catalogue import queries as catalogue
from lms.catalogue.blocks import Question
from lms.catalogue.grading import AnswerMalformed, Grade, grade
from lms.catalogue.queries import FrozenEdition
from lms.delivery.models import Terminal
from lms.delivery.rules import EditionWithdrawn, Position, certifies, position
from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.plans import queries as plans
from lms.plans.queries import Assignment
from lms.progress import queries as progress
from lms.progress.holding import NOTHING, Hold, Holding, due_again_on
from lms.progress.rules import Event
from lms.records import queries as records


class TileState(StrEnum):
    """How far someone is with a module."""

    NEW = "new"
    BEGUN = "begun"
    DONE = "done"
    CHANGED = "changed"
    """Done, and what has changed since is to be looked at."""
    AGAIN = "again"
    """Done once, and to be taken again."""


@dataclass(frozen=True)
class Tile:
    """A module as someone sees it at a kiosk."""

    code: str
    title: dict[str, str]
    minutes: int
    """How long it lasts, or what there is to see of it."""
    state: TileState
    done: int
    total: int
    """Steps done in the attempt under way, of so many; of what has changed, where that is all there is to see."""
    due_on: date | None
    late: bool
    """It is to be taken, and the due day has passed."""
    hold: Hold
    """What it is worth that the person completed it."""
    good: bool
    """The person counts as trained."""
    good_until: date | None
    """The last day of that; None for good."""


@dataclass(frozen=True)
class Work:
    """The modules that concern someone today."""

    to_take: list[Tile]
    """Asked of them and not done, or done and changed since: what is begun first, then what is due soonest."""
    done: list[Tile]
    """The others that they completed and that are good still, asked or not, by code."""

    @property
    def minutes(self) -> int:
        """How long what is to be taken lasts."""
        return sum(tile.minutes for tile in self.to_take)


def work_of(person_id: int, now: datetime) -> Work:
    """Return what someone is to take, and what is behind them."""
    to_take, done = [], []
    for tile in every_tile(person_id, now):
        if tile.state is TileState.CHANGED or (tile.due_on is not None and tile.state is not TileState.DONE):
            to_take.append(tile)
        elif tile.good:
            done.append(tile)
    to_take.sort(key=lambda tile: (tile.state is not TileState.BEGUN, tile.due_on or date.max, tile.code))
    return Work(to_take, done)


def every_tile(person_id: int, now: datetime) -> list[Tile]:
    """Return every module that kiosks offer, by code."""
    asked = {due.module_id: due for due in reversed(plans.due_for(person_id, local_day(now)))}
    standings = progress.standings_of(person_id)
    of_edition = {standing.edition_id: standing for standing in standings}
    holdings = progress.holdings(standings, now).get(person_id, {})
    return [
        _tile(
            edition,
            of_edition.get(edition.id),
            holdings.get(edition.module_id, NOTHING),
            asked.get(edition.module_id),
            local_day(now),
        )
        for edition in catalogue.offered_editions()
    ]


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


def learning_editions(editions: Iterable[FrozenEdition], certifying: Collection[str]) -> list[FrozenEdition]:
    """Return those editions that may be taken under a badge alone; `certifying` are codes of modules."""
    return [edition for edition in editions if not certifies(edition.content, certifying)]


@dataclass(frozen=True)
class Whereabouts:
    """Where someone is in an edition, their responses in this attempt and what these came to, by question."""

    edition: FrozenEdition
    withdrawn: bool
    good_until: date | None
    """The last day on which it counts that they completed the module; None for good, and before."""
    changed: list[str] | None
    """Keys of what is to be looked at, where that is all that is asked of whoever completed an edition before."""
    position: Position
    responses: dict[str, Any]
    grades: dict[str, Grade]


def whereabouts(edition_ids: Collection[int], person_id: int, now: datetime) -> list[Whereabouts]:
    """Return where someone is in editions; raises NotFound."""
    holdings = progress.holdings_of(person_id, now)
    editions = [catalogue.frozen(edition_id) for edition_id in edition_ids]
    return [_whereabouts(edition, person_id, holdings.get(edition.module_id, NOTHING), now) for edition in editions]


def _whereabouts(edition: FrozenEdition, person_id: int, held: Holding, now: datetime) -> Whereabouts:
    found = position(records.events_of(person_id, edition.id), edition.content, now)
    stored = records.responses([answer.id for answer in found.answered.values()])
    responses = {key: stored[answer.id] for key, answer in found.answered.items()}
    questions = {question.key: question for question in edition.content.questions}
    grades = {key: _regraded(edition, questions[key], responses[key], answer) for key, answer in found.answered.items()}
    withdrawn = catalogue.withdrawn_at(edition.id) is not None
    good_until = local_day(held.good_until) if held.is_good and held.good_until else None
    return Whereabouts(edition, withdrawn, good_until, _to_be_seen(edition, held), found, responses, grades)


def _to_be_seen(edition: FrozenEdition, held: Holding) -> list[str] | None:
    if held.hold is not Hold.TO_ACKNOWLEDGE or held.knows >= edition.number:
        return None
    known = catalogue.edition_numbered(edition.module_id, held.knows)
    return catalogue.to_be_seen(known, edition.content, edition.media)


def _regraded(edition: FrozenEdition, question: Question, response: Any, answer: Event) -> Grade:
    try:
        return grade(question, response, edition.digest, parts=edition.content.parts_shown)
    except AnswerMalformed:
        # Brought in from elsewhere, in a shape of its own: what it came to was said with it.
        return Grade(bool(answer.success), 0, {})


def _tile(edition: FrozenEdition, standing: Any, held: Holding, asked: Assignment | None, on: date) -> Tile:
    content = edition.content
    changed = _to_be_seen(edition, held)
    state = _state(standing, held)
    due_on = due_again_on(held, asked.assigned_on, asked.due_on, local_day) if asked else None
    return Tile(
        code=edition.code,
        title=content.title,
        minutes=content.minutes if changed is None else max(1, round(content.minutes * len(changed) / content.steps)),
        state=state,
        done=standing.blocks_done if standing else 0,
        total=content.steps if changed is None else len(changed),
        due_on=due_on,
        late=state is not TileState.DONE and due_on is not None and due_on < on,
        hold=held.hold,
        good=held.is_good,
        good_until=local_day(held.good_until) if held.good_until else None,
    )


def _state(standing: Any, held: Holding) -> TileState:
    """Return how far someone is with the edition that is offered."""
    if held.hold is Hold.HELD:
        return TileState.DONE
    if held.hold is Hold.TO_ACKNOWLEDGE:
        return TileState.CHANGED
    begun = standing is not None and standing.started_at is not None
    if begun and (held.since is None or standing.last_at >= held.since):
        return TileState.BEGUN
    return TileState.NEW if held.hold is Hold.NONE else TileState.AGAIN
