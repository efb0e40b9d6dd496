"""Codes of an app: the standard's own values, the window, and no code twice."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest

from lms.people.second_factor import rules

SECRET = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238, appendix B, SHA1: the last six of its eight digits.
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_values_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert rules.step_of(SECRET, code, at, None) == seconds // 30


@pytest.mark.parametrize(("late", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(late: int, taken: bool) -> None:
    at = datetime.fromtimestamp(1111111109, UTC) + timedelta(seconds=late)
    if taken:
        assert rules.step_of(SECRET, "081804", at, None) == 1111111109 // 30
    else:
        with pytest.raises(rules.CodeWrong):
            rules.step_of(SECRET, "081804", at, None)


@pytest.mark.parametrize("last", [1111111109 // 30, 1111111109 // 30 + 1])
def test_no_code_is_taken_again_nor_one_before_it(last: int) -> None:
    with pytest.raises(rules.CodeWrong):
        rules.step_of(SECRET, "081804", datetime.fromtimestamp(1111111109, UTC), last)


def test_codes_as_people_type_them() -> None:
    assert rules.normal_code(" abcde-fghjk ") == "ABCDEFGHJK"
    assert rules.printed("ABCDEFGHJK") == "ABCDE-FGHJK"
    assert [rules.is_app_code(text) for text in ("123456", "12345", "12345A", "١٢٣٤٥٦")] == [True, False, False, False]
