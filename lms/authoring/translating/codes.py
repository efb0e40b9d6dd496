r"""A text taken apart for translators: its paragraphs and items, and in each the marks that must come back. Pure.

    split("Stop. **Then** wait.\n\n- Look", Shape.PROSE)
    # [Segment("Stop. ", Code("1", "strong", "**", "**", "Then"), " wait."), "\n\n- ", Segment("Look")]

What is put together again is what was taken apart, letter by letter. A text whose marks are not read here
as Markdown reads them stays in one piece, with its marks as plain signs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.authoring.translating.units import Shape
from lms.catalogue.questions import GAP
from lms.kernel import rich_text


@dataclass(frozen=True)
class Code:
    """A mark around some words, or alone (then it has no end)."""

    id: str
    kind: str
    """`strong`, `em`, `link` or `gap`."""
    start: str
    end: str | None
    inside: tuple["Piece", ...] = ()


Piece = str | Code


@dataclass(frozen=True)
class Segment:
    """A paragraph, an item or a line: words to translate."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words with their marks."""
        return written(self.pieces)


Part = Segment | str
"""A segment, or what stands between two and is not translated."""

_BREAK = re.compile(
    r"(?:\A|[ \t]*\n(?:[ \t]*\n)*)[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+"  # an item begins
    r"|[ \t]*\n(?:[ \t]*\n)+[ \t]*"  # a paragraph begins
)
_MARK = re.compile(
    r"\\."
    r"|(?P<link>\[(?P<words>(?:\\.|[^\[\]\\]){0,300})\](?P<to>\([^()\s]{0,2000}\)))"
    r"|(?P<address><(?:https?://|mailto:)[^<>\s]{1,2000}>)"
    r"|(?P<strong>\*\*(?=\S)(?P<bold>(?:\\.|[^\\]){1,1000}?)(?<=\S)\*\*(?!\*))"
    r"|(?P<em>\*(?=[^\s*])(?P<italic>(?:\\.|[^\\*]){1,1000}?)(?<=\S)\*(?!\*))",
    re.DOTALL,
)


def split(text: str, shape: Shape) -> list[Part]:
    """Take a text apart; `together` undoes it."""
    if shape is Shape.GAPS:
        return [Segment(_gaps(text))]
    if shape is Shape.LINE:
        return [Segment((text,))]
    parts = _parts(text)
    segments = [part for part in parts if isinstance(part, Segment)]
    if [_events(one.pieces) for one in segments] != rich_text.marks_in(text):
        return [Segment((text,))]
    return parts


def is_plain(text: str, parts: Sequence[Part]) -> bool:
    """Whether a text has marks as Markdown reads it that stand among its words here."""
    return together(parts) == text and not any(_codes(parts)) and any(rich_text.marks_in(text))


def _codes(parts: Sequence[Part]) -> Iterator[Code]:
    for part in parts:
        if isinstance(part, Segment):
            yield from codes_in(part.pieces)


def together(parts: Sequence[Part]) -> str:
    """Put a text together again."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def written(pieces: Sequence[Piece]) -> str:
    """Return pieces as they stand in a text."""
    return "".join(
        piece if isinstance(piece, str) else f"{piece.start}{written(piece.inside)}{piece.end or ''}"
        for piece in pieces
    )


def codes_in(pieces: Sequence[Piece]) -> Iterator[Code]:
    """Yield every code, those inside others too."""
    for piece in pieces:
        if isinstance(piece, Code):
            yield piece
            yield from codes_in(piece.inside)


def fitted(source: Sequence[Part], target: Sequence[Part]) -> list[Part] | None:
    """Return a translation with the ids of its original's codes; None when it is not laid out like it."""
    if len(source) != len(target):
        return None
    parts: list[Part] = []
    for one, other in zip(source, target, strict=True):
        if isinstance(one, str) or isinstance(other, str):
            if one != other:
                return None
            parts.append(one)
            continue
        free = list(codes_in(one.pieces))
        named = _named(other.pieces, free)
        if named is None or free:
            return None
        parts.append(Segment(named))
    return parts


def _named(pieces: Sequence[Piece], free: list[Code]) -> tuple[Piece, ...] | None:
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str):
            made.append(piece)
            continue
        like = next((one for one in free if _alike(one, piece)), None)
        if like is None:
            return None
        free.remove(like)
        inside = _named(piece.inside, free)
        if inside is None:
            return None
        made.append(Code(like.id, piece.kind, piece.start, piece.end, inside))
    return tuple(made)


def _alike(one: Code, other: Code) -> bool:
    return (one.kind, one.start, one.end) == (other.kind, other.start, other.end)


def _gaps(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for number, found in enumerate(GAP.finditer(text), start=1):
        pieces += [text[done : found.start()], Code(str(number), "gap", found[0], None)]
        done = found.end()
    return tuple(piece for piece in (*pieces, text[done:]) if piece)


def _parts(text: str) -> list[Part]:
    ids = iter(range(1, len(text) + 2))
    parts: list[Part] = []
    done = 0
    for found in _BREAK.finditer(text):
        if found.start() > done:
            parts.append(Segment(_marked(text[done : found.start()], ids)))
        parts.append(found[0])
        done = found.end()
    if done < len(text):
        parts.append(Segment(_marked(text[done:], ids)))
    return parts


def _marked(text: str, ids: Iterator[int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for found in _MARK.finditer(text):
        if found.lastgroup is None:
            continue  # A sign that an author keeps from being a mark.
        pieces.append(text[done : found.start()])
        pieces.append(_code(found, ids))
        done = found.end()
    return tuple(piece for piece in (*pieces, text[done:]) if piece)


def _code(found: re.Match[str], ids: Iterator[int]) -> Code:
    number = str(next(ids))
    if found["link"] is not None:
        return Code(number, "link", "[", f"]{found['to']}", _marked(found["words"], ids))
    if found["address"] is not None:
        return Code(number, "link", found["address"], None)
    if found["strong"] is not None:
        return Code(number, "strong", "**", "**", _marked(found["bold"], ids))
    return Code(number, "em", "*", "*", _marked(found["italic"], ids))


def _events(pieces: Sequence[Piece]) -> list[str]:
    events: list[str] = []
    for piece in pieces:
        if isinstance(piece, Code):
            events += [f"{piece.kind}_open", *_events(piece.inside), f"{piece.kind}_close"]
    return events
