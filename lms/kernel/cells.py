"""What cells of a table mean, whatever the table is about: texts, titles, days (pure)."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

FOR_EVER = 2100
"""HR systems write 31.12.9999 for someone who stays."""

_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%y", "%d.%m.%y")


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """Return a title without case, accents, spaces and signs, as titles are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^\w]|_", "", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def tidy(cell: str) -> str:
    """Return the text of a cell in composed form, its blanks folded; zero-width signs are dropped."""
    text = unicodedata.normalize("NFC", cell)
    if not text.isprintable():
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(text.split())


def has_controls(text: str) -> bool:
    """Whether a text holds characters that no text has."""
    return not text.isprintable() and any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


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
