"""What one change of a draft was, so that it can be told, undone and gone back behind. Pure.

A change keeps, for each part of a draft that it touched, what was there before and what is
there after: blocks by their keys, their order, what is said of the module itself, files by
their names. None stands for a part that is not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from lms.authoring.drafts import Document, head_of
from lms.catalogue.comparing import out_of_place

Pair = tuple[Any, Any]
"""Before and after."""
Media = Mapping[str, str]


@dataclass(frozen=True)
class Delta:
    """One change of a draft, part by part."""

    blocks: dict[str, Pair] = field(default_factory=dict)
    head: dict[str, Pair] = field(default_factory=dict)
    media: dict[str, Pair] = field(default_factory=dict)
    order: Pair | None = None
    """The keys of all blocks, where some came, went or moved."""

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return bool(self.blocks or self.head or self.media or self.order)

    @property
    def plain(self) -> Document:
        """The change as the database keeps it."""
        parts = {"blocks": self.blocks, "head": self.head, "media": self.media, "order": self.order}
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def read(cls, plain: Document) -> Self:
        """Return the change that the database keeps."""
        return cls(**plain)

    @property
    def inverse(self) -> "Delta":
        """What takes this change back."""
        return Delta(
            _turned(self.blocks), _turned(self.head), _turned(self.media), self.order and (self.order[1], self.order[0])
        )

    @property
    def is_text(self) -> bool:
        """Whether it changed only what stands in blocks, or is said of the module, and no block came, went or moved."""
        return self.order is None

    @property
    def added(self) -> list[str]:
        """The keys of blocks that came."""
        return [key for key, (before, _) in self.blocks.items() if before is None]

    @property
    def removed(self) -> list[str]:
        """The keys of blocks that went."""
        return [key for key, (_, after) in self.blocks.items() if after is None]

    def concerns_the_same_as(self, other: "Delta") -> bool:
        """Whether both changed exactly the same parts."""
        return (self.blocks.keys(), self.head.keys()) == (other.blocks.keys(), other.head.keys())

    def is_apart_from(self, other: "Delta") -> bool:
        """Whether neither changed a part that the other changed."""
        pairs = ((self.blocks, other.blocks), (self.head, other.head), (self.media, other.media))
        return self.is_text and other.is_text and all(one.keys().isdisjoint(two) for one, two in pairs)

    def followed_by(self, later: "Delta") -> "Delta":
        """Return this change and a later one of the same parts as one."""
        return Delta(
            _joined(self.blocks, later.blocks), _joined(self.head, later.head), _joined(self.media, later.media)
        )


def between(old: Document, old_media: Media, new: Document, new_media: Media) -> Delta:
    """Return what became of a draft."""
    before, after = ({block["key"]: block for block in document["blocks"]} for document in (old, new))
    orders = list(before), list(after)
    return Delta(
        _differing(before, after),
        _differing(head_of(old), head_of(new)),
        _differing(old_media, new_media),
        orders if orders[0] != orders[1] else None,
    )


def applied(document: Document, media: Media, delta: Delta) -> tuple[Document, dict[str, str]]:
    """Return a draft with a change made in it; what others changed in other parts stays."""
    blocks = _set({block["key"]: block for block in document["blocks"]}, delta.blocks)
    order = [block["key"] for block in document["blocks"]]
    if delta.order:
        order = reordered(order, *delta.order)
    head = _set(head_of(document), delta.head)
    return {**head, "blocks": [blocks[key] for key in order if key in blocks]}, _set(media, delta.media)


def clashes(document: Document, media: Media, delta: Delta) -> bool:
    """Whether a part that the change is to be made in is otherwise than it was before the change."""
    blocks = {block["key"]: block for block in document["blocks"]}
    present = ((blocks, delta.blocks), (head_of(document), delta.head))
    if any(parts.get(key) != before for parts, pairs in present for key, (before, _) in pairs.items()):
        return True
    return any(media.get(name, after) not in (before, after) for name, (before, after) in delta.media.items())


def reordered(present: list[str], before: list[str], after: list[str]) -> list[str]:
    """Do with the present order what was done from one order to another.

    A key that came or was moved stands after the nearest of those that stood before it then.
    """
    if present == before:
        return after
    kept = [key for key in after if key in before]
    going = {*before} - {*after}
    moving = out_of_place([key for key in before if key in after], kept) | ({*after} - {*before})
    order = [key for key in present if key not in going and key not in moving]
    for place, key in enumerate(after):
        if key in moving:
            earlier = next((one for one in reversed(after[:place]) if one in order), None)
            order.insert(order.index(earlier) + 1 if earlier else 0, key)
    return order


@dataclass(frozen=True)
class Step:
    """A change as one author's list of what can be undone sees it."""

    id: int
    undoes: int | None
    """The change that it took back; one that takes back such a change does something again."""


def to_undo(steps: Sequence[Step]) -> Step | None:
    """Return which of someone's changes, newest first, is the next to be taken back."""
    return next((step for step in _standing(steps) if step.undoes is None), None)


def to_redo(steps: Sequence[Step]) -> Step | None:
    """Return which taking back, of someone's changes newest first, is the next to be taken back itself."""
    taking_back = {step.id for step in steps if step.undoes is not None}
    newest = next((step for step in _standing(steps) if step.undoes not in taking_back), None)
    return newest if newest and newest.undoes is not None else None


def _standing(steps: Sequence[Step]) -> list[Step]:
    """Leave out what was taken back."""
    gone: set[int] = set()
    found = []
    for step in steps:
        if step.id not in gone:
            found.append(step)
            gone |= {step.undoes} if step.undoes is not None else set()
    return found


def _turned(pairs: dict[str, Pair]) -> dict[str, Pair]:
    return {name: (after, before) for name, (before, after) in pairs.items()}


def _joined(first: dict[str, Pair], later: dict[str, Pair]) -> dict[str, Pair]:
    joined = later | {name: (before, later.get(name, (None, after))[1]) for name, (before, after) in first.items()}
    return {name: (before, after) for name, (before, after) in joined.items() if before != after}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Pair]:
    return {
        name: (before.get(name), after.get(name)) for name in {**before, **after} if before.get(name) != after.get(name)
    }


def _set(parts: Mapping[str, Any], pairs: dict[str, Pair]) -> dict[str, Any]:
    changed = {**parts, **{name: after for name, (_, after) in pairs.items()}}
    return {name: value for name, value in changed.items() if value is not None}
