"""What is done with whole blocks of a draft: added, moved, copied, sent elsewhere, deleted.

Each is told by the block's key, not by its place, so that it does what was meant whatever
others did to the order meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import select

from lms.authoring import drafts, editing, history, queries
from lms.authoring.actions import PartChanged
from lms.authoring.drafts import Document
from lms.authoring.models import Draft
from lms.authoring.putting import put
from lms.authoring.reviewing.models import DraftRemark
from lms.catalogue.blocks import CARDS
from lms.catalogue.content import MOST_BLOCKS
from lms.catalogue.queries import newest_edition
from lms.kernel.database import db
from lms.kernel.refusals import Refusal


class TooManyBlocks(Refusal):
    """A module has as many cards and questions as it may have."""


BASES = {"single": "choice", "multiple": "choices"}


def add_block(code: str, kind: str, after: str | None, *, by: int | None, now: datetime) -> str:
    """Put a new block of a kind behind another (at the beginning for "", at the end for None); return its key."""
    draft = queries.draft(code)
    key = editing.new_key(draft.content, BASES.get(kind, kind.replace("_", "-")), _keys_ever(draft))
    block = {"card" if kind in CARDS else "question": kind, "key": key}
    _arrange(draft, lambda document: editing.inserted(document, block, after), by, now)
    return key


def move_block(code: str, key: str, by_places: int, *, by: int | None, now: datetime) -> None:
    """Move a block up (-1) or down (1)."""
    _arrange(queries.draft(code), lambda document: editing.moved(document, key, by_places), by, now)


def move_block_behind(code: str, key: str, after: str, *, by: int | None, now: datetime) -> None:
    """Move a block behind another, to the beginning for ""."""
    _arrange(queries.draft(code), lambda document: editing.moved_behind(document, key, after), by, now)


def duplicate_block(code: str, key: str, *, by: int | None, now: datetime) -> str:
    """Put a copy of a block behind it; return the key of the copy."""
    draft = queries.draft(code)
    document, copy = editing.duplicated(draft.content, key, _keys_ever(draft))
    _arrange(draft, lambda _: document, by, now)
    return copy


def delete_block(code: str, key: str, token: str | None, *, by: int | None, now: datetime) -> None:
    """Take a block out; raises PartChanged when it is not the one with that token, unless that is None."""
    draft = queries.draft(code)
    present = drafts.token(editing.block_with(draft.content, key))
    if token not in (None, present):
        raise PartChanged(code=code, token=present)
    _arrange(draft, lambda document: editing.without(document, key), by, now)


@dataclass(frozen=True)
class Sending:
    """A block that goes to another module."""

    key: str
    to: str
    """Code of that module."""
    is_kept: bool
    """Whether it stays where it is besides."""


def send_block(code: str, sending: Sending, *, by: int | None, now: datetime) -> str:
    """Copy or move a block to the end of another module; return its key there.

    Its files go with it; texts in languages that the other module does not have stay behind.
    """
    # In the order of their codes, so that two who send to each other never wait for each other.
    found = {one: queries.draft(one) for one in sorted({code, sending.to})}
    source, target = found[code], found[sending.to]
    block = editing.block_with(source.content, sending.key)
    files = drafts.used_media({"blocks": [block]}, source.media)
    renamed = {name: _free_name(name, digest, target.media) for name, digest in files.items()}
    left = set(source.content["languages"]) - set(target.content["languages"])
    sent = editing.without_languages(_with_names(block, renamed), left, set(source.content["languages"]))
    sent["key"] = editing.new_key(target.content, sending.key, _keys_ever(target))
    media = {**target.media, **{renamed[name]: digest for name, digest in files.items()}}
    _check_room(editing.inserted(target.content, sent, None))
    put(target, editing.inserted(target.content, sent, None), media, by=by, now=now)
    if not sending.is_kept:
        put(source, editing.without(source.content, sending.key), source.media, by=by, now=now)
    return str(sent["key"])


def _keys_ever(draft: Draft) -> set[str]:
    """Return the keys that blocks of a module had: a new block is none of them, for remarks and figures to go by."""
    remarked = select(DraftRemark.block_key).where(DraftRemark.module_id == draft.module_id)
    edition = newest_edition(draft.module_id)
    published = {block.key for block in edition.content.blocks} if edition else set()
    return {*history.keys(draft.module_id), *filter(None, db.session.scalars(remarked)), *published}


def _arrange(draft: Draft, change: Callable[[Document], Document], by: int | None, now: datetime) -> None:
    document = change(draft.content)
    _check_room(document)
    put(draft, document, draft.media, by=by, now=now)


def _check_room(document: Document) -> None:
    if len(document["blocks"]) > MOST_BLOCKS:
        raise TooManyBlocks(limit=MOST_BLOCKS)


def _free_name(name: str, digest: str, taken: dict[str, str]) -> str:
    path = PurePosixPath(name)
    names = (f"{path.parent}/{path.stem}{number}{path.suffix}" for number in ("", *(f"-{n}" for n in range(2, 999))))
    return next(one for one in names if taken.get(one, digest) == digest)


def _with_names(value: Document, names: dict[str, str]) -> Document:
    """Return a block that calls its files otherwise."""

    def renamed(inner: object) -> object:
        if isinstance(inner, dict):
            return {name: renamed(one) for name, one in inner.items()}
        if isinstance(inner, list):
            return [renamed(one) for one in inner]
        return names.get(inner, inner) if isinstance(inner, str) else inner

    return {name: renamed(inner) for name, inner in value.items()}
