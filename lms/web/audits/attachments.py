"""Documents attached to an audit: listed, added, taken away; given as files, never shown in the page."""

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.audit import attachments as attaching
from lms.audit import queries
from lms.audit.models import Audit
from lms.kernel import storage
from lms.kernel.clock import now
from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Permission
from lms.web.audits.forms import AttachForm
from lms.web.audits.reading import read
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files


@requires(Permission.READ_AUDIT)
def attachments(code: str) -> str:
    """List the attached documents."""
    return render_template("audits/attachments.html", audit=read(code), attached=queries.attachments(code))


@accepts_files
@requires(Permission.EDIT_AUDIT)
def attach(code: str) -> BaseResponse | tuple[str, int]:
    """Attach a document."""
    reading, form, status = read(code), AttachForm(), 200
    if form.validate_on_submit():
        try:
            row = attaching.attach(_audit(code), *form.content(), by=somebody().id, now=now())
        except _REFUSALS as refusal:
            form.file.errors, status = [worded(refusal)], 422
        else:
            flash(_("“%(title)s” is attached.", title=row.title), "success")
            return redirect(url_for("audits.attachments", code=code))
    return render_template("audits/attach.html", audit=reading, form=form), 422 if form.errors else status


_REFUSALS: tuple[type[Refusal], ...] = (
    attaching.AttachmentEmpty,
    attaching.AttachmentTooLarge,
    attaching.AttachmentOfAnotherKind,
    attaching.AttachedAlready,
)


@requires(Permission.EDIT_AUDIT)
def detach(code: str, number: int) -> BaseResponse:
    """Take an attached document away."""
    attaching.detach(code, number, by=somebody().id, now=now())
    flash(_("The document is no longer attached."), "success")
    return redirect(url_for("audits.attachments", code=code))


@requires(Permission.READ_AUDIT)
def download(code: str, number: int) -> Response:
    """Give an attached document as a file to keep: no browser opens it in the place of a page."""
    found = queries.attachment(code, number)
    if found is None:
        raise NotFound()
    path = storage.path(found.digest)
    response = send_file(path, mimetype=found.media_type, as_attachment=True, download_name=found.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _audit(code: str) -> Audit:
    audit = queries.audit(code)
    if audit is None:
        raise NotFound()
    return audit
