"""A leader of the simulated plant who will be away, and who stands in."""

from datetime import datetime, timedelta

from lms.demonstration.visitors import STAFF, Visitor
from lms.people.deputies import actions
from lms.people.permissions import Role

AWAY_IN, AWAY_FOR = timedelta(days=3), timedelta(days=7)


def name_deputy(visiting: dict[Visitor, int], now: datetime) -> None:
    """Let the trainer stand in for the team leader next week, named by human resources."""
    numbers = {visitor.role: visiting[visitor] for visitor in STAFF}
    first = now.date() + AWAY_IN
    people = numbers[Role.TEAM_LEADER], numbers[Role.TRAINER]
    actions.name(*people, first, first + AWAY_FOR, by=numbers[Role.HR], now=now, today=now.date())
