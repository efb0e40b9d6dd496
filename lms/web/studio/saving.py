"""Saving what an editor wrote, against the text it was written on: by a form, or by a script at every pause."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from lms.authoring import actions, drafts, editing, queries
from lms.authoring.actions import GONE, BlockGone, PartChanged, Writing
from lms.authoring.media.files import known
from lms.authoring.models import Draft
from lms.catalogue.blocks import kind_of
from lms.catalogue.media import CheckedFile
from lms.kernel.clock import now
from lms.kernel.database import release
from lms.kernel.languages import in_language
from lms.kernel.refusals import FileRefused, NotFound, Problem
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded, worded_all
from lms.web.shared.uploads import accepts_files
from lms.web.studio.blocks import Reader, block_form, to_form
from lms.web.studio.fields import faulty
from lms.web.studio.forms import head_form, head_from_form, head_to_form
from lms.web.studio.labels import KINDS, place_words

Document = dict[str, Any]
NOT_OF_THE_BLOCK = ("csrf_token", "token")


def filled(kind: str, languages: list[str], block: Document) -> FlaskForm:
    """Return the form of a block, as it was sent, else as the block is."""
    form: FlaskForm = block_form(kind, languages)(data={**to_form(block), "token": drafts.token(block)})
    return form


def head_filled(document: Document) -> FlaskForm:
    """Return the form of what is said of a module itself, as it was sent, else as it is."""
    data = {**head_to_form(document), "token": drafts.token(drafts.head_of(document))}
    form: FlaskForm = head_form(document["languages"])(data=data)
    return form


def read(form: FlaskForm, kind: str, key: str, taken: Mapping[str, str]) -> tuple[Document, Mapping[str, CheckedFile]]:
    """Return the block that a form gave, and the files that came with it; raises FileRefused."""
    reader = Reader(taken)
    given = {name: value for name, value in form.data.items() if name not in NOT_OF_THE_BLOCK}
    return reader.block(kind, key, given), reader.files


def save(form: FlaskForm, act: Callable[[Writing], Draft]) -> bool:
    """Save a form, or say that someone else saved meanwhile.

    Then the form keeps what was written and takes the present token, so that its reader sees
    both and decides: saving again overwrites, and what it overwrites stays in the history.
    """
    try:
        act(Writing(form.token.data or "-"))
    except PartChanged as changed:
        release()
        form.token.data = changed.facts["token"]
        form.token.errors = [_("Someone saved meanwhile. Compare, then save again to replace it with yours.")]
        return False
    flash(_("Saved."), "success")
    return True


@accepts_files
@requires(Permission.WRITE_MODULES)
def save_block(code: str, key: str) -> ResponseReturnValue:
    """Save a block as a script sends its form; say what is still to be completed, and the token for the next save.

    An older text than the present one is refused (409), faulty fields are named (422); then nothing is changed.
    """
    draft = queries.draft(code)
    form, kind = block_sent(draft, key)
    if not form.validate():
        return jsonify(faults=_faults_of(form)), 422
    try:
        written, files = read(form, kind, key, known(draft.module_id))
    except FileRefused as refused:
        return jsonify(files=[found["message"] for found in worded_all(refused.problems)]), 422
    draft = actions.save_block(code, key, written, _made_on(form), files=files, by=somebody().id, now=now())
    place = editing.place_of(draft.content, key)
    block = draft.content["blocks"][place]
    return _saved(draft, block, drafts.block_faults(block, place, draft.content["languages"], draft.media))


@requires(Permission.WRITE_MODULES)
def save_head(code: str) -> ResponseReturnValue:
    """Save what is said of a module itself, as a script sends its form; answers like `save_block`."""
    form = head_filled(queries.draft(code).content)
    if not form.validate():
        return jsonify(faults=_faults_of(form)), 422
    draft = actions.save_head(code, head_from_form(form.data), _made_on(form), by=somebody().id, now=now())
    head = drafts.head_of(draft.content)
    problems = [one for one in drafts.faults(draft.content, draft.media) if drafts.block_of(one) is None]
    return _saved(draft, head, problems)


def block_sent(draft: Draft, key: str) -> tuple[FlaskForm, str]:
    """Return the form of a block as it was sent, and the block's kind; of a deleted one, as the script knew it."""
    try:
        block = editing.block_with(draft.content, key)
        kind = kind_of(block) or "text"
    except NotFound:
        kind, block = request.form.get("kind", ""), {"key": key}
        if kind not in KINDS:
            raise BlockGone(code=draft.module.code) from None
    return filled(kind, draft.content["languages"], block), kind


def _made_on(form: FlaskForm) -> Writing:
    return Writing(form.token.data or GONE, request.form.get("tab", ""))


def _saved(draft: Draft, part: Document, problems: list[Problem]) -> ResponseReturnValue:
    return jsonify(
        token=drafts.token(part),
        version=draft.version,
        saved=format_time(now(), "short"),
        title=in_language(part.get("title") or part.get("prompt") or {"": _("Without words yet")}),
        problems=[{"place": place_words(one.path), "message": worded(one)} for one in problems],
    )


def _faults_of(form: FlaskForm) -> dict[str, list[str]]:
    """Return what is wrong in each field of a form, by the name that the field has in the page."""
    return {field.name: [str(one) for one in field.errors] for field, _labels in faulty(form)}
