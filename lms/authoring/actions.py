"""What is done with drafts: begin, save, bring in, publish."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from lms.authoring import drafts, editing, history, queries, tabs, voices
from lms.authoring.drafts import Document, DraftIncomplete
from lms.authoring.imports.module_file import ModuleFile
from lms.authoring.models import Draft
from lms.authoring.putting import put
from lms.authoring.reviewing import queries as reviewing
from lms.authoring.reviewing.rules import check_publishable
from lms.catalogue.actions import Stored, add_edition, check_edition, keep_file, record_file, store_bytes
from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import KEY_PATTERN
from lms.catalogue.media import CheckedFile
from lms.catalogue.models import Edition, Impact, Module
from lms.kernel.database import db
from lms.kernel.refusals import Refusal
from lms.kernel.settings import setting


class ModuleCodeTaken(Refusal):
    """Another module has this code already."""


class ModuleCodeFaulty(Refusal):
    """A module's code holds something else than small letters, digits and hyphens."""


class EditionPlanned(Refusal):
    """An edition of the module is planned for a day: nothing else of it is published before."""


class DraftChanged(Refusal):
    """Someone saved another version of the draft since this one was read."""


class PartChanged(Refusal):
    """Someone saved another text of this block, or of the module's own words, since it was read."""


class BlockGone(Refusal):
    """Someone deleted the block since it was read."""


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


HEAD = ""
"""Stands in the place of a block's key for what is said of the module itself."""
GONE = ""
"""Stands in the place of a token for a block that is known to have been deleted: saved, it comes back."""


@dataclass(frozen=True)
class Writing:
    """Where somebody wrote a text, and on what."""

    token: str | None
    """Of the part as it was when the form was filled (`drafts.token`); None writes over whatever is there."""
    tab: str = ""
    """The tab of the browser, which may repeat a save whose answer it never got (`lms.authoring.tabs`)."""


def save_block(
    code: str,
    key: str,
    block: Document,
    writing: Writing,
    *,
    files: Mapping[str, CheckedFile] | None = None,
    by: int | None,
    now: datetime,
) -> Draft:
    """Replace one block, and keep the files it names besides; what others do to other blocks is no matter.

    This is how whatever changes the text of a block saves it. Raises PartChanged when the block
    is not what `writing` says it was made on, and BlockGone when there is no such block: nothing is
    lost on either side, and the same may be saved again on the token that the block has now.
    """
    draft = queries.draft(code)
    present = next((one for one in draft.content["blocks"] if one["key"] == key), None)
    written = drafts.normal_block({**block, "key": key}, draft.content["languages"])
    if present is None and writing.token not in (GONE, None):
        raise BlockGone(code=code)
    if present not in (None, written):
        _check(draft, key, drafts.token(present), writing, by)
    media = {**draft.media, **{name: keep_file(file, now=now) for name, file in (files or {}).items()}}
    if present is None:
        document = editing.inserted(draft.content, written, history.stood_behind(draft, key))
    else:
        document = editing.with_block(draft.content, key, written)
    # What another tab wrote, be it the same person's, is a state of its own in the history.
    apart = present is None or not tabs.wrote(
        draft.module_id, tabs.Save(writing.tab, key, None, drafts.token(present)), by=by
    )
    put(draft, document, media, by=by, now=now, apart=apart)
    tabs.saved(draft.module_id, tabs.Save(writing.tab, key, writing.token, drafts.token(written)), by=by, now=now)
    return draft


def save_head(code: str, head: Document, writing: Writing, *, by: int | None, now: datetime) -> Draft:
    """Replace what is said of a module itself, its languages apart; raises PartChanged."""
    draft = queries.draft(code)
    present = drafts.head_of(draft.content)
    written = drafts.normal_head({**head, **{name: present[name] for name in ("format", "code", "languages")}})
    if present != written:
        _check(draft, HEAD, drafts.token(present), writing, by)
    apart = not tabs.wrote(draft.module_id, tabs.Save(writing.tab, HEAD, None, drafts.token(present)), by=by)
    put(draft, {**written, "blocks": draft.content["blocks"]}, draft.media, by=by, now=now, apart=apart)
    tabs.saved(draft.module_id, tabs.Save(writing.tab, HEAD, writing.token, drafts.token(written)), by=by, now=now)
    return draft


def _check(draft: Draft, part: str, present: str, writing: Writing, by: int | None) -> None:
    if writing.token in (None, present):
        return
    if not tabs.goes_on(draft.module_id, tabs.Save(writing.tab, part, writing.token, present), by=by):
        raise PartChanged(code=draft.module.code, token=present)


def set_aside(code: str, key: str, block: Document, *, by: int | None, now: datetime) -> None:
    """Keep a text of a block that was not chosen: in the history alone, whence it can be brought back."""
    draft = queries.draft(code)
    before = draft.content
    written = drafts.normal_block({**block, "key": key}, before["languages"])
    there = any(one["key"] == key for one in before["blocks"])
    beside = editing.with_block(before, key, written) if there else editing.inserted(before, written, None)
    _keep_aside(draft, beside, by, now)


def set_head_aside(code: str, head: Document, *, by: int | None, now: datetime) -> None:
    """Keep what was written of a module itself and not chosen, like `set_aside`."""
    draft = queries.draft(code)
    _keep_aside(draft, {**drafts.normal_head(head), "blocks": draft.content["blocks"]}, by, now)


def _keep_aside(draft: Draft, beside: Document, by: int | None, now: datetime) -> None:
    before, media = draft.content, draft.media
    kept = put(draft, beside, media, by=by, now=now, apart=True)
    if kept is not None:
        put(draft, before, media, by=by, now=now, undoes=kept.id)


@dataclass(frozen=True)
class Addition:
    """Blocks from elsewhere for one module, which is begun if it does not exist yet."""

    code: str
    title: str
    language: str
    blocks: Sequence[Document]


def store_file(file: ModuleFile, *, by: int | None, now: datetime) -> Draft:
    """Bring in a module file as the draft of its module, new or not."""
    stored = {name: store_bytes(BytesIO(kept.data), kept.media_type) for name, kept in file.media.items()}
    return store_document(file.content.plain, stored, by=by, now=now)


def store_document(document: Document, files: Mapping[str, Stored], *, by: int | None, now: datetime) -> Draft:
    """Make a valid document the draft of its module, new or not; `files` are those it names."""
    draft = queries.draft_or_none(document["code"]) or create_module(
        document["code"], languages=document["languages"], title=document["title"], by=by, now=now
    )
    _put(draft, document, _recorded(files, now), by, now)
    return draft


def add_blocks(addition: Addition, files: Mapping[str, Stored], *, by: int | None, now: datetime) -> Draft:
    """Bring cards and questions into a draft; the same question again replaces itself."""
    draft = queries.draft_or_none(addition.code) or create_module(
        addition.code, languages=[addition.language], title={addition.language: addition.title}, by=by, now=now
    )
    document = draft.content
    for block in addition.blocks:
        document = editing.with_brought(document, block)
    named = {name: files[name] for name in drafts.used_media({"blocks": list(addition.blocks)}, files)}
    _put(draft, document, {**draft.media, **_recorded(named, now)}, by, now)
    return draft


def _recorded(files: Mapping[str, Stored], now: datetime) -> dict[str, str]:
    return {name: record_file(stored, now=now) for name, stored in files.items()}


def publish(
    draft: Draft,
    *,
    version: int | None = None,
    note: str = "",
    impact: Impact = Impact.CORRECTION,
    by: int | None,
    now: datetime,
) -> Edition:
    """Freeze a draft as its module's next edition, and ask for its voices; `version` is what was looked at, if any.

    Raises what `ready` raises.
    """
    content = ready(draft, version, impact)
    edition = add_edition(draft.module, content, draft.media, note=note, impact=impact, by=by, now=now)
    voices.ask_for(edition.id, by=by, now=now)
    return edition


def ready(draft: Draft, version: int | None, impact: Impact) -> ModuleContent:
    """Return a draft that may be published, now or on a day.

    Raises DraftChanged, DraftIncomplete (with `problems`), EditionPlanned, NothingToAcknowledge,
    NothingChanged when the newest edition says the same, or, where the site wants a colleague's
    approval, what `reviewing.rules.check_publishable` raises.
    """
    if version is not None and version != draft.version:
        raise DraftChanged(code=draft.module.code)
    problems = drafts.faults(draft.content, draft.media)
    if problems:
        raise DraftIncomplete(draft.module.code, problems)
    planned = queries.planned_edition(draft.module_id)
    if planned is not None:
        raise EditionPlanned(code=draft.module.code, day=planned.publish_on)
    content = ModuleContent.model_validate(draft.content)
    check_edition(draft.module, content, draft.media, impact)
    check_publishable(reviewing.standing(draft), draft.module.code, needed=setting("PUBLISH_NEEDS_APPROVAL"))
    return content


def _put(draft: Draft, document: Document, media: Mapping[str, str], by: int | None, now: datetime) -> None:
    put(draft, drafts.normal(document), media, by=by, now=now)
