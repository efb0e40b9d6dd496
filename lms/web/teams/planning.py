"""Ten minutes for somebody: planned by two taps, taken back by one."""

from datetime import datetime
from uuid import UUID

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField

from lms.catalogue import queries as catalogue
from lms.delivery import queries as delivery
from lms.delivery.slots import actions, queries
from lms.delivery.slots.models import Slot
from lms.kernel.clock import now, today
from lms.kernel.refusals import NotFound, Refusal
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.web.shared.guards import requires
from lms.web.shared.identity import somebody
from lms.web.shared.looking import names_nobody
from lms.web.shared.refusals import wants_json, worded


class SlotForm(FlaskForm):
    """What a leader's tap says; `key` was made with the page, so that a second tap says the same."""

    key = HiddenField()
    module = IntegerField()
    offer = HiddenField()
    """The moment and the number of the kiosk, parted by a stroke."""


@requires(Permission.FOLLOW_OWN_TEAMS)
@names_nobody("the time that was planned")
def plan_slot(person_id: int) -> Response:
    """Plan ten minutes for somebody of the leader's own teams."""
    _check_led(person_id)
    key, module_id, starts_at, terminal_id = _read(SlotForm())
    try:
        slot = actions.plan_slot(
            key,
            person_id=person_id,
            module_id=module_id,
            starts_at=starts_at,
            terminal_id=terminal_id,
            by=somebody().id,
            now=now(),
        )
    except Refusal as refusal:
        if wants_json():
            raise
        flash(worded(refusal), "warning")
        return _back()
    said = _said(queries.slot(slot.id))
    if wants_json():
        return jsonify(said=said)
    flash(said, "success")
    return _back()


@requires(Permission.FOLLOW_OWN_TEAMS)
@names_nobody("that it was taken back")
def cancel_slot(slot_id: UUID) -> Response:
    """Take ten minutes back; once more changes nothing."""
    _check_led(queries.slot(slot_id).person_id)
    actions.cancel_slot(slot_id, now=now())
    flash(_("Taken back."), "success")
    return redirect(url_for("teams.week"))


def _check_led(person_id: int) -> None:
    led = {stay.person_id for stay in people.memberships(somebody().led_teams, today(), today())}
    if person_id not in led:
        raise NotFound()


def _read(form: SlotForm) -> tuple[UUID, int, datetime, int | None]:
    """Return what the page said; raises NotFound for what no page of ours says."""
    moment, _stroke, terminal = (form.offer.data or "").partition("|")
    modules = {edition.module_id for edition in catalogue.offered_editions()}
    terminals = {str(one.id): one.id for one in delivery.every_terminal()} | {"": None}
    try:
        key, starts_at, module_id = UUID(form.key.data or ""), datetime.fromisoformat(moment), form.module.data or 0
    except ValueError as error:
        raise NotFound() from error
    if module_id not in modules or terminal not in terminals or starts_at.tzinfo is None:
        raise NotFound()
    return key, module_id, starts_at, terminals[terminal]


def _said(slot: Slot) -> str:
    when = format_datetime(slot.starts_at, "EEEE d MMMM, HH:mm")
    if slot.terminal is None:
        return _("Planned: %(when)s.", when=when)
    return _("Planned: %(when)s, %(kiosk)s.", when=when, kiosk=slot.terminal.name)


def _back() -> Response:
    return redirect(url_for("teams.week" if request.form.get("from") == "week" else "teams.today"))
