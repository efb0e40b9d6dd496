"""The editor page of a module: its outline, the form of the part that was chosen, and the kiosk beside it.

A part is a block by its key, or what is said of the module itself (`HEAD`). A reader gets the
page; a script, which has the page already, its pieces in JSON.
"""

from typing import Any

from flask import jsonify, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf

from lms.authoring import drafts, history, queries
from lms.authoring.actions import HEAD
from lms.authoring.queries import Work
from lms.authoring.translating import queries as translations
from lms.catalogue.blocks import kind_of
from lms.kernel.clock import now
from lms.kernel.languages import direction, own_name
from lms.web.shared.compression import pack
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import wants_json
from lms.web.studio.saving import filled, head_filled


def shown(
    work: Work, part: str, form: FlaskForm | None = None, faults: list[dict[str, object]] | None = None
) -> ResponseReturnValue:
    """Answer with the editor page on a part of a module; `form` is the one that was refused, with `faults` of files."""
    refused = form is not None
    values = _values(work, part, form or _form(work, part), faults or [])
    if wants_json():
        return jsonify(_pieces(work, part, values))
    page = make_response(render_template("studio/desk.html", **values), 422 if refused else 200)
    # What was refused repeats what was sent; the page itself repeats nothing that a request brought.
    return page if refused else pack(page)


def _form(work: Work, part: str) -> FlaskForm:
    if part == HEAD:
        return head_filled(work.document)
    block = work.document["blocks"][work.place_of(part)]
    return filled(kind_of(block) or "text", work.document["languages"], block)


def _values(work: Work, part: str, form: FlaskForm, faults: list[dict[str, object]]) -> dict[str, Any]:
    place = None if part == HEAD else work.place_of(part)
    block = None if place is None else work.document["blocks"][place]
    return {
        "work": work,
        "part": part,
        "place": place,
        "block": block,
        "kind": "" if block is None else kind_of(block) or "text",
        "form": form,
        "file_faults": faults,
        "problems": work.head_problems if place is None else work.problems_of(place),
        "reach": history.reach(work.module_id, somebody().id, now()),
        "tokens": [drafts.token(one) for one in work.document["blocks"]],
        "modules": [one for one in queries.titles() if one.code != work.code],
        "speeches": [(one, own_name(one), direction(one)) for one in work.document["languages"]],
        "to_translate": translations.to_translate(work.module_id, work.document),
        "me": somebody().id,
        "saved": format_time(work.updated_at, "short"),
    }


def _pieces(work: Work, part: str, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "part": part,
        "version": work.version,
        "person": somebody().id,
        "saved": values["saved"],
        "csrf": generate_csrf(),
        **{name: render_template(f"studio/desk_{name}.html", **values) for name in ("outline", "form", "acts")},
    }
