"""Small changes to a module document. Pure: each returns the changed document.

Places count from 0. A place that is not there raises NotFound: the page that named it is old.
"""

import re
import unicodedata
from copy import deepcopy
from typing import Any

from lms.authoring.drafts import Document
from lms.kernel.refusals import NotFound

Block = dict[str, Any]


def block_at(document: Document, place: int) -> Block:
    """Return the block at a place."""
    if not 0 <= place < len(document["blocks"]):
        raise NotFound()
    block: Block = document["blocks"][place]
    return block


def with_head(document: Document, head: Document) -> Document:
    """Replace what is said of the module itself; the texts of a language that is no longer listed go."""
    gone = set(document["languages"]) - set(head["languages"])
    blocks = [_without_languages(block, gone, set(document["languages"])) for block in document["blocks"]]
    kept = {name: _without_languages(value, gone, set(document["languages"])) for name, value in head.items()}
    return {"format": document["format"], "code": document["code"], **kept, "blocks": blocks}


def _without_languages(value: Any, gone: set[str], known: set[str]) -> Any:
    """Take the texts of some languages out: a mapping whose names are all languages is a text."""
    if isinstance(value, list):
        return [_without_languages(one, gone, known) for one in value]
    if not isinstance(value, dict):
        return value
    is_text = bool(value) and set(value) <= known
    return {
        name: _without_languages(inner, gone, known) for name, inner in value.items() if not (is_text and name in gone)
    }


def with_block(document: Document, place: int, block: Block) -> Document:
    """Replace a block, or append one at the place after the last; its key stays."""
    blocks = list(document["blocks"])
    if place == len(blocks):
        return {**document, "blocks": [*blocks, block]}
    blocks[place] = {**block, "key": block_at(document, place).get("key", block["key"])}
    return {**document, "blocks": blocks}


def with_brought(document: Document, block: Block) -> Document:
    """Put a block from elsewhere at the end; a question takes the place of the one with its key.

    What was explained there meanwhile stays, unless the question brings its own. A card that is
    there already stays; one with the key of something else gets a key of its own.
    """
    keys = [other.get("key") for other in document["blocks"]]
    place = keys.index(block["key"]) if block["key"] in keys else len(keys)
    if place == len(keys):
        return with_block(document, place, block)
    old = document["blocks"][place]
    if old == block:
        return document
    if "question" not in old or "question" not in block:
        return with_block(document, len(keys), {**block, "key": new_key(document, block["key"])})
    explained = {**old.get("feedback", {}), **block.get("feedback", {})}
    return with_block(document, place, {**block, **({"feedback": explained} if explained else {})})


def moved(document: Document, place: int, by: int) -> Document:
    """Move a block up (-1) or down (1); at the end it stays."""
    blocks = list(document["blocks"])
    block_at(document, place)
    target = min(max(place + by, 0), len(blocks) - 1)
    blocks.insert(target, blocks.pop(place))
    return {**document, "blocks": blocks}


def without(document: Document, place: int) -> Document:
    """Take a block out."""
    block_at(document, place)
    return {**document, "blocks": [block for at, block in enumerate(document["blocks"]) if at != place]}


def duplicated(document: Document, place: int) -> Document:
    """Put a copy of a block, under a key of its own, after it."""
    copy = deepcopy(block_at(document, place))
    copy["key"] = new_key(document, str(copy.get("key", "block")))
    return {**document, "blocks": [*document["blocks"][: place + 1], copy, *document["blocks"][place + 1 :]]}


def new_key(document: Document, base: str) -> str:
    """Return a key that no block has yet: the base, or the base with a number."""
    taken = {block.get("key") for block in document["blocks"]}
    stem = base[:36].rstrip("-")
    return next(key for key in (stem, *(f"{stem}-{number}" for number in range(2, 999))) if key not in taken)


def key_from(text: str) -> str:
    """Return a text as small letters, digits and hyphens: what a key or a code may hold."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
