"""Kiosks: which there are, how they fare, when they are meant to be in service."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.delivery import actions, queries
from lms.delivery.fleet import URGENT, concerns, urgent_first
from lms.delivery.models import ServiceHours, Terminal
from lms.delivery.rules import enrolment_is_open, scale_factor
from lms.delivery.service import TerminalDay
from lms.kernel.clock import now, today
from lms.people.permissions import Permission
from lms.web.admin.enrolling import code_just_made, picture_of
from lms.web.admin.forms import HoursForm, MessageForm, WhereaboutsForm, weekday_names
from lms.web.admin.wording import CONCERNS, MESSAGE_NAMES
from lms.web.shared import assets
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody


@requires(Permission.MANAGE_TERMINALS)
def terminals() -> str:
    """Show how every kiosk fares, those that need somebody first."""
    at = now()
    return render_template(
        "admin/terminals.html",
        kiosks=urgent_first(queries.fleet(at), at, assets.version()),
        words=CONCERNS,
        urgent=URGENT,
        form=MessageForm().offer_places(),
        now=at,
    )


@requires(Permission.MANAGE_TERMINALS)
def terminal(code: str) -> str:
    """Show one kiosk, with its one-time code if it was made a moment ago."""
    found = queries.terminal(code)
    entered = queries.hours_of(found.id)
    return _page(found, HoursForm(data=_to_form(entered[0] if entered else None)), code_just_made(code))


@requires(Permission.MANAGE_TERMINALS)
def set_hours(code: str) -> Response | tuple[str, int]:
    """Enter when a kiosk is meant to be in service, from a day on."""
    found, form = queries.terminal(code), HoursForm().offer()
    if not form.validate_on_submit():
        return _page(found, form), 422
    actions.set_hours(
        found.id,
        form.starts_on.data,
        form.opens_at.data,
        form.closes_at.data,
        form.weekdays.data,
        by=somebody().id,
        now=now(),
    )
    flash(_("The hours of service are entered."), "success")
    return redirect(url_for("admin.terminal", code=code))


@requires(Permission.MANAGE_TERMINALS)
def place(code: str) -> str | Response | tuple[str, int]:
    """Correct what a kiosk is called and where it stands."""
    found = queries.terminal(code)
    form = WhereaboutsForm(data={"name": found.name, "workshop": found.workshop_id}).offer_workshops()
    if not form.validate_on_submit():
        return render_template("admin/place_terminal.html", form=form, terminal=found), 422 if form.errors else 200
    actions.place_terminal(found, form.name.data, form.workshop.data)
    return redirect(url_for("admin.terminal", code=code))


def _page(found: Terminal, form: HoursForm, enrolment_code: str | None = None) -> str:
    [kiosk] = [kiosk for kiosk in queries.fleet(now()) if kiosk.code == found.code]
    return render_template(
        "admin/terminal.html",
        terminal=found,
        kiosk=kiosk,
        needs=concerns(kiosk, now(), assets.version()),
        words=CONCERNS,
        urgent=URGENT,
        present_version=assets.version(),
        message=MessageForm().to_one(),
        told=queries.messages_to(found.id),
        message_names=MESSAGE_NAMES,
        form=form.offer(),
        entered=queries.hours_of(found.id),
        days={1 << place: name for place, name in weekday_names()},
        lately=_lately(found.id),
        enrolment_code=enrolment_code,
        picture=picture_of(enrolment_code) if enrolment_code else None,
        waits=enrolment_is_open(found.enrolment_expires_at, now()) or queries.waiting_enrolment(found.id, now()),
        enrolments=queries.enrolments(found.id),
        scale_factor=scale_factor(found.pixels_per_mm) if found.pixels_per_mm else None,
        now=now(),
    )


def _to_form(hours: ServiceHours | None) -> dict[str, object]:
    if hours is None:
        return {"starts_on": today()}
    weekdays = [place for place in range(7) if hours.weekdays >> place & 1]
    return {"starts_on": today(), "opens_at": hours.opens_at, "closes_at": hours.closes_at, "weekdays": weekdays}


def _lately(terminal_id: int) -> list[TerminalDay]:
    """Return the last week of a kiosk, newest day first."""
    days = queries.availability(now() - timedelta(days=7), now())
    return [day for day in reversed(days) if day.terminal_id == terminal_id]
