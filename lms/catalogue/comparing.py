"""What one version of a module changes of another, block by block and word by word. Pure.

Both are module documents (`catalogue.content`) with the digests of their files; a draft
that still has faults may be one of them. Blocks are told apart by their keys.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

Document = dict[str, Any]
Media = Mapping[str, str]
"""Name in the document (`media/…`) to digest."""


class Aspect(StrEnum):
    """What of a block, or of the module itself, is otherwise."""

    ADDED = "added"
    REMOVED = "removed"
    KEY = "key"
    """What counts as right, or for how many points."""
    WORDS = "words"
    FILES = "files"
    """A picture, a film or a recording, be it under the same name."""
    PASS_MARK = "pass_mark"
    SETTINGS = "settings"
    """Minutes, tries and what else is said of the module itself."""
    LANGUAGES = "languages"
    """A language came or went; what stands in the others is as it was."""
    MOVED = "moved"
    OTHER = "other"
    """The kind of the block, signs, places that are touched."""


TO_BE_SEEN = frozenset({Aspect.ADDED, Aspect.KEY, Aspect.WORDS, Aspect.FILES, Aspect.OTHER})
"""What makes a block worth looking at for who knows it as it was."""


@dataclass(frozen=True)
class Difference:
    """One value that is otherwise; a side on which there is none is None."""

    path: str
    """Where it stands in the block, dotted: `options.1.text.fr`."""
    before: Any
    after: Any
    aspect: Aspect


@dataclass(frozen=True)
class Change:
    """What became of a block; of the module itself when it has no key."""

    key: str | None
    aspects: frozenset[Aspect]
    before: Document | None
    after: Document | None
    differences: tuple[Difference, ...] = ()

    @property
    def block(self) -> Document | None:
        """The block as it is now, or was last; None for the module itself."""
        return None if self.key is None else self.after or self.before

    @property
    def is_to_be_seen(self) -> bool:
        """Whether who knows the block as it was ought to look at it again."""
        return self.key is not None and not TO_BE_SEEN.isdisjoint(self.aspects)


def changes(old: Document, old_media: Media, new: Document, new_media: Media) -> list[Change]:
    """Return what the new version changes, in its order; removed blocks last."""
    spoken = _Spoken(set(old["languages"]), set(new["languages"]))
    before = {block["key"]: block for block in old["blocks"]}
    after = {block.get("key"): block for block in new["blocks"]}
    moved = out_of_place([key for key in before if key in after], [key for key in after if key in before])
    found = [_head_change(old, new, spoken)]
    for block in new["blocks"]:
        key = block.get("key")
        if key not in before:
            found.append(Change(key, frozenset({Aspect.ADDED}), None, block))
            continue
        differences = _differences(_leaves(before[key], old_media, spoken), _leaves(block, new_media, spoken), spoken)
        aspects = {one.aspect for one in differences} | _swapped(before[key], block)
        aspects |= {Aspect.MOVED} if key in moved else set()
        found.append(Change(key, frozenset(aspects), before[key], block, tuple(differences)))
    gone = [block for block in old["blocks"] if block["key"] not in after]
    found += [Change(block["key"], frozenset({Aspect.REMOVED}), block, None) for block in gone]
    return [change for change in found if change.aspects]


@dataclass(frozen=True)
class _Spoken:
    before: set[str]
    after: set[str]

    def is_text(self, value: Document) -> bool:
        """Whether a mapping gives a value for each of some languages."""
        return bool(value) and value.keys() <= self.before | self.after

    def in_both(self, language: str) -> bool:
        return language in self.before and language in self.after


@dataclass(frozen=True)
class _Leaf:
    """A value without parts, under its path with keys in the place of positions."""

    value: Any
    shown: str
    """Its path as it is shown, with positions."""
    language: str | None


Leaves = dict[tuple[str, ...], _Leaf]
_ORDER = "#order"
_FILES = frozenset({"file", "captions", "poster", "sound"})
_RIGHT = frozenset({"correct", "answer", "tolerance", "points", "word"})
_ASKING = frozenset({"pool", "form", "reserved"})
"""When a question is asked, not what it asks."""
_ASKED = frozenset({"options", "places", "items", "pairs", "gaps"})


def _leaves(block: Document, media: Media, spoken: _Spoken) -> Leaves:
    return dict(_walk(block, media, spoken, (), (), None))


def _walk(
    value: Any, media: Media, spoken: _Spoken, path: tuple[str, ...], shown: tuple[str, ...], language: str | None
) -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    if isinstance(value, dict):
        text = spoken.is_text(value)
        for name, inner in value.items():
            if not (path == () and name == "key"):
                yield from _walk(inner, media, spoken, (*path, name), (*shown, name), name if text else language)
    elif isinstance(value, list):
        keys = [one.get("key") if isinstance(one, dict) else None for one in value]
        if all(keys) and keys:
            yield (*path, _ORDER), _Leaf(tuple(keys), ".".join(shown), language)
        for place, inner in enumerate(value):
            step = f"#{keys[place] or place}"
            yield from _walk(inner, media, spoken, (*path, step), (*shown, str(place)), language)
    elif path[-1] != "key":
        is_file = isinstance(value, str) and value in media and not _FILES.isdisjoint(path)
        yield path, _Leaf(media[value] if is_file else value, ".".join(shown), language)


def _differences(before: Leaves, after: Leaves, spoken: _Spoken) -> list[Difference]:
    found = []
    for path, leaf in (before | after).items():
        # That something stands at another position is told by the order of what it belongs to.
        old, new = (leaves[path].value if path in leaves else None for leaves in (before, after))
        if old != new:
            found.append(Difference(leaf.shown, old, new, _aspect(path, leaf.language, old, new, spoken)))
    return found


def _aspect(path: tuple[str, ...], language: str | None, old: Any, new: Any, spoken: _Spoken) -> Aspect:
    if language is not None and not spoken.in_both(language):
        return Aspect.LANGUAGES
    if not _FILES.isdisjoint(path):
        return Aspect.FILES
    if path[0] in _ASKING:
        return Aspect.SETTINGS
    if path[-1] == _ORDER:
        return _aspect_of_order(path[0], old or (), new or ())
    if "feedback" not in path and not _RIGHT.isdisjoint(path):
        return Aspect.KEY
    if path[0] == "places" and path[-1] in ("x", "y", "size"):
        return Aspect.KEY
    return Aspect.WORDS if language is not None else Aspect.OTHER


def _aspect_of_order(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Aspect:
    """Tell other things to choose from, or another order where the order is asked, from another order alone."""
    if name in _ASKED and (name == "items" or set(old) != set(new)):
        return Aspect.KEY
    return Aspect.MOVED if set(old) == set(new) else Aspect.OTHER


def _swapped(old: Document, new: Document) -> set[Aspect]:
    """Say of pairs that the same right-hand sides belong elsewhere."""
    rights = [{pair.get("key"): str(pair.get("right")) for pair in one.get("pairs", ())} for one in (old, new)]
    same = sorted(rights[0].values()) == sorted(rights[1].values())
    return {Aspect.KEY} if same and rights[0] != rights[1] else set()


def _head_change(old: Document, new: Document, spoken: _Spoken) -> Change:
    before, after = _head(old), _head(new)
    differences = [
        Difference(one.path, one.before, one.after, _aspect_of_head(one))
        for one in _differences(_leaves(before, {}, spoken), _leaves(after, {}, spoken), spoken)
    ]
    return Change(None, frozenset(one.aspect for one in differences), before, after, tuple(differences))


def _aspect_of_head(found: Difference) -> Aspect:
    name = found.path.partition(".")[0]
    if name == "languages" or found.aspect is Aspect.LANGUAGES:
        return Aspect.LANGUAGES
    if name in ("title", "summary", "local_rule", "sources"):
        return Aspect.WORDS
    return Aspect.PASS_MARK if name == "pass_mark" else Aspect.SETTINGS


def _head(document: Document) -> Document:
    return {name: value for name, value in document.items() if name not in ("blocks", "format", "code")}


def out_of_place(before: list[str], after: list[str]) -> set[str]:
    """Return those not in their place, were only a few taken out and put elsewhere."""
    place = {key: index for index, key in enumerate(before)}
    order = [place[key] for key in after]
    staying = _longest_rising(order)
    return {key for key in after if place[key] not in staying}


def _longest_rising(numbers: list[int]) -> list[int]:
    best: list[list[int]] = [[]]
    for number in numbers:
        chains = [chain for chain in best if not chain or chain[-1] < number]
        best.append([*max(chains, key=len), number])
    return max(best, key=len)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether the other version has it otherwise."""

    text: str
    changed: bool


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, told apart word by word."""
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (before, after))
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, *(start, end, begin, stop) in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for pieces, words in ((left, old[start:end]), (right, new[begin:stop])):
            if words:
                pieces.append(Piece("".join(words), tag != "equal"))
    return left, right
