"""The desk of human resources: what people asked about their data, and asking with somebody who has no account."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.people import directory
from lms.people.permissions import Permission
from lms.people.privacy import looks
from lms.people.privacy.models import Purpose
from lms.privacy import actions, others_words, queries, rules
from lms.privacy.models import Outcome, RequestKind
from lms.web.account.wording import ROLE_NAMES
from lms.web.privacy.asking import KINDS, AskForm, hand_out, take_request
from lms.web.privacy.mine import SHOWN
from lms.web.privacy.tabs import tabs
from lms.web.privacy.wording import PURPOSES, WROTE
from lms.web.shared import looking
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.refusals import worded


@requires(Permission.MANAGE_PRIVACY)
@looking.looks(Purpose.RIGHTS)
def requests() -> str:
    """List what people asked, what waits for an answer first."""
    settled = request.args.get("show") == "answered"
    asked = queries.requests(answered=settled)
    looking.looked_at(one.request.person_id for one in asked)
    return render_template("privacy/requests.html", asked=asked, settled=settled, kinds=KINDS, **tabs())


@requires(Permission.MANAGE_PRIVACY)
def answer(request_id: int) -> BaseResponse:
    """Answer what somebody asked; an erasure that is granted is done at once."""
    outcome = Outcome.DONE if request.form.get("outcome") == Outcome.DONE else Outcome.DECLINED
    try:
        found = actions.answer(request_id, outcome, request.form.get("words", ""), by=somebody().id, now=now())
    except Refusal as refusal:
        flash(worded(refusal), "danger")
        return redirect(url_for("privacy.requests"))
    if found.kind is RequestKind.ERASURE and outcome is Outcome.DONE:
        flash(_("Erased. Read what others wrote, and empty what still tells of the person."), "success")
        return redirect(url_for("privacy.written", person_id=found.person_id))
    flash(_("Answered. The person reads it on their own page."), "success")
    return redirect(url_for("privacy.requests"))


@requires(Permission.MANAGE_PRIVACY)
@looking.looks(Purpose.RIGHTS)
def written(person_id: int) -> str:
    """List the free words about somebody erased, so that they can be emptied; nobody else's are shown."""
    person = directory.entry(person_id).person
    erased = rules.is_erased(person.id, person.registration)
    looking.looked_at([person_id])
    return render_template(
        "privacy/written.html",
        person=person,
        erased=erased,
        found=others_words.written(person_id) if erased else [],
        wrote=WROTE,
    )


@requires(Permission.MANAGE_PRIVACY)
def empty_written(person_id: int) -> BaseResponse:
    """Empty the words that were ticked."""
    try:
        count = others_words.empty(person_id, request.form.getlist("place"), by=somebody().id, now=now())
        flash(ngettext("%(num)s text is emptied.", "%(num)s texts are emptied.", count), "success")
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("privacy.written", person_id=person_id))


@requires(Permission.MANAGE_PRIVACY)
@looking.looks(Purpose.RIGHTS)
def person(person_id: int) -> str:
    """Show, with somebody who sits at the desk, what they can ask and who looked at their data."""
    entry = directory.entry(person_id)
    looking.looked_at([person_id])
    return render_template(
        "privacy/person.html",
        person=entry.person,
        form=AskForm(formdata=None),
        asked=queries.requests(person_id),
        kinds=KINDS,
        looks=looks.of_person(person_id, SHOWN),
        months=queries.terms(),
        purposes=PURPOSES,
        role_names=ROLE_NAMES,
        shown=SHOWN,
    )


@requires(Permission.MANAGE_PRIVACY)
def ask_for(person_id: int) -> BaseResponse:
    """Write down what somebody asks at the desk."""
    take_request(person_id)
    return redirect(url_for("privacy.person", person_id=person_id))


@requires(Permission.MANAGE_PRIVACY)
@looking.looks(Purpose.RIGHTS)
def file_of(person_id: int) -> Response:
    """Give somebody at the desk a copy of their data."""
    looking.looked_at([person_id])
    return hand_out(person_id)
