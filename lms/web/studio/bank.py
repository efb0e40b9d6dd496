"""The question bank: found, put in, taken into modules, brought up to date, exported."""

from typing import Any

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Form, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.authoring import queries as authoring
from lms.authoring.bank import actions, exporting, queries
from lms.authoring.bank.models import LONGEST_THEME
from lms.authoring.bank.queries import Wanted
from lms.authoring.bank.rules import NotAQuestion, NothingNew, ThemeWanted
from lms.authoring.exports import every
from lms.authoring.queries import Comparison
from lms.catalogue import comparing
from lms.catalogue.blocks import QUESTIONS
from lms.kernel.clock import now
from lms.kernel.languages import current_language, in_language
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded as problem_worded
from lms.web.shared.refusals import worded
from lms.web.studio import difficulty
from lms.web.studio.comparing import rows
from lms.web.studio.exporting import FORMATS
from lms.web.studio.forms import chosen_from
from lms.web.studio.labels import KINDS, LANGUAGES

EDITORS = (Permission.WRITE_MODULES,)
PER_PAGE = 50
NOT_DONE = (NotAQuestion, NothingNew, ThemeWanted)
USES = {"yes": _l("in a module"), "no": _l("in none")}
BANDS = {
    "hard": _l("hard: under 60 % right"),
    "middle": _l("neither hard nor easy"),
    "easy": _l("easy: over 90 % right"),
    "unknown": _l("not known yet"),
}


class BankFilter(Form):
    """Which questions are listed."""

    words = StringField(_l("What it says"))
    theme = SelectField(_l("Theme"))
    kind = SelectField(_l("Kind"))
    used = SelectField(_l("Used"))
    found = SelectField(_l("Difficulty found"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        every_one = SelectChoice("", _("all"))
        self.theme.choices = [every_one, *(SelectChoice(theme, theme) for theme in queries.themes())]
        self.kind.choices = [every_one, *(SelectChoice(kind, KINDS[kind]) for kind in QUESTIONS)]
        self.used.choices = [every_one, *(SelectChoice(name, words) for name, words in USES.items())]
        self.found.choices = [every_one, *(SelectChoice(name, words) for name, words in BANDS.items())]


class ThemeForm(FlaskForm):
    """Under which theme a question is kept."""

    key = HiddenField()
    theme = StringField(
        _l("Theme"), [InputRequired(_l("Give it a theme.")), Length(max=LONGEST_THEME)], render_kw={"list": "themes"}
    )


class TakeQuestionForm(FlaskForm):
    """Into which module a question is taken."""

    code = SelectField(_l("Into the module"), [InputRequired()])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.code.choices = [
            SelectChoice(one.code, f"{in_language(one.title)} ({one.code})") for one in authoring.titles()
        ]


class KeyForm(FlaskForm):
    """A question of a draft."""

    key = HiddenField()


class BankExportForm(Form):
    """In which format and language questions leave."""

    format = SelectField(_l("Format"), choices=[SelectChoice(name, FORMATS[name]) for name in exporting.FORMATS])
    language = SelectField(_l("Language"), choices=lambda: chosen_from(LANGUAGES))


@requires(*EDITORS)
def bank() -> str:
    """List the questions of the bank."""
    form, page = BankFilter(request.args), max(request.args.get("page", 1, type=int), 1)
    found = difficulty.of_newest(queries.used_in())
    wanted = _wanted(form, found)
    return render_template(
        "studio/bank.html",
        form=form,
        questions=queries.found(wanted, PER_PAGE, (page - 1) * PER_PAGE),
        total=queries.count(wanted),
        page=page,
        per_page=PER_PAGE,
        found=found,
    )


def _wanted(form: BankFilter, found: dict[int, difficulty.Difficulty]) -> Wanted:
    return Wanted(
        words=form.words.data or "",
        theme=form.theme.data or "",
        kind=form.kind.data or "",
        used={"yes": True, "no": False}.get(form.used.data or ""),
        only=None if form.found.data in (None, "", "unknown") else _in_band(found, form.found.data),
        but=found.keys() if form.found.data == "unknown" else (),
    )


def _in_band(found: dict[int, difficulty.Difficulty], band: str) -> list[int]:
    least, most = {"hard": (-1.0, difficulty.HARD), "easy": (difficulty.EASY, 101.0)}.get(
        band, (difficulty.HARD - 1e-9, difficulty.EASY + 1e-9)
    )
    return [number for number, told in found.items() if least < told.facility < most]


@requires(*EDITORS)
def bank_question(question_id: int) -> str | tuple[str, int]:
    """Show a question of the bank: what it says, its versions, which modules use it."""
    return _question(question_id, ThemeForm(formdata=None, data={"theme": queries.question(question_id).theme}))


def _question(question_id: int, form: ThemeForm) -> str | tuple[str, int]:
    kept, versions = queries.question(question_id), queries.versions(question_id)
    uses = queries.used_in([question_id])
    changed = [(after, _rows(before, after)) for after, before in zip(versions, [*versions[1:], None], strict=True)]
    shown = render_template(
        "studio/bank_question.html",
        kept=kept,
        newest=versions[0],
        versions=changed,
        uses=[(use, difficulty.in_use(use)) for use in uses],
        form=form,
        take_form=TakeQuestionForm(formdata=None),
        themes=queries.themes(),
    )
    return (shown, 422) if form.errors else shown


def _rows(before: queries.Version | None, after: queries.Version) -> list[Any]:
    """Return what a version changes of the one before, nothing for the first."""
    if before is None:
        return []
    old, new = ({"languages": one.languages, "blocks": [one.block]} for one in (before, after))
    changes = comparing.changes(old, before.media, new, after.media)
    both = Comparison("", {}, before.number, after.number, before.media, after.media, changes)
    return [row for change in changes if change.key is not None for row in rows(change, both)]


@requires(*EDITORS)
def describe_question(question_id: int) -> Response | str | tuple[str, int]:
    """Give a question another theme."""
    form = ThemeForm()
    if not form.validate_on_submit():
        return _question(question_id, form)
    actions.describe(question_id, form.theme.data or "")
    flash(_("Saved."), "success")
    return redirect(url_for("studio.bank_question", question_id=question_id))


@requires(*EDITORS)
def retire_question(question_id: int) -> Response:
    """Offer a question no more, or again."""
    actions.retire(question_id, now=now())
    flash(_("Saved."), "success")
    return redirect(url_for("studio.bank_question", question_id=question_id))


@requires(*EDITORS)
def take_question(question_id: int) -> Response:
    """Take a question to the end of a module's draft."""
    form = TakeQuestionForm()
    if not form.validate_on_submit():
        raise NotFound()
    try:
        key = actions.take(question_id, form.code.data, by=somebody().id, now=now())
    except NOT_DONE as refusal:
        flash(worded(refusal), "warning")
        return redirect(url_for("studio.bank_question", question_id=question_id))
    flash(_("The question stands at the end of the draft."), "success")
    return redirect(url_for("studio.edit_block", code=form.code.data, key=key))


@requires(*EDITORS)
def module_bank(code: str) -> str | tuple[str, int]:
    """Show what the questions of a draft are to the bank."""
    return _module_bank(code, ThemeForm(formdata=None))


def _module_bank(code: str, form: ThemeForm) -> str | tuple[str, int]:
    work = authoring.work(code)
    uses = queries.uses_in(work)
    both = Comparison(code, work.title, None, None, work.media, work.media, [])
    shown = render_template(
        "studio/module_bank.html",
        work=work,
        uses=[(use, [row for change in use.changes for row in rows(change, both)]) for use in uses],
        form=form,
        themes=queries.themes(),
        theme=in_language(work.title)[:LONGEST_THEME],
    )
    return (shown, 422) if form.errors else shown


@requires(*EDITORS)
def put_in_bank(code: str) -> Response | str | tuple[str, int]:
    """Put a question of a draft into the bank, or as the next version of the one it came from."""
    form = ThemeForm()
    if not form.validate_on_submit():
        return _module_bank(code, form)
    try:
        kept = actions.put(code, form.key.data or "", form.theme.data or "", by=somebody().id, now=now())
        flash(_("The bank has it, as version %(number)s.", number=kept.newest), "success")
    except NOT_DONE as refusal:
        flash(worded(refusal), "warning")
    return redirect(url_for("studio.module_bank", code=code))


@requires(*EDITORS)
def renew_from_bank(code: str) -> Response:
    """Bring the newest version of a question into the draft."""
    form = KeyForm()
    if not form.validate_on_submit():
        raise NotFound()
    try:
        actions.renew(code, form.key.data or "", by=somebody().id, now=now())
        flash(_("The draft says what the newest version says. Publish it for the kiosks."), "success")
    except NOT_DONE as refusal:
        flash(worded(refusal), "warning")
    return redirect(url_for("studio.module_bank", code=code))


@requires(*EDITORS)
def bank_export() -> str:
    """Show what a format holds of the questions that a filter leaves."""
    form, written = _written()
    kept = {str(one.id): one for one in _all()}
    return render_template(
        "studio/bank_export.html",
        form=form,
        total=len(kept),
        left=[
            (in_language(kept[one.path].newest.block.get("prompt") or {}), problem_worded(one)) for one in written.left
        ],
    )


@requires(*EDITORS)
def bank_export_file() -> Download:
    """Give the questions that a filter leaves in a format."""
    form, written = _written()
    how = every.FORMATS[form.format.data]
    name = f"{_('questions')}-{form.language.data}.{how.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Download(written.data, content_type=how.media_type, headers=headers)


def _written() -> tuple[BankExportForm, Any]:
    form = BankExportForm(request.args)
    if form.format.data not in exporting.FORMATS:
        form.format.data = exporting.FORMATS[0]
    if form.language.data not in LANGUAGES:
        form.language.data = current_language()
    return form, exporting.write(_all(), _("Question bank"), form.format.data, form.language.data)


def _all() -> list[queries.Kept]:
    form = BankFilter(request.args)
    return queries.found(_wanted(form, difficulty.of_newest(queries.used_in()) if form.found.data else {}))
