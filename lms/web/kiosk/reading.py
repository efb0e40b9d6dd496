"""In which language somebody at a kiosk reads what was written for them."""

from flask import session

from lms.kernel.languages import KIOSK_LANGUAGES, current_language

READING_LANGUAGE = "reading_language"
"""In a session: the language chosen at this kiosk, which the interface need not have."""


def reading_language(languages: list[str]) -> str:
    """Return the language in which a module is read: the chosen one if it has it, else the page's, else its own."""
    wanted = (session.get(READING_LANGUAGE), current_language())
    return next((language for language in wanted if language in languages), languages[0])


def languages_spoken() -> dict[str, object]:
    """Lend every page of the kiosk the languages to choose from; a module has its own."""
    return {"languages": KIOSK_LANGUAGES, "reading": current_language()}
