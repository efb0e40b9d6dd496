"""The pages about modules as a whole."""

import json
from functools import partial
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.authoring import actions, drafts, editing, queries
from lms.authoring.actions import EditionPlanned, ModuleCodeTaken
from lms.authoring.beginnings.actions import BeginningUnknown, begin
from lms.authoring.beginnings.documents import Beginning
from lms.authoring.bringing import free_code
from lms.authoring.drafts import DraftIncomplete
from lms.authoring.listing import listed
from lms.authoring.planning import plan_edition
from lms.authoring.queries import Work
from lms.authoring.reviewing.rules import NOT_APPROVED
from lms.authoring.translating import queries as translations
from lms.catalogue.actions import NothingChanged, NothingToAcknowledge
from lms.catalogue.grading import AnswerMalformed
from lms.delivery import queries as delivery
from lms.kernel.clock import now
from lms.kernel.languages import direction, own_name
from lms.kernel.refusals import Refusal
from lms.kernel.settings import setting
from lms.people.permissions import Permission
from lms.progress.queries import trained_in
from lms.web.shared.feedback import graded
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.media import sound_addresses
from lms.web.shared.refusals import worded
from lms.web.shared.security import framed_by_ourselves
from lms.web.studio.forms import (
    NewModuleForm,
    PublishForm,
    ReviewForm,
    WorkForm,
    languages_form,
)
from lms.web.studio.work import declared, keep_work, work_on

EDITORS = (Permission.WRITE_MODULES,)


@requires(*EDITORS)
def modules() -> str:
    """Show every module and how its draft stands."""
    return render_template("studio/modules.html", works=listed())


@requires(*EDITORS)
def new_module() -> str | BaseResponse | tuple[str, int]:
    """Begin a module."""
    form = NewModuleForm(data={"languages": [get_locale().language]})
    if not form.validate_on_submit():
        return _page("studio/new_module.html", form)
    code = form.code.data or free_code(form.title.data)
    try:
        _begin(code, form)
    except ModuleCodeTaken as refusal:
        form.code.errors = [worded(refusal)]
        return _page("studio/new_module.html", form)
    except BeginningUnknown as refusal:
        form.languages.errors = [worded(refusal)]
        return _page("studio/new_module.html", form)
    return redirect(url_for("studio.module", code=code))


def _begin(code: str, form: NewModuleForm) -> None:
    spoken, title, about = form.languages.data, form.title.data, form.beginning.data
    if about:
        begin(code, Beginning(about), languages=spoken, title=title, by=somebody().id, now=now())
    else:
        actions.create_module(code, languages=spoken, title={spoken[0]: title}, by=somebody().id, now=now())


@requires(*EDITORS)
def about(code: str) -> str:
    """Show how a module stands: its draft, what was reported of it, the work on it."""
    work, done = queries.work(code), work_on(code)
    return render_template(
        "studio/about.html",
        work=work,
        done=done,
        work_form=WorkForm(formdata=None, data=declared(work.module_id, done)),
        review_form=ReviewForm(formdata=None),
        defects=delivery.defects_of(work.module_id),
    )


@requires(*EDITORS)
def edit_languages(code: str) -> str | BaseResponse | tuple[str, int]:
    """Change the languages of a module."""
    work = queries.work(code)
    spoken = work.document["languages"]
    form = languages_form(spoken)(data={"languages": spoken})
    if not form.validate_on_submit():
        return _page("studio/languages.html", form, work=work)
    change = partial(editing.with_languages, languages=form.languages.data)
    actions.save_draft(code, change, version=None, by=somebody().id, now=now())
    return redirect(url_for("studio.edit_head", code=code))


@framed_by_ourselves
@requires(*EDITORS)
def preview(code: str) -> str:
    """Show one block of the draft as a kiosk shows it."""
    work = queries.work(code)
    keys = [block["key"] for block in work.document["blocks"]]
    at = request.args.get("at", "")
    place = keys.index(at) if at in keys else 0
    wanted = request.args.get("language", "")
    languages = work.document["languages"]
    reading = wanted if wanted in languages else languages[0]
    block = work.shown(place, reading)
    return render_template(
        "studio/preview.html",
        work=work,
        place=place,
        keys=keys,
        framed=request.args.get("framed"),
        block=block,
        asks=block is not None and "prompt" in block,
        sounds=sound_addresses({"blocks": [block]}, reading) if block else {},
        reading=reading,
        reading_direction=direction(reading),
        languages={language: own_name(language) for language in languages},
        decimal_sign=get_locale().number_symbols["latn"]["decimal"],
    )


@requires(*EDITORS)
def mark_answer(code: str, key: str) -> ResponseReturnValue:
    """Tell what an answer in the preview comes to, as a kiosk tells it; nothing is kept."""
    work, language = queries.work(code), request.args.get("language", "")
    try:
        response = json.loads(request.args.get("response", ""))
        grade = drafts.marked(work.document, work.place_of(key), response, language)
    except (ValueError, AnswerMalformed):
        grade = None
    return jsonify(graded(grade, language)) if grade else ("", 404)


@requires(Permission.PUBLISH_MODULES)
def publish(code: str) -> str | BaseResponse | tuple[str, int]:
    """Show what publishing changes, then freeze the draft as the next edition."""
    work = queries.work(code)
    form = PublishForm(data={**declared(work.module_id, work_on(code)), "version": work.version})
    form.offer_impacts(work.changes)
    if not form.validate_on_submit():
        return _page(
            "studio/publish.html",
            form,
            work=work,
            planned=queries.planned_edition(work.module_id),
            tallies=translations.tallies(work.module_id, work.document),
            trained=trained_in(work.module_id, now()),
            least=setting("SMALLEST_GROUP"),
        )
    try:
        said = _publish_or_plan(code, form)
    except NOT_PUBLISHED as refusal:
        flash(worded(refusal), "warning")
        return redirect(url_for("studio.publish", code=code))
    keep_work(code, form)
    flash(said, "success")
    return redirect(url_for("studio.module", code=code))


NOT_PUBLISHED: tuple[type[Refusal], ...] = (
    actions.DraftChanged,
    DraftIncomplete,
    EditionPlanned,
    NothingChanged,
    NothingToAcknowledge,
    *NOT_APPROVED,
)


def _publish_or_plan(code: str, form: PublishForm) -> str:
    """Publish a draft now or on the day that the form gives; return what is said of it."""
    draft, note, day = queries.draft(code), form.note.data or "", form.publish_on.data
    if day:
        plan_edition(draft, day, version=_version(form), note=note, impact=form.meant, by=somebody().id, now=now())
        return _("The edition is planned for %(day)s. The draft may change until then.", day=format_date(day, "long"))
    edition = actions.publish(draft, version=_version(form), note=note, impact=form.meant, by=somebody().id, now=now())
    return _("Edition %(number)s is published. Kiosks show it from now on.", number=edition.number)


def _page(template: str, form: Any, **values: Any) -> tuple[str, int]:
    return render_template(template, form=form, **values), 422 if form.errors else 200


def _version(form: Any) -> int:
    return int(form.version.data) if str(form.version.data).isdigit() else 0


def state_words(work: Work) -> str:
    """Return how many things of a draft are to be completed, in words."""
    return to_complete(len(work.problems))


def to_complete(count: int) -> str:
    """Return how many things are to be completed, in words."""
    return ngettext("%(num)s thing to complete", "%(num)s things to complete", count)
