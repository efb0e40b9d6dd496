"""What the cells of a roster mean: names, roles, languages (pure)."""

import re
from datetime import date
from functools import cache

from babel import Locale

from lms.kernel.cells import day, folded
from lms.people.ages import AgeBand, age_on, band_of
from lms.people.permissions import Role

ROLE_WORDS = {
    Role.OPERATOR: "operateur operatrice operator bediener mitarbeiter student etudiant apprenant learner",
    Role.TRAINER: "formateur formatrice trainer trainerin teacher instructor",
    Role.TEAM_LEADER: "chefdequipe cheffedequipe chefequipe teamleader teamlead teamleiter schichtfuhrer supervisor",
    Role.HR: "rh ressourceshumaines hr humanresources personalabteilung",
    Role.EVALUATOR: "evaluateur evaluatrice evaluator auditeur auditrice auditor",
    Role.STAFF_REPRESENTATIVE: "representantdupersonnel representantedupersonnel cse staffrepresentative betriebsrat",
    Role.ADMINISTRATOR: "administrateur administratrice administrator admin",
}
_ROLES = {word: role for role, words in ROLE_WORDS.items() for word in (*words.split(), folded(role.value))}


def split_name(text: str, family_first: bool | None) -> tuple[str, str] | None:
    """Return (given, family) of a whole name, or None where it is not clear which is which.

    Clear are: one word; «Family, Given»; a family name in capitals, at either end; two
    words whose order the column's title says.
    """
    if "," in text:
        family, _, given = text.partition(",")
        return (given.strip(), family.strip()) if "," not in given else None
    words = text.split()
    if len(words) == 1:
        return words[0], ""
    return _by_capitals(words) or _by_order(words, family_first)


def _by_capitals(words: list[str]) -> tuple[str, str] | None:
    capitals = [word.isupper() and len(word) > 1 for word in words]
    for turn in (1, -1):
        count = next((place for place, capital in enumerate(capitals[::turn]) if not capital), len(words))
        rest = capitals[::turn][count:]
        if 0 < count < len(words) and not any(rest):
            family, given = (words[:count], words[count:]) if turn == 1 else (words[-count:], words[:-count])
            return " ".join(given), " ".join(family)
    return None


def _by_order(words: list[str], family_first: bool | None) -> tuple[str, str] | None:
    if family_first is None or len(words) != 2:
        return None
    return (words[1], words[0]) if family_first else (words[0], words[1])


def roles(text: str) -> tuple[list[Role], list[str]]:
    """Return the roles that a cell names (separated by commas, semicolons, bars or slashes), and the unknown words."""
    known, unknown = [], []
    for word in (part.strip() for part in re.split(r"[,;|/]", text)):
        role = _ROLES.get(folded(word))
        if role:
            known.append(role)
        elif word:
            unknown.append(word)
    return known, unknown


def age_band(text: str, today: date) -> AgeBand | None:
    """Return the band that a cell names by itself, by a span of ages within it, an age or a day of birth; or None."""
    ages = _ages(text.casefold(), today)
    if ages is None or not YOUNGEST <= ages[0] <= ages[1] <= OLDEST:
        return None
    first, last = band_of(ages[0]), band_of(ages[1])
    return first if first is last else None


YOUNGEST, OLDEST = 14, 100
"""Nobody younger or older is in a plant: a number beyond is something else."""
_UP_TO = re.compile(r"<|≤|moins|under|unter|jusqu|bis")
_INCLUDED = re.compile(r"≤|<=|jusqu|bis")
_FROM = re.compile(r"\+|>|≥|plus|over|über|ab ")
_BEYOND = re.compile(r"plus de|over|über|>(?!=)")


def _ages(text: str, today: date) -> tuple[int, int] | None:
    """Return the youngest and the oldest that a cell may mean."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 3 or (len(numbers) == 1 and numbers[0] > 9999):
        return _age_by_birth(text, today)
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    if len(numbers) != 1:
        return None
    number = numbers[0]
    if _UP_TO.search(text):
        return YOUNGEST, number if _INCLUDED.search(text) else number - 1
    if _FROM.search(text):
        return number + bool(_BEYOND.search(text)), OLDEST
    return number, number


def _age_by_birth(text: str, today: date) -> tuple[int, int] | None:
    try:
        born_on = day(text)
    except ValueError:
        return None
    return (age_on(born_on, today),) * 2 if born_on else None


def language(text: str) -> str | None:
    """Return the code of a language given by code (fr, fr-FR) or by name in French, English, German, often its own."""
    code = re.match(r"[a-zA-Z]{2,3}(?=$|[-_][a-zA-Z]{2}$)", text)
    if code and code[0].lower() in _language_codes():
        return code[0].lower()
    return _language_names().get(folded(text))


_SPOKEN = "ar bg cs de el en es fa fr hi hr hu it nl pl ps pt ro ru sk so sq sr sv ta tr uk ur vi zh".split()
"""Languages known by their own names too."""


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if re.fullmatch(r"[a-z]{2,3}", str(code)))


@cache
def _language_names() -> dict[str, str]:
    names = {
        folded(name): code
        for reader in ("de", "en", "fr")
        for code, name in Locale(reader).languages.items()
        if code in _language_codes()
    }
    return names | {folded(str(Locale(code).get_language_name(code))): code for code in _SPOKEN}
