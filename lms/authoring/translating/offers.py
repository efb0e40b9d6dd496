"""What a file of translations would change in a module, before anybody accepts it. Pure."""

import hashlib
import unicodedata
from dataclasses import dataclass

from lms.authoring.drafts import Document
from lms.authoring.translating import codes
from lms.authoring.translating.states import State
from lms.authoring.translating.units import Shape, Unit, digest, normal, units
from lms.kernel import rich_text
from lms.kernel.refusals import Problem


@dataclass(frozen=True)
class Offered:
    """A text that a file brings for a unit."""

    unit: Unit
    text: str
    made_for: str
    """The digest of the original that the translator had."""
    before: str
    """The translation there is now; empty when there is none."""
    stale: bool
    """Whether the original changed since the file was given out."""

    @property
    def confirms(self) -> bool:
        """Whether it changes no letter, but says that an outdated translation is right."""
        return self.text == self.before


@dataclass(frozen=True)
class Offer:
    """What a file holds for a module in a language."""

    file: str
    offered: tuple[Offered, ...] = ()
    """What would change, in the order of the module."""
    faults: tuple[Problem, ...] = ()
    """What is refused of it, each with its line."""
    unchanged: int = 0
    """How many texts are as they were."""

    @property
    def fingerprint(self) -> str:
        """What tells whether the same would still be changed."""
        told = [(one.unit.id, one.text, one.before, one.made_for) for one in self.offered]
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Asked:
    """For which module and language a file is read."""

    document: Document
    language: str
    standing: dict[str, State]
    """How its units stand."""

    @property
    def code(self) -> str:
        """The code of the module."""
        return str(self.document["code"])

    @property
    def original(self) -> str:
        """The language of the originals."""
        return str(self.document["languages"][0])

    @property
    def units(self) -> dict[str, Unit]:
        """The units by name."""
        return {unit.id: unit for unit in units(self.document)}


def offered(asked: Asked, unit: Unit, text: str, *, source: str | None, confirmed: bool = False) -> Offered | None:
    """Return what a text for a unit would change, None when nothing.

    `source` is the original that the file holds (None: it holds none, and means what there is now);
    `confirmed` says that the file calls the translation right as it is.
    """
    now = unit.texts[asked.original]
    stale = source is not None and normal(source, unit.shape) != normal(now, unit.shape)
    made_for = digest(source if stale and source is not None else now)
    before = unit.texts.get(asked.language, "")
    new = normal(text, unit.shape)
    if not new:
        return None
    if new == normal(before, unit.shape):
        outdated = asked.standing.get(unit.id) is State.OUTDATED
        return Offered(unit, before, made_for, before, stale) if confirmed and outdated and not stale else None
    return Offered(unit, new, made_for, before, stale)


def fault_of(unit: Unit, text: str, source: str) -> Problem | None:
    """Return why a text cannot stand in a unit, None when it can or there is none; `source` is its original."""
    new = normal(text, unit.shape)
    if not new:
        return None
    if len(new) > unit.limit:
        return Problem("translation.too_long", path=unit.id, facts={"limit": unit.limit, "length": len(new)})
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\r\t" for letter in new):
        return Problem("content.control_character", path=unit.id)
    if unit.shape is Shape.PROSE:
        found = rich_text.faults_in(new)
        if found:
            return Problem(found[0].code, path=unit.id, facts={"found": found[0].found})
    if unit.shape is Shape.GAPS and _gaps(new) != _gaps(source):
        return Problem("translation.gaps", path=unit.id, facts={"gaps": " ".join(_gaps(source))})
    return None


def _gaps(text: str) -> list[str]:
    return sorted(code.start for part in codes.split(text, Shape.GAPS) for code in codes.codes_in(part.pieces))  # type: ignore[union-attr]
