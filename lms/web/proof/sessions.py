"""Sessions in a room: the calendar, one session, who is invited."""

from calendar import Calendar
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from lms.catalogue.queries import newest_editions
from lms.classroom import actions, queries, rules, sheets
from lms.classroom.models import Session
from lms.kernel.clock import months_after, now, today
from lms.kernel.refusals import Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.people.privacy.models import Purpose
from lms.proof.names import named
from lms.web.proof.forms import InviteForm, ReasonForm, SessionForm, SheetsForm
from lms.web.proof.places import tabs
from lms.web.proof.wording import PARTS
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import looked_at, looks, names_nobody
from lms.web.shared.refusals import worded

FIELDS_OF_REFUSALS: dict[type[Refusal], str] = {
    rules.SessionCodeTaken: "code",
    rules.SessionCodeMalformed: "code",
    rules.SessionFull: "capacity",
}
"""Where a refusal is told; whatever else concerns the half-days."""


@requires(Permission.HOLD_SESSIONS)
@names_nobody("it shows sessions, not who is in them")
def sessions() -> str:
    """Show the sessions of a month in a calendar, and as a list."""
    first = _month()
    last = months_after(first, 1) - timedelta(days=1)
    found = queries.sessions(first, last)
    on: dict[date, list[tuple[Session, str]]] = {}
    for session in found:
        for half_day in session.half_days:
            on.setdefault(half_day.held_on, []).append((session, str(PARTS[half_day.part])))
    return render_template(
        "proof/sessions.html",
        first=first,
        weeks=Calendar().monthdatescalendar(first.year, first.month),
        on=on,
        sessions=found,
        taken=queries.places_taken(),
        lacking=_lacking(found),
        before=months_after(first, -1),
        after=months_after(first, 1),
        today=today(),
        **tabs(),
    )


@requires(Permission.HOLD_SESSIONS)
@looks(Purpose.PROOF)
def session(code: str) -> str:
    """Show a session, who is on its list and who attended."""
    found = queries.session(code)
    listed = named(today(), queries.invited(found.id))
    looked_at(listed)
    title = next((one.content.title for one in newest_editions() if one.module_id == found.module_id), None)
    site = next((one.name for one in people.sites() if one.id == found.site_id), "")
    entries, kept = queries.entries(found.id), sheets.of_session(found.id)
    held = [one for one in found.half_days if one.held_on <= today()]
    deeds = [one.recorded_by for one in entries] + [one.row.kept_by for one in kept]
    deeds += [one.withdrawal.withdrawn_by for one in kept if one.withdrawal]
    return render_template(
        "proof/session.html",
        session=found,
        module=title,
        site=site,
        people=sorted(listed.values(), key=lambda who: who.full_name.casefold()),
        seen=queries.attendance(found.id),
        corrections=[one for one in entries if one.reason],
        names=listed | named(today(), {one for one in deeds if one}),
        kept=kept,
        lacking=sheets.lacking(held, {found.id: kept}),
        to_keep=SheetsForm().offer(held, PARTS) if held else None,
        half_days={one.id: one for one in found.half_days},
        invite=InviteForm().offer(people.teams()),
        cancel=ReasonForm(),
        parts=PARTS,
        today=today(),
    )


@requires(Permission.HOLD_SESSIONS)
@names_nobody("it shows sessions, not who is in them")
def new_session() -> str | Response | tuple[str, int]:
    """Plan a session."""
    form = SessionForm().offer()
    if form.validate_on_submit():
        try:
            made = actions.plan_session((form.code.data or "").strip(), form.entry(), somebody().id, now())
            return redirect(url_for("proof.session", code=made.code))
        except Refusal as refusal:
            _tell(form, refusal)
    page = render_template("proof/session_form.html", form=form, session=None)
    return page if not form.errors else (page, 422)


@requires(Permission.HOLD_SESSIONS)
@names_nobody("it shows sessions, not who is in them")
def edit_session(code: str) -> str | Response | tuple[str, int]:
    """Correct what is said of a session."""
    found = queries.session(code)
    form = SessionForm().offer()
    del form.code
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        try:
            actions.change_session(code, form.entry())
            return redirect(url_for("proof.session", code=code))
        except Refusal as refusal:
            _tell(form, refusal)
    page = render_template("proof/session_form.html", form=form, session=found)
    return page if not form.errors else (page, 422)


@requires(Permission.HOLD_SESSIONS)
def cancel_session(code: str) -> Response:
    """Cancel a session, with its reason."""
    return _done(code, lambda: actions.cancel_session(code, request.form.get("reason", "")[:300], now()))


@requires(Permission.HOLD_SESSIONS)
def invite(code: str) -> Response:
    """Put a team, or people by their registration numbers, on the list."""
    found = queries.session(code)
    numbers = request.form.get("registrations", "").replace(",", " ").replace(";", " ").split()
    known = queries.people_registered(numbers)
    unknown = [number for number in numbers if number not in known]
    if unknown:
        flash(_("Nobody has these registration numbers: %(numbers)s.", numbers=", ".join(unknown[:10])), "danger")
        return redirect(url_for("proof.session", code=code))
    team_id = request.form.get("team", type=int)
    first = found.half_days[0].held_on
    members = [stay.person_id for stay in people.memberships([team_id], first, first)] if team_id else []
    wanted = {*members, *(person.id for person in known.values())}

    def put() -> None:
        made = actions.invite(code, wanted, somebody().id, now())
        flash(ngettext("%(num)s person is new on the list.", "%(num)s people are new on the list.", made), "success")

    return _done(code, put)


@requires(Permission.HOLD_SESSIONS)
def uninvite(code: str, person_id: int) -> Response:
    """Take somebody off the list."""
    return _done(code, lambda: actions.uninvite(code, person_id))


def _lacking(found: Sequence[Session]) -> set[int]:
    """Return the sessions with a half-day that was held and of which no signed sheet is kept."""
    held = [half_day for one in found for half_day in one.half_days if half_day.held_on <= today()]
    return {one.session_id for one in sheets.lacking(held, sheets.of_sessions({one.id for one in found}))}


def _done(code: str, act: Callable[[], None]) -> Response:
    queries.session(code)
    try:
        act()
    except Refusal as refusal:
        flash(worded(refusal), "danger")
    return redirect(url_for("proof.session", code=code))


def _tell(form: SessionForm, refusal: Refusal) -> None:
    field = form[FIELDS_OF_REFUSALS.get(type(refusal), "half_days")]
    field.errors = [*field.errors, worded(refusal)]


def _month() -> date:
    try:
        return date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return today().replace(day=1)
