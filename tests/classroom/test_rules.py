"""What a session and an attendance may be. Pure."""

from datetime import date

import pytest

from lms.classroom import rules
from lms.classroom.rules import HalfDay, Part

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("half_days", "refusal"),
    [
        ([], rules.NoHalfDay),
        ([HalfDay(DAY, Part.MORNING, 180), HalfDay(DAY, Part.MORNING, 60)], rules.HalfDayTwice),
        ([HalfDay(DAY, Part.NIGHT, 301)], rules.HalfDayTooLong),
        ([HalfDay(DAY, Part.NIGHT, 0)], rules.HalfDayTooLong),
    ],
)
def test_half_days_that_make_no_session(half_days: list[HalfDay], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.check_half_days(half_days)


@pytest.mark.parametrize(
    ("present", "minutes", "good"),
    [(True, 210, True), (True, 1, True), (False, 0, True), (True, 0, False), (True, 211, False), (False, 5, False)],
)
def test_minutes_lie_within_the_half_day(present: bool, minutes: int, good: bool) -> None:
    if good:
        rules.check_minutes(present, minutes, 210)
    else:
        with pytest.raises(rules.TooManyMinutes):
            rules.check_minutes(present, minutes, 210)


def test_nobody_attends_before_hiring_or_after_leaving() -> None:
    rules.check_employed(DAY, None, None)
    rules.check_employed(DAY, DAY, DAY)
    with pytest.raises(rules.NotHiredYet):
        rules.check_employed(DAY, date(2026, 3, 3), None)
    with pytest.raises(rules.LeftBefore):
        rules.check_employed(DAY, None, date(2026, 3, 1))
