"""What stands in a copy of one's own data, in words: who, which, what and when, instead of numbers and codes."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from lms.catalogue.models import Edition
from lms.classroom.models import HalfDay, Session
from lms.delivery.models import Terminal
from lms.kernel.database import db
from lms.kernel.languages import KIOSK_LANGUAGES, in_language, readers_name
from lms.kernel.languages import gettext as _
from lms.kernel.settings import setting
from lms.people.models import Person, RoleGrant, Shift, Team, Workstation
from lms.people.permissions import Role
from lms.plans.models import Plan
from lms.privacy import fields, words
from lms.privacy.codes import Codes, codes
from lms.progress.naming import titles
from lms.proof.models import HabilitationKind
from lms.reports import proof_words
from lms.reports.words import day, number
from lms.skills.models import Task

NAMED = frozenset({
    "sign_offs.observer_id", "sign_off_sheets.observer_id", "sign_off_sheets.content", "level_changes.signed_by_id",
    "level_changes.countersigned_by_id", "afest_records.led_by_id", "sign_off_signatures.signer_id",
    "privacy_answers.by_id", "contest_answers.by_id", "help_answers.by_id",
})  # fmt: skip
"""Where people read on their own pages by name who it was; elsewhere a copy says in what function."""
DAYS = frozenset({"active_days.day", "completions.done_on", "completions.until_on", "completions.again_on"})
"""Days that are kept as numbers."""
NEVER = date.max.toordinal()
NAMES: Mapping[str, Any] = {
    "team_id": (Team.id, Team.name),
    "workstation_id": (Workstation.id, Workstation.name),
    "shift_id": (Shift.id, Shift.name),
    "terminal_id": (Terminal.id, Terminal.name),
    "plan_id": (Plan.id, Plan.code),
    "session_id": (Session.id, Session.title),
}
TITLES: Mapping[str, Any] = {
    "task_id": (Task.id, Task.title),
    "habilitations.kind_id": (HabilitationKind.id, HabilitationKind.title),
}
SIGNED = {"person": "person_id", "observer": "observer_id", "task": "task_id"}
"""What is in words inside of what was signed as it is in a column."""


class Values:
    """The words of one person's copy, in the language of whoever reads it."""

    def __init__(self, person_id: int) -> None:
        self.person_id = person_id
        self._somebody: dict[tuple[int, bool], str] = {}

    def said(self, table: str, column: str, value: Any) -> str:
        """Return a value in words; what is no code stays as it is."""
        if value is None or value in ("", [], {}, ()):
            return "–"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list | tuple):
            return ", ".join(self.said(table, column, one) for one in value)
        if isinstance(value, Mapping):
            return self._within(table, column, value)
        if isinstance(value, int):
            return self._number(table, column, value)
        return number(value, 2) if isinstance(value, float) else self._text(table, column, str(value))

    def _within(self, table: str, column: str, value: Mapping[str, Any]) -> str:
        if value.keys() <= KIOSK_LANGUAGES.keys():
            return in_language(value)
        known = fields.fields()
        told = ((known.get(SIGNED.get(name, name), name), SIGNED.get(name, name), one) for name, one in value.items())
        return " · ".join(f"{called} = {self.said(table, name, one)}" for called, name, one in told)

    def _number(self, table: str, column: str, value: int) -> str:
        if _names_somebody(table, column):
            named = value == self.person_id or f"{table}.{column}" in NAMED
            return self._person(value, named=named)
        if f"{table}.{column}" in DAYS:
            return _("without end") if value > NEVER else day(date.fromordinal(value))
        rows = self._rows.get(f"{table}.{column}") or self._rows.get(column, {})
        return rows.get(value, str(value))

    def _text(self, table: str, column: str, value: str) -> str:
        known = self._codes.get(f"{table}.{column}") or self._codes.get(column)
        if known is not None:
            return known.get(value, value)
        if column == "language":
            return readers_name(value)
        if column in ("origin", "place", "read_at_origin"):
            return self._place(value)
        if (table, column) == ("person_events", "detail"):
            return ", ".join(self._changed(one) for one in value.split(", "))
        return moment(value) or value

    def _changed(self, value: str) -> str:
        """Return the role, the team or the field that an entry about a change names."""
        known = fields.fields()
        called = self._codes["role"].get(value) or self._teams.get(value) or known.get(f"people.{value}")
        return str(called or known.get(value, value))

    def _place(self, value: str) -> str:
        kind, _colon, which = value.partition(":")
        if kind == "terminal" and which.isdigit():
            return self._rows["terminal_id"].get(int(which), value)
        return {"staff": _("at a desk"), "tablet": _("at a kiosk")}.get(kind, value)

    def _person(self, number: int, *, named: bool) -> str:
        if (number, named) not in self._somebody:
            self._somebody[number, named] = (_name(number) if named else "") or _function(number)
        return self._somebody[number, named]

    @cached_property
    def _teams(self) -> Codes:
        return dict(db.session.execute(select(Team.code, Team.name)).all())

    @cached_property
    def _codes(self) -> dict[str, Codes]:
        return codes()

    @cached_property
    def _rows(self) -> dict[str, dict[int, str]]:
        """Return what rows of other tables are called, by the column that refers to them."""
        modules, editions = titles(), select(Edition.id, Edition.module_id, Edition.number)
        halves = select(HalfDay.id, HalfDay.held_on, HalfDay.part)
        return {
            "module_id": modules,
            "edition_id": {
                key: _("%(title)s, edition %(number)s", title=modules.get(module, ""), number=edition)
                for key, module, edition in db.session.execute(editions)
            },
            "half_day_id": {
                key: f"{day(held_on)}, {proof_words.parts()[part]}" for key, held_on, part in db.session.execute(halves)
            },
            **{column: dict(db.session.execute(select(*named)).all()) for column, named in NAMES.items()},
            **{
                column: {key: in_language(title) for key, title in db.session.execute(select(*titled))}
                for column, titled in TITLES.items()
            },
        }


def moment(value: str) -> str | None:
    """Return a day, or a moment in the world's time as `files.plain` writes it, as it is read here; else None."""
    if not value[:4].isdigit() or value[4:5] != "-":
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    if "T" not in value:
        return day(at.date())
    here = at.astimezone(setting("TIMEZONE"))
    return f"{day(here.date())}, {here:%H:%M}"


def _names_somebody(table: str, column: str) -> bool:
    found = db.metadata.tables.get(table)
    if column == "person_id" or found is None or column not in found.columns:
        return column in SIGNED.values() and column != "task_id"
    return any(key.column.table.name == "people" for key in found.columns[column].foreign_keys)


def _name(number: int) -> str:
    person = db.session.get(Person, number)
    return person.full_name if person else ""


def _function(number: int) -> str:
    """Return what somebody is here: whoever acts is seldom an operator alone."""
    found = set(db.session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == number)))
    acting = [words.roles()[role] for role in Role if role in found and role is not Role.OPERATOR]
    return ", ".join(acting) or words.roles()[Role.OPERATOR]
