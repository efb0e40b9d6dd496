"""What a reader can work out who adds and takes away everything that is shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy

from lms.kernel.suppression import reveals_everyone

Leaf = TypeVar("Leaf")


def worked_out(shown: Iterable[frozenset[Leaf]], leaves: Sequence[Leaf]) -> list[frozenset[Leaf]]:
    """Return every set of the smallest groups whose numbers follow from those of the sets that are shown."""
    rows = [[float(leaf in one) for leaf in leaves] for one in shown] or [[0.0] * len(leaves)]
    _, values, vectors = numpy.linalg.svd(numpy.array(rows))
    # What no equation sees; a sum that none of it changes is known.
    free = vectors[int((values > 1e-9).sum()) :]
    every = (numpy.arange(1, 1 << len(leaves))[:, None] >> numpy.arange(len(leaves))) & 1
    known = (numpy.abs(every @ free.T) < 1e-6).all(axis=1)
    return [
        frozenset(leaf for leaf, inside in zip(leaves, one, strict=True) if inside) for one in every[known].tolist()
    ]


def leaks(
    shown: Iterable[frozenset[Leaf]], counts: Mapping[Leaf, tuple[int, int]], least: int, *, sensitive: bool = False
) -> list[frozenset[Leaf]]:
    """Return the sets that can be worked out and are of too few people, or say the same of each of theirs."""
    found = []
    for known in worked_out(shown, list(counts)):
        successes, people = (sum(counts[leaf][place] for leaf in known) for place in (0, 1))
        if 0 < people < least or (sensitive and people and reveals_everyone(successes, people, least)):
            found.append(known)
    return found
