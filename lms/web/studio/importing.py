"""Files from elsewhere: sent, shown with what would be made of them, then taken. Nothing is written before."""

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from lms.authoring import bringing, previews, queries
from lms.authoring.bringing import Part, Target
from lms.authoring.imports import leaving, sheet
from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.reading import Found, Left, Reading
from lms.kernel import waiting
from lms.kernel.clock import now
from lms.kernel.jobs.models import Job
from lms.kernel.languages import current_language, in_language
from lms.kernel.refusals import NotFound, Problem
from lms.people.permissions import Permission
from lms.web.shared import jobs
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.problems import worded, worded_all
from lms.web.shared.uploads import accepts_files
from lms.web.studio.forms import ImportForm, TakeForm

EDITORS = (Permission.WRITE_MODULES,)
PER_PAGE = 50
SHEETS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NEW = "-"
"""What stands for a new module: no module has such a code."""


@accepts_files
@requires(*EDITORS)
def import_file() -> str | Response | tuple[str, int]:
    """Take a file and lead on to what would be made of it."""
    form = ImportForm()
    if not form.validate_on_submit():
        return render_template("studio/import.html", form=form), 422 if form.errors else 200
    upload, language = form.file.data, form.language.data
    file, name = waiting.keep_from(upload.stream), upload.filename or ""
    if previews.is_long(file, name):
        asked = previews.ask_to_read(file, name, language, by=somebody().id)
        return redirect(url_for("shared.job", job_id=asked.id))
    return redirect(url_for("studio.preview_import", preview=previews.make(file, name, language)))


@requires(*EDITORS)
def question_sheet(ending: str) -> Download:
    """Give the template of a sheet of questions."""
    if ending not in SHEETS:
        raise NotFound()
    name = _("questions")
    return Download(
        sheet.template(current_language(), ending),
        content_type=SHEETS[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )


@requires(*EDITORS)
def preview_import(preview: str) -> str | tuple[str, int]:
    """Show what was understood of a file, what was not, and what would be made; change nothing."""
    reading = previews.find(preview)
    if reading.faults:
        return render_template("studio/refused.html", reading=reading, faults=worded_all(reading.faults)), 422
    left = leaving.numbers(request.args.get("without", ""), len(reading.found))
    return _preview(preview, reading, TakeForm(formdata=None), left)


@requires(*EDITORS)
def choose_import(preview: str) -> Response:
    """Lead to what would be made of what is ticked, in the module that is chosen."""
    reading, form = previews.find(preview), TakeForm()
    return redirect(_address(preview, form, _left(reading, form)))


@requires(*EDITORS)
def take_import(preview: str) -> Response | str | tuple[str, int]:
    """Take what is ticked of what was shown into drafts, if the same would still be made of what was shown."""
    reading, form = previews.find(preview), TakeForm()
    before, left = leaving.numbers(form.without.data or "", len(reading.found)), _left(reading, form)
    if form.seen.data != bringing.fingerprint(_planned(reading, form.into.data, before)[1]):
        flash(_("Meanwhile something else would be made of this file. Look again."), "warning")
        return redirect(_address(preview, form, left))
    target, parts = _planned(reading, form.into.data, left)
    if not parts:
        flash(_("Nothing would be brought in. Tick what is to be taken."), "warning")
        return redirect(_address(preview, form, left))
    if any(part.loses for part in parts) and not form.replace.data:
        form.replace.errors = [_("This draft has changes not yet published. Tick the box to replace it.")]
        return _preview(preview, reading, form, left)
    chosen = reading.without(left)
    if previews.takes_long(chosen):
        asked = previews.ask_to_take(preview, target.code or "", left, by=somebody().id)
        return redirect(url_for("shared.job", job_id=asked.id))
    bringing.take(chosen, target, bringing.store(chosen), by=somebody().id, now=now())
    flash(_("%(file)s was brought in.", file=reading.file), "success")
    return redirect(_leads_to([part.code for part in parts if part.code != bringing.BANK]))


def _left(reading: Reading, form: TakeForm) -> frozenset[int]:
    """Return what is left out as the form was sent: what it says of everything, or of the page it stands on."""
    every = frozenset(range(len(reading.found)))
    if "every" in request.form:
        return frozenset() if request.form["every"] == "take" else every
    before, shown = (leaving.numbers(one.data or "", len(every)) for one in (form.without, form.shown))
    return leaving.after(before, shown, (int(number) for number in form.take.data or () if number.isdecimal()))


def _address(preview: str, form: TakeForm, left: frozenset[int]) -> str:
    """Return the address of a preview of what is not left out, on the page where the form stood."""
    into = form.into.data if form.into.data != NEW else None
    without, page = leaving.text_of(left) or None, request.args.get("page")
    return url_for("studio.preview_import", preview=preview, into=into, without=without, page=page)


def _preview(preview: str, reading: Reading, form: TakeForm, left: frozenset[int]) -> str | tuple[str, int]:
    into = form.into.data or request.args.get("into", NEW)
    _target, parts = _planned(reading, into, left)
    page = max(request.args.get("page", 1, type=int), 1)
    numbered = list(enumerate(reading.found))[(page - 1) * PER_PAGE : page * PER_PAGE]
    form.seen.data = bringing.fingerprint(parts)
    form.without.data = leaving.text_of(left)
    form.shown.data = leaving.text_of(number for number, _one in numbered)
    form.into.choices = [
        SelectChoice(NEW, _("A new module named after the file")),
        SelectChoice(bringing.BANK, _("The question bank, under the name of the file")),
        *(SelectChoice(work.code, f"{in_language(work.title)} ({work.code})") for work in queries.titles()),
    ]
    form.into.data = into
    shown = render_template(
        "studio/preview_import.html",
        preview=preview,
        reading=reading,
        parts=parts,
        form=form,
        page=page,
        per_page=PER_PAGE,
        found=numbered,
        left=left,
        notes=worded_all(reading.notes),
        place_of=place_of,
        why=why,
        whole=reading.head is not None,
        bank=bringing.BANK,
    )
    return (shown, 422) if form.errors else shown


def _planned(reading: Reading, into: str | None, left: frozenset[int]) -> tuple[Target, list[Part]]:
    """Return where what is not left out goes, and what is made there."""
    code = bringing.free_code(reading.title) if into in (None, "", NEW) else into
    target, chosen = Target(code, reading.language), reading.without(left)
    return target, bringing.plan(chosen, target) if chosen.found else []


def place_of(reading: Reading, one: Found | Left) -> str:
    """Return where something stands in its file, in words."""
    if one.line is None:
        return one.where or _("The file")
    if reading.kind in _NUMBERED:
        return str(_NUMBERED[reading.kind]) % {"number": one.line}
    line = _("Line %(number)s", number=one.line)
    return f"{one.where}, {line}" if one.where else line


def why(code: str, facts: dict[str, object]) -> str:
    """Return why something is left out, or what of it is lost."""
    return worded(Problem(code, facts=facts))


_NUMBERED = {Kind.MODULE: _l("Block %(number)s"), Kind.PPTX: _l("Slide %(number)s"), Kind.DOCX: _l("Part %(number)s")}


def _leads_to(codes: list[str]) -> str:
    """Return where the drafts are that were made; without any the questions went into the bank."""
    if not codes:
        return url_for("studio.bank")
    return url_for("studio.module", code=codes[0]) if len(codes) == 1 else url_for("studio.modules")


def add_places() -> None:
    """Say what readers of long imports are told, and where they are led."""
    jobs.add(
        previews.READING.name,
        jobs.Place(_l("The file is being read"), Permission.WRITE_MODULES, _to_preview, _to_import),
    )
    jobs.add(
        previews.TAKING.name,
        jobs.Place(_l("The drafts are being made"), Permission.WRITE_MODULES, _to_modules, _to_import),
    )


def _to_preview(job: Job) -> str:
    return url_for("studio.preview_import", preview=(job.result or {})["preview"])


def _to_modules(job: Job) -> str:
    return _leads_to((job.result or {})["codes"])


def _to_import(job: Job) -> str:
    return url_for("studio.import_file")
