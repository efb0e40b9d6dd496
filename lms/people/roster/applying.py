"""Preview a roster and carry it out, in the one transaction of whoever asks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update

from lms.kernel.clock import local_day
from lms.kernel.database import db
from lms.kernel.refusals import Refusal
from lms.people import actions, badges, stays
from lms.people.models import Act, Badge, BadgeKind, Person, PersonEvent, RoleGrant, TeamMembership
from lms.people.permissions import Role
from lms.people.roster import snapshot
from lms.people.roster.columns import Field
from lms.people.roster.comparison import Plan, Preview, Terms, compare
from lms.people.roster.making import Made, make_places, resolved
from lms.people.roster.reading import Roster
from lms.people.rules import TeamWouldBeEmpty


class PeopleChanged(Refusal):
    """What the import would do is no longer what was shown: people changed meanwhile."""


def preview(roster: Roster, today: date, make_places: bool, grantable: frozenset[Role]) -> Preview:
    """Return what importing the roster would do; changes nothing.

    Raises what reading the rows raises.
    """
    terms = Terms(today, make_places, grantable, badges.badge_digest)
    return compare(roster.rows(), roster.columns, snapshot.known(today), terms)


def apply(shown: Preview, by: int | None, now: datetime, may_empty: bool = False) -> None:
    """Carry a preview out; it must have been made in the same transaction.

    Raises TeamWouldBeEmpty unless somebody said that teams may be left with nobody, and
    LastAdministrator when it would leave nobody to give out roles.
    """
    if shown.losses.emptied and not may_empty:
        raise TeamWouldBeEmpty(team=", ".join(one.team for one in shown.losses.emptied))
    made = make_places(shown.missing) if shown.makes_places else {}
    today = local_day(now)
    # Changes first, in the order of the file: somebody new may take an address that is given up.
    _change(shown.changed, made, today, by, now)
    _create(shown.created, made, today, by, now)
    stays.follow_posts(today)


def check_unchanged(shown: Preview, fingerprint: str) -> None:
    """Raise PeopleChanged unless the preview is the one that bore this fingerprint."""
    if shown.fingerprint != fingerprint:
        raise PeopleChanged()


def _change(plans: Sequence[Plan], made: Made, today: date, by: int | None, now: datetime) -> None:
    # The days of hiring and leaving are set one after the other, and must fit at every moment.
    _set_columns([{"id": plan.person_id, "hired_on": None} for plan in plans if _changes_both_days(plan)])
    for plan in plans:
        _change_presence(plan, made, today, by, now)
    db.session.flush()
    _set_columns([{"id": plan.person_id, **_columns(plan, made)} for plan in plans])
    db.session.expire_all()
    _grant([(plan.person_id, plan) for plan in plans], made)
    _renew_badges(plans, by, now)
    _note([(plan.person_id, plan) for plan in plans], Act.CHANGED, by, now)


def _changes_both_days(plan: Plan) -> bool:
    return "hired_on" in plan.values and bool(plan.left_on or plan.back_on or plan.team is not None)


def _set_columns(rows: list[dict[str, object]]) -> None:
    if changing := [row for row in rows if len(row) > 1]:
        db.session.execute(update(Person), changing)


def _columns(plan: Plan, made: Made) -> dict[str, object]:
    if plan.workstation is None:
        return plan.values
    return plan.values | {"workstation_id": resolved(Field.WORKSTATION, plan.workstation, made)}


def _change_presence(plan: Plan, made: Made, today: date, by: int | None, now: datetime) -> None:
    person_id = _number(plan)
    team_id = resolved(Field.TEAM, plan.team, made)
    if plan.back_on:
        actions.come_back(person_id, team_id, plan.back_on, by, now)
    if plan.left_on:
        actions.leave(person_id, plan.left_on, by, now, today)
    # A leaving that is put off lengthens the last stay, which may be the one wanted.
    if team_id is not None and not plan.back_on and not actions.is_in_team(person_id, team_id, today):
        hired_on = plan.values.get("hired_on") or db.session.get_one(Person, person_id).hired_on
        actions.move(person_id, team_id, max(today, hired_on) if isinstance(hired_on, date) else today, by, now)


def _renew_badges(plans: Sequence[Plan], by: int | None, now: datetime) -> None:
    """Hand out the badges that the file names; the one before is no longer good."""
    for plan in plans:
        if plan.badge is not None:
            badges.replace(_number(plan), plan.badge, by, now)


def _create(plans: Sequence[Plan], made: Made, today: date, by: int | None, now: datetime) -> None:
    if not plans:
        return
    codes = actions.new_personal_codes(len(plans))
    rows = [_person(plan, code, made, now) for plan, code in zip(plans, codes, strict=True)]
    numbers = db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows).all()
    numbered = list(zip(numbers, plans, strict=True))
    _insert(TeamMembership, [_stay(number, plan, made, today) for number, plan in numbered if plan.team is not None])
    _insert(
        RoleGrant,
        [
            {"person_id": number, "role": Role.OPERATOR, "team_id": None}
            for number, plan in numbered
            if (Role.OPERATOR, None) not in plan.roles
        ],
    )
    _grant(numbered, made)
    _insert(
        Badge,
        [
            {
                "person_id": number,
                "digest": plan.badge,
                "kind": BadgeKind.READER,
                "issued_at": now,
                "issued_by": by,
            }
            for number, plan in numbered
            if plan.badge is not None
        ],
    )
    _note(numbered, Act.CREATED, by, now)


def _person(plan: Plan, code: str, made: Made, now: datetime) -> dict[str, object]:
    nothing = {"given_name": "", "family_name": "", "email": None, "language": None, "hired_on": None, "age_band": None}
    return {
        **nothing,
        "workstation_id": None,
        **_columns(plan, made),
        "registration": plan.registration,
        "left_on": plan.left_on,
        "personal_code": code,
        "simulated": False,
        "created_at": now,
    }


def _stay(number: int, plan: Plan, made: Made, today: date) -> dict[str, object]:
    # A list tells who is in the team now; of the days before it knows only the hiring.
    hired_on = plan.values.get("hired_on")
    joined_on = hired_on if isinstance(hired_on, date) else today
    joined_on = min(joined_on, plan.left_on or joined_on)
    team_id = resolved(Field.TEAM, plan.team, made)
    return {"person_id": number, "team_id": team_id, "joined_on": joined_on, "left_on": plan.left_on}


def _grant(numbered: Sequence[tuple[int | None, Plan]], made: Made) -> None:
    _insert(
        RoleGrant,
        [
            {"person_id": number, "role": role, "team_id": resolved(Field.TEAM, team, made)}
            for number, plan in numbered
            for role, team in plan.roles
        ],
    )


def _note(numbered: Sequence[tuple[int | None, Plan]], act: Act, by: int | None, now: datetime) -> None:
    _insert(
        PersonEvent,
        [
            {"at": now, "by_id": by, "person_id": number, "act": act, "detail": _detail(plan, act)}
            for number, plan in numbered
        ],
    )


def _detail(plan: Plan, act: Act) -> str:
    return " ".join(change.field.value for change in plan.changes) if act is Act.CHANGED else ""


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(table), rows)


def _number(plan: Plan) -> int:
    if plan.person_id is None:
        raise ValueError("a plan for somebody known has a number")
    return plan.person_id
