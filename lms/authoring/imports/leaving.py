"""Which of the things found in a file are left out by whoever brings it in: numbers from 0, as `3,5-9` in an address.

Nothing is kept of it: the address says it, so that a page can be reloaded, or left and come back to.
"""

import re
from collections.abc import Iterable, Iterator

_PIECE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


def numbers(text: str, most: int) -> frozenset[int]:
    """Return the numbers below `most` that a text writes; what is none is passed over."""
    return frozenset(number for piece in text.split(",") for number in _of_piece(piece, most))


def text_of(left: Iterable[int]) -> str:
    """Return how numbers are written."""
    runs: list[list[int]] = []
    for number in sorted(left):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ",".join("-".join(map(str, run)) for run in runs)


def after(left: frozenset[int], shown: frozenset[int], ticked: Iterable[int]) -> frozenset[int]:
    """Return what is left out once a page that shows some of the things was ticked so."""
    return (left - shown) | (shown - frozenset(ticked))


def _of_piece(piece: str, most: int) -> Iterator[int]:
    found = _PIECE.fullmatch(piece.strip())
    if found:
        first = int(found[1])
        yield from range(first, min(int(found[2] or first) + 1, most))
