"""PINs, codes, badges, passwords: what they are made of and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people import proofs
from lms.people.addresses import normal_email
from lms.people.rules import PasswordTooCommon, PasswordTooLong, PasswordTooShort, PinTooEasy, WrongEmail

digits = st.text("0123456789", min_size=3, max_size=11)


def test_the_check_digit_is_damms() -> None:
    # The example of the article "Damm algorithm": the check digit of 572 is 4.
    assert proofs.check_digit("572") == "4"


@given(digits, st.data())
def test_no_single_slip_gives_another_code(number: str, data: st.DataObject) -> None:
    code = number + proofs.check_digit(number)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[place]]))
    assert proofs.is_personal_code(code)
    assert not proofs.is_personal_code(code[:place] + wrong + code[place + 1 :])


@given(digits, st.data())
def test_no_swap_of_neighbours_gives_another_code(number: str, data: st.DataObject) -> None:
    code = number + proofs.check_digit(number)
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert proofs.is_personal_code(swapped) == (swapped == code)


@pytest.mark.parametrize(
    ("pin", "easy"),
    [
        ("111111", True),  # one digit
        ("121212", True),  # two digits
        ("112233", True),  # pairs
        ("483483", True),  # a group twice
        ("828284", False),
        ("123456", True),  # a run up
        ("543210", True),  # a run down
        ("890123", True),  # a run over the end
        ("135791", True),  # a run of steps
        ("140789", True),  # the 14th of July 1989, day first
        ("071489", True),  # month first
        ("890714", True),  # year first
        ("198407", True),  # year and month
        ("071984", True),  # month and year
        ("147258", True),  # down the key pad
        ("572433", True),  # the code itself
        ("480937", False),
        ("903516", False),
        ("320997", False),  # no 32nd
    ],
)
def test_pins_that_others_would_try_first(pin: str, easy: bool) -> None:
    assert proofs.is_easy_pin(pin, personal_code="572433") is easy


@pytest.mark.parametrize("pin", ["48093", "4809371", "48o937", "４８０９３７", "-48093", "123456"])
def test_a_pin_is_six_plain_digits(pin: str) -> None:
    with pytest.raises(PinTooEasy):
        proofs.check_pin_form(pin, "572433")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("sept lettres", None),  # 12 characters
        ("onze lettre", PasswordTooShort),  # 11
        ("x" * 201, PasswordTooLong),
        ("password1234", PasswordTooCommon),  # a common one in digits
        ("!!Iloveyou!!2026", PasswordTooCommon),
        ("azertyazerty", PasswordTooCommon),  # a common one twice
        ("aaaaaaaaaaaaaa", PasswordTooCommon),
        ("qwerty123456", PasswordTooCommon),  # common as a whole
        ("Delacroix-2026", PasswordTooCommon),  # the person's own name
        ("delacroix brode la nuit", None),
        ("établi2026!!!", PasswordTooCommon),  # the house's name
        ("кириллица и пробелы", None),
    ],
)
def test_passwords(password: str, refusal: type[Exception] | None) -> None:
    if refusal is None:
        proofs.check_password(password, ("Marie", "Delacroix"))
    else:
        with pytest.raises(refusal):
            proofs.check_password(password, ("Marie", "Delacroix"))


@pytest.mark.parametrize("text", ["04:A2:1B:7F", "04 a2 1b 7f", "04-A2-1B-7F", " 04a21b7f\n"])
def test_a_badge_reads_the_same_however_it_is_written(text: str) -> None:
    assert proofs.normal_badge(text) == "04A21B7F"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Jean.Petit@Example.ORG ", "jean.petit@example.org"),
        ("jean@usine.local", "jean@usine.local"),  # an internal domain
        ("f@exämple.org", "f@exämple.org"),
        ("b@", None),
        ("d@example.org, e@example.org", None),
        ("<script>@example.org", None),
        ("a@host", None),
    ],
)
def test_addresses(text: str, address: str | None) -> None:
    if address:
        assert normal_email(text) == address
    else:
        with pytest.raises(WrongEmail):
            normal_email(text)
