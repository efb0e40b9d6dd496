"""What a draft is: a module document that may still have faults. Pure.

A draft keeps the shape of a module document (`catalogue.content`), but any of its values
may be missing or wrong; `faults` tells which. Only a draft without faults is published.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from lms.authoring.sketching import sketched
from lms.catalogue.blocks import Block
from lms.catalogue.content import FORMAT, ModuleContent
from lms.catalogue.fields import media_paths, reading
from lms.catalogue.grading import Grade, grade
from lms.catalogue.rendering import player_block
from lms.kernel.documents import Path, dotted, problems_of
from lms.kernel.refusals import Problem, Refusal

Document = dict[str, Any]
File = TypeVar("File")
PREVIEW = "preview"
"""In the place of an edition's digest, for what is shown before there is an edition."""
_BLOCK: TypeAdapter[Any] = TypeAdapter(Block)
_PROMPT = re.compile(r"\[\[([^\[\]]{1,200})\]\]")


class DraftIncomplete(Refusal):
    """A draft has faults, so that it cannot be published."""

    def __init__(self, code: str, problems: Sequence[Problem]) -> None:
        super().__init__(code=code, count=len(problems))
        self.problems = tuple(problems)


def blank(code: str, languages: list[str], title: dict[str, str]) -> Document:
    """Return the document of a module in which nothing is written yet."""
    return {"format": FORMAT, "code": code, "languages": languages, "title": title, "blocks": []}


def faults(document: Document, media: Mapping[str, str]) -> list[Problem]:
    """Return everything that keeps a draft from being published, each with its place."""
    try:
        content = ModuleContent.model_validate(document)
    except ValidationError as error:
        return [*problems_of(error), *prompts(document)]
    missing = [
        Problem("module.missing_media", path=dotted(path), facts={"name": name})
        for path, name in media_paths(content)
        if name not in media
    ]
    return [*missing, *prompts(document)]


def block_faults(block: Document, place: int, languages: list[str], media: Mapping[str, str]) -> list[Problem]:
    """Return what of one block keeps a draft from being published; its key is not held against the others'."""
    try:
        read = _read(block, languages)
    except ValidationError as error:
        found = problems_of(error)
    else:
        found = [
            Problem("module.missing_media", path=dotted(path), facts={"name": name})
            for path, name in media_paths(read)
            if name not in media
        ]
    return [replace(one, path=f"blocks.{place}.{one.path}") for one in (*found, *prompts(block))]


def prompts(value: Any, path: Path = ()) -> list[Problem]:
    """Return what an author was to write in some texts and has not: what stands in `[[…]]` (`authoring.beginnings`)."""
    if isinstance(value, str):
        asked = _PROMPT.search(value)
        return [Problem("content.prompt", path=dotted(path), facts={"prompt": asked[1]})] if asked else []
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [problem for name, inner in parts for problem in prompts(inner, (*path, name))]


def normal(document: Document) -> Document:
    """Return a document written in the one way, so that equal modules have equal drafts; faulty parts as they are."""
    languages = document["languages"]
    blocks = [normal_block(block, languages) for block in document["blocks"]]
    return {**normal_head(head_of(document)), "blocks": blocks}


def normal_head(head: Document) -> Document:
    """Return what is said of a module itself, written in the one way; as it is while it is faulty."""
    pools = {"pools": head["pools"]} if head.get("pools") else {}
    try:
        return {**head_of(_with_any_block(head).plain), **pools}
    except ValidationError:
        return head


def _with_any_block(head: Document) -> ModuleContent:
    """Read a head as that of a module; its pools are held against the questions only with the whole."""
    alone = {name: value for name, value in head.items() if name != "pools"}
    word = dict.fromkeys(head["languages"], "-")
    return ModuleContent.model_validate(
        {**alone, "blocks": [{"card": "text", "key": "any", "title": word, "body": word}]}
    )


def normal_block(block: Document, languages: list[str]) -> Document:
    """Return a block written in the one way, so that equal blocks are written alike; a faulty one as it is."""
    try:
        written: Document = _read(block, languages).model_dump(mode="json", exclude_defaults=True)
    except ValidationError:
        return block
    return written


def token(part: Document) -> str:
    """Return what tells whether a block, or what is said of a module, is still as it was read."""
    canonical = json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:20]


def head_of(document: Document) -> Document:
    """Return what is said of the module itself."""
    return {name: value for name, value in document.items() if name != "blocks"}


def block_of(problem: Problem) -> int | None:
    """Return the place, from 0, of the block in which a fault lies, or None."""
    first, _, rest = problem.path.partition(".")
    place = rest.partition(".")[0]
    return int(place) if first == "blocks" and place.isdigit() else None


def whole(block: Document, languages: list[str]) -> Any | None:
    """Return a block as the module has it (`catalogue.blocks`), or None while it is not complete in these languages."""
    try:
        return _read(block, languages)
    except ValidationError:
        return None


def sketched_in(block: Document, language: str, languages: list[str]) -> Any | None:
    """Return a block in one of its languages, what is not yet written of it filled up (`authoring.sketching`)."""
    return sketched(_only_in(block, language, set(languages)), language)


def shown_in(block: Document, language: str, languages: list[str], media: Mapping[str, str]) -> Document | None:
    """Return a block as a kiosk shows it in one of its languages as far as it is written, or None."""
    read = sketched_in(block, language, languages)
    if read is None or any(name not in media for _, name in media_paths(read)):
        return None
    return player_block(read, [language], media, salt=PREVIEW)


def marked(document: Document, place: int, response: Any, language: str) -> Grade | None:
    """Return what a response comes to at the question of a draft as `shown_in` shows it; None while it cannot be shown.

    Raises AnswerMalformed.
    """
    read = sketched_in(document["blocks"][place], language, document["languages"])
    return grade(read, response, PREVIEW, parts=bool(document.get("parts_shown"))) if read else None


def _only_in(value: Any, language: str, languages: set[str]) -> Any:
    """Leave out the texts and files of other languages: a mapping whose names are all languages is of them."""
    if isinstance(value, list):
        return [_only_in(one, language, languages) for one in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= languages:
        return {name: inner for name, inner in value.items() if name == language}
    return {name: _only_in(inner, language, languages) for name, inner in value.items()}


def _read(block: Document, languages: list[str]) -> Any:
    with reading({"languages": languages}):
        return _BLOCK.validate_python(block)


def used_media(document: Document, media: Mapping[str, File]) -> dict[str, File]:
    """Return the files that the document names somewhere, others left out."""
    named = set(_texts(document))
    return {name: digest for name, digest in media.items() if name in named}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _texts(child)
