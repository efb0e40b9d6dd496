"""How long things are kept: what would go today, what went, and letting it go."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.languages import in_language
from lms.kernel.personal import Term
from lms.kernel.refusals import NotFound, Refusal
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.privacy import actions, fields, jobs, queries, rules, words, work
from lms.privacy import retention as over
from lms.web.privacy.tabs import tabs
from lms.web.privacy.wording import HELD
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import worded


@requires(Permission.MANAGE_PRIVACY)
@names_nobody("numbers of rows")
def retention() -> str:
    """Show how long things are kept, how much would go today, and what went."""
    return render_template(
        "privacy/retention.html",
        terms=queries.terms(),
        lengths=rules.LENGTHS,
        things=words.things(),
        said_of=fields.said_of_place,
        preview=over.preview(now()),
        holding=[(in_language(one.pilot.title), HELD[one.because], one) for one in work.holding(now())],
        purges=[(made, over.is_there(made)) for made in queries.purges()],
        changes=queries.terms_set(),
        **tabs(),
    )


@requires(Permission.MANAGE_PRIVACY)
def set_term(term: str) -> BaseResponse:
    """Let something be kept for another time from now on."""
    if term not in {one.value for one in rules.LENGTHS}:
        raise NotFound()
    try:
        actions.set_term(Term(term), request.form.get("months", 0, int), by=somebody().id, now=now())
        flash(_("Kept. What would go by it is shown below; nothing has gone."), "success")
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("privacy.retention"))


@requires(Permission.MANAGE_PRIVACY)
def purge() -> BaseResponse:
    """Ask for all that is over to go, after it was put into a file."""
    job = jobs.ask_to_purge(by=somebody().id, now=now())
    return redirect(url_for("shared.job", job_id=job.id))


@requires(Permission.MANAGE_PRIVACY)
@looks(Purpose.RIGHTS)
def purged(purge_id: int) -> Response:
    """Give the file of what went."""
    content = over.read_file(purge_id)
    looked_at(over.people_in(content))
    response = Response(content, mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"purge-{purge_id}.zip")
    return response
