"""What a session and an attendance may be. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.kernel.refusals import Refusal

LONGEST_HALF_DAY = 300
"""Minutes: five hours, the most that is one half-day."""


class Part(StrEnum):
    """Which half of a day; a night belongs to the date on which it starts."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    NIGHT = "night"


class SessionCodeTaken(Refusal):
    """Another session has this code."""


class SessionCodeMalformed(Refusal):
    """A code is made of up to 40 letters, digits and hyphens."""


class NoHalfDay(Refusal):
    """A session has at least one half-day."""


class HalfDayTwice(Refusal):
    """A session has each half-day once."""


class HalfDayTooLong(Refusal):
    """A half-day lasts from one minute to five hours."""


class HalfDayAttended(Refusal):
    """Attendance is recorded for a half-day that would go."""


class SessionFull(Refusal):
    """More people would be invited than the session has places."""


class SessionCancelled(Refusal):
    """The session was cancelled."""


class ReasonMissing(Refusal):
    """What takes something back says why."""


class NotHiredYet(Refusal):
    """The person was not hired yet on that day."""


class LeftBefore(Refusal):
    """The person had left before that day."""


class HeldInFuture(Refusal):
    """Nobody has attended a half-day that is still to come."""


class TooManyMinutes(Refusal):
    """Somebody attended no longer than the half-day lasted, and not at all when absent."""


class AttendanceRecorded(Refusal):
    """Somebody whose attendance is recorded stays on the list."""


class SheetKept(Refusal):
    """A signed sheet is kept: what it proves stays."""


class SheetKeptAlready(Refusal):
    """A signed sheet is kept once for a session."""

    def __init__(self, place: int) -> None:
        super().__init__(place=place)
        self.place = place
        """Of the sheet among those that were to be kept, from 0."""


class SheetWithdrawnAlready(Refusal):
    """A signed sheet is withdrawn once."""


@dataclass(frozen=True)
class HalfDay:
    """One half-day as it is planned."""

    held_on: date
    part: Part
    minutes: int
    """Planned, from 1 to `LONGEST_HALF_DAY`."""


def check_half_days(half_days: Sequence[HalfDay]) -> None:
    """Raise NoHalfDay, HalfDayTwice or HalfDayTooLong unless these make a session."""
    if not half_days:
        raise NoHalfDay()
    if len({(one.held_on, one.part) for one in half_days}) < len(half_days):
        raise HalfDayTwice()
    if any(not 1 <= one.minutes <= LONGEST_HALF_DAY for one in half_days):
        raise HalfDayTooLong(most=LONGEST_HALF_DAY)


def check_places(invited: int, capacity: int | None) -> None:
    """Raise SessionFull when more are invited than there are places; None is no limit."""
    if capacity is not None and invited > capacity:
        raise SessionFull(capacity=capacity, over=invited - capacity)


def check_employed(on: date, hired_on: date | None, left_on: date | None) -> None:
    """Raise NotHiredYet or LeftBefore unless the person belonged to the plant that day, as far as is known."""
    if hired_on is not None and on < hired_on:
        raise NotHiredYet(hired_on=hired_on)
    if left_on is not None and on > left_on:
        raise LeftBefore(left_on=left_on)


def check_minutes(present: bool, minutes: int, planned: int) -> None:
    """Raise TooManyMinutes unless somebody was there for a part of what was planned, or absent for none."""
    if not (1 <= minutes <= planned if present else minutes == 0):
        raise TooManyMinutes(planned=planned)


@dataclass(frozen=True)
class Attended:
    """What is in force of one person and half-day."""

    present: bool
    minutes: int
    signed: bool
    reason: str = ""
