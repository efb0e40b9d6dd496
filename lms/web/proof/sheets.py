"""The sheets that people signed: kept as scans or photos, handed out, withdrawn with a reason."""

from flask import flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from lms.catalogue import scans
from lms.catalogue.scans import Scan
from lms.classroom import queries, rules, sheets
from lms.kernel import storage
from lms.kernel.clock import now
from lms.kernel.group_commit import durably
from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.web.shared.guards import requires
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.media import NOTHING_ACTS
from lms.web.shared.refusals import worded
from lms.web.shared.transactions import commits_itself
from lms.web.shared.uploads import accepts_files


@requires(Permission.HOLD_SESSIONS)
@accepts_files
@commits_itself
def keep_sheets(code: str) -> Response:
    """Keep the signed sheets that were sent, all of them or none; say of each that cannot be kept why.

    Nobody else waits for writing while they are looked into.
    """
    files = [one for field in ("files", "photos") for one in request.files.getlist(field) if one.filename]
    if not files:
        flash(_("Choose the scan or take the photo first."), "danger")
    found = [scan for scan in map(_read, files) if scan is not None]
    if files and len(found) == len(files):
        _keep(code, files, found)
    elif len(files) > 1:
        flash(_("Nothing was kept. Leave those files out or mend them, then send all of them again."), "danger")
    return _back(code)


def _read(file: FileStorage) -> Scan | None:
    try:
        return scans.read(file.read())
    except Refusal as refusal:
        _tell(file, refusal)
        return None


def _keep(code: str, files: list[FileStorage], found: list[Scan]) -> None:
    half_day, by, moment = request.form.get("half_day", type=int), somebody().id, now()
    try:
        durably(lambda: sheets.keep(code, half_day, found, by, moment))
    except rules.SheetKeptAlready as refusal:
        _tell(files[refusal.place], refusal)
    except (rules.SessionCancelled, rules.HeldInFuture) as refusal:
        flash(worded(refusal), "danger")
    else:
        flash(ngettext("%(num)s signed sheet is kept.", "%(num)s signed sheets are kept.", len(found)), "success")


@requires(Permission.HOLD_SESSIONS)
@looks(Purpose.PROOF)
def signed_sheet(code: str, sheet_id: int) -> Response:
    """Hand out a signed sheet; one that was withdrawn to human resources alone."""
    sheet = sheets.find(code, sheet_id)
    if sheet.paper is None or (sheet.withdrawal is not None and not can(Permission.KEEP_PROOF)):
        raise NotFound()
    looked_at(queries.invited(sheet.session.id))
    response = send_file(
        storage.path(sheet.paper.digest),
        mimetype=sheet.paper.media_type,
        as_attachment=True,
        download_name=sheet.name,
    )
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    return response


@requires(Permission.HOLD_SESSIONS)
def withdraw_sheet(code: str, sheet_id: int) -> Response:
    """Withdraw a sheet that was kept by mistake, with the reason."""
    try:
        sheets.withdraw(code, sheet_id, request.form.get("reason", "")[:300], somebody().id, now())
    except (rules.ReasonMissing, rules.SheetWithdrawnAlready) as refusal:
        flash(worded(refusal), "danger")
    else:
        flash(_("The sheet is withdrawn. It stays in the history with your reason."), "success")
    return _back(code)


def _tell(file: FileStorage, refusal: Refusal) -> None:
    flash(_("%(file)s: %(reason)s", file=file.filename, reason=worded(refusal)), "danger")


def _back(code: str) -> Response:
    return redirect(url_for("proof.session", code=code, _anchor="sheets"))
