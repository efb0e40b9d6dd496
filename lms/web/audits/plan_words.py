"""What a plan says, in words: whom it names, and what changed from one version to the next."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.audit import queries as audits
from lms.catalogue import queries as catalogue
from lms.kernel.languages import in_language
from lms.people import directory
from lms.people import queries as people
from lms.people.permissions import Role
from lms.plans.models import Act, Plan, PlanVersion
from lms.plans.rules import Reason, Rhythm, changed
from lms.web.account.wording import ROLE_NAMES
from lms.web.audits.plan_forms import REASONS, RHYTHMS

FIELDS: dict[str, LazyString] = {
    "module": _l("Module"),
    "recommendation": _l("Recommendation it answers"),
    "reason": _l("Why"),
    "basis": _l("Text that requires it"),
    "assigned_on": _l("Assigned on"),
    "due_on": _l("Due date"),
    "rhythm": _l("When it is asked"),
    "months": _l("Every so many months"),
    "teams": _l("Teams"),
    "shifts": _l("Shifts"),
    "posts": _l("Posts"),
    "roles": _l("Roles"),
    "people": _l("And these people"),
}
ACTS = {Act.MADE: _l("Made"), Act.CHANGED: _l("Changed"), Act.CANCELLED: _l("Cancelled")}


@dataclass(frozen=True)
class Changed:
    """One thing that a version says otherwise than the one before."""

    field: LazyString
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One version of a plan, in words."""

    version: PlanVersion
    act: LazyString
    by: str
    changes: list[Changed]


def whom() -> Callable[[Plan], list[tuple[LazyString, str]]]:
    """Return what says whom a plan names, kind by kind; a person only by their count."""
    every_team = len(people.teams())
    names = _names(named=False)

    def told(plan: Plan) -> list[tuple[LazyString, str]]:
        said = plan.terms.document()
        kinds = [kind for kind in ("teams", "shifts", "posts", "roles", "people") if said[kind]]
        found = {kind: names[kind](said[kind]) for kind in kinds}
        if len(said["teams"]) == every_team > 0:
            found["teams"] = _("All teams")
        return [(FIELDS[kind], words) for kind, words in found.items()]

    return told


def history(versions: Collection[PlanVersion], named: bool) -> list[Told]:
    """Return the versions, the newest first, each with what it changed; people by name only where `named`."""
    numbers = {number for version in versions for number in version.terms["people"]}
    writers = {version.by_id for version in versions if version.by_id is not None}
    by, names = names_of(writers), _names(named, numbers)
    in_order = sorted(versions, key=lambda version: version.number)
    pairs = zip(in_order, [None, *in_order], strict=False)
    told = [
        Told(version, ACTS[version.act], by.get(version.by_id or 0, _("the server")), _changes(before, version, names))
        for version, before in pairs
    ]
    return told[::-1]


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """Return who these people are, family name first."""
    return {person.id: f"{person.family_name} {person.given_name}".strip() for person in directory.people(person_ids)}


def _changes(
    before: PlanVersion | None, version: PlanVersion, names: Mapping[str, Callable[[Any], str]]
) -> list[Changed]:
    if before is None:
        return []
    return [
        Changed(FIELDS[name], names[name](before.terms[name]), names[name](version.terms[name]))
        for name in changed(before.terms, version.terms)
    ]


def _names(named: bool, person_ids: Collection[int] = ()) -> dict[str, Any]:
    """Return, for each field of a version, what says it: a function, or for lists of numbers their names."""
    teams = {team.id: team.name for team in people.teams()}
    shifts = {shift.id: shift.name for shift in people.shifts()}
    posts = {post.id: f"{post.workshop.name}, {post.name}" for post in people.workstations()}
    modules = {edition.module_id: in_language(edition.content.title) for edition in catalogue.newest_editions()}
    answered = {row.id: row.code for row in audits.recommendations()}
    persons = names_of(person_ids) if named else {}
    return {
        "module": lambda number: modules.get(number, str(number)),
        "recommendation": lambda number: answered.get(number, "") if number else _("No recommendation"),
        "reason": lambda value: str(REASONS[Reason(value)]),
        "basis": lambda words: words or "–",
        "assigned_on": _day,
        "due_on": _day,
        "rhythm": lambda value: str(RHYTHMS[Rhythm(value)]),
        "months": str,
        "teams": lambda numbers: _list(teams, numbers),
        "shifts": lambda numbers: _list(shifts, numbers),
        "posts": lambda numbers: _list(posts, numbers),
        "roles": lambda values: ", ".join(str(ROLE_NAMES[Role(value)]) for value in values) or "–",
        "people": lambda numbers: _list(persons, numbers) if named else str(len(numbers)),
    }


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), "medium")


def _list(names: Mapping[int, str], numbers: Collection[int]) -> str:
    return ", ".join(names.get(number, str(number)) for number in numbers) or "–"
