"""What proves who someone is: badges, personal codes, PINs and passwords (pure part).

A personal code is a name typed by hand; its last digit is Damm's check digit, so that no
single slip nor swap of neighbours gives somebody else's code.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise

from lms.people.rules import PasswordTooCommon, PasswordTooLong, PasswordTooShort, PicturesTooEasy, PinTooEasy

PIN_DIGITS = 6
PICTURES = (
    "sun", "moon", "star", "flower", "tree", "house", "fish", "boat",
    "key", "bell", "cup", "chair", "hammer", "umbrella", "clock", "truck",
)  # fmt: skip
"""The pictures of a picture code, in the order in which a grid shows them."""
PICTURES_CHOSEN = 5
"""16^5 = 1,048,576 codes, 20 bits: as many as a PIN of six digits has (10^6)."""
PASSWORD_LEAST = 12
PASSWORD_MOST = 200

# H. M. Damm, Total anti-symmetrische Quasigruppen (Marburg 2004): the table of order 10.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip

_TRIED_FIRST = frozenset(
    {"147258", "159753", "258456", "357159", "147852", "369258", "741852", "789456", "456789", "420420"}
    | {"696969", "101010", "131313", "112358", "314159", "142536", "135792", "246810", "102030", "010203"}
)
"""Walks over the key pad and favourites that no rule below finds."""

_HOUSE_WORDS = ("établi", "etabli", "atelier", "motdepasse", "formation")


def check_digit(digits: str) -> str:
    """Return Damm's check digit of a string of digits."""
    state = "0"
    for digit in digits:
        state = _DAMM[int(state)][int(digit)]
    return state


def personal_code(number: int) -> str:
    """Return the personal code of a number: its digits, then the check digit."""
    return f"{number}{check_digit(str(number))}"


def is_personal_code(text: str) -> bool:
    """Whether the text has the form of a personal code."""
    return text.isascii() and text.isdigit() and 4 <= len(text) <= 12 and check_digit(text) == "0"


def normal_badge(text: str) -> str:
    """Return a badge number as readers and lists agree on it: capitals, no separators."""
    return re.sub(r"[\s:.\-]+", "", text).upper()


def check_pin_form(pin: str, personal_code: str) -> None:
    """Raise PinTooEasy unless the PIN is six digits that nobody would try first."""
    if not (len(pin) == PIN_DIGITS and pin.isascii() and pin.isdigit()) or is_easy_pin(pin, personal_code):
        raise PinTooEasy(digits=PIN_DIGITS)


def check_pictures(chosen: str) -> None:
    """Raise PicturesTooEasy unless these are five of the pictures (names parted by spaces) that nobody tries first."""
    names = chosen.split()
    if len(names) != PICTURES_CHOSEN or not set(names) <= set(PICTURES) or is_easy_pictures(names):
        raise PicturesTooEasy(pictures=PICTURES_CHOSEN)


def is_easy_pictures(names: Sequence[str]) -> bool:
    """Whether others would try these first: fewer than three different ones, or neighbours of the grid in a row."""
    places = [PICTURES.index(name) for name in names]
    steps = {after - before for before, after in pairwise(places)}
    return len(set(names)) < 3 or steps in ({1}, {-1})


def is_easy_pin(pin: str, personal_code: str) -> bool:
    """Whether others would try the PIN first.

    Repeated digits or groups, runs up or down, palindromes of two digits, dates of this
    or the last century in any usual order, well-known favourites, the person's own code.
    """
    return (
        pin in _TRIED_FIRST
        or pin == personal_code[:PIN_DIGITS]
        or pin == personal_code[-PIN_DIGITS:]
        or len(set(pin)) <= 2
        or _repeats(pin)
        or _runs(pin)
        or _is_date(pin)
    )


def _repeats(pin: str) -> bool:
    doubled = all(pin[place] == pin[place + 1] for place in range(0, PIN_DIGITS, 2))
    return doubled or pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]


def _runs(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    return len(steps) == 1


def _is_date(pin: str) -> bool:
    return any(_parses(pin, form) for form in ("%d%m%y", "%m%d%y", "%y%m%d")) or any(
        1900 <= int(year) <= 2099 and 1 <= int(month) <= 12 for year, month in ((pin[:4], pin[4:]), (pin[2:], pin[:2]))
    )


def _parses(pin: str, form: str) -> bool:
    try:
        datetime.strptime(pin, form)  # noqa: DTZ007  (a calendar day, no moment)
    except ValueError:
        return False
    return True


def check_password(password: str, own_words: tuple[str, ...]) -> None:
    """Raise a refusal unless the password may protect a staff account.

    At least 12 characters, at most 200 (a limit for the machine); not a common one, nor one with
    digits and signs around it or repeated; not made of `own_words` (names, e-mail) alone.
    """
    if len(password) < PASSWORD_LEAST:
        raise PasswordTooShort(least=PASSWORD_LEAST)
    if len(password) > PASSWORD_MOST:
        raise PasswordTooLong(most=PASSWORD_MOST)
    known = common_passwords().union(word.casefold() for word in (*own_words, *_HOUSE_WORDS) if len(word) > 2)
    if any(core in known or len(core) < 4 for core in _cores(password)):
        raise PasswordTooCommon()


def _cores(password: str) -> set[str]:
    """What is left of a password without its usual disguises."""
    plain = password.casefold()
    stripped = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    unit = re.fullmatch(r"(.+?)\1+", plain)
    return {plain, stripped or plain} | ({unit[1]} if unit else set())


@cache
def common_passwords() -> frozenset[str]:
    """Return the common passwords, in lower case."""
    lines = files("lms.people").joinpath("common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))
