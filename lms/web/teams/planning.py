"""Ten minutes for somebody: planned by two taps, moved by two, taken back by one."""

from datetime import date, datetime
from typing import Any
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
from lms.delivery.slots.actions import Wanted
from lms.delivery.slots.models import Slot
from lms.kernel.clock import local_day, now, today
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
    form = SlotForm()
    wanted = read_offer(person_id, form.module.data or 0, form.key.data or "", form.offer.data or "")
    try:
        slot = actions.plan_slot(wanted, by=somebody().id, now=now())
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
@names_nobody("the time to which it moved")
def move_slot(slot_id: UUID) -> Response:
    """Move ten minutes to another time; a second tap says the same, and a refused one leaves them where they were."""
    slot, form = queries.slot(slot_id), SlotForm()
    _check_led(slot.person_id)
    wanted = read_offer(slot.person_id, slot.module_id, form.key.data or "", form.offer.data or "")
    try:
        moved = actions.move_slot(slot_id, wanted, by=somebody().id, now=now())
    except Refusal as refusal:
        flash(worded(refusal), "warning")
        gone = slot.cancelled_at is not None
        return redirect(week_of(local_day(slot.starts_at)) if gone else url_for("teams.choose_time", slot_id=slot_id))
    flash(_said(queries.slot(moved.id)), "success")
    return redirect(week_of(local_day(moved.starts_at)))


@requires(Permission.FOLLOW_OWN_TEAMS)
@names_nobody("that it was taken back")
def cancel_slot(slot_id: UUID) -> Response:
    """Take ten minutes back; once more changes nothing."""
    slot = queries.slot(slot_id)
    _check_led(slot.person_id)
    actions.cancel_slot(slot_id, now=now())
    flash(_("Taken back."), "success")
    return redirect(week_of(local_day(slot.starts_at)))


def week_of(day: date) -> str:
    """Return the address of the week in which a day lies."""
    values: dict[str, Any] = {"from": day.isoformat()}
    return url_for("teams.week", **values)


def _check_led(person_id: int) -> None:
    led = {stay.person_id for stay in people.memberships(somebody().led_teams, today(), today())}
    if person_id not in led:
        raise NotFound()


def read_offer(person_id: int, module_id: int, key: str, offer: str) -> Wanted:
    """Return what a page said; raises NotFound for what no page of ours says."""
    moment, _stroke, terminal = offer.partition("|")
    modules = {edition.module_id for edition in catalogue.offered_editions()}
    terminals = {str(one.id): one.id for one in delivery.every_terminal()} | {"": None}
    try:
        number, starts_at = UUID(key), datetime.fromisoformat(moment)
    except ValueError as error:
        raise NotFound() from error
    if module_id not in modules or terminal not in terminals or starts_at.tzinfo is None:
        raise NotFound()
    return Wanted(number, person_id, module_id, starts_at, terminals[terminal])


def _said(slot: Slot) -> str:
    when = format_datetime(slot.starts_at, "EEEE d MMMM, HH:mm")
    if slot.terminal is None:
        return _("Planned: %(when)s.", when=when)
    return _("Planned: %(when)s, %(kiosk)s.", when=when, kiosk=slot.terminal.name)


def _back() -> Response:
    try:
        return redirect(week_of(date.fromisoformat(request.form.get("from", ""))))
    except ValueError:
        return redirect(url_for("teams.today"))
