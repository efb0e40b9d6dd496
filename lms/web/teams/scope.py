"""Whose skills the reader may see: leaders their own teams', trainers and HR everybody's."""

from collections.abc import Collection

from lms.kernel.clock import today
from lms.kernel.refusals import NotFound
from lms.people import queries as people
from lms.people.permissions import Permission
from lms.web.shared.identity import can, somebody


def visible_teams() -> frozenset[int] | None:
    """Return the teams whose people the reader may see, None for all."""
    return None if can(Permission.MANAGE_SKILLS) else somebody().led_teams


def visible_people(team_ids: Collection[int] | None) -> set[int]:
    """Return who is in these teams today."""
    return {stay.person_id for stay in people.memberships(team_ids, today(), today())}


def check_visible(person_id: int) -> None:
    """Raise NotFound unless the reader may see this person."""
    if person_id not in visible_people(visible_teams()):
        raise NotFound()


def answerable() -> set[int] | None:
    """Return whose contests the reader answers: a leader those of their teams, HR everybody's, in a team or not."""
    teams = visible_teams()
    return None if teams is None else visible_people(teams)
