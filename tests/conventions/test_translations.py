"""Every word of the interface exists in French, every word of the kiosk in Arabic; English stands in the code."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "N_": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

UNSPACED = re.compile(r"(?<=[\w»)\]’…])[:;!?](?=\s|$)|«(?![ \u00a0])|(?<![ \u00a0])»")
CODE = re.compile(r"\{fr: |active: false|card: |Authorization: ")
"""What people are to write as it stands, for a machine."""


@cache
def in_code() -> tuple[tuple[str, str, str], ...]:
    """Return (file, message id, plural or nothing) for each word in code and templates."""
    return tuple(_in_code())


def _in_code() -> Iterator[tuple[str, str, str]]:
    for folder, pattern, method in (("lms", "*.py", "python"), ("templates", "*.html", "jinja2.ext:babel_extract")):
        for file in sorted((ROOT / folder).rglob(pattern)):
            for _, message, _, _ in extract(
                method, BytesIO(file.read_bytes()), keywords=KEYWORDS, options={"trimmed": "true"}
            ):
                single, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
                if single:
                    yield file.relative_to(ROOT).as_posix(), single, plural


def catalogues(language: str = "fr") -> list[Path]:
    return sorted((ROOT / "lms").rglob(f"translations/{language}/LC_MESSAGES/messages.po"))


def french() -> dict[str, tuple[str, ...]]:
    return translated("fr")


def translated(language: str) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for file in catalogues(language):
        for message in read_po(file.open("rb"), locale=language):
            if message.id and not message.fuzzy:
                key = message.id[0] if isinstance(message.id, tuple) else message.id
                value = message.string if isinstance(message.string, tuple) else (message.string,)
                assert known.get(key, value) == value, f"{file}: {key!r} is translated in two ways"
                known[key] = value
    return known


def test_every_word_is_translated() -> None:
    known = french()
    missing = sorted({f"{file}: {single!r}" for file, single, _ in in_code() if not all(known.get(single, ("",)))})
    assert not missing, "add to the room's messages.po:\n" + "\n".join(missing)


COMPONENT = re.compile(r"\bui\.(\w+)\(|shared/components/(\w+)\.html")


def at_kiosks() -> set[str]:
    """Return the files whose words a kiosk shows: its room and pages, the components that these use, words for data."""
    templates = ROOT / "templates"
    found = {*(templates / "kiosk").rglob("*.html"), templates / "shared/layouts/kiosk.html"}
    waiting = list(found)
    while waiting:
        for names in COMPONENT.findall(waiting.pop().read_text()):
            file = templates / f"shared/components/{''.join(names)}.html"
            if file not in found:
                found.add(file)
                waiting.append(file)
    found |= {*(ROOT / "lms/web/kiosk").rglob("*.py"), ROOT / "lms/privacy/words.py"}
    return {file.relative_to(ROOT).as_posix() for file in found}


def test_every_word_of_the_kiosk_is_there_in_arabic() -> None:
    known, files = translated("ar"), at_kiosks()
    missing = sorted({single for file, single, _ in in_code() if file in files and not all(known.get(single, ("",)))})
    assert not missing, "add to lms/web/kiosk/translations/ar:\n" + "\n".join(missing)
    assert sorted(set(known) - {single for file, single, _ in in_code() if file in files}) == [], "left over"


def test_no_translation_is_left_over() -> None:
    used = {single for _, single, _ in in_code()}
    assert sorted(set(french()) - used) == []


@pytest.mark.parametrize("file", [*catalogues(), *catalogues("ar")], ids=lambda file: file.relative_to(ROOT).as_posix())
def test_placeholders_survive_translation_and_french_has_its_spaces(file: Path) -> None:
    language = file.parents[1].name
    for message in read_po(file.open("rb"), locale=language):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for words in said if message.id and language == "fr" else ():
            assert CODE.search(words) or not UNSPACED.search(words), (
                f"{words!r}: French wants plain spaces there: mot : mot ; mot ! mot ? « mot »; "
                "lms/web/shared/typesetting.py makes them such that do not break"
            )
        if message.id and isinstance(message.id, str):
            assert sorted(PLACEHOLDER.findall(message.id)) == sorted(PLACEHOLDER.findall(message.string or "")), (
                message.id
            )
