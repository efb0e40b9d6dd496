"""When habilitations begin, end, are to be renewed; the numbers and seals of documents. Pure."""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.proof import papers, rules
from lms.proof.papers import Content, Paper
from lms.proof.rules import Act, Span, State, Validity

ROLLING = Validity(months=24, renewal_days=90)
MARCH = Validity(months=12, renewal_days=90, fixed_month=3)
FIRST = Span(date(2026, 1, 15), date(2028, 1, 14))


def test_a_habilitation_ends_the_day_before_its_anniversary() -> None:
    assert rules.ends(date(2026, 1, 15), date(2026, 1, 15), False, ROLLING) == date(2028, 1, 14)
    assert rules.ends(date(2024, 2, 29), date(2024, 2, 29), False, Validity(12, 30)) == date(2025, 2, 27)
    assert rules.ends(date(2026, 1, 15), date(2026, 1, 15), False, Validity(None, 0)) is None


def test_with_a_fixed_month_the_first_is_shorter_and_the_rhythm_is_kept() -> None:
    first = rules.ends(date(2026, 1, 15), date(2026, 1, 15), False, MARCH)
    assert first == date(2026, 3, 31)
    begins, follows = rules.begins(date(2026, 2, 10), [Span(date(2026, 1, 15), first)], MARCH)
    assert (begins, follows) == (date(2026, 4, 1), True)
    assert rules.ends(date(2026, 2, 10), begins, follows, MARCH) == date(2027, 3, 31)


def test_renewed_within_the_window_it_begins_when_the_other_ends() -> None:
    opens = rules.renewal_opens(FIRST.until, ROLLING)
    assert opens == date(2027, 10, 17)
    assert rules.begins(opens, [FIRST], ROLLING) == (date(2028, 1, 15), True)
    # Its end is counted from the day on which it was obtained: nobody gains days.
    assert rules.ends(opens, date(2028, 1, 15), True, ROLLING) == date(2029, 10, 16)
    with pytest.raises(rules.RenewedTooEarly):
        rules.begins(opens - timedelta(days=1), [FIRST], ROLLING)
    with pytest.raises(rules.Overlapping):
        rules.begins(date(2026, 5, 1), [Span(date(2026, 1, 15), None)], ROLLING)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(12, 60), st.integers(1, 12))
@settings(max_examples=30)
def test_a_fixed_month_never_lengthens_a_first_validity(obtained: date, months: int, month: int) -> None:
    end = rules.ends(obtained, obtained, False, Validity(months, 30, month))
    assert obtained <= end <= rules.ends(obtained, obtained, False, Validity(months, 30))
    assert end.month == month
    assert (end + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("span", "refusal"),
    [
        (Span(date(2028, 1, 14), date(2029, 1, 1)), rules.Overlapping),
        (Span(date(2025, 6, 1), date(2026, 1, 15)), rules.Overlapping),
        (Span(date(2025, 6, 1), date(2025, 1, 1)), rules.EndsBeforeItBegins),
        (Span(date(2028, 1, 15), date(2032, 1, 1)), rules.LongerThanAllowed),
        (Span(date(2028, 1, 15), None), rules.LongerThanAllowed),
    ],
)
def test_days_that_may_not_be_given(span: Span, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.check_span(span, date(2030, 1, 14), [FIRST])


def test_days_beside_another_may_be_given() -> None:
    rules.check_span(Span(date(2028, 1, 15), date(2030, 1, 14)), date(2030, 1, 14), [FIRST])
    # One that was withdrawn on its first day takes no day at all; later it takes those before.
    mistaken = replace(FIRST, withdrawn_on=FIRST.begins)
    rules.check_span(Span(date(2026, 1, 15), date(2027, 1, 1)), date(2030, 1, 1), [mistaken])
    with pytest.raises(rules.Overlapping):
        rules.check_span(
            Span(date(2026, 1, 15), date(2027, 1, 1)),
            date(2030, 1, 1),
            [replace(FIRST, withdrawn_on=date(2026, 1, 16))],
        )


@pytest.mark.parametrize(
    ("as_of", "acts", "state"),
    [
        (date(2026, 1, 14), [], State.TO_COME),
        (date(2027, 10, 16), [], State.VALID),
        (date(2027, 10, 17), [], State.TO_RENEW),
        (date(2028, 1, 14), [], State.TO_RENEW),
        (date(2028, 1, 15), [], State.EXPIRED),
        (date(2026, 6, 1), [(date(2026, 6, 1), Act.SUSPENDED)], State.SUSPENDED),
        (date(2026, 5, 31), [(date(2026, 6, 1), Act.SUSPENDED)], State.VALID),
        (date(2026, 7, 1), [(date(2026, 6, 1), Act.SUSPENDED), (date(2026, 7, 1), Act.RESUMED)], State.VALID),
        (date(2029, 1, 1), [(date(2026, 6, 1), Act.WITHDRAWN)], State.WITHDRAWN),
    ],
)
def test_how_it_stands(as_of: date, acts: list[tuple[date, Act]], state: State) -> None:
    assert rules.state(FIRST, acts, ROLLING, as_of) is state


def test_acts_come_in_order_and_never_beforehand() -> None:
    today = date(2026, 6, 1)
    rules.check_act(Act.SUSPENDED, today, State.VALID, None, today)
    for act, on, stands, last in (
        (Act.RESUMED, today, State.VALID, None),
        (Act.SUSPENDED, today, State.EXPIRED, None),
        (Act.SUSPENDED, today + timedelta(days=1), State.VALID, None),
        (Act.RESUMED, today - timedelta(days=9), State.SUSPENDED, today),
        (Act.WITHDRAWN, today, State.WITHDRAWN, today),
    ):
        with pytest.raises(rules.ActImpossible):
            rules.check_act(act, on, stands, last, today)


@pytest.mark.parametrize("validity", [Validity(1, 28), Validity(6, 30, 3), Validity(None, 0, 3)])
def test_a_kind_leaves_time_between_renewals(validity: Validity) -> None:
    with pytest.raises(rules.RenewalImpossible):
        rules.check_validity(validity)


def keyed(purpose: str, value: str) -> bytes:
    return hmac.new(b"key", f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


CONTENT = Content(
    123, Paper.CERTIFICATE, 7, "fr", {"title": {"fr": "Été"}}, "0" * 64, datetime(2026, 3, 2, 9, tzinfo=UTC)
)


def test_a_number_tells_its_sequence_and_its_content() -> None:
    number = papers.number(CONTENT, keyed)
    assert papers.NUMBER.fullmatch(number)
    assert number.startswith("2026-000123-")
    assert papers.was_given(number, keyed)
    assert not papers.was_given(number.replace("000123", "000124"), keyed)
    other = papers.number(replace(CONTENT, stated={"title": {"fr": "Etat"}}), keyed)
    assert other != number
    assert other[:16] == number[:16]
    for typed in (f" {number.lower()} ", number.replace("-", ""), number.replace("-", " – ")):
        assert papers.tidy(typed) == number


def test_a_seal_hangs_on_the_one_before() -> None:
    assert papers.seal(CONTENT, "", keyed) != papers.seal(CONTENT, "a", keyed)
    assert papers.seal(CONTENT, "", keyed) != papers.seal(replace(CONTENT, person_id=8), "", keyed)
