"""What is refused of deputies (pure)."""

from collections.abc import Iterable
from datetime import date, timedelta

from lms.kernel.refusals import Refusal

LONGEST = timedelta(days=184)
"""Who leads a team for longer is its leader."""


class DeputyIsLeader(Refusal):
    """Nobody stands in for themselves."""


class LeadsNoTeam(Refusal):
    """Only someone who leads a team has a deputy."""


class DeputyDaysWrong(Refusal):
    """The last day lies before the first, or in the past, or too far away."""


class DeputyOverlaps(Refusal):
    """Somebody else stands in for the same leader on one of these days."""


class DeputyNotHere(Refusal):
    """Someone who has left, or will have left by then, stands in for nobody."""


def check_days(first: date, last: date, today: date) -> None:
    """Raise DeputyDaysWrong unless these are days to come, or today, and not too many."""
    if last < first or last < today or last - first > LONGEST:
        raise DeputyDaysWrong(most=LONGEST.days)


def check_free(first: date, last: date, taken: Iterable[tuple[date, date]]) -> None:
    """Raise DeputyOverlaps when one of the days is among those taken; both ends of a stretch count."""
    for begins, ends in taken:
        if first <= ends and begins <= last:
            raise DeputyOverlaps(first_day=begins, last_day=ends)
