"""What changed from one document of an audit to the next, field by field. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lms.audit.document import HEADER, SECTIONS, AuditDocument, entries
from lms.audit.models import ChangeKind
from lms.audit.texts import Part, key_of

WITHHELD = {("evidence", field) for field in ("excerpt", "role", "shift_band", "speaker")}
"""Fields of which the history says that they changed, never from what to what.

History cannot be erased, and what someone said, with who and when they work, must be able to go.
"""


@dataclass(frozen=True)
class Change:
    """One entry, or the header, that is not as it was."""

    section: str
    key: str
    kind: ChangeKind
    fields: tuple[dict[str, Any], ...]


def changes(before: AuditDocument | None, after: AuditDocument) -> Iterator[Change]:
    """Yield what was added, changed and removed; the order of a list says nothing and is not told."""
    header = _fields("header", _header(before), _header(after))
    if header:
        kind = ChangeKind.CHANGED if before else ChangeKind.ADDED
        yield Change("header", after.code, kind, header)
    for section in SECTIONS:
        yield from _of_section(section, before, after)


def _of_section(section: str, before: AuditDocument | None, after: AuditDocument) -> Iterator[Change]:
    old = {key_of(entry): entry for entry in (entries(before, section) if before else [])}
    new = {key_of(entry): entry for entry in entries(after, section)}
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = _plain(old.get(key)), _plain(new.get(key))
        if was == now:
            continue
        kind = ChangeKind.ADDED if key not in old else ChangeKind.REMOVED if key not in new else ChangeKind.CHANGED
        yield Change(section, key, kind, _fields(section, was, now))


def _plain(entry: Part | None) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude={entry.key}) if entry is not None else {}


def _header(document: AuditDocument | None) -> dict[str, Any]:
    return document.model_dump(mode="json", include=set(HEADER)) if document is not None else {}


NOTHING: tuple[object, ...] = (None, "", [], {})


def _fields(section: str, was: dict[str, Any], now: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    found = []
    for name in now or was:
        old, new = was.get(name), now.get(name)
        if old == new or (old in NOTHING and new in NOTHING):
            continue
        told = {"withheld": True} if (section, name) in WITHHELD else {"before": old, "after": new}
        found.append({"field": name, **told})
    return tuple(found)
