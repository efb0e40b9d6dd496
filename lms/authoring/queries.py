"""Questions about drafts and about the work on modules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from lms.authoring import drafts, editing
from lms.authoring.drafts import Document, DraftIncomplete
from lms.authoring.models import AuthoringTime, Draft, ModuleOrigin, ModuleReview, Origin, PlannedEdition
from lms.catalogue import comparing
from lms.catalogue.actions import digest_of_plain
from lms.catalogue.comparing import Change
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Edition, Module, Withdrawal
from lms.catalogue.queries import (
    FrozenEdition,
    edition_numbered,
    frozen,
    newest_edition,
    withdrawn_at,
)
from lms.kernel.clock import local_day, months_after
from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Problem


class DraftState(StrEnum):
    """How a draft stands to the newest edition."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    """Whole, and other than what is published."""
    PUBLISHED = "published"
    """The same as the newest edition."""
    WITHDRAWN = "withdrawn"
    """The same as the newest edition, which was taken back."""


def state_of(*, faulty: bool, same: bool, withdrawn: bool) -> DraftState:
    """Return how a draft stands of which this is known; `same` says that it is as the newest edition."""
    if faulty:
        return DraftState.INCOMPLETE
    if not same:
        return DraftState.READY
    return DraftState.WITHDRAWN if withdrawn else DraftState.PUBLISHED


@dataclass(frozen=True)
class Work:
    """A module as its author sees it: the draft, its faults and the newest edition."""

    module_id: int
    code: str
    document: Document
    media: Mapping[str, str]
    version: int
    updated_at: datetime
    updated_by: int | None
    problems: list[Problem]
    edition: FrozenEdition | None
    """The newest, offered or withdrawn."""
    withdrawn: bool
    """Whether the newest edition was taken back, so that kiosks offer none."""

    @property
    def title(self) -> Mapping[str, str]:
        """What the module is called, by language; its code while it has no title."""
        return self.document.get("title") or {self.document["languages"][0]: self.code}

    @property
    def state(self) -> DraftState:
        """How the draft stands to the newest edition."""
        edition = self.edition
        same = edition is not None and edition.digest == digest_of_plain(self.document, self.media)
        return state_of(faulty=bool(self.problems), same=same, withdrawn=self.withdrawn)

    @property
    def changes(self) -> list[Change]:
        """What the draft changes of the newest edition; nothing before the first."""
        if self.edition is None:
            return []
        return comparing.changes(self.edition.content.plain, self.edition.media, self.document, self.media)

    def exportable(self) -> tuple[ModuleContent, Mapping[str, str]]:
        """Return the newest edition, else the draft, as content and files; raises DraftIncomplete."""
        if self.edition:
            return self.edition.content, self.edition.media
        if self.problems:
            raise DraftIncomplete(self.code, self.problems)
        return ModuleContent.model_validate(self.document), self.media

    @property
    def head(self) -> Document:
        """What is said of the module itself."""
        return {name: value for name, value in self.document.items() if name != "blocks"}

    @property
    def head_problems(self) -> list[Problem]:
        """Return the faults that lie in no block."""
        return [problem for problem in self.problems if drafts.block_of(problem) is None]

    def place_of(self, key: str) -> int:
        """Return at which place, from 0, the block with that key stands; raises NotFound."""
        return editing.place_of(self.document, key)

    def problems_of(self, place: int) -> list[Problem]:
        """Return the faults of the block at that place, from 0."""
        return [problem for problem in self.problems if drafts.block_of(problem) == place]

    def shown(self, place: int, language: str) -> Document | None:
        """Return the block at a place as a kiosk shows it in a language, as far as it is written, or None."""
        blocks, languages = self.document["blocks"], self.document["languages"]
        return drafts.shown_in(blocks[place], language, languages, self.media) if place < len(blocks) else None

    @property
    def questions(self) -> int:
        """How many questions the draft asks."""
        return sum("question" in block for block in self.document["blocks"])


@dataclass(frozen=True)
class Titled:
    """A module by its code, and what it is called."""

    module_id: int
    code: str
    title: Mapping[str, str]
    owner: str
    """As its draft says: it may have changed since the newest edition."""


def titles() -> list[Titled]:
    """Return every module that has a draft, by code, without looking for faults."""
    return [
        Titled(
            module_id=draft.module_id,
            code=draft.module.code,
            title=draft.content.get("title") or {draft.content["languages"][0]: draft.module.code},
            owner=draft.content.get("owner", ""),
        )
        for draft in db.session.scalars(_drafts().order_by(Module.code))
    ]


def keys_in_drafts(codes: Iterable[str]) -> set[tuple[str, str]]:
    """Return each block that the drafts of these modules hold, as the module's code and the block's key."""
    found = db.session.scalars(_drafts().where(Module.code.in_(set(codes))))
    return {(draft.module.code, block["key"]) for draft in found for block in draft.content["blocks"]}


def work(code: str) -> Work:
    """Return one module; raises NotFound."""
    found = current(code)
    newest = newest_edition(found.module_id)
    return _work(found, newest, withdrawn=newest is not None and withdrawn_at(newest.id) is not None)


@dataclass(frozen=True)
class Comparison:
    """Two versions of a module side by side, each with its files by digest; no number: the draft."""

    code: str
    title: Mapping[str, str]
    before: int | None
    after: int | None
    before_media: Mapping[str, str]
    after_media: Mapping[str, str]
    changes: list[Change]


def comparison(code: str, before: int, after: int | None) -> Comparison:
    """Compare an edition of a module with another, or with the draft; raises NotFound."""
    found = work(code)
    (old, old_media), (new, new_media) = _version(found, before), _version(found, after)
    changes = comparing.changes(old, old_media, new, new_media)
    return Comparison(code, found.title, before, after, old_media, new_media, changes)


def _version(found: Work, number: int | None) -> tuple[Document, Mapping[str, str]]:
    if number is None:
        return found.document, found.media
    edition = edition_numbered(found.module_id, number)
    return edition.content.plain, edition.media


def draft(code: str) -> Draft:
    """Return the draft of a module, to be changed; raises NotFound."""
    found = draft_or_none(code)
    if found is None:
        raise NotFound()
    return found


def current(code: str) -> Draft:
    """Return the draft of a module, to be looked at only; raises NotFound."""
    found = db.session.scalar(_drafts().where(Module.code == code))
    if found is None:
        raise NotFound()
    return found


def draft_or_none(code: str) -> Draft | None:
    """Return the draft of a module, to be changed, or None when there is no such module."""
    return db.session.scalar(_drafts().where(Module.code == code).with_for_update(of=Draft))


def planned_edition(module_id: int) -> PlannedEdition | None:
    """Return the edition of a module that is to be published on a day, or None."""
    query = select(PlannedEdition).where(PlannedEdition.module_id == module_id, PlannedEdition.ended_at.is_(None))
    return db.session.scalar(query)


def due_to_publish(on: date) -> list[tuple[PlannedEdition, str]]:
    """Return each planned edition whose day has come, with the code of its module."""
    query = (
        select(PlannedEdition, Module.code)
        .join(Module, Module.id == PlannedEdition.module_id)
        .where(PlannedEdition.ended_at.is_(None), PlannedEdition.publish_on <= on)
        .order_by(PlannedEdition.publish_on, PlannedEdition.id)
    )
    return [(planned, code) for planned, code in db.session.execute(query)]


def _drafts() -> Any:
    return select(Draft).join(Draft.module).options(contains_eager(Draft.module))


def _work(draft: Draft, edition: FrozenEdition | None, *, withdrawn: bool) -> Work:
    return Work(
        module_id=draft.module_id,
        code=draft.module.code,
        document=draft.content,
        media=draft.media,
        version=draft.version,
        updated_at=draft.updated_at,
        updated_by=draft.updated_by,
        problems=drafts.faults(draft.content, draft.media),
        edition=edition,
        withdrawn=edition is not None and withdrawn,
    )


@dataclass(frozen=True)
class Deed:
    """Who published or reviewed, and when; `by_id` is None for the command line."""

    by_id: int | None
    at: datetime


@dataclass(frozen=True)
class Review(Deed):
    """A review that somebody signed."""

    number: int
    """Of the edition that was looked at."""
    note: str


@dataclass(frozen=True)
class ModuleWork:
    """The work on a published module as it was known at a moment."""

    module_id: int
    code: str
    published: tuple[Deed, ...]
    """Its editions, oldest first."""
    reviewed: tuple[Review, ...]
    """Oldest first."""
    minutes_declared: int | None
    """By all its authors together; None when nobody has said."""
    designed_minutes: int
    """What its newest edition is meant to take a learner."""
    origin: Origin | None
    review_months: int = 12
    """After how long its newest edition asks to be looked at again."""
    withdrawn: bool = False
    """Whether its newest edition had been taken back."""

    @property
    def review_due_on(self) -> date:
        """By when somebody is to look at it again: after the last signature, else after its coming out."""
        last = self.reviewed[-1].at if self.reviewed else self.published[-1].at
        return months_after(local_day(last), self.review_months)

    @property
    def published_on(self) -> date:
        """The day of the newest edition."""
        return local_day(self.published[-1].at)

    @property
    def published_by(self) -> int | None:
        """Who published the newest edition."""
        return self.published[-1].by_id


def module_work(known_at: datetime) -> list[ModuleWork]:
    """Return the work on every module published by then, by code."""
    editions = _editions(known_at)
    reviews, minutes, origins = _reviews(known_at), _minutes(known_at), _origins(known_at)
    return [
        ModuleWork(
            module_id=module_id,
            code=rows[-1].code,
            published=tuple(Deed(row.published_by, row.published_at) for row in rows),
            reviewed=tuple(reviews.get(module_id, ())),
            minutes_declared=sum(minutes[module_id].values()) if module_id in minutes else None,
            designed_minutes=frozen(rows[-1].id).content.minutes,
            origin=origins.get(module_id),
            review_months=frozen(rows[-1].id).content.review_months,
            withdrawn=rows[-1].withdrawn_at is not None and rows[-1].withdrawn_at <= known_at,
        )
        for module_id, rows in editions.items()
    ]


@dataclass(frozen=True)
class ToReview:
    """A module that kiosks offer, and when it is to be looked at again."""

    code: str
    title: Mapping[str, str]
    owner: str
    """As its draft says: it may have changed since the newest edition."""
    reviewed_on: date | None
    due_on: date


def to_review(known_at: datetime) -> list[ToReview]:
    """Return the modules that kiosks offer, by the day on which they are to be looked at again."""
    known = {one.module_id: one for one in titles()}
    found = [
        ToReview(
            code=one.code,
            title=known[one.module_id].title,
            owner=known[one.module_id].owner,
            reviewed_on=local_day(one.reviewed[-1].at) if one.reviewed else None,
            due_on=one.review_due_on,
        )
        for one in module_work(known_at)
        if not one.withdrawn and one.module_id in known
    ]
    return sorted(found, key=lambda one: (one.due_on, one.code))


def own_minutes(module_id: int, author_id: int) -> int | None:
    """Return what someone last declared for a module, or None."""
    query = select(AuthoringTime.minutes).where(
        AuthoringTime.module_id == module_id, AuthoringTime.author_id == author_id
    )
    return db.session.scalar(query.order_by(AuthoringTime.id.desc()).limit(1))


def _editions(known_at: datetime) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    query = (
        select(
            Edition.id,
            Edition.module_id,
            Module.code,
            Edition.published_by,
            Edition.published_at,
            Withdrawal.at.label("withdrawn_at"),
        )
        .join(Module, Module.id == Edition.module_id)
        .outerjoin(Withdrawal, Withdrawal.edition_id == Edition.id)
        .where(Edition.published_at <= known_at)
        .order_by(Module.code, Edition.number)
    )
    for row in db.session.execute(query):
        found[row.module_id].append(row)
    return found


def _reviews(known_at: datetime) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = defaultdict(list)
    query = (
        select(Edition.module_id, ModuleReview.by_id, ModuleReview.at, Edition.number, ModuleReview.note)
        .join(Edition, Edition.id == ModuleReview.edition_id)
        .where(ModuleReview.at <= known_at)
        .order_by(ModuleReview.at, ModuleReview.id)
    )
    for module_id, by_id, at, number, note in db.session.execute(query):
        found[module_id].append(Review(by_id, at, number, note))
    return found


def _minutes(known_at: datetime) -> dict[int, dict[int | None, int]]:
    """Return the last entry of each author, by module."""
    found: dict[int, dict[int | None, int]] = defaultdict(dict)
    query = select(AuthoringTime).where(AuthoringTime.at <= known_at).order_by(AuthoringTime.at, AuthoringTime.id)
    for entry in db.session.scalars(query):
        found[entry.module_id][entry.author_id] = entry.minutes
    return found


def _origins(known_at: datetime) -> dict[int, Origin]:
    query = select(ModuleOrigin).where(ModuleOrigin.at <= known_at).order_by(ModuleOrigin.at, ModuleOrigin.id)
    return {entry.module_id: entry.origin for entry in db.session.scalars(query)}
