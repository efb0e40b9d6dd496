"""Filters of the follow-up, kept in the address."""

from collections.abc import Iterable
from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField
from wtforms.validators import Optional, ValidationError

from lms.kernel.clock import today
from lms.progress.following import OPEN, ORDERS, Followed, Wanted
from lms.progress.rules import State

STATES = {
    State.LATE: _l("Late"),
    State.UNDER_WAY: _l("Under way"),
    State.NOT_STARTED: _l("Not started"),
    State.COMPLETED: _l("Completed"),
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
        return min(self.as_of.data or today(), today())


class Narrowing(AsOf):
    """Which of the people to learn are listed."""

    team = SelectField(_l("Team"))
    shift = SelectField(_l("Shift"))
    module = SelectField(_l("Module"))
    state = SelectField(_l("State"), default=NOT_READY)
    due_until = DateField(_l("Due until"), [Optional()])

    def offer(self, rows: Iterable[Followed], title_of: dict[int, str]) -> None:
        """Offer what occurs in the rows."""
        self.team.choices = _choices(_l("All teams"), {row.team_id: row.team for row in rows})
        self.shift.choices = _choices(_l("All shifts"), {row.shift_id: row.shift for row in rows if row.shift_id})
        self.module.choices = _choices(_l("All modules"), {row.module_id: title_of[row.module_id] for row in rows})
        self.state.choices = [(NOT_READY, _l("Late or not yet ready")), *STATES.items(), (ALL, _l("All states"))]

    @property
    def wanted(self) -> Wanted:
        """What the rules of the list understand; a choice that is not on offer counts as none."""
        self.validate()
        sort = request.args.get("sort", "")
        return Wanted(
            team_id=_number(self.team),
            shift_id=_number(self.shift),
            module_id=_number(self.module),
            states=_states(self.state.data if not self.state.errors else NOT_READY),
            due_until=self.due_until.data if not self.due_until.errors else None,
            sort=sort if sort.removeprefix("-") in ORDERS else "due",
        )


def _choices(everything: object, found: dict[int, str]) -> list[tuple[str, object]]:
    return [("", everything), *((str(id), name) for id, name in sorted(found.items(), key=lambda one: one[1]))]


def _number(field: SelectField) -> int | None:
    return int(field.data) if field.data and not field.errors else None


def _states(choice: str | None) -> tuple[State, ...]:
    if choice == ALL:
        return tuple(State)
    return (State(choice),) if choice in set(State) else OPEN
