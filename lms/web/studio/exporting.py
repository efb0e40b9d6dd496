"""A module as a file: chosen, with what its format cannot hold, then given."""

from flask import Response, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from lms.authoring import queries
from lms.authoring.exports import every
from lms.authoring.exports.written import Written
from lms.authoring.queries import Work
from lms.kernel import storage
from lms.kernel.refusals import NotFound, Problem
from lms.people.permissions import Permission
from lms.reports import module_sheet
from lms.web.shared.guards import requires
from lms.web.shared.problems import worded
from lms.web.studio.forms import ExportForm, chosen_from

EDITORS = (Permission.WRITE_MODULES,)
PRINT = "pdf"
FORMATS: dict[str, LazyString] = {
    "module": _l("Établi: everything, to be brought in again"),
    PRINT: _l("PDF, for the board or the folder"),
    "moodlexml": _l("Moodle XML: text cards and questions with pictures"),
    "qti": _l("QTI 3.0: questions of every kind"),
    "gift": _l("GIFT: questions in words"),
}


@requires(*EDITORS)
def export(code: str) -> str:
    """Show the formats, and what the chosen one cannot hold."""
    work = queries.work(code)
    languages = work.exportable()[0].languages
    form = ExportForm(request.args)
    form.format.choices = [SelectChoice(name, words) for name, words in FORMATS.items()]
    form.language.choices = chosen_from(languages)
    name = form.format.data if form.format.data in FORMATS else "module"
    language = form.language.data if form.language.data in languages else languages[0]
    form.format.data, form.language.data = name, language
    left = _left(work, name, language)
    return render_template(
        "studio/export.html",
        work=work,
        form=form,
        name=name,
        language=language,
        left=[(_title(work, problem.path), worded(problem)) for problem in left],
    )


@requires(*EDITORS)
def export_file(code: str, name: str) -> Response:
    """Give a module in a format: its newest edition, else its draft."""
    work = queries.work(code)
    content, _media = work.exportable()
    language = request.args.get("language", content.languages[0])
    if name not in FORMATS or language not in content.languages:
        raise NotFound()
    if name == PRINT:
        data, ending, media_type = _printed(work, language), PRINT, "application/pdf"
    else:
        form = every.FORMATS[name]
        data, ending, media_type = _written(work, name, language).data, form.ending, form.media_type
    told = code if name == "module" else f"{code}-{language}"
    headers = {"Content-Disposition": f'attachment; filename="{told}.{ending}"'}
    return Response(data, content_type=media_type, headers=headers)


def _written(work: Work, name: str, language: str) -> Written:
    content, media = work.exportable()
    return every.write(content, media, name, language)


def _printed(work: Work, language: str) -> bytes:
    content, media = work.exportable()
    number = work.edition.number if work.edition else None
    return module_sheet.pdf(content, number, language, lambda name: storage.read(media[name]))


def _left(work: Work, name: str, language: str) -> tuple[Problem, ...]:
    return (Problem("export.print"),) if name == PRINT else _written(work, name, language).left


def _title(work: Work, key: str) -> dict[str, str]:
    """Return what a block is called, by language; nothing for the module as a whole."""
    found = work.exportable()[0].block(key) if key else None
    return getattr(found, "title", None) or getattr(found, "prompt", None) or {}
