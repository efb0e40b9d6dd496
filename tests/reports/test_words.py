"""How figures are written."""

import pytest

from lms.evaluation.units import Unit
from lms.kernel.languages import speaking
from lms.reports import words


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["not reached", "5 days to no end", "not reached"]),
        ("fr", ["non atteinte", "5 jours à sans fin", "non atteinte"]),
    ],
)
def test_what_was_not_reached_is_said_in_words(app, language: str, expected: list[str]) -> None:
    with app.app_context(), speaking(language):
        told = [
            words.amount("inf", Unit.DAYS),
            words.bounds(5, "inf", Unit.DAYS),
            words.bounds("inf", "inf", Unit.DAYS),
        ]
    assert told == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["0 days", "1 day", "1.5 days", "−1 point", "2 points"]),
        ("fr", ["0 jour", "1 jour", "1,5 jour", "−1 point", "2 points"]),
    ],
)
def test_a_unit_has_the_form_that_its_number_asks_for(app, language: str, expected: list[str]) -> None:
    with app.app_context(), speaking(language):
        told = [words.amount(value, Unit.DAYS) for value in (0, 1, 1.5)] + [words.points(-0.01), words.points(0.02)]
    assert told == expected
