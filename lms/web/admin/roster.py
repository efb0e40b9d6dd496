"""The roster: a file is sent, what it would do is shown, then it is carried out.

How the file is to be read stands in the address, so that a preview only reads and can be
come back to; the file itself waits on the server (`kernel.waiting`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel import encodings, waiting
from lms.kernel.clock import now, today
from lms.kernel.languages import own_name
from lms.kernel.refusals import NotFound, Refusal
from lms.kernel.tables import DELIMITERS, Row, Table, write_csv
from lms.people.permissions import Permission, Role
from lms.people.privacy.models import Purpose
from lms.people.roster import applying, keeping
from lms.people.roster.columns import Columns, Field
from lms.people.roster.comparison import Preview
from lms.people.roster.models import Fate, Way
from lms.people.roster.reading import Reading, first_rows, open_roster, open_table
from lms.people.rules import TeamWouldBeEmpty
from lms.web.account.wording import ROLE_NAMES
from lms.web.admin.forms import RosterFile
from lms.web.admin.wording import FIELD_NAMES
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files

SHOWN = 100
"""Rows of each kind on the page; the refused ones can all be had as a file."""


@dataclass(frozen=True)
class Shown:
    """What the page of a preview shows; where `fault` stands there is no preview."""

    reading: Reading
    table: Table
    first: list[Row]
    makes_places: bool
    columns: Columns | None = None
    preview: Preview | None = None
    fault: str | None = None


@requires(Permission.IMPORT_PEOPLE)
@names_nobody("a file is still to come")
@accepts_files
def upload() -> str | BaseResponse | tuple[str, int]:
    """Take a roster file and lead on to what it would do."""
    form = RosterFile()
    fault = None
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            next(open_table(content, Reading()).rows(), None)
        except (encodings.EncodingUnknown, encodings.EncodingWrong):
            return redirect(url_for("admin.preview", file=waiting.keep(content), name=form.file.data.filename))
        except Refusal as refusal:
            fault = worded(refusal)
        else:
            return redirect(url_for("admin.preview", file=waiting.keep(content), name=form.file.data.filename))
    return render_template("admin/roster_upload.html", form=form, fault=fault), 422 if fault or form.errors else 200


@requires(Permission.IMPORT_PEOPLE)
@looks(Purpose.PEOPLE)
def preview(file: str) -> str | tuple[str, int]:
    """Show what importing the file would do; change nothing."""
    shown = _look(file, request.args)
    looked_at(plan.person_id for plan in (shown.preview.changed if shown.preview else ()) if plan.person_id)
    page = render_template(
        "admin/roster_preview.html",
        shown=shown,
        file=file,
        name=request.args.get("name", ""),
        most=SHOWN,
        encodings=encodings.CHOICES,
        delimiters=_delimiters(),
        field_names=FIELD_NAMES,
        said=_said,
        SHIFT=Field.SHIFT,
        chosen=_chosen(shown),
        apply_address=_again("admin.apply", file),
        refused_address=_again("admin.refused", file),
    )
    return page if shown.fault is None else (page, 422)


@requires(Permission.IMPORT_PEOPLE)
def apply(file: str) -> BaseResponse:
    """Carry out what was shown, if it is still the same."""
    shown = _look(file, request.args)
    if shown.preview is None:
        return redirect(_again("admin.preview", file))
    try:
        applying.check_unchanged(shown.preview, request.form.get("fingerprint", ""))
        applying.apply(shown.preview, somebody().id, now(), may_empty="may_empty" in request.form)
    except (applying.PeopleChanged, TeamWouldBeEmpty) as refusal:
        flash(worded(refusal), "warning")
        return redirect(_again("admin.preview", file))
    name, content = request.args.get("name", ""), waiting.read(file)
    keeping.note(Way.PAGE, name, content, Fate.APPLIED, keeping.report(shown.preview), somebody().id, now())
    waiting.forget(file)
    flash(_done(shown.preview), "success")
    return redirect(url_for("admin.people"))


@requires(Permission.IMPORT_PEOPLE)
@names_nobody("rows of the file as it was sent")
def refused(file: str) -> Response:
    """Give the refused rows as they stand, each with its line and its reasons, to be corrected and sent again."""
    shown = _look(file, request.args)
    if shown.preview is None:
        raise NotFound()
    reasons: dict[int, list[str]] = {}
    for fault in shown.preview.faults:
        reasons.setdefault(fault.line, []).append(f"{fault.column}: {fault.reason}" if fault.column else fault.reason)
    rows = [row for row in shown.table.rows() if row.line in reasons]
    width = max((len(row.cells) for row in rows), default=0)
    titles = [column.title for column in shown.preview.columns.all]
    header = [*titles, *[""] * (width - len(titles)), _("Line"), _("Why it was refused")]
    body = [
        [*row.cells, *[""] * (len(header) - 2 - len(row.cells)), row.line, " ".join(reasons[row.line])] for row in rows
    ]
    return Response(
        write_csv(header, body),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=refused.csv"},
    )


def _again(endpoint: str, file: str) -> str:
    """Return an address under which the file is read as in this one."""
    return f"{url_for(endpoint, file=file)}?{request.query_string.decode()}"


def _look(file: str, args: Mapping[str, str]) -> Shown:
    reading = _reading(args)
    makes_places = "make" in args
    content = waiting.read(file)
    try:
        table = open_table(content, reading)
    except encodings.EncodingUnknown as refusal:
        # Something has to be shown to choose by.
        table = open_table(content, replace(reading, encoding="cp1252"))
        return Shown(reading, table, _first(table), makes_places, fault=worded(refusal))
    try:
        first = first_rows(table)
        roster = open_roster(table, reading)
        grantable = frozenset(Role) if can(Permission.MANAGE_ROLES) else frozenset({Role.OPERATOR})
        found = applying.preview(roster, today(), makes_places, grantable)
    except Refusal as refusal:
        return Shown(reading, table, _first(table), makes_places, fault=worded(refusal))
    return Shown(reading, table, first, makes_places, roster.columns, found)


def _first(table: Table) -> list[Row]:
    try:
        return first_rows(table)
    except Refusal:
        return []


def _reading(args: Mapping[str, str]) -> Reading:
    columns = {key.removeprefix("column-"): field or "-" for key, field in args.items() if key.startswith("column-")}
    return Reading(
        encoding=args.get("encoding") if args.get("encoding") in encodings.CHOICES else None,
        delimiter=args.get("delimiter") if args.get("delimiter") in DELIMITERS else None,
        mapping=columns,
        has_header={"yes": True, "no": False}.get(args.get("header", "")),
    )


def _chosen(shown: Shown) -> dict[int, str]:
    """Return the field shown for each column: what is in force, or what the reader said last."""
    if shown.columns:
        return {column.index: column.field.value if column.field else "" for column in shown.columns.all}
    width = max((len(row.cells) for row in shown.first), default=0)
    return {index: shown.reading.mapping.get(str(index + 1), "").strip("-") for index in range(width)}


def _delimiters() -> dict[str, str]:
    return {";": _("semicolon ;"), ",": _("comma ,"), "\t": _("tab"), "|": _("bar |")}


def _said(field: Field, text: str) -> str:
    """Return what a cell comes to, as its reader would say it."""
    if text and field is Field.ROLE:
        return str(ROLE_NAMES[Role(text)])
    if text and field in (Field.HIRED_ON, Field.LEFT_ON):
        return format_date(date.fromisoformat(text), "medium")
    return own_name(text) if text and field is Field.LANGUAGE else text


def _done(done: Preview) -> str:
    created = ngettext("%(num)s person was entered.", "%(num)s people were entered.", len(done.created))
    changed = ngettext("%(num)s person was changed.", "%(num)s people were changed.", len(done.changed))
    return f"{created} {changed}"
