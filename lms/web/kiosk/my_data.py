"""One's own data at the kiosk: what is kept, what it says, who looked, one's papers, and what one asks of it."""

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now, today
from lms.kernel.languages import speaking
from lms.kernel.refusals import NotFound
from lms.kernel.settings import setting
from lms.people import notices
from lms.people.privacy import looks
from lms.privacy import actions, queries, rules, words
from lms.privacy.models import RequestKind
from lms.privacy.register import kept_of
from lms.progress import queries as progress
from lms.proof import queries as habilitations
from lms.proof import verifying
from lms.proof.person import proof_of
from lms.skills import queries as skills
from lms.web.kiosk.guards import at_kiosk
from lms.web.proof.addresses import where_to_verify
from lms.web.shared.identity import somebody

SHOWN = 50
"""Looks on the page: what is read standing; the copy of one's own data has all of them."""
MOST = 500
"""Characters that are typed standing."""

CHOICES: dict[str, tuple[RequestKind, LazyString]] = {
    "name": (RequestKind.CORRECTION, _l("My name or my number is wrong")),
    "team": (RequestKind.CORRECTION, _l("My team or my post is wrong")),
    "training": (RequestKind.CORRECTION, _l("A module or a session is wrong")),
    "habilitation": (RequestKind.CORRECTION, _l("A habilitation is wrong")),
    "use": (RequestKind.OBJECTION, _l("I do not agree with a use of my data")),
    "erase": (RequestKind.ERASURE, _l("I want to be erased from here")),
}
"""What is wrong, chosen by touch."""


@at_kiosk
def my_data() -> str:
    """Lead to all that somebody may read of their own data, and ask about it."""
    return render_template("kiosk/my_data.html", notice=notices.newest_version())


@at_kiosk
def my_kept() -> str:
    """Show what is kept of the person and why, in plain words."""
    return render_template(
        "kiosk/my_kept.html",
        kept=kept_of(somebody().id),
        whys=words.whys(),
        tables=words.tables(),
        months=queries.terms(),
        term=words.term,
    )


@at_kiosk
def my_training() -> str:
    """Show the person's modules with their best results, and their sessions."""
    me = somebody().id
    return render_template("kiosk/my_training.html", proof=proof_of(me, now()), best=progress.best_scores(me))


@at_kiosk
def my_levels() -> str:
    """Show what the person can do at each task, and their habilitations with their days."""
    me = somebody().id
    return render_template(
        "kiosk/my_levels.html", skills=skills.held_by(me, today()), given=habilitations.of_person(me, today())
    )


@at_kiosk
def my_looks() -> str:
    """Show who looked at the person's named data, and what for."""
    return render_template(
        "kiosk/my_looks.html",
        looks=looks.of_person(somebody().id, SHOWN),
        months=queries.terms(),
        roles=words.roles(),
        purposes=words.purposes(),
        shown=SHOWN,
    )


@at_kiosk
def my_papers() -> str:
    """Show the person's certificates, each with the number that proves it."""
    me = somebody().id
    waiting = " ".join(one.request.words for one in queries.requests(me, answered=False))
    return render_template(
        "kiosk/my_papers.html", papers=verifying.documents_of(me), waiting=waiting, address=where_to_verify()
    )


@at_kiosk
def ask_for_print(number: str) -> BaseResponse:
    """Ask human resources for a certificate on paper."""
    found = verifying.document(number)
    if found.row.person_id != somebody().id:
        raise NotFound()
    with speaking(setting("DEFAULT_LANGUAGE")):
        said = _("On paper: %(number)s", number=found.row.number)
    _ask(RequestKind.ACCESS, said)
    return redirect(url_for("kiosk.my_papers", sent="yes"))


@at_kiosk
def my_requests() -> str | BaseResponse:
    """Show what the person asked and was answered; take what they ask, which human resources reads at its desk."""
    if request.method == "POST":
        kind, label = CHOICES.get(request.form.get("what", ""), (RequestKind.ACCESS, ""))
        with speaking(setting("DEFAULT_LANGUAGE")):
            said = [str(label), request.form.get("words", "")[:MOST].strip() if label else ""]
        _ask(kind, ". ".join(one for one in said if one))
        return redirect(url_for("kiosk.my_requests", sent="yes"))
    asked = queries.requests(somebody().id)
    return render_template("kiosk/my_requests.html", asked=asked, choices=CHOICES, kinds=words.kinds())


def _ask(kind: RequestKind, said: str) -> None:
    """Keep a request in the words of whoever answers it; asked twice, it waits once."""
    with suppress(rules.AskedAlready):
        actions.ask(somebody().id, kind, said, by=somebody().id, now=now())
