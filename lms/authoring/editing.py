"""Small changes to a module document. Pure: each returns the changed document.

Blocks are told apart by their keys. A key that is not there raises NotFound: the page that named it is old.
"""

import re
import unicodedata
from collections.abc import Collection
from copy import deepcopy
from typing import Any

from lms.authoring.drafts import Document
from lms.kernel.refusals import NotFound

Block = dict[str, Any]


def block_with(document: Document, key: str) -> Block:
    """Return the block with that key."""
    block: Block = document["blocks"][place_of(document, key)]
    return block


def place_of(document: Document, key: str) -> int:
    """Return at which place, from 0, the block with that key stands."""
    place = next((at for at, block in enumerate(document["blocks"]) if block.get("key") == key), None)
    if place is None:
        raise NotFound()
    return place


def keyed(document: Document) -> Document:
    """Return the document with a key of its own for each block: by it a block is known whatever else changes."""
    keys = [block.get("key") for block in document["blocks"]]
    if all(keys) and len(set(keys)) == len(keys):
        return document
    kept: Document = {**document, "blocks": []}
    for block in document["blocks"]:
        key = new_key(kept, str(block.get("key") or "block"))
        kept["blocks"].append(block if block.get("key") == key else {**block, "key": key})
    return kept


def with_languages(document: Document, languages: list[str]) -> Document:
    """Replace the languages of a module; the texts of one that is no longer listed go."""
    known = set(document["languages"])
    rest = {name: value for name, value in document.items() if name != "languages"}
    kept: Document = without_languages(rest, known - set(languages), known)
    return {**kept, "languages": languages}


def without_languages(value: Any, gone: set[str], known: set[str]) -> Any:
    """Take the texts of some languages out: a mapping whose names are all languages is a text."""
    if isinstance(value, list):
        return [without_languages(one, gone, known) for one in value]
    if not isinstance(value, dict):
        return value
    is_text = bool(value) and set(value) <= known
    return {
        name: without_languages(inner, gone, known) for name, inner in value.items() if not (is_text and name in gone)
    }


def with_block(document: Document, key: str, block: Block) -> Document:
    """Replace a block; its key stays."""
    place = place_of(document, key)
    blocks = list(document["blocks"])
    blocks[place] = {**block, "key": key}
    return {**document, "blocks": blocks}


def inserted(document: Document, block: Block, after: str | None) -> Document:
    """Put a block behind another, at the beginning for "", at the end when there is no such block or for None."""
    keys = [one.get("key") for one in document["blocks"]]
    place = 0 if after == "" else keys.index(after) + 1 if after in keys else len(keys)
    return {**document, "blocks": [*document["blocks"][:place], block, *document["blocks"][place:]]}


def with_brought(document: Document, block: Block) -> Document:
    """Put a block from elsewhere at the end; a question takes the place of the one with its key.

    What was explained there meanwhile stays, unless the question brings its own. A card that is
    there already stays; one with the key of something else gets a key of its own.
    """
    keys = [other.get("key") for other in document["blocks"]]
    place = keys.index(block["key"]) if block["key"] in keys else len(keys)
    if place == len(keys):
        return inserted(document, block, None)
    old = document["blocks"][place]
    if old == block:
        return document
    if "question" not in old or "question" not in block:
        return inserted(document, {**block, "key": new_key(document, block["key"])}, None)
    explained = {**old.get("feedback", {}), **block.get("feedback", {})}
    return with_block(document, block["key"], {**block, **({"feedback": explained} if explained else {})})


def moved(document: Document, key: str, by: int) -> Document:
    """Move a block up (-1) or down (1); at the end it stays."""
    blocks = list(document["blocks"])
    place = place_of(document, key)
    target = min(max(place + by, 0), len(blocks) - 1)
    blocks.insert(target, blocks.pop(place))
    return {**document, "blocks": blocks}


def moved_behind(document: Document, key: str, after: str) -> Document:
    """Move a block behind another, to the beginning for ""."""
    block = block_with(document, key)
    if after not in ("", key):
        block_with(document, after)
    return document if after == key else inserted(without(document, key), block, after)


def without(document: Document, key: str) -> Document:
    """Take a block out."""
    place = place_of(document, key)
    return {**document, "blocks": [block for at, block in enumerate(document["blocks"]) if at != place]}


def duplicated(document: Document, key: str, taken: Collection[str] = ()) -> tuple[Document, str]:
    """Put a copy of a block after it; return the document and the key that the copy got."""
    copy = deepcopy(block_with(document, key))
    copy["key"] = new_key(document, key, taken)
    return inserted(document, copy, key), copy["key"]


def new_key(document: Document, base: str, taken: Collection[str] = ()) -> str:
    """Return a key that no block has yet and that is not taken otherwise: the base, or the base with a number."""
    known = {*taken, *(block.get("key") for block in document["blocks"])}
    stem = base[:36].rstrip("-")
    return next(key for key in (stem, *(f"{stem}-{number}" for number in range(2, 9999))) if key not in known)


def key_from(text: str) -> str:
    """Return a text as small letters, digits and hyphens: what a key or a code may hold."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
