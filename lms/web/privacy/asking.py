"""What one asks about one's own data, and one's own file: the same at a desk with somebody and on one's own page."""

from flask import Response, flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.kernel.clock import now, today
from lms.kernel.refusals import Refusal
from lms.people import directory
from lms.privacy import actions, documents, files
from lms.privacy.models import RequestKind
from lms.privacy.values import Values
from lms.reports import page
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded

KINDS = {
    RequestKind.CORRECTION: _l("Correct something"),
    RequestKind.OBJECTION: _l("Contest a use or an entry"),
    RequestKind.ERASURE: _l("Erase"),
    RequestKind.ACCESS: _l("A copy of the data"),
}


class AskForm(FlaskForm):
    """A request."""

    kind = RadioField(
        _l("What is asked"),
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items() if kind is not RequestKind.ACCESS],
        default=RequestKind.CORRECTION.value,
        validators=[InputRequired()],
    )
    words = TextAreaField(
        _l("In a few words"), [Length(max=2000, message=_l("At most 2,000 characters."))], render_kw={"rows": 3}
    )


def take_request(person_id: int) -> None:
    """Write down what was asked, and say what came of it."""
    form = AskForm()
    if not form.validate_on_submit():
        flash(" ".join(str(fault) for faults in form.errors.values() for fault in faults), "danger")
        return
    try:
        actions.ask(person_id, RequestKind(form.kind.data), form.words.data or "", by=somebody().id, now=now())
        flash(_("Your request is kept. Human resources answers on this page."), "success")
    except Refusal as refusal:
        flash(worded(refusal), "danger")


def hand_out(person_id: int) -> Response:
    """Give everything that is kept of somebody, and write down that it was given."""
    name = directory.entry(person_id).person.full_name
    found = files.everything(person_id)
    values = Values(person_id)
    report = documents.own_report(name, found, values, today())
    told = files.as_json(files.with_words(found, values))
    content = files.zipped({"data.json": told, "data.html": page.standalone(report, {}).encode()})
    actions.hand_out(person_id, by=somebody().id, now=now())
    response = Response(content, mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"data-{today()}.zip")
    return response
