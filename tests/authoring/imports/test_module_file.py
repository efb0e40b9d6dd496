"""Modules from folders and zips: all faults at once, each with its file and line."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from lms.authoring.imports.module_file import ModuleFile, read_archive, read_files, read_folder
from lms.catalogue.blocks import CARDS, QUESTIONS, kind_of
from lms.kernel.refusals import FileRefused
from tests.catalogue.modules import whole

ROOT = Path(__file__).resolve().parents[3]
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1" /></svg>'

YAML = b"""format: etabli-module/1
code: rolls
languages: [fr, en]
title: {fr: Rouleaux, en: Rolls}
summary: {fr: Un mot, en: A word}
minutes: 3
blocks:
  - card: text
    key: look
    title: {fr: Regarder, en: Look}
    picture: {file: media/a.svg, alt: {fr: Un rouleau, en: A roll}}
  - question: true_false
    key: so
    prompt: {fr: 'Vrai ?', en: 'True?'}
    answer: true
    feedback: {correct: {fr: Oui, en: Yes}, incorrect: {fr: Non, en: 'No'}}
"""
TEXTS = {"text/look.fr.md": b"Regardez\n**bien**.", "text/look.en.md": b"Look\n**well**."}


def files(document: bytes = YAML, **others: bytes) -> dict[str, bytes]:
    return {"module.yaml": document, "media/a.svg": DRAWING, **TEXTS, **others}


def faults(given: dict[str, bytes]) -> list[tuple[str, str, int | None]]:
    with pytest.raises(FileRefused) as refused:
        read_files(given)
    return [(problem.code, problem.file, problem.line) for problem in refused.value.problems]


def test_texts_may_stand_in_files_of_their_own() -> None:
    read = read_files(files())
    assert read.content.block("look").body == {"fr": "Regardez\n**bien**.", "en": "Look\n**well**."}
    assert read.media["media/a.svg"].data == DRAWING
    assert read.warnings == ()


CASES = [
    (files(YAML.replace(b"card: text", b"card: poem")), [("content.unknown_block", "module.yaml", 8)]),
    (files(YAML.replace(b"key: so", b"key: look")), [("content.repeated_key", "module.yaml", 13)]),
    (
        files(YAML.replace(b"answer: true", b"answer: true\n    answer: false")),
        [("document.duplicate_key", "module.yaml", 16)],
    ),
    (files(YAML.replace(b"a.svg", b"b.svg")), [("module.missing_media", "module.yaml", 11)]),
    (
        files(YAML.replace(b"a.svg", b"v.mp4"), **{"media/v.mp4": b"\0\0\0\x18ftypisom"}),
        [("module.wrong_media", "module.yaml", 11)],
    ),
    (files(**{"text/look.fr.md": b"Regardez\n\n<script>x</script>"}), [("markdown.html", "text/look.fr.md", 3)]),
    (files(**{"text/look.en.md": b"Look\n[here](javascript:x)"}), [("markdown.link", "text/look.en.md", 2)]),
    (
        files(**{"text/look.en.md": b"\xff"}),
        [("document.not_utf8", "text/look.en.md", 1), ("content.missing_language", "module.yaml", None)],
    ),
    (files(**{"text/other.fr.md": b"x"}), [("module.text_without_block", "text/other.fr.md", None)]),
    (files(YAML.replace(b"Look}\n", b"Look}\n    body: {fr: Ici}\n")), [("module.text_twice", "text/look.fr.md", 1)]),
    (files(**{"media/a.svg": b"MZ"}), [("media.unknown", "media/a.svg", None)]),
    ({"a/module.yaml": YAML}, [("module.no_document", "module.yaml", None)]),
    (
        files(YAML.replace(b"minutes: 3", b"minutes: 0").replace(b"card: text", b"card: poem"), **{"media/a.svg": b""}),
        [
            ("greater_than_equal", "module.yaml", 6),
            ("content.unknown_block", "module.yaml", 8),
            ("media.unknown", "media/a.svg", None),
        ],
    ),
]


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_faults(given: dict[str, bytes], expected: list[tuple[str, str, int | None]]) -> None:
    found = [(code, file, None if code == "content.missing_language" else line) for code, file, line in faults(given)]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_script_in_the_middle_of_a_block_of_text_has_its_line() -> None:
    body = b"    body:\n      fr: |\n        Un\n\n        <b>deux</b>\n      en: ok\n"
    document = YAML.replace(b"    picture:", body + b"    picture:")
    found = faults({"module.yaml": document, "media/a.svg": DRAWING})
    assert found == [("markdown.html", "module.yaml", 15)] * 2  # the tag that opens and the one that closes


def test_warnings() -> None:
    read = read_files(
        files(**{"media/b.svg": DRAWING, "README.txt": b"x", "__MACOSX/._a": b"x", "media/.DS_Store": b"x"})
    )
    assert [(one.code, one.file) for one in read.warnings] == [
        ("module.unknown_file", "README.txt"),
        ("module.unused_media", "media/b.svg"),
    ]
    assert set(read.media) == {"media/a.svg"}
    (cleaned,) = read_files(files(**{"media/a.svg": DRAWING.replace(b"<path", b"<script/><path")})).warnings
    assert (cleaned.code, cleaned.facts) == ("module.cleaned", {"removed": "script"})


def zipped(given: dict[str, bytes]) -> BytesIO:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in given.items():
            archive.writestr(name, data)
    return target


@pytest.mark.parametrize("top", ["", "rolls/"])
def test_a_zip_may_hold_the_folder_itself(top: str) -> None:
    given = {top + name: data for name, data in files().items()}
    assert read_archive(zipped(given), "rolls.zip").content.code == "rolls"


def test_a_folder(tmp_path: Path) -> None:
    for name, data in files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert read_folder(tmp_path).content == read_files(files()).content
    (tmp_path / "media/link.svg").symlink_to("/etc/passwd")
    with pytest.raises(FileRefused):
        read_folder(tmp_path)


def whole_file(document: dict[str, Any] | None = None) -> ModuleFile:
    media = {
        "media/a.svg": DRAWING,
        "media/v.mp4": b"\0\0\0\x18ftypisom",
        "media/fr.vtt": b"WEBVTT\n",
        "media/en.vtt": b"WEBVTT\n\n",
        "media/page.mp3": b"ID3\x04",
        "media/b.svg": b'<svg xmlns="http://www.w3.org/2000/svg" />',
    }
    return read_files({"module.yaml": json.dumps(document or whole()).encode(), **media})


def test_every_kind_of_block() -> None:
    assert {kind_of(block) for block in whole_file().content.blocks} == {*CARDS, *QUESTIONS}


def test_the_example_for_authors_is_a_module() -> None:
    page = (ROOT / "docs/module-format.md").read_text()
    example = page.split("```yaml\n")[1].split("```")[0]
    read = read_files({"module.yaml": example.encode(), "media/roll.svg": DRAWING})
    assert {block.question for block in read.content.questions} == set(QUESTIONS)
    assert read.warnings == ()


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "lms/demonstration/modules").glob("*/module.yaml")), ids=lambda file: file.parent.name
)
def test_our_own_modules_have_no_fault(folder: Path) -> None:
    read = read_folder(folder.parent)
    assert read.warnings == ()
    assert len(read.content.questions) >= 5
    assert {"fr", "en"} <= set(read.content.languages)
    assert 3 <= read.content.minutes <= 7
