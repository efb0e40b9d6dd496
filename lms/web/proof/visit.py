"""An auditor's visit: for a module or a habilitation and some days, each proof one touch away; all in one file."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.catalogue.queries import newest_editions
from lms.kernel.clock import now, today
from lms.kernel.languages import current_language, in_language
from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.proof import queries, visits
from lms.proof.visits import Visit
from lms.reports import proof_files, proof_jobs, proof_words
from lms.web.proof.addresses import verification, where_to_verify
from lms.web.proof.forms import VisitForm
from lms.web.proof.places import tabs
from lms.web.proof.wording import PARTS
from lms.web.shared.files import table_file, zip_file
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.jobs import wait_for
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded

PER_PAGE = 50


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def visit() -> str:
    """Choose what an auditor asks for; list every proof of it."""
    form = _form()
    found = _found(form) if form.subject.data else Visit((), ())
    proofs = found.proofs
    page = min(max(request.args.get("page", 1, int), 1), max(-(-len(proofs) // PER_PAGE), 1))
    shown = proofs[(page - 1) * PER_PAGE : page * PER_PAGE]
    looked_at(one.who.id for one in shown)
    return render_template(
        "proof/visit.html",
        form=form,
        proofs=shown,
        total=len(proofs),
        people=len({one.who.id for one in proofs}),
        page=page,
        per_page=PER_PAGE,
        most=proof_files.MOST_PROOFS,
        simulated=any(one.who.simulated for one in proofs),
        signed=len(found.papers),
        unsigned=found.unsigned,
        parts=PARTS,
        sorts=proof_words.sorts(),
        told=proof_words.told,
        **tabs(),
    )


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def visit_file(kind: str) -> BaseResponse:
    """Hand out the list, or the proofs themselves with a manifest of their hashes."""
    form = _form()
    if not form.subject.data:
        raise NotFound()
    found = _found(form)
    looked_at(found.people if kind == "zip" else {one.who.id for one in found.proofs})
    title = dict(form.subject.choices)[form.subject.data]
    if kind != "zip":
        return table_file(kind, _("Proofs"), today(), *proof_files.visit_table(found.proofs))
    try:
        proof_files.check_number(found.proofs)
    except proof_files.TooManyProofs as refusal:
        flash(worded(refusal), "danger")
        return redirect(url_for("proof.visit") + "?" + request.query_string.decode())
    return _archive(form.subject.data, str(title), form.days, found)


def _archive(subject: str, title: str, days: tuple[date, date], found: Visit) -> BaseResponse:
    moment = now()
    if proof_files.visit_pieces(found) <= proof_jobs.AT_ONCE:
        content = proof_files.visit_archive(found, title, *days, verification, moment)
        return zip_file(content, proof_jobs.visit_name(subject, days))
    me, language, where = somebody().id, current_language(), where_to_verify()
    return wait_for(lambda: proof_jobs.ask_for_visit(subject, title, days, where, language, by=me, now=moment))


def _form() -> VisitForm:
    modules = {f"module {one.code}": in_language(one.content.title) for one in newest_editions()}
    kinds = {f"kind {one.code}": in_language(one.title) for one in queries.kinds()}
    return VisitForm(request.args).offer(modules, kinds, (today() - timedelta(days=365), today()))


def _found(form: VisitForm) -> Visit:
    return visits.asked(form.subject.data, *form.days, now())
