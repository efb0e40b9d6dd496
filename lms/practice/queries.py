"""What someone is to be asked again today."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lms.catalogue import queries as catalogue
from lms.catalogue.blocks import Question
from lms.catalogue.queries import FrozenEdition
from lms.kernel.clock import local_day
from lms.kernel.settings import setting
from lms.practice.adaptive import fsrs
from lms.practice.rules import Item, Learnt, Practised, Spacing, coming, fixed
from lms.records import queries as records
from lms.records.models import PRACTICE, Verb


@dataclass(frozen=True)
class Asked:
    """A question to ask again, as the newest edition of its module has it."""

    edition: FrozenEdition
    key: str

    @property
    def question(self) -> Question:
        """The question with its answer."""
        return next(question for question in self.edition.content.questions if question.key == self.key)

    @property
    def block(self) -> dict[str, Any]:
        """The question as a kiosk shows it."""
        return next(block for block in self.edition.player["blocks"] if block["key"] == self.key)


@dataclass(frozen=True)
class Practice:
    """What practice has for someone today."""

    questions: tuple[Asked, ...]
    """Three at most; none once they were skipped."""
    begun: bool
    """Something was answered today, or skipped: it is not offered of itself any more."""


@dataclass(frozen=True)
class Ahead:
    """What practice has for someone today and on the days that follow, should nothing be answered meanwhile."""

    questions: tuple[tuple[date, Asked], ...]
    """Each with the day from which on it is due, the longest due first."""
    room: int
    """How many of them today still has room for; none once they were skipped."""


def today(person_id: int, now: datetime, reserved: Collection[str]) -> Practice:
    """Return the questions that are due to someone, the longest due first.

    `reserved` are the codes of the modules that measure retention: none of their questions is
    ever asked here.
    """
    events = records.learnt_or_practised(person_id)
    told = _told_today(events, now)
    found = _coming(events, now, reserved, 0)
    return Practice(tuple(asked for _, asked in found.questions[: found.room]), begun=bool(told))


def ahead(person_id: int, now: datetime, reserved: Collection[str], days: int) -> Ahead:
    """Return what comes back to someone up to so many days from now; `reserved` as for `today`."""
    return _coming(records.learnt_or_practised(person_id), now, reserved, days)


def _coming(events: Collection[Any], now: datetime, reserved: Collection[str], days: int) -> Ahead:
    on, newest = local_day(now), {edition.code: edition for edition in catalogue.offered_editions()}
    found = coming(
        _learnt(events, newest.values(), reserved), _practised(events), on, _spacing(), setting("PRACTICE_QUESTIONS")
    )
    until = on + timedelta(days=days)
    questions = tuple((day, Asked(newest[item.module], item.key)) for day, item in found.items if day <= until)
    skipped = any(event.verb == Verb.SKIPPED for event in _told_today(events, now))
    return Ahead(questions, 0 if skipped else found.room)


def _told_today(events: Collection[Any], now: datetime) -> list[Any]:
    on = local_day(now)
    return [event for event in events if event.purpose == PRACTICE and local_day(event.occurred_at) == on]


def has_learnt(person_id: int, edition: FrozenEdition, key: str) -> bool:
    """Whether someone completed an edition that asks a question just as this one does."""
    events = records.learnt_or_practised(person_id)
    return any(one.item.key == key for one in _learnt(events, [edition], ()))


def _learnt(events: Collection[Any], newest: Collection[FrozenEdition], reserved: Collection[str]) -> list[Learnt]:
    """Return the questions of these editions that someone learnt: asked word for word in one they completed.

    What has changed since is not asked: it may have been wrong.
    """
    completed: dict[int, list[tuple[date, FrozenEdition]]] = defaultdict(list)
    for event in events:
        if event.purpose is None and event.verb == Verb.COMPLETED:
            edition = catalogue.frozen(event.edition_id)
            completed[edition.module_id].append((local_day(event.occurred_at), edition))
    found = []
    for edition in newest:
        if edition.code in reserved:
            continue
        for place, question in enumerate(edition.content.questions):
            if question.reserved or question.form:
                # What measures is not practised: neither what stays, nor what was learnt between two equal forms.
                continue
            days = [day for day, other in completed[edition.module_id] if other.content.block(question.key) == question]
            if days:
                found.append(Learnt(Item(edition.code, question.key), min(days), place))
    return found


def _practised(events: Collection[Any]) -> list[Practised]:
    return [
        Practised(
            Item(catalogue.frozen(event.edition_id).code, event.block_key),
            local_day(event.occurred_at),
            bool(event.success),
        )
        for event in sorted(events, key=lambda event: (event.occurred_at, event.id))
        if event.purpose == PRACTICE and event.verb == Verb.ANSWERED
    ]


def _spacing() -> Spacing:
    return fsrs if setting("PRACTICE_SPACING") == "fsrs" else fixed(setting("PRACTICE_DAYS"))
