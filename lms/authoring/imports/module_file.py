"""A whole module from a folder or a zip: `module.yaml`, its texts and its media.

Everything is read and judged before anything is kept, so that all faults are named at
once, each with its file and line. Described for authors in `docs/module-format.md`.
"""

import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import media_paths
from lms.catalogue.media import CAPTIONS, PICTURES, SOUNDS, VIDEOS, CheckedFile, checked
from lms.kernel.archives import Limits, read_zip
from lms.kernel.documents import Lines, Place, check, decoded, dotted, line_of, read_yaml
from lms.kernel.refusals import FileRefused, Problem

DOCUMENT = "module.yaml"
_TEXT = re.compile(r"text/(?P<key>[^/]+)\.(?P<language>[A-Za-z-]+)\.md")
_SYSTEM = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$)")
LIMITS = Limits(entries=500)


@dataclass(frozen=True)
class ModuleFile:
    """A valid module as it was read; nothing of it is kept yet."""

    content: ModuleContent
    media: dict[str, CheckedFile]
    """By name in the document (`media/…`)."""
    warnings: tuple[Problem, ...] = ()


def read_folder(folder: Path) -> ModuleFile:
    """Read a module from a folder; raises FileRefused with every fault there is."""
    return read_files(_within(folder))


def read_archive(stream: BinaryIO, file: str) -> ModuleFile:
    """Read a module from a zip, also one of the folder itself; raises FileRefused."""
    return read_files(_without_top_folder(read_zip(stream, file, LIMITS)))


def read_document(source: bytes, file: str) -> ModuleFile:
    """Read a module without media from its document alone; raises FileRefused."""
    return read_files({DOCUMENT: source}, document_name=file)


def read_files(files: Mapping[str, bytes], document_name: str = DOCUMENT) -> ModuleFile:
    """Read a module from its files by name; raises FileRefused with every fault there is."""
    present = {name: data for name, data in files.items() if not _SYSTEM.search(name)}
    if DOCUMENT not in present:
        raise FileRefused([Problem("module.no_document", DOCUMENT)])
    media, problems = _checked_media(present)
    content, lines = None, Lines()
    try:
        document, lines = read_yaml(present[DOCUMENT], document_name)
        problems += _merge_texts(document, present, lines)
        content = check(ModuleContent, document, document_name, lines)
    except FileRefused as refused:
        problems = [*refused.problems, *problems]
    if content is not None:
        problems += _missing_media(content, present, document_name, lines)
    if content is None or problems:
        raise FileRefused(problems)
    return ModuleFile(content, _used(content, media), tuple(_warnings(content, present, media)))


def _within(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    whole = 0
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink() or not (file.is_dir() or file.is_file()):
            raise FileRefused([Problem("archive.not_a_file", folder.name, path=name)])
        if file.is_file():
            whole += os.path.getsize(file)
            if len(found) >= LIMITS.entries or whole > LIMITS.whole:
                raise FileRefused(
                    [Problem("module.too_large", folder.name, facts={"limit": LIMITS.whole // 1_000_000})]
                )
            found[name] = file.read_bytes()
    return found


def _without_top_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Undo what zipping the folder, instead of what is in it, does to the names."""
    own = [name for name in files if not _SYSTEM.search(name)]
    tops = {name.partition("/")[0] for name in own}
    if DOCUMENT in files or len(tops) != 1:
        return files
    return {name.partition("/")[2]: files[name] for name in own}


def _checked_media(files: Mapping[str, bytes]) -> tuple[dict[str, CheckedFile], list[Problem]]:
    kept: dict[str, CheckedFile] = {}
    problems: list[Problem] = []
    for name in sorted(files):
        if name.startswith("media/"):
            try:
                kept[name] = checked(name, files[name])
            except FileRefused as refused:
                problems += refused.problems
    return kept, problems


def _merge_texts(document: Any, files: Mapping[str, bytes], lines: Lines) -> list[Problem]:
    """Put each `text/<block>.<language>.md` into its block's body, remembering where it stands."""
    blocks = document.get("blocks") if isinstance(document, dict) else None
    places = {
        block.get("key"): (index, block)
        for index, block in reversed(list(enumerate(blocks if isinstance(blocks, list) else [])))
        if isinstance(block, dict) and isinstance(block.get("key"), str)
    }
    problems: list[Problem] = []
    for name in sorted(files):
        found = _TEXT.fullmatch(name)
        if not found:
            continue
        if found["key"] not in places:
            problems.append(Problem("module.text_without_block", name, facts={"key": found["key"]}))
            continue
        index, block = places[found["key"]]
        try:
            text = decoded(files[name], name)
        except FileRefused as refused:
            problems += refused.problems
            continue
        problems += _merge_text(block, found["language"], text, name, lines, index)
    return problems


def _merge_text(
    block: dict[str, Any], language: str, text: str, name: str, lines: Lines, index: int
) -> Iterator[Problem]:
    body = block.setdefault("body", {})
    if not isinstance(body, dict):
        return  # What `body` is instead is reported with the rest of the document.
    if language in body:
        line = line_of(("blocks", index, "body", language), lines)
        yield Problem("module.text_twice", name, 1, facts={"key": block["key"], "language": language, "line": line})
        return
    body[language] = text
    lines.texts["blocks", index, "body", language] = Place(name, 1)


_KINDS = {
    **dict.fromkeys(("picture", "before", "after", "poster"), PICTURES),
    "video": VIDEOS,
    "captions": CAPTIONS,
    "sound": SOUNDS,
}


def _missing_media(
    content: ModuleContent, files: Mapping[str, bytes], document_name: str, lines: Lines
) -> Iterator[Problem]:
    for path, name in media_paths(content):
        wanted = _KINDS[next(str(step) for step in reversed(path) if step in _KINDS)]
        place = (document_name, line_of(path, lines), dotted(path))
        if name not in files:
            yield Problem("module.missing_media", *place, {"name": name})
        elif not name.lower().endswith(wanted):
            yield Problem("module.wrong_media", *place, {"name": name, "known": ", ".join(wanted)})


def _used(content: ModuleContent, media: Mapping[str, CheckedFile]) -> dict[str, CheckedFile]:
    return {name: media[name] for name in sorted({name for _, name in media_paths(content)})}


def _warnings(
    content: ModuleContent, files: Mapping[str, bytes], media: Mapping[str, CheckedFile]
) -> Iterator[Problem]:
    used = {name for _, name in media_paths(content)}
    for name in sorted(files):
        if name in media and name not in used:
            yield Problem("module.unused_media", name)
        elif name in media and media[name].removed:
            yield Problem("module.cleaned", name, facts={"removed": ", ".join(media[name].removed)})
        elif name != DOCUMENT and name not in media and not _TEXT.fullmatch(name):
            yield Problem("module.unknown_file", name)


def read_path(source: Path) -> ModuleFile:
    """Read a module from a folder, a zip or a single document; raises FileRefused."""
    if source.is_dir():
        return read_folder(source)
    data = source.read_bytes()
    if data.startswith(b"PK"):
        return read_archive(io.BytesIO(data), source.name)
    return read_document(data, source.name)
