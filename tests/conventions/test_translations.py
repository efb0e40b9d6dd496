"""Every word of the interface exists in French; English stands in the code."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "N_": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def in_code() -> Iterator[tuple[str, str, str]]:
    """Yield (file, message id, plural or nothing) for each word in code and templates."""
    for folder, pattern, method in (("lms", "*.py", "python"), ("templates", "*.html", "jinja2.ext:babel_extract")):
        for file in sorted((ROOT / folder).rglob(pattern)):
            for _, message, _, _ in extract(
                method, BytesIO(file.read_bytes()), keywords=KEYWORDS, options={"trimmed": "true"}
            ):
                single, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
                if single:
                    yield file.relative_to(ROOT).as_posix(), single, plural


def catalogues() -> list[Path]:
    return sorted((ROOT / "lms").rglob("translations/fr/LC_MESSAGES/messages.po"))


def french() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for file in catalogues():
        for message in read_po(file.open("rb"), locale="fr"):
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


def test_no_translation_is_left_over() -> None:
    used = {single for _, single, _ in in_code()}
    assert sorted(set(french()) - used) == []


@pytest.mark.parametrize("file", catalogues(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_placeholders_survive_translation(file: Path) -> None:
    for message in read_po(file.open("rb"), locale="fr"):
        if message.id and isinstance(message.id, str):
            assert sorted(PLACEHOLDER.findall(message.id)) == sorted(PLACEHOLDER.findall(message.string or "")), (
                message.id
            )
