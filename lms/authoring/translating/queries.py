"""Questions about translations."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.authoring.drafts import Document
from lms.authoring.translating import keeping, states
from lms.authoring.translating.states import Bases, State, Tally
from lms.authoring.translating.units import Unit, units


@dataclass(frozen=True)
class Translation:
    """A module in one of its languages, beside the original."""

    original: str
    language: str
    rows: tuple[tuple[Unit, State], ...]
    """Its texts, in the order of the module."""

    @property
    def tally(self) -> Tally:
        """How many of its texts stand how."""
        found = [stands for _unit, stands in self.rows]
        return Tally(*(found.count(one) for one in (State.MISSING, State.OUTDATED, State.DONE)))


def translation(document: Document, language: str, bases: Bases) -> Translation:
    """Return a module in a language other than the original."""
    found = states.states(document, language, bases)
    return Translation(document["languages"][0], language, tuple((unit, found[unit.id]) for unit in units(document)))


def tallies(module_id: int, document: Document) -> dict[str, Tally]:
    """Return how the texts of a module stand in each of its languages but the original."""
    bases = keeping.bases(module_id)
    return {language: states.tally(document, language, bases) for language in document["languages"][1:]}


def to_translate(module_id: int, document: Document) -> dict[str, Mapping[str, Tally]]:
    """Return, for each block by its key, the languages in which something of it is missing or outdated.

    What is said of the module itself stands under `units.HEAD`.
    """
    bases = keeping.bases(module_id)
    found: dict[str, dict[str, Tally]] = {}
    for language in document["languages"][1:]:
        for key, counted in states.by_block(document, language, bases).items():
            if counted.to_do:
                found.setdefault(key, {})[language] = counted
    return dict(found)
