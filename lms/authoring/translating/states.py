"""Whether each text of a module is translated, and for what the original says now. Pure.

A *basis* says that a translation was written for, or confirmed beside, an original. Of a translation
without any basis nothing was ever in doubt. Once only the original of a text changes, the original it
was written for is kept as its basis; the translation is outdated until one of its bases is what the
original says. Bases go by what texts say and not by where they stand, so that they stay true when
steps change places or an author undoes a change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.authoring.drafts import Document
from lms.authoring.translating.units import Unit, digest, units


class State(StrEnum):
    """How a text stands in a language."""

    MISSING = "missing"
    OUTDATED = "outdated"
    """The original changed since it was written or confirmed."""
    DONE = "done"


@dataclass(frozen=True)
class Basis:
    """A translation, and an original that it is right for; both by digest."""

    language: str
    translation: str
    original: str


Bases = frozenset[Basis]


@dataclass(frozen=True)
class Tally:
    """How many texts stand how."""

    missing: int = 0
    outdated: int = 0
    done: int = 0

    @property
    def total(self) -> int:
        """How many texts there are."""
        return self.missing + self.outdated + self.done

    @property
    def to_do(self) -> int:
        """How many somebody has to look at."""
        return self.missing + self.outdated


def state(unit: Unit, original: str, language: str, bases: Bases) -> State:
    """Return how a unit stands in a language other than the original."""
    text = unit.texts.get(language)
    if text is None:
        return State.MISSING
    known = {one.original for one in bases if one.language == language and one.translation == digest(text)}
    return State.OUTDATED if known and digest(unit.texts[original]) not in known else State.DONE


def tally(document: Document, language: str, bases: Bases) -> Tally:
    """Count how the texts of a module stand in a language."""
    return _sum(states(document, language, bases).values())


def by_block(document: Document, language: str, bases: Bases) -> dict[str, Tally]:
    """Count the same for each block; the module itself under `units.HEAD`."""
    found = states(document, language, bases)
    blocks: dict[str, list[State]] = {}
    for unit, stands in found.items():
        blocks.setdefault(unit.partition(".")[0], []).append(stands)
    return {key: _sum(known) for key, known in blocks.items()}


def states(document: Document, language: str, bases: Bases) -> dict[str, State]:
    """Return how each unit stands in a language, by its name."""
    original = document["languages"][0]
    about = frozenset(one for one in bases if one.language == language)
    return {unit.id: state(unit, original, language, about) for unit in units(document)}


def _sum(found: Iterable[State]) -> Tally:
    counted = Counter(found)
    return Tally(counted[State.MISSING], counted[State.OUTDATED], counted[State.DONE])


def carried(before: Document, after: Document, bases: Bases) -> Bases:
    """Return the bases after a change of the document, whoever changed what in it."""
    if len(after["languages"]) == 1 or before["languages"][0] != after["languages"][0]:
        return frozenset()
    original = after["languages"][0]
    told_before = {unit.id: unit.texts for unit in units(before)}
    pairs = {pair for unit in units(before) for pair in _pairs(unit, original)}
    found = set(bases)
    in_use: set[tuple[str, str]] = set()
    for unit in units(after):
        for pair in _pairs(unit, original):
            in_use.add((pair.language, pair.translation))
            if pair not in pairs:
                found |= _of_changed(pair, told_before.get(unit.id, {}), pairs, found)
    return frozenset(one for one in found if (one.language, one.translation) in in_use)


def _pairs(unit: Unit, original: str) -> list[Basis]:
    source = digest(unit.texts[original])
    return [Basis(language, digest(text), source) for language, text in unit.texts.items() if language != original]


def _of_changed(pair: Basis, told: Mapping[str, str], pairs: set[Basis], known: set[Basis]) -> set[Basis]:
    """Return what a pair adds that was not there before the change."""
    of_it = {one for one in known if _same_translation(one, pair)}
    if pair.language in told and digest(told[pair.language]) == pair.translation:
        # The original alone changed: remember for what the translation was written.
        return set() if of_it else {one for one in pairs if _same_translation(one, pair)}
    return {pair} if of_it else set()


def _same_translation(one: Basis, other: Basis) -> bool:
    return (one.language, one.translation) == (other.language, other.translation)


def confirmed(unit: Unit, original: str, language: str, bases: Bases, made_for: str) -> Bases:
    """Return the bases once somebody says that a translation is right for an original, told by its digest."""
    pair = Basis(language, digest(unit.texts[language]), made_for)
    in_doubt = any(_same_translation(one, pair) for one in bases)
    return bases | {pair} if in_doubt or made_for != digest(unit.texts[original]) else bases
