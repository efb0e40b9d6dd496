"""What became of rosters, and who came, moved and left."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lms.kernel import waiting
from lms.kernel.clock import today
from lms.kernel.refusals import Refusal
from lms.people import turnover as people_turnover
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.people.roster import folder, keeping
from lms.people.roster.models import Fate
from lms.web.admin.forms import TurnoverWanted
from lms.web.admin.wording import FATES, MOVES, WAYS
from lms.web.shared.guards import requires
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import worded

MONTH = timedelta(days=30)


@requires(Permission.IMPORT_PEOPLE)
@names_nobody("counts of people")
def rosters() -> str:
    """List the last rosters and what became of them."""
    return render_template("admin/rosters.html", rosters=keeping.newest(), fates=FATES, ways=WAYS)


@requires(Permission.IMPORT_PEOPLE)
@names_nobody("counts of people, and lines without what stands there")
def roster(number: int) -> str:
    """Show what became of one roster, and why."""
    kept = keeping.find(number)
    waits = kept.fate is Fate.HELD and not keeping.is_settled(kept)
    return render_template(
        "admin/roster.html", kept=kept, faults=keeping.faults(kept), waits=waits, fates=FATES, ways=WAYS
    )


@requires(Permission.IMPORT_PEOPLE)
def look(number: int) -> Response:
    """Open a roster that was held as if it had been sent by hand: what it would do, then the decision."""
    kept = keeping.find(number)
    try:
        return redirect(url_for("admin.preview", file=waiting.keep(folder.again(kept)), name=kept.name))
    except Refusal as refusal:
        flash(worded(refusal), "danger")
        return redirect(url_for("admin.roster", number=number))


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def turnover() -> str:
    """List joiners, movers and leavers of some days."""
    form = TurnoverWanted(request.args)
    form.validate()
    since = form.since.data or today() - MONTH
    until = form.until.data or today() + MONTH
    form.since.data, form.until.data = since, until
    moves = people_turnover.moves(since, until)
    looked_at(move.person_id for move in moves)
    counts = [(label, sum(move.kind is kind for move in moves)) for kind, (label, _) in MOVES.items()]
    return render_template("admin/turnover.html", form=form, moves=moves, counts=counts, kinds=MOVES)
