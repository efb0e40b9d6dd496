"""One's own data: who looked at it."""

from flask import render_template

from lms.people.privacy import looks
from lms.web.account.wording import ROLE_NAMES
from lms.web.privacy.wording import PURPOSES
from lms.web.shared.guards import signed_in
from lms.web.shared.identity import somebody

SHOWN = 200
"""Looks on the page; the file of one's own data has all of them."""


@signed_in
def mine() -> str:
    """Show whoever asks who looked at their data."""
    return render_template(
        "privacy/mine.html",
        looks=looks.of_person(somebody().id, SHOWN),
        purposes=PURPOSES,
        role_names=ROLE_NAMES,
        shown=SHOWN,
    )
