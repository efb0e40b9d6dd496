"""One person: what is known, team, roles, badges, PIN, password, what was done."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound, Refusal
from lms.people import actions, badges, credentials, directory
from lms.people.models import BadgeEnd, PinKind
from lms.people.permissions import Permission, Role
from lms.people.privacy.models import Purpose
from lms.people.second_factor import actions as second_factor
from lms.people.second_factor.queries import factors
from lms.web.account.wording import ROLE_NAMES
from lms.web.admin.forms import BadgeEndForm, BadgeForm, LeaveForm, MoveForm, PersonForm, RoleForm
from lms.web.admin.wording import ACTS, BADGE_ENDS, BADGE_KINDS, FIELD_NAMES
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.kiosks import kiosk_codes
from lms.web.shared.looking import looked_at, looks
from lms.web.shared.refusals import worded
from lms.web.shared.slips import Slip, password_page, slip_page


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def person(person_id: int) -> str:
    """Show all that is kept of someone, and what can be done."""
    entry = directory.entry(person_id)
    looked_at([person_id])
    stay = entry.stay(today())
    return render_template(
        "admin/person.html",
        entry=entry,
        stay=stay,
        today=today(),
        events=directory.events(person_id),
        acts=ACTS,
        field_names={field.value: name for field, name in FIELD_NAMES.items()},
        role_names=ROLE_NAMES,
        move=MoveForm(on=today()).offer(),
        leave=LeaveForm(),
        badge=BadgeForm(),
        badges=badges.of_person(person_id),
        kinds=BADGE_KINDS,
        ends=BADGE_ENDS,
        kiosks=kiosk_codes(),
        role=RoleForm().offer(),
        factors=factors(person_id),
    )


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def change(person_id: int) -> str | Response | tuple[str, int]:
    """Correct what is known of someone."""
    entry = directory.entry(person_id)
    looked_at([person_id])
    form = PersonForm.of(entry.person)
    fault = None
    if form.validate_on_submit():
        try:
            actions.change_person(person_id, form.entry(), somebody().id, now())
            return redirect(url_for("admin.person", person_id=person_id))
        except Refusal as refusal:
            fault = worded(refusal)
    page = render_template("admin/person_form.html", form=form, fault=fault, entry=entry)
    return page if not (fault or form.errors) else (page, 422)


@requires(Permission.MANAGE_PEOPLE)
def move(person_id: int) -> Response:
    """Put someone in another team."""
    form = MoveForm().offer()
    return _done(person_id, form, lambda: actions.move(person_id, form.team.data, form.on.data, somebody().id, now()))


@requires(Permission.MANAGE_PEOPLE)
def leave(person_id: int) -> Response:
    """Note someone's last day."""
    form = LeaveForm()
    return _done(person_id, form, lambda: actions.leave(person_id, form.left_on.data, somebody().id, now(), today()))


@requires(Permission.MANAGE_PEOPLE)
def come_back(person_id: int) -> Response:
    """Take someone back who left or was to leave."""
    form = MoveForm().offer()
    return _done(
        person_id, form, lambda: actions.come_back(person_id, form.team.data, form.on.data, somebody().id, now())
    )


@requires(Permission.MANAGE_PEOPLE)
def issue_badge(person_id: int) -> Response:
    """Hand someone a badge."""
    form = BadgeForm()
    return _done(person_id, form, lambda: badges.issue(person_id, form.number.data or "", somebody().id, now()))


@requires(Permission.MANAGE_PEOPLE)
def revoke_badge(person_id: int, badge_id: int) -> Response:
    """End a badge, for a reason."""
    form = BadgeEndForm()
    if form.validate_on_submit():
        badges.end(badge_id, BadgeEnd(form.ended_as.data), by=somebody().id, now=now())
        flash(_("The badge is ended. Nobody can sign in with it."), "success")
    return redirect(url_for("admin.person", person_id=person_id))


@requires(Permission.MANAGE_PEOPLE)
@looks(Purpose.PEOPLE)
def issue_pin(person_id: int) -> str:
    """Make someone a new PIN, or a picture code, and show it once."""
    kind = PinKind.PICTURES if request.form.get("kind") == PinKind.PICTURES else PinKind.DIGITS
    made = credentials.issue_pins([person_id], by=somebody().id, now=now(), kind=kind)
    if not made:
        raise NotFound()
    looked_at(made)
    return slip_page(made, _back(person_id))


@requires(Permission.MANAGE_ROLES)
@looks(Purpose.PEOPLE)
def issue_password(person_id: int) -> str | Response:
    """Make a member of staff a new password and show it once."""
    entry = directory.entry(person_id)
    name, email = entry.person.full_name, entry.person.email or ""
    try:
        password = credentials.issue_password(person_id, by=somebody().id, now=now())
    except Refusal as refusal:
        flash(worded(refusal), "danger")
        return redirect(url_for("admin.person", person_id=person_id))
    looked_at([person_id])
    return password_page(Slip(name, email, password), _back(person_id))


@requires(Permission.MANAGE_ROLES)
def reset_second_factor(person_id: int) -> Response:
    """Take the second factor from someone who lost theirs; their sessions end."""
    second_factor.reset(person_id, by=somebody().id, now=now())
    flash(_("The second factor is taken away. Give this person a new password if theirs may be known."), "success")
    return redirect(url_for("admin.person", person_id=person_id))


@requires(Permission.MANAGE_ROLES)
def grant_role(person_id: int) -> Response:
    """Give someone a role."""
    form = RoleForm().offer()
    return _done(
        person_id,
        form,
        lambda: actions.grant_role(person_id, Role(form.role.data), form.team.data, somebody().id, now()),
    )


@requires(Permission.MANAGE_ROLES)
def revoke_role(person_id: int) -> Response:
    """Take a role back; the person's sessions end."""
    form = RoleForm().offer()
    return _done(
        person_id,
        form,
        lambda: actions.revoke_role(person_id, Role(form.role.data), form.team.data, somebody().id, now(), today()),
    )


Form = MoveForm | LeaveForm | BadgeForm | RoleForm


def _done(person_id: int, form: Form, act: Callable[[], None]) -> Response:
    """Do it if the form is in order, say what came of it and show the person again."""
    if not form.validate_on_submit():
        flash(" ".join(str(fault) for faults in form.errors.values() for fault in faults), "danger")
    else:
        try:
            act()
            flash(_("Done."), "success")
        except Refusal as refusal:
            flash(worded(refusal), "danger")
    return redirect(url_for("admin.person", person_id=person_id))


def _back(person_id: int) -> tuple[str, str]:
    return directory.entry(person_id).person.full_name, url_for("admin.person", person_id=person_id)
