"""The pages that change the blocks of a module, each told by its key."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from lms.authoring import actions, arranging, editing, history, queries
from lms.authoring.actions import HEAD, BlockGone, PartChanged
from lms.authoring.arranging import TooManyBlocks
from lms.authoring.changes import Delta
from lms.authoring.media.files import known
from lms.catalogue.blocks import kind_of
from lms.kernel.clock import now
from lms.kernel.refusals import FileRefused, NotFound
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded_all
from lms.web.shared.refusals import wants_json
from lms.web.shared.refusals import worded as worded_refusal
from lms.web.shared.uploads import accepts_files
from lms.web.studio import desk
from lms.web.studio.forms import head_from_form
from lms.web.studio.labels import KINDS
from lms.web.studio.saving import filled, head_filled, read, save


@requires(Permission.WRITE_MODULES)
def module(code: str) -> ResponseReturnValue:
    """Show the editor of a module, on its first block if there is one."""
    work = queries.work(code)
    blocks = work.document["blocks"]
    return desk.shown(work, blocks[0]["key"] if blocks else HEAD)


@accepts_files
@requires(Permission.WRITE_MODULES)
def edit_block(code: str, key: str) -> ResponseReturnValue:
    """Show the editor of a module on a block, and save that block."""
    work = queries.work(code)
    if request.method == "GET":
        return desk.shown(work, key)
    block = editing.block_with(work.document, key)
    kind = kind_of(block) or "text"
    form = filled(kind, work.document["languages"], block)
    faults: list[dict[str, object]] = []
    if form.validate():
        try:
            written, files = read(form, kind, key, known(work.module_id))
            if save(form, lambda made_on: actions.save_block(code, key, written, made_on, files=files, **by_now())):
                return redirect(url_for("studio.edit_block", code=code, key=key))
        except FileRefused as refused:
            faults = worded_all(refused.problems)
    return desk.shown(queries.work(code), key, form, faults)


@requires(Permission.WRITE_MODULES)
def edit_head(code: str) -> ResponseReturnValue:
    """Show the editor on what is said of a module itself, and save that."""
    work = queries.work(code)
    if request.method == "GET":
        return desk.shown(work, HEAD)
    form = head_filled(work.document)
    if form.validate():
        head = head_from_form(form.data)
        if save(form, lambda made_on: actions.save_head(code, head, made_on, **by_now())):
            return redirect(url_for("studio.edit_head", code=code))
    return desk.shown(queries.work(code), HEAD, form)


@requires(Permission.WRITE_MODULES)
def add_block(code: str) -> BaseResponse:
    """Put a new block behind another."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise NotFound()
    return _act(code, lambda: arranging.add_block(code, kind, request.form.get("after"), **by_now()))


@requires(Permission.WRITE_MODULES)
def move_block(code: str, key: str) -> BaseResponse:
    """Move a block up or down, or behind another."""
    after = request.form.get("after")
    if after is not None:
        return _act(code, lambda: arranging.move_block_behind(code, key, after, **by_now()), key)
    by_places = -1 if request.form.get("way") == "up" else 1
    return _act(code, lambda: arranging.move_block(code, key, by_places, **by_now()), key)


@requires(Permission.WRITE_MODULES)
def delete_block(code: str, key: str) -> BaseResponse:
    """Take a block out of the draft."""
    work = queries.work(code)
    place = editing.place_of(work.document, key)
    keys = [block["key"] for block in work.document["blocks"] if block["key"] != key]
    beside = keys[min(place, len(keys) - 1)] if keys else ""
    return _act(code, lambda: arranging.delete_block(code, key, request.form.get("token"), **by_now()), beside)


@requires(Permission.WRITE_MODULES)
def duplicate_block(code: str, key: str) -> BaseResponse:
    """Put a copy of a block behind it."""
    return _act(code, lambda: arranging.duplicate_block(code, key, **by_now()))


@requires(Permission.WRITE_MODULES)
def send_block(code: str, key: str) -> BaseResponse:
    """Copy or move a block to another module."""
    sending = arranging.Sending(key, request.form.get("to", ""), request.form.get("way") != "move")
    return _act(code, lambda: arranging.send_block(code, sending, **by_now()), key if sending.is_kept else "")


@requires(Permission.WRITE_MODULES)
def undo(code: str) -> BaseResponse:
    """Take back one's own last change."""
    return _act(code, lambda: _concerned(code, history.undo(code, **by_now())))


@requires(Permission.WRITE_MODULES)
def redo(code: str) -> BaseResponse:
    """Do again what one took back."""
    return _act(code, lambda: _concerned(code, history.redo(code, **by_now())))


def by_now() -> dict[str, Any]:
    """Return who acts, and when, as every action takes it."""
    return {"by": somebody().id, "now": now()}


def _concerned(code: str, delta: Delta) -> str:
    """Return the key of a block that a change concerned, else of the one that the reader has before them."""
    there = {block["key"] for block in queries.draft(code).content["blocks"]}
    found = [key for key in (*delta.blocks, request.form.get("at", "")) if key in there]
    return found[0] if found else HEAD


def _act(code: str, act: Callable[[], Any], key: str | None = None) -> BaseResponse:
    """Do it, and show the block of that key (the module for ""; for None, the one that the act made or names)."""
    try:
        made = act()
    except (BlockGone, PartChanged, TooManyBlocks, history.NothingToUndo, history.ChangedSince) as refusal:
        if wants_json():
            raise
        flash(worded_refusal(refusal), "warning")
        return redirect(url_for("studio.module", code=code))
    shown = made if key is None else key
    if not shown:
        return redirect(url_for("studio.edit_head" if key is None else "studio.module", code=code))
    return redirect(url_for("studio.edit_block", code=code, key=shown))
