"""Documents: issued, printed as they were issued, withdrawn."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.delivery.queries.help import help_requests
from lms.kernel.clock import end_of, now, today
from lms.kernel.languages import current_language, in_language
from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.proof import issuing, papers, verifying
from lms.proof.issuing import Action
from lms.proof.person import PersonProof, proof_of
from lms.reports import proof_papers
from lms.web.proof.addresses import verification
from lms.web.proof.forms import RealisationForm, ReasonForm
from lms.web.proof.wording import PAPERS
from lms.web.shared.files import pdf_file
from lms.web.shared.guards import requires, signed_in
from lms.web.shared.identity import can, somebody
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded


@requires(Permission.KEEP_PROOF)
def certify(person_id: int, module_id: int) -> BaseResponse:
    """Issue a certificate of a module that somebody holds."""
    try:
        made = issuing.certify(person_id, module_id, current_language(), somebody().id, now())
        flash(_("Document %(number)s is issued: it can be printed below.", number=made.number), "success")
    except papers.NothingToCertify as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("proof.person", person_id=person_id, _anchor="documents"))


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def realisation(person_id: int) -> str | BaseResponse | tuple[str, int]:
    """Issue a certificat de réalisation of a module or a session, within some days."""
    found = proof_of(person_id, now())
    if found is None:
        raise NotFound()
    looked_at([person_id])
    form = RealisationForm(first_day=today().replace(month=1, day=1), last_day=today()).offer(_actions(found))
    if form.validate_on_submit():
        try:
            action = _action(person_id, form.action.data, form.first_day.data, form.last_day.data)
            made = issuing.certify_realisation(person_id, action, current_language(), somebody().id, now())
        except Refusal as refusal:
            form.action.errors = [*form.action.errors, worded(refusal)]
        else:
            flash(_("Document %(number)s is issued: it can be printed below.", number=made.number), "success")
            return redirect(url_for("proof.person", person_id=person_id, _anchor="documents"))
    page = render_template("proof/realisation_form.html", form=form, who=found.who)
    return page if not form.errors else (page, 422)


@signed_in
@looks(Purpose.PROOF)
def document_pdf(number: str) -> Response:
    """Print a document as it was issued: for HR, and for whoever it was issued to."""
    found = verifying.document(number)
    if found.row.person_id != somebody().id and not can(Permission.KEEP_PROOF):
        raise NotFound()
    looked_at({found.row.person_id} - {somebody().id})
    return pdf_file(proof_papers.document(found, verification(found.row.number)), f"{found.row.number}.pdf")


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def void(number: str) -> str | BaseResponse | tuple[str, int]:
    """Withdraw a document, with its reason."""
    found = verifying.document(number)
    looked_at([found.row.person_id])
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            issuing.void(found.row.number, form.reason.data, somebody().id, now())
        except Refusal as refusal:
            form.reason.errors = [*form.reason.errors, worded(refusal)]
        else:
            flash(_("Document %(number)s is withdrawn.", number=found.row.number), "success")
            return redirect(url_for("proof.person", person_id=found.row.person_id, _anchor="documents"))
    page = render_template("proof/void_form.html", form=form, found=found, papers=PAPERS)
    return page if not form.errors else (page, 422)


def _actions(found: PersonProof) -> Mapping[str, str]:
    """Return what somebody was trained in: modules by number, sessions by code."""
    modules = {f"module {one.module_id}": in_language(one.title) for one in found.modules}
    return modules | {f"session {one.session_code}": f"{one.title} ({one.session_code})" for one in found.attended}


def _action(person_id: int, chosen: str, first_day: date, last_day: date) -> Action:
    sort, _space, key = chosen.partition(" ")
    module_id = int(key) if sort == "module" else None
    asked = help_requests(end_of(first_day - timedelta(days=1)), end_of(last_day), now()) if module_id else []
    own = [one for one in asked if one.person_id == person_id and one.module_id == module_id and one.resolved_at]
    return Action(module_id, key if sort == "session" else "", first_day, last_day, assistance=len(own))
