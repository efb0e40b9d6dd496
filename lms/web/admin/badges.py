"""Badges of the plant: whose a found one is, alarms, sheets to be printed."""

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from lms.kernel.clock import now, today
from lms.kernel.languages import current_language
from lms.people import badges as people_badges
from lms.people import directory
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.reports import badge_sheets
from lms.web.admin.forms import BadgeForm, PrintForm
from lms.web.admin.wording import BADGE_ENDS, BADGE_KINDS
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.kiosks import kiosk_codes
from lms.web.shared.looking import looked_at, looks


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def badges() -> str:
    """Say whose a badge on the reader is or was; list alarms; offer sheets to print."""
    form = BadgeForm()
    asked = form.validate_on_submit()
    found = people_badges.found(form.number.data or "") if asked else []
    alarms = people_badges.alarms(None, now())
    looked_at(one.person_id for one in found)
    looked_at(one.person_id for one in alarms)
    return render_template(
        "admin/badges.html",
        form=form,
        asked=asked,
        found=found,
        sheet=PrintForm(formdata=None).offer(),
        alarms=alarms,
        kinds=BADGE_KINDS,
        ends=BADGE_ENDS,
        kiosks=kiosk_codes(),
    )


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def print_team() -> BaseResponse:
    """Make a team's printed badges and give the sheet, once."""
    form = PrintForm().offer()
    if not form.validate_on_submit():
        flash(_("Choose a team."), "danger")
        return redirect(url_for("admin.badges"))
    team = directory.of_teams([form.team.data], today())
    members = [line.id for line in team]
    wanted = members if form.everybody.data else people_badges.without_printed(members)
    if not wanted:
        flash(_("Everybody in this team has a printed badge already."), "info")
        return redirect(url_for("admin.badges"))
    return _sheet(wanted, team[0].team_name or "")


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def print_one(person_id: int) -> BaseResponse:
    """Make someone a printed badge in place of the one before, and give its sheet, once."""
    stay = directory.entry(person_id).stay(today())
    return _sheet([person_id], stay.team_name if stay else "")


def _sheet(person_ids: list[int], team: str) -> BaseResponse:
    named = [(person.id, person.full_name, person.personal_code) for person in directory.people(person_ids)]
    looked_at(person_ids)
    numbers = people_badges.new_numbers(person_ids)
    printed = [badge_sheets.PrintedBadge(name, code, team, numbers[number]) for number, name, code in named]
    pdf = badge_sheets.pdf(printed, current_language())
    people_badges.hand_out_printed(numbers, by=somebody().id, now=now())
    return Response(
        pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="badges-{today()}.pdf"'}
    )
