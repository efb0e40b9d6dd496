"""What the cells of a roster mean: names, days, roles, languages (pure)."""

import re
import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache

from babel import Locale

from lms.people.permissions import Role
from lms.people.roster.columns import folded

FOR_EVER = 2100
"""HR systems write 31.12.9999 for someone who stays."""

_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%y", "%d.%m.%y")

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


def tidy(cell: str) -> str:
    """Return the text of a cell in composed form, its blanks folded; zero-width signs are dropped."""
    text = unicodedata.normalize("NFC", cell)
    if not text.isprintable():
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(text.split())


def has_controls(text: str) -> bool:
    """Whether a text holds characters that no text has."""
    return not text.isprintable() and any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


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


@lru_cache(maxsize=2_000)
def day(text: str) -> date | None:
    """Return the day that a cell writes; raises ValueError.

    2026-01-31, 31/01/2026, 31.01.2026, 31-01-2026, 2026/01/31, 20260131, two-digit years,
    with or without a time after it; the day comes before the month. None for «for ever».
    """
    plain = re.split(r"[T ]", text, maxsplit=1)[0]
    for form in _FORMS:
        try:
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007  (a calendar day, no moment)
        except ValueError:
            continue
        if found.year >= FOR_EVER:
            return None
        if found.year >= 1900:
            return found
    raise ValueError(text)


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
