"""A list that is brought in: its file is asked for, what it would do is shown, then it is applied.

The file itself waits on the server between the steps. The addresses of the three take the
same parts, the last two also `file`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response

from lms.kernel import waiting
from lms.kernel.refusals import Refusal
from lms.kernel.sheets import Compared, ListChanged
from lms.web.shared.refusals import worded

Shown = TypeVar("Shown", bound=Compared[Any])

LONGEST_NAME = 150
MOST_SHOWN = 100


class ListFile(FlaskForm):
    """A list to be brought in."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("CSV in any usual encoding, or an Excel workbook (.xlsx)."),
    )


def ask(
    read: Callable[[bytes], Compared[Any]], shown_at: str, template: str, **facts: object
) -> str | Response | tuple[str, int]:
    """Take a file and lead on to the endpoint `shown_at`; a file that `read` refuses is told why (422)."""
    form = ListFile()
    fault = None
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            read(content)
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            name = (form.file.data.filename or "")[:LONGEST_NAME]
            return redirect(_shown_at(shown_at, waiting.keep(content), name))
    page = render_template(template, form=form, fault=fault, **facts)
    return page if not (fault or form.errors) else (page, 422)


def show(shown: Compared[Any], template: str, **facts: object) -> str:
    """Show what a list would do."""
    return render_template(template, shown=shown, most=MOST_SHOWN, **facts)


def apply(
    file: str, read: Callable[[bytes], Shown], keep: Callable[[Shown, str], str], shown_at: str, done_at: str
) -> Response:
    """Apply a list that waits, if it would still do what was shown; else show it again.

    `keep` is given what the list does and the name of its file and returns the sentence to
    say; `done_at` is the address to lead on to.
    """
    shown = read(waiting.read(file))
    name = request.form.get("name", "")[:LONGEST_NAME]
    try:
        shown.check_unchanged(request.form.get("fingerprint", ""))
    except ListChanged as refusal:
        flash(worded(refusal), "warning")
        return redirect(_shown_at(shown_at, file, name))
    flash(keep(shown, name or file[:12]), "success")
    waiting.forget(file)
    return redirect(done_at)


def _shown_at(endpoint: str, file: str, name: str) -> str:
    return url_for(endpoint, **{**(request.view_args or {}), "file": file, "name": name})
