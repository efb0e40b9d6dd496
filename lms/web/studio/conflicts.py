"""Two texts of the same part side by side, when a script's save was refused: both are kept, one is shown on."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from lms.authoring import actions, drafts, history, queries
from lms.authoring.actions import GONE, HEAD
from lms.authoring.drafts import Document
from lms.authoring.media.files import known
from lms.authoring.models import Draft
from lms.authoring.queries import Comparison
from lms.catalogue.comparing import changes
from lms.kernel.clock import now
from lms.kernel.refusals import FileRefused
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.uploads import accepts_files
from lms.web.studio.comparing import rows
from lms.web.studio.editions import names_of
from lms.web.studio.forms import head_from_form
from lms.web.studio.saving import block_sent, head_filled, read


@accepts_files
@requires(Permission.WRITE_MODULES)
def compare_block(code: str, key: str) -> ResponseReturnValue:
    """Show the text of a block that a script could not save beside the one that there is."""
    draft = queries.draft(code)
    form, mine = _block(draft, key)
    there = next((block for block in draft.content["blocks"] if block["key"] == key), None)
    return _beside(draft, key, there, {**mine, "key": key})


@requires(Permission.WRITE_MODULES)
def compare_head(code: str) -> ResponseReturnValue:
    """Show what a script could not save of the module itself beside what there is."""
    draft = queries.draft(code)
    there = drafts.head_of(draft.content)
    return _beside(draft, HEAD, there, _head(draft))


@accepts_files
@requires(Permission.WRITE_MODULES)
def set_aside(code: str, key: str) -> ResponseReturnValue:
    """Keep the text of a block that was not chosen, in the history alone."""
    _form, mine = _block(queries.draft(code), key)
    actions.set_aside(code, key, mine, by=somebody().id, now=now())
    return "", 204


@requires(Permission.WRITE_MODULES)
def set_head_aside(code: str) -> ResponseReturnValue:
    """Keep what was written of the module itself and not chosen, in the history alone."""
    actions.set_head_aside(code, _head(queries.draft(code)), by=somebody().id, now=now())
    return "", 204


def _block(draft: Draft, key: str) -> tuple[FlaskForm, Document]:
    """Return a block as it was sent; a faulty file leaves only the file out."""
    form, kind = block_sent(draft, key)
    try:
        block, _files = read(form, kind, key, known(draft.module_id))
    except FileRefused:
        block = {"key": key}
    return form, block


def _head(draft: Draft) -> Document:
    form = head_filled(draft.content)
    form.validate()
    there = drafts.head_of(draft.content)
    return {**head_from_form(form.data), **{name: there[name] for name in ("format", "code", "languages")}}


def _beside(draft: Draft, part: str, there: Document | None, mine: Document) -> str:
    last = history.last_of(draft.module_id, part)
    by = last.by_id if last else None
    return render_template(
        "studio/desk_conflict.html",
        rows=_rows(draft, part, there, mine) if there else [],
        gone=there is None,
        token=GONE if there is None else drafts.token(there),
        who=names_of({by}).get(by) if by and by != somebody().id else None,
        own=by == somebody().id,
        at=last.saved_at if last else None,
        is_head=part == HEAD,
        asked=request.path,
    )


def _rows(draft: Draft, part: str, there: Document, mine: Document) -> list[object]:
    languages = draft.content["languages"]
    as_modules = [one if part == HEAD else {"languages": languages, "blocks": [one]} for one in (there, mine)]
    old, new = ({"blocks": [], **one} for one in as_modules)
    media = known(draft.module_id)
    found = Comparison(draft.module.code, {}, None, None, media, media, changes(old, media, new, media))
    return [row for change in found.changes for row in rows(change, found)]
