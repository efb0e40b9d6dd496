"""One entry of an audit at a time: found, put in its place, taken away; who refers to whom.

Pure: each function returns another document, which `actions.store` checks and keeps.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from lms.audit.document import (
    INVENTORY_SECTIONS,
    REFERENCES,
    SECTIONS,
    AuditDocument,
    Entry,
    PanelEntry,
    cited,
    entries,
    section_path,
)

Place = tuple[str, str]
"""A section and the code of one of its entries."""

KINDS: dict[str, type[Entry] | type[PanelEntry]] = {**SECTIONS, "panel": PanelEntry}
"""Every list of an audit, by its name in the document; the panel's key is the role."""


def listed(document: AuditDocument, section: str) -> list[Any]:
    """Return the entries of any of KINDS."""
    return document.panel if section == "panel" else entries(document, section)


def key_of(entry: Entry | PanelEntry) -> str:
    """Return what tells the entry from the others of its list."""
    return entry.role.value if isinstance(entry, PanelEntry) else entry.code


def find(document: AuditDocument, section: str, key: str) -> Any | None:
    """Return the entry of that key, or None."""
    return next((entry for entry in listed(document, section) if key_of(entry) == key), None)


def with_entry(document: AuditDocument, section: str, entry: Entry | PanelEntry) -> AuditDocument:
    """Return the document with the entry in the place of the one of its key."""
    key = key_of(entry)
    return _with_list(document, section, [entry if key_of(old) == key else old for old in listed(document, section)])


def with_new(document: AuditDocument, section: str, entry: Entry | PanelEntry) -> AuditDocument:
    """Return the document with the entry at the end of its list, even if its key is taken: that is a fault of it."""
    return _with_list(document, section, [*listed(document, section), entry])


def without(document: AuditDocument, section: str, key: str) -> AuditDocument:
    """Return the document without the entry of that key."""
    return _with_list(document, section, [entry for entry in listed(document, section) if key_of(entry) != key])


def path_of(document: AuditDocument, section: str, key: str) -> tuple[str | int, ...]:
    """Return where the last entry of that key stands in the document."""
    places = [place for place, entry in enumerate(listed(document, section)) if key_of(entry) == key]
    return (*section_path(section), places[-1])


def referring(document: AuditDocument) -> dict[Place, list[Place]]:
    """Return, for each entry that others refer to, who they are, in the order of the document."""
    found: dict[Place, list[Place]] = defaultdict(list)
    for section, field, target in REFERENCES:
        for entry in entries(document, section):
            for code in cited(entry, field):
                found[target, code].append((section, entry.code))
    return dict(found)


def languages(document: AuditDocument, first: Iterable[str] = ()) -> list[str]:
    """Return the languages in which any text of the audit stands, the `first` ones first."""
    every = [document, *(entry for section in KINDS for entry in listed(document, section))]
    texts = [value for part in every for value in vars(part).values() if isinstance(value, dict)]
    used = {language for words in texts for language in words}
    return list(dict.fromkeys([*first, *sorted(used)]))


def _with_list(document: AuditDocument, section: str, changed: list[Any]) -> AuditDocument:
    if section not in INVENTORY_SECTIONS:
        return document.model_copy(update={section: changed})
    inventory = document.inventory.model_copy(update={section: changed})
    return document.model_copy(update={"inventory": inventory})
