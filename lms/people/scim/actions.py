"""Carry out what a directory asks, through the same actions as pages and rosters."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from lms.kernel.database import db
from lms.kernel.refusals import NotFound
from lms.people import actions, plant
from lms.people.actions import Entry
from lms.people.models import Person, Team
from lms.people.rules import TeamWouldBeEmpty, is_present
from lms.people.scim import queries, reading
from lms.people.scim.rules import ValueNotUnderstood


def create_user(body: Mapping[str, Any], now: datetime, today: date) -> int:
    """Enter someone new; return their number.

    Raises ValueNotUnderstood or what `people.actions.create_person` raises.
    """
    sent = reading.user(body)
    registration = sent.registration or sent.email
    if not registration:
        raise ValueNotUnderstood(attribute="userName")
    entry = Entry(
        registration, sent.given_name or "", sent.family_name or "", sent.email or None, sent.language or None
    )
    number = actions.create_person(entry, None, today, by=None, now=now)
    if sent.active is False:
        actions.leave(number, today, None, now, today)
    return number


def change_user(person_id: int, body: Mapping[str, Any], now: datetime, today: date) -> None:
    """Correct what is said of someone; what is not mentioned stays. `active` notes a last day, or takes back.

    Raises NotFound, ValueNotUnderstood or what `people.actions` raises.
    """
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    sent = reading.user(body)
    actions.change_person(person_id, _corrected(person, sent), by=None, now=now)
    if sent.active is not None and sent.active != is_present(person.left_on, today):
        if sent.active:
            actions.come_back(person_id, None, today, by=None, now=now)
        else:
            # Yesterday was the last day: the way in is shut now. Whoever was hired today leaves at its end.
            last = max(today - timedelta(days=1), person.hired_on or date.min)
            actions.leave(person_id, last, None, now, today)


def create_group(body: Mapping[str, Any], now: datetime, today: date) -> int:
    """Enter a team with its members; return its number. Raises ValueNotUnderstood, CodeTaken or NotFound."""
    sent = reading.group(body)
    if not sent.name:
        raise ValueNotUnderstood(attribute="displayName")
    number = plant.add_team((sent.code or sent.name)[:40], sent.name, None, None)
    _set_members(number, sent.members or frozenset(), now, today)
    return number


def change_group(team_id: int, body: Mapping[str, Any], now: datetime, today: date) -> None:
    """Correct a team's name and who is in it; whoever goes into it leaves the team they were in.

    Raises NotFound, ValueNotUnderstood, TeamWouldBeEmpty or what `people.actions.move` raises.
    """
    team = db.session.get(Team, team_id)
    if team is None:
        raise NotFound()
    sent = reading.group(body)
    if sent.name and sent.name != team.name:
        plant.change_team(team_id, sent.name, team.workshop_id, team.shift_id)
    if sent.members is not None:
        _set_members(team_id, sent.members, now, today)


def _corrected(person: Person, sent: reading.SentUser) -> Entry:
    def kept(said: str | None, before: str) -> str:
        return before if said is None else said

    return Entry(
        registration=sent.registration or person.registration,
        given_name=kept(sent.given_name, person.given_name),
        family_name=kept(sent.family_name, person.family_name),
        email=person.email if sent.email is None else sent.email or None,
        language=person.language if sent.language is None else sent.language or None,
        workstation_id=person.workstation_id,
        hired_on=person.hired_on,
        age_band=person.age_band,
    )


def _set_members(team_id: int, wanted: frozenset[int], now: datetime, today: date) -> None:
    held = queries.members(team_id, today)
    if held and not wanted:
        raise TeamWouldBeEmpty(team=db.session.get_one(Team, team_id).name)
    for number in sorted(wanted - held):
        actions.move(number, team_id, today, by=None, now=now)
    for number in sorted(held - wanted):
        actions.leave_team(number, team_id, today - timedelta(days=1), by=None, now=now)
