"""The people of the plant: the list, someone new, PINs for those who have none."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.refusals import Refusal
from lms.people import actions, credentials, directory
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.people.roster import keeping
from lms.web.admin.forms import NewPersonForm, PeopleWanted
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import worded
from lms.web.shared.slips import slip_page

COLUMNS = ("name", "registration", "team")


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def people() -> str:
    """List people, fifty on a page."""
    form = PeopleWanted(request.args).offer()
    sort = request.args.get("sort", "name")
    wanted = form.wanted(sort if sort.removeprefix("-") in COLUMNS else "name")
    page = max(request.args.get("page", 1, int), 1)
    total, lines = directory.page(wanted, page, today())
    looked_at(line.id for line in lines)
    without_pin = directory.without_pin(wanted.team_id, today()) if wanted.team_id else []
    return render_template(
        "admin/people.html",
        form=form,
        wanted=wanted,
        page=page,
        per_page=directory.PER_PAGE,
        total=total,
        lines=lines,
        without_pin=without_pin,
        held=keeping.held(),
    )


@requires(Permission.MANAGE_PEOPLE)
@names_nobody("somebody is still to be entered")
def new() -> str | Response | tuple[str, int]:
    """Enter someone by hand."""
    form = NewPersonForm().offer()
    fault = None
    if form.validate_on_submit():
        try:
            joined_on = form.hired_on.data or today()
            number = actions.create_person(form.entry(), form.team.data, joined_on, somebody().id, now())
            return redirect(url_for("admin.person", person_id=number))
        except Refusal as refusal:
            fault = worded(refusal)
    page = render_template("admin/person_form.html", form=form, fault=fault, entry=None)
    return page if not (fault or form.errors) else (page, 422)


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def pins() -> str:
    """Make PINs for those of a team who have none; show each once, to be printed and cut."""
    team_id = request.form.get("team", 0, int)
    wanted = directory.without_pin(team_id, today())
    made = credentials.issue_pins(wanted, by=somebody().id, now=now())
    looked_at(made)
    return slip_page(made, (_("People"), url_for("admin.people", team=team_id)))
