"""Filters of the follow-up, kept in the address."""

from collections.abc import Mapping
from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField
from wtforms.validators import Optional, ValidationError

from lms.kernel.clock import today
from lms.progress.following import OPEN, ORDERS, Wanted
from lms.progress.holding import Hold
from lms.progress.rules import State

STATES = {
    State.LATE: _l("Late"),
    State.UNDER_WAY: _l("Under way"),
    State.NOT_STARTED: _l("Not started"),
    State.COMPLETED: _l("Completed"),
}
HOLDS = {
    Hold.TO_ACKNOWLEDGE: _l("Changed since then: to be acknowledged"),
    Hold.TO_RENEW: _l("Valid for a few more days: to be taken again"),
    Hold.LAPSED: _l("Valid no longer: to be taken again"),
    Hold.OVERTAKEN: _l("Done before: to be taken again"),
}
NOT_READY = "open"
ALL = "all"


class AsOf(Form):
    """The day of which the figures are."""

    as_of = DateField(_l("As of"), [Optional()])

    def validate_as_of(self, field: DateField) -> None:
        """Refuse a day to come: nothing is known of it."""
        if field.data and field.data > today():
            raise ValidationError(_("This day is still to come. Choose today or an earlier one."))

    @property
    def day(self) -> date:
        """The day that was chosen, today without a valid choice."""
        chosen = self.as_of.data if "as_of" in self else None
        return min(chosen or today(), today())


class Narrowing(AsOf):
    """Which of the people to learn are listed; a choice that is not on offer counts as none."""

    team = SelectField(_l("Team"), default="", validate_choice=False)
    shift = SelectField(_l("Shift"), default="", validate_choice=False)
    module = SelectField(_l("Module"), default="", validate_choice=False)
    state = SelectField(_l("State"), default=NOT_READY, validate_choice=False)
    due_until = DateField(_l("Due until"), [Optional()])

    def offer(self, choices: Mapping[str, Mapping[int, str]]) -> None:
        """Offer what occurs in the rows; a field with nothing to choose from goes."""
        self.state.choices = [(NOT_READY, _l("Late or not yet ready")), *STATES.items(), (ALL, _l("All states"))]
        for name, everything in (("team", _l("All teams")), ("shift", _l("All shifts")), ("module", _l("All modules"))):
            found = choices[name]
            self[name].choices = [("", everything), *sorted(((str(id), text) for id, text in found.items()), key=_text)]
            if len(found) < 2 and not self[name].data:
                del self[name]

    @property
    def wanted(self) -> Wanted:
        """What the rules of the list understand."""
        self.validate()
        sort = request.args.get("sort", "")
        return Wanted(
            team_id=self._number("team"),
            shift_id=self._number("shift"),
            module_id=self._number("module"),
            states=_states(self.state.data),
            due_until=self.due_until.data if not self.due_until.errors else None,
            sort=sort if sort.removeprefix("-") in ORDERS else "due",
        )

    def _number(self, name: str) -> int | None:
        field = self._fields.get(name)
        offered = {value for value, *_ in field.choices if value} if field else set()
        return int(field.data) if field and field.data in offered else None


def _text(choice: tuple[str, str]) -> str:
    return choice[1]


def _states(choice: str | None) -> tuple[State, ...]:
    if choice == ALL:
        return tuple(State)
    return (State(choice),) if choice in set(State) else OPEN
