"""One's own data: who looked at it, a copy of it, what one asked."""

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.people import notices
from lms.people.privacy import looks
from lms.privacy import queries
from lms.web.account.wording import ROLE_NAMES
from lms.web.privacy.asking import KINDS, AskForm, hand_out, take_request
from lms.web.privacy.wording import PURPOSES
from lms.web.shared.guards import signed_in
from lms.web.shared.identity import somebody

SHOWN = 200
"""Looks on the page; the copy of one's own data has all of them."""


@signed_in
def mine() -> str:
    """Show whoever asks what they can ask about their data, and who looked at it."""
    me = somebody().id
    return render_template(
        "privacy/mine.html",
        form=AskForm(formdata=None),
        asked=queries.requests(me),
        kinds=KINDS,
        notice=notices.newest(),
        looks=looks.of_person(me, SHOWN),
        months=queries.terms(),
        purposes=PURPOSES,
        role_names=ROLE_NAMES,
        shown=SHOWN,
    )


@signed_in
def ask() -> BaseResponse:
    """Ask something about one's own data."""
    take_request(somebody().id)
    return redirect(url_for("privacy.mine"))


@signed_in
def own_file() -> Response:
    """Give a copy of one's own data."""
    return hand_out(somebody().id)
