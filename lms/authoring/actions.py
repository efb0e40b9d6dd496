"""What is done with drafts: begin, save, bring in, publish."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import select

from lms.authoring import drafts, editing, queries
from lms.authoring.drafts import Document, DraftIncomplete
from lms.authoring.imports.gift import GiftFile
from lms.authoring.imports.module_file import ModuleFile
from lms.authoring.models import Draft
from lms.catalogue.actions import add_edition, keep_file
from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import KEY_PATTERN
from lms.catalogue.media import CheckedFile
from lms.catalogue.models import Edition, Module
from lms.kernel.database import db
from lms.kernel.refusals import Refusal


class ModuleCodeTaken(Refusal):
    """Another module has this code already."""


class ModuleCodeFaulty(Refusal):
    """A module's code holds something else than small letters, digits and hyphens."""


class DraftChanged(Refusal):
    """Someone saved another version of the draft since this one was read."""


def create_module(code: str, *, languages: list[str], title: dict[str, str], by: int | None, now: datetime) -> Draft:
    """Begin a module with an empty draft; raises ModuleCodeTaken or ModuleCodeFaulty."""
    if not re.fullmatch(KEY_PATTERN, code):
        raise ModuleCodeFaulty(code=code)
    if db.session.scalar(select(Module.id).where(Module.code == code)):
        raise ModuleCodeTaken(code=code)
    module = Module(code=code, created_at=now)
    db.session.add(module)
    db.session.flush()
    draft = Draft(
        module_id=module.id,
        module=module,
        content=drafts.blank(code, languages, title),
        media={},
        updated_at=now,
        updated_by=by,
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def save_draft(
    code: str,
    change: Callable[[Document], Document],
    *,
    version: int | None,
    files: Mapping[str, CheckedFile] | None = None,
    by: int | None,
    now: datetime,
) -> Draft:
    """Replace a draft by what `change` makes of it, and keep the files it names besides.

    `version` is the one the change was made on; None overwrites whatever is there. Raises
    DraftChanged when it is not the present one: nothing is lost, on either side.
    """
    draft = queries.draft(code)
    if version is not None and version != draft.version:
        raise DraftChanged(code=code)
    kept = {name: keep_file(file, now=now) for name, file in (files or {}).items()}
    document = change(deepcopy(draft.content))
    _put(draft, document, {**draft.media, **kept}, by, now)
    return draft


def store_file(file: ModuleFile, *, by: int | None, now: datetime) -> Draft:
    """Bring in a module file as the draft of its module, new or not."""
    content = file.content
    draft = queries.draft_or_none(content.code) or create_module(
        content.code, languages=content.languages, title=content.title, by=by, now=now
    )
    media = {name: keep_file(kept, now=now) for name, kept in file.media.items()}
    _put(draft, drafts.plain(content), media, by, now)
    return draft


def add_questions(file: GiftFile, code: str, *, title: str, language: str, by: int | None, now: datetime) -> Draft:
    """Bring the questions of a GIFT file into a draft; the same question again replaces itself.

    The module of that code is begun if it does not exist yet.
    """
    draft = queries.draft_or_none(code) or create_module(
        code, languages=[language], title={language: title}, by=by, now=now
    )
    document = draft.content
    for found in file.questions:
        document = editing.with_question(document, found.block)
    _put(draft, document, draft.media, by, now)
    return draft


def publish(draft: Draft, *, version: int | None = None, note: str = "", by: int | None, now: datetime) -> Edition:
    """Freeze a draft as its module's next edition; `version` is the one that was looked at, if any.

    Raises DraftChanged, DraftIncomplete (with `problems`) or, when the newest edition says
    the same, NothingChanged.
    """
    if version is not None and version != draft.version:
        raise DraftChanged(code=draft.module.code)
    problems = drafts.faults(draft.content, draft.media)
    if problems:
        raise DraftIncomplete(draft.module.code, problems)
    content = ModuleContent.model_validate(draft.content)
    return add_edition(draft.module, content, draft.media, note=note, by=by, now=now)


def _put(draft: Draft, document: Document, media: Mapping[str, str], by: int | None, now: datetime) -> None:
    draft.content = _normal(document)
    draft.media = drafts.used_media(draft.content, media)
    draft.updated_at, draft.updated_by = now, by
    db.session.flush()


def _normal(document: Document) -> Document:
    """Write a valid document in the one way, so that equal modules have equal drafts."""
    try:
        return drafts.plain(ModuleContent.model_validate(document))
    except ValidationError:
        return document
