"""Questions about drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from lms.authoring import drafts
from lms.authoring.drafts import Change, Document, DraftIncomplete
from lms.authoring.models import Draft
from lms.catalogue.content import ModuleContent
from lms.catalogue.models import Module
from lms.catalogue.queries import FrozenEdition, newest_edition, newest_editions
from lms.kernel.database import db
from lms.kernel.refusals import NotFound, Problem


class DraftState(StrEnum):
    """How a draft stands to the newest edition."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    """Whole, and other than what is published."""
    PUBLISHED = "published"
    """The same as the newest edition."""


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

    @property
    def title(self) -> Mapping[str, str]:
        """What the module is called, by language; its code while it has no title."""
        return self.document.get("title") or {self.document["languages"][0]: self.code}

    @property
    def state(self) -> DraftState:
        """How the draft stands to the newest edition."""
        if self.problems:
            return DraftState.INCOMPLETE
        edition = self.edition
        same = edition and (drafts.plain(edition.content), edition.media) == (self.document, self.media)
        return DraftState.PUBLISHED if same else DraftState.READY

    @property
    def changes(self) -> list[Change]:
        """What the draft changes of the newest edition; nothing before the first."""
        if self.edition is None:
            return []
        return drafts.changes(drafts.plain(self.edition.content), self.edition.media, self.document, self.media)

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

    def problems_of(self, place: int) -> list[Problem]:
        """Return the faults of the block at that place, from 0."""
        return [problem for problem in self.problems if drafts.block_of(problem) == place]

    @property
    def shown(self) -> list[Document | None]:
        """Each block as a kiosk shows it; None for one that is not complete."""
        languages = self.document["languages"]
        return [drafts.shown(block, languages, self.media) for block in self.document["blocks"]]

    @property
    def questions(self) -> int:
        """How many questions the draft asks."""
        return sum("question" in block for block in self.document["blocks"])


def works() -> list[Work]:
    """Return every module that has a draft, by code."""
    newest = {edition.module_id: edition for edition in newest_editions()}
    return [_work(draft, newest.get(draft.module_id)) for draft in db.session.scalars(_drafts().order_by(Module.code))]


def work(code: str) -> Work:
    """Return one module; raises NotFound."""
    found = db.session.scalar(_drafts().where(Module.code == code))
    if found is None:
        raise NotFound()
    return _work(found, newest_edition(found.module_id))


def draft(code: str) -> Draft:
    """Return the draft of a module, to be changed; raises NotFound."""
    found = draft_or_none(code)
    if found is None:
        raise NotFound()
    return found


def draft_or_none(code: str) -> Draft | None:
    """Return the draft of a module, to be changed, or None when there is no such module."""
    return db.session.scalar(_drafts().where(Module.code == code).with_for_update(of=Draft))


def _drafts() -> Any:
    return select(Draft).join(Draft.module).options(contains_eager(Draft.module))


def _work(draft: Draft, edition: FrozenEdition | None) -> Work:
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
    )
