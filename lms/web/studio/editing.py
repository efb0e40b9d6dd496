"""The pages that change the blocks of a module."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.authoring import actions, editing, queries
from lms.authoring.actions import DraftChanged
from lms.authoring.media import files
from lms.authoring.queries import Work
from lms.catalogue.blocks import kind_of
from lms.kernel.clock import now
from lms.kernel.refusals import FileRefused, NotFound
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded_all
from lms.web.shared.refusals import worded as worded_refusal
from lms.web.shared.uploads import accepts_files
from lms.web.studio.blocks import Reader, block_form, to_form
from lms.web.studio.forms import ActForm
from lms.web.studio.labels import KINDS
from lms.web.studio.saving import save


@accepts_files
@requires(Permission.WRITE_MODULES)
def new_block(code: str, kind: str) -> str | BaseResponse | tuple[str, int]:
    """Write a new block at the end of the module."""
    if kind not in KINDS:
        raise NotFound()
    work = queries.work(code)
    base = {"single": "choice", "multiple": "choices"}.get(kind, kind.replace("_", "-"))
    return _edit(work, len(work.document["blocks"]), kind, {"key": editing.new_key(work.document, base)})


@accepts_files
@requires(Permission.WRITE_MODULES)
def edit_block(code: str, place: int) -> str | BaseResponse | tuple[str, int]:
    """Change a block."""
    work = queries.work(code)
    block = editing.block_at(work.document, place)
    return _edit(work, place, kind_of(block) or "text", block)


def _edit(work: Work, place: int, kind: str, block: dict[str, Any]) -> str | BaseResponse | tuple[str, int]:
    form = block_form(kind, work.document["languages"])(data={**to_form(block), "version": work.version})
    faults: list[dict[str, object]] = []
    if form.validate_on_submit():
        reader = Reader(files.known(work.module_id))
        try:
            written = reader.block(kind, block["key"], _given(form))
            if save(form, work.code, partial(editing.with_block, place=place, block=written), reader.files):
                return redirect(url_for("studio.module", code=work.code, _anchor=f"block-{place + 1}"))
        except FileRefused as refused:
            faults = worded_all(refused.problems)
    status = 422 if faults or form.errors or form.version.errors else 200
    return render_template("studio/block.html", **_seen(work, place), form=form, kind=kind, faults=faults), status


def _seen(work: Work, place: int) -> dict[str, Any]:
    """What is saved at present, for whoever has to compare."""
    present = queries.work(work.code)
    blocks = present.document["blocks"]
    return {
        "work": present,
        "place": place,
        "saved": blocks[place] if place < len(blocks) else None,
        "problems": worded_all(present.problems_of(place)),
    }


def _given(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if name not in ("csrf_token", "version")}


@requires(Permission.WRITE_MODULES)
def move_block(code: str, place: int) -> BaseResponse:
    """Move a block up or down."""
    by = -1 if request.form.get("way") == "up" else 1
    return _act(code, partial(editing.moved, place=place, by=by), max(place + by, 0))


@requires(Permission.WRITE_MODULES)
def delete_block(code: str, place: int) -> BaseResponse:
    """Take a block out of the draft."""
    return _act(code, partial(editing.without, place=place), max(place - 1, 0))


@requires(Permission.WRITE_MODULES)
def duplicate_block(code: str, place: int) -> BaseResponse:
    """Put a copy of a block after it."""
    return _act(code, partial(editing.duplicated, place=place), place + 1)


def _act(code: str, change: Callable[[dict[str, Any]], dict[str, Any]], then: int) -> BaseResponse:
    form = ActForm()
    version = int(form.version.data) if str(form.version.data).isdigit() else 0
    try:
        actions.save_draft(code, change, version=version, by=somebody().id, now=now())
    except DraftChanged as refusal:
        flash(worded_refusal(refusal), "warning")
    return redirect(url_for("studio.module", code=code, _anchor=f"block-{then + 1}"))
