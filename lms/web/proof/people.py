"""One person's training in one place: seen, added to, taken away as a file; one's own."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.catalogue import scans
from lms.classroom import queries as classroom
from lms.kernel import enclosures
from lms.kernel.clock import now, today
from lms.kernel.languages import current_language
from lms.kernel.refusals import NotFound, Refusal
from lms.people import directory
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.progress.holding import Hold
from lms.proof import actions, queries, rules
from lms.proof.person import PersonProof, proof_of
from lms.reports import proof_files, proof_jobs
from lms.skills import queries as skills
from lms.web.proof.addresses import verification, where_to_verify
from lms.web.proof.forms import GiftForm
from lms.web.proof.places import tabs
from lms.web.proof.wording import BADGES, BASES, HOLDS, PAPERS, PARTS, STATES
from lms.web.shared.files import zip_file
from lms.web.shared.guards import requires, signed_in
from lms.web.shared.identity import somebody
from lms.web.shared.jobs import wait_for
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded
from lms.web.shared.uploads import accepts_files
from lms.web.teams.wording import levels

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.BasisNotAccepted: "basis",
    rules.ModuleNotCompleted: "basis",
    rules.SessionNotAttended: "session",
    NotFound: "session",
    rules.PaperMissing: "paper",
    enclosures.PaperOfAnotherKind: "paper",
    enclosures.PaperTooLarge: "paper",
    scans.PaperEmpty: "paper",
    scans.PaperTooDetailed: "paper",
    scans.PaperLocked: "paper",
    scans.PaperDamaged: "paper",
    rules.LongerThanAllowed: "until",
    rules.EndsBeforeItBegins: "until",
}
"""Where a refusal is told; whatever else concerns the day."""


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def people() -> str:
    """Look for a person."""
    text = request.args.get("text", "")[:100]
    wanted = directory.Wanted(text=text, left="left" in request.args)
    page = max(request.args.get("page", 1, int), 1)
    total, lines = directory.page(wanted, page, today())
    looked_at(line.id for line in lines)
    return render_template(
        "proof/people.html", text=text, wanted=wanted, total=total, lines=lines, page=page, per_page=50, **tabs()
    )


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def person(person_id: int) -> str:
    """Show one person's training in one place."""
    looked_at([person_id])
    return _page(_found(person_id), mine=False)


@signed_in
def mine() -> str:
    """Show whoever asks their own."""
    return _page(_found(somebody().id), mine=True)


@requires(Permission.KEEP_PROOF)
@looks(Purpose.PROOF)
def file(person_id: int) -> BaseResponse:
    """Hand out one person's file, to read and to take elsewhere."""
    looked_at([person_id])
    return _archive(_found(person_id), by_hr=True)


@signed_in
def my_file() -> BaseResponse:
    """Hand out one's own."""
    return _archive(_found(somebody().id), by_hr=False)


@requires(Permission.KEEP_PROOF)
@accepts_files
@looks(Purpose.PROOF)
def give(person_id: int) -> str | BaseResponse | tuple[str, int]:
    """Give somebody a habilitation."""
    found = _found(person_id)
    looked_at([person_id])
    sessions = {one.code: f"{one.title} ({one.code})" for one in classroom.of_person(person_id)}
    form = GiftForm(kind=request.args.get("kind"), obtained_on=today()).offer(queries.kinds(), sessions)
    if form.validate_on_submit():
        try:
            made = actions.give(form.gift(person_id), somebody().id, now())
        except Refusal as refusal:
            field = form[FIELDS_OF_REFUSALS.get(type(refusal), "obtained_on")]
            field.errors = [*field.errors, worded(refusal)]
        else:
            flash(_("The habilitation is given."), "success")
            return redirect(url_for("proof.habilitation", habilitation_id=made.id))
    page = render_template("proof/gift_form.html", form=form, who=found.who, kinds=queries.kinds(), bases=BASES)
    return page if not form.errors else (page, 422)


def _found(person_id: int) -> PersonProof:
    found = proof_of(person_id, now())
    if found is None:
        raise NotFound()
    return found


def _page(found: PersonProof, mine: bool) -> str:
    return render_template(
        "proof/person.html",
        parts=PARTS,
        proof=found,
        levels=skills.held_by(found.who.id, today()),
        level_words=levels(),
        mine=mine,
        duration=proof_files.duration,
        Hold=Hold,
        holds=HOLDS,
        states=STATES,
        badges=BADGES,
        bases=BASES,
        papers=PAPERS,
    )


def _archive(found: PersonProof, by_hr: bool) -> BaseResponse:
    language = current_language()
    if proof_files.person_pieces(found) <= proof_jobs.AT_ONCE:
        content = proof_files.person_archive(found, verification, language)
        return zip_file(content, f"{found.who.registration}-{found.as_of.isoformat()}.zip")
    who, me, moment, where = found.who.id, somebody().id, now(), where_to_verify()
    return wait_for(lambda: proof_jobs.ask_for_person(who, where, language, by=me, by_hr=by_hr, now=moment))
