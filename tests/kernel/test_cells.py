"""What cells of any table mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel import cells


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "31/01/2026",
        "31.01.2026",
        "31-01-2026",
        "20260131",
        "31/01/26",
        "2026-01-31 00:00:00",
        "2026-01-31T08:00",
    ],
)
def test_days(text: str) -> None:
    assert cells.day(text) == date(2026, 1, 31)


@pytest.mark.parametrize("text", ["31.12.9999", "2999-12-31"])
def test_for_ever_is_no_day(text: str) -> None:
    assert cells.day(text) is None


@pytest.mark.parametrize("text", ["01/31/2026", "30/02/2026", "demain", "46053", "1826-01-31"])
def test_no_days(text: str) -> None:
    with pytest.raises(ValueError):
        cells.day(text)


@given(st.text())
def test_tidy_twice_is_tidy_once(text: str) -> None:
    assert cells.tidy(cells.tidy(text)) == cells.tidy(text)
