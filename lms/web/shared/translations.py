"""Languages of pages: each room keeps its French words beside its code, those of kiosks their Arabic ones."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel, Domain, get_babel, gettext
from markupsafe import Markup

from lms.kernel.languages import INTERFACE_LANGUAGES, KIOSK_LANGUAGES, current_language, locale_of
from lms.web.shared import typesetting
from lms.web.shared.identity import current_person

TYPESET: dict[str, Callable[[str], str]] = {"fr": typesetting.french}
"""How the words of a language are set when they are first asked for; the catalogues themselves are written plainly."""
ROOMS = Path(__file__).resolve().parents[2]


def init_app(app: Flask) -> None:
    """Compile what is stale and choose each reader's language."""
    Babel(app, locale_selector=lambda: locale_of(_language()), default_translation_directories=";".join(_compiled()))
    get_babel(app).instance.domain_instance = _Words()
    app.jinja_env.globals.update(_=_worded, gettext=_worded)


class _ShownWords(dict[Any, str]):
    """The words of a language, each set as it wants when it is first asked for: a server starts without most."""

    def __init__(self, plain: dict[Any, str], typeset: Callable[[str], str]) -> None:
        super().__init__()
        self._plain, self._typeset = plain, typeset

    def __missing__(self, message: Any) -> str:
        found = self[message] = self._typeset(self._plain[message])
        return found

    def get(self, message: Any, default: Any = None) -> Any:
        return self[message] if message in self._plain else default


class _Typeset(dict[tuple[str, str], Any]):
    """The words of all languages, once they are read."""

    def __setitem__(self, key: tuple[str, str], words: Any) -> None:
        typeset = TYPESET.get(key[0][:2])
        if typeset:
            words._catalog = _ShownWords(words._catalog, typeset)
        super().__setitem__(key, words)


class _Words(Domain):  # type: ignore[misc]
    """Flask-Babel's own, whose words are typeset."""

    def __init__(self) -> None:
        super().__init__()
        self.cache = _Typeset()


@cache
def _compiled() -> list[str]:
    """Compile what is stale; return the folders of words."""
    files = list(ROOMS.rglob("translations/*/LC_MESSAGES/messages.po"))
    for file in files:
        _compile(file)
    # Flask-Babel takes the rule for plurals from the last folder, even without the language: the fullest goes last.
    return sorted(
        map(str, {file.parents[2] for file in files}), key=lambda folder: (len(list(Path(folder).iterdir())), folder)
    )


def _worded(message: str, **values: object) -> Markup:
    """Return the words of a template in the page's language; each is looked up once, not for each page."""
    language = current_language()
    return _looked_up(language, message) % values if values else _as_it_stands(language, message)


@cache
def _as_it_stands(language: str, message: str) -> Markup:
    return _looked_up(language, message) % {}


@cache
def _looked_up(language: str, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704  (our own words)


def _compile(file: Path) -> None:
    compiled = file.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
        return
    with file.open("rb") as source:
        catalogue = read_po(source, locale=file.parents[1].name)
    # Written aside and renamed: two processes may start at once.
    partial = compiled.with_suffix(f".{os.getpid()}.part")
    with partial.open("wb") as target:
        write_mo(target, catalogue)
    partial.replace(compiled)


def _language() -> str:
    if has_request_context():
        person = current_person()
        chosen = session.get("language") or (person.language if person else None)
        if chosen in (KIOSK_LANGUAGES if request.blueprint == "kiosk" else INTERFACE_LANGUAGES):
            return chosen
    return current_app.config["DEFAULT_LANGUAGE"]
