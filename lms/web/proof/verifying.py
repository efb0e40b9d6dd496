"""Whether a paper is genuine: for whoever holds it, without signing in, within the plant.

A page shows no more than the paper does, and less: the first letter of the given name, no
registration number, no result. Nobody finds a number by trying (60 bits, thirty tries a minute).
"""

from datetime import timedelta

from flask import render_template, request

from lms.kernel.clock import now, today
from lms.kernel.pacing import Pace
from lms.people.permissions import Permission
from lms.proof import verifying
from lms.reports import words
from lms.web.proof.forms import LookUpForm
from lms.web.proof.wording import PAPERS
from lms.web.shared.guards import public
from lms.web.shared.identity import can

PACE = Pace(most=30, within=timedelta(minutes=1))


@public
def look_up() -> str | tuple[str, int]:
    """Ask for the number of a paper, and say what it is worth."""
    form = LookUpForm(request.args)
    if not form.number.data:
        return render_template("proof/look_up.html", form=form)
    return _page(form.number.data)


@public
def verify(number: str) -> str | tuple[str, int]:
    """Say what a number is worth."""
    return _page(number)


def _page(number: str) -> str | tuple[str, int]:
    PACE.ask(request.remote_addr or "", now())
    found = verifying.check(number[:60], now())
    page = render_template(
        "proof/verify.html",
        found=found,
        number=number[:60],
        papers=PAPERS,
        today=today().isoformat(),
        day=words.day,
        keeper=can(Permission.KEEP_PROOF),
    )
    return page if found.issued else (page, 404)
