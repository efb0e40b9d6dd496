"""Languages of the interface, and texts that carry their own translations.

Words of the interface are gettext messages: English in the code, French in the `.po`
file beside each room. Texts of modules and audits are mappings of language to text.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from babel import Locale, UnknownLocaleError
from flask_babel import LazyString, force_locale, get_locale, gettext, lazy_gettext, ngettext

INTERFACE_LANGUAGES = {"fr": "Français", "en": "English"}
KIOSK_LANGUAGES = INTERFACE_LANGUAGES | {"ar": "العربية"}
"""What a kiosk speaks besides: its words alone are translated, those of the desk are not."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
LOCALES = {"en": "en_GB"}
"""Of languages that are not written as Babel would: a French plant's English reader puts the day before the month."""
AMOUNTS = {
    "fr": {"one": 1, "other": 2},
    "en": {"one": 1, "other": 2},
    "ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100},
}
"""For each form of a noun (CLDR's names, as `Intl.PluralRules` gives them) a number that takes it."""

__all__ = [
    "INTERFACE_LANGUAGES",
    "KIOSK_LANGUAGES",
    "LOCALES",
    "RIGHT_TO_LEFT",
    "LazyString",
    "current_language",
    "direction",
    "gettext",
    "forms",
    "in_language",
    "locale_of",
    "lazy_gettext",
    "ngettext",
    "name_within",
    "own_name",
    "readers_name",
    "speaking",
]


def current_language() -> str:
    """Return the language in which the page or document is being written."""
    locale = get_locale()
    return locale.language if locale else "fr"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in that language, for a document whose reader is not the one who asks; in English where it is unknown."""
    with force_locale(locale_of(language)):
        yield


def locale_of(language: str) -> str:
    """Return the locale in which a language's days and figures are written here; English for one that is unknown."""
    if language in KIOSK_LANGUAGES:
        return LOCALES.get(language, language)
    try:
        return str(Locale.parse(language, sep="_" if "_" in language else "-"))
    except (UnknownLocaleError, ValueError):
        return "en"


def forms() -> list[tuple[str, int]]:
    """Return the forms that a noun takes beside numbers in the page's language, each with a number that asks for it.

    For words that a script completes: it is given all of them, by `ngettext`.
    """
    return list(AMOUNTS[current_language()].items())


def in_language(words: Mapping[str, str], language: str | None = None) -> str:
    """Return the text in the language (the page's if none is given), else the first there is."""
    wanted = language or current_language()
    return words.get(wanted) or next(iter(words.values()), "")


def own_name(language: str) -> str:
    """Return what a language calls itself, with a capital: `Français`, `Polski`, `العربية`; else its tag."""
    if language in _OWN_NAMES:
        return _OWN_NAMES[language]
    try:
        name = Locale.parse(language, sep="-").display_name or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


# Babel knows more, but loads a megabyte of each language that it is asked for.
_OWN_NAMES = KIOSK_LANGUAGES | {
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "tr": "Türkçe",
    "uk": "Українська",
}


def readers_name(language: str) -> str:
    """Return what the reader calls a language, with a capital: `Anglais`; its own name where we have no word for it.

    A name that runs the other way keeps signs and figures beside it where they belong.
    """
    known = {
        "ar": gettext("Arabic"),
        "de": gettext("German"),
        "en": gettext("English"),
        "es": gettext("Spanish"),
        "fr": gettext("French"),
        "it": gettext("Italian"),
        "nl": gettext("Dutch"),
        "pl": gettext("Polish"),
        "pt": gettext("Portuguese"),
        "ro": gettext("Romanian"),
        "tr": gettext("Turkish"),
        "uk": gettext("Ukrainian"),
    }
    if language in known:
        return known[language]
    return own_name(language) if direction(language) == "ltr" else f"\u2068{own_name(language)}\u2069"


def name_within(language: str) -> str:
    """Return the same for the middle of a sentence, where French writes it small: `anglais`."""
    name = readers_name(language)
    return name[:1].lower() + name[1:] if current_language() == "fr" else name


def direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    return "rtl" if language[:2] in RIGHT_TO_LEFT else "ltr"
