"""One entry of an audit at a time: found, put in its place, taken away; who refers to whom.

Pure: each function returns another document, which `actions.store` checks and keeps.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from string import digits
from typing import Any

from lms.audit.document import (
    INVENTORY_SECTIONS,
    REFERENCES,
    SECTIONS,
    AuditDocument,
    cited,
    entries,
    section_path,
)
from lms.audit.texts import Part, key_of

Place = tuple[str, str]
"""A section and the key of one of its entries."""


def find(document: AuditDocument, section: str, key: str) -> Any | None:
    """Return the entry of that key, or None."""
    return next((entry for entry in entries(document, section) if key_of(entry) == key), None)


def with_entry(document: AuditDocument, section: str, entry: Part) -> AuditDocument:
    """Return the document with the entry in the place of the one of its key."""
    key = key_of(entry)
    return _with_list(document, section, [entry if key_of(old) == key else old for old in entries(document, section)])


def with_new(document: AuditDocument, section: str, entry: Part) -> AuditDocument:
    """Return the document with the entry at the end of its list, even if its key is taken: that is a fault of it."""
    return _with_list(document, section, [*entries(document, section), entry])


def without(document: AuditDocument, section: str, key: str) -> AuditDocument:
    """Return the document without the entry of that key."""
    return _with_list(document, section, [entry for entry in entries(document, section) if key_of(entry) != key])


FIRST_LETTERS = {
    "arrangements": "AR",
    "trainers": "TR",
    "materials": "MA",
    "it": "SI",
    "evidence": "E",
    "findings": "C",
    "recommendations": "P",
    "actions": "ACT",
    "vigilance": "V",
    "themes": "TH",
}
"""How codes begin where an audit has none yet."""


def proposed_code(document: AuditDocument, section: str) -> str:
    """Return a free code for a new entry, counted on from the last one; nothing where entries have no code."""
    if section not in FIRST_LETTERS:
        return ""
    codes = [key_of(entry) for entry in entries(document, section)]
    letters = codes[-1].rstrip(digits) if codes else FIRST_LETTERS[section]
    return next(code for number in count(1) if (code := f"{letters}{number}") not in codes)


def path_of(document: AuditDocument, section: str, key: str) -> tuple[str | int, ...]:
    """Return where the last entry of that key stands in the document."""
    places = [place for place, entry in enumerate(entries(document, section)) if key_of(entry) == key]
    return (*section_path(section), places[-1])


def at(document: AuditDocument, path: tuple[str | int, ...]) -> Place | None:
    """Return the entry that a path of the document leads into, or None when it leads into the header."""
    for section in SECTIONS:
        inside = section_path(section)
        if path[: len(inside)] == inside and len(path) > len(inside):
            return section, key_of(entries(document, section)[int(path[len(inside)])])
    return None


def referring(document: AuditDocument) -> dict[Place, list[Place]]:
    """Return, for each entry that others refer to, who they are, in the order of the document, each once."""
    found: dict[Place, list[Place]] = defaultdict(list)
    for section, field, target in REFERENCES:
        for entry in entries(document, section):
            for code in cited(entry, field):
                found[target, code].append((section, key_of(entry)))
    return {place: list(dict.fromkeys(citing)) for place, citing in found.items()}


def languages(document: AuditDocument, first: Iterable[str] = ()) -> list[str]:
    """Return the languages in which any text of the audit stands, the `first` ones first."""
    return list(dict.fromkeys([*first, *sorted(set(_languages(document)))]))


def _languages(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part
    elif isinstance(part, Part):
        for value in vars(part).values():
            yield from _languages(value)
    elif isinstance(part, list):
        for value in part:
            yield from _languages(value)


def _with_list(document: AuditDocument, section: str, changed: list[Any]) -> AuditDocument:
    if section not in INVENTORY_SECTIONS:
        return document.model_copy(update={section: changed})
    inventory = document.inventory.model_copy(update={section: changed})
    return document.model_copy(update={"inventory": inventory})
