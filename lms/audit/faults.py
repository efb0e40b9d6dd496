"""What no single entry of an audit can show: codes used twice, references to nothing, dates that lack."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lms.audit.document import REFERENCES, SECTIONS, AuditDocument, Entry, PanelEntry, cited, entries, section_path
from lms.audit.models import ActionStatus, RecommendationStatus, VigilanceStatus


@dataclass(frozen=True)
class Fault:
    """A rule that the document breaks, at a path within it."""

    path: tuple[str | int, ...]
    code: str
    facts: dict[str, object]


def faults(document: AuditDocument) -> Iterator[Fault]:
    """Yield every rule that the document as a whole breaks."""
    for section in SECTIONS:
        yield from _repeated(section, entries(document, section))
    yield from _repeated_roles(document.panel)
    yield from _references(document)
    yield from _decisions(document)
    yield from _endings(document)


def _repeated(section: str, found: list[Entry]) -> Iterator[Fault]:
    counts = Counter(entry.code for entry in found)
    for place, entry in enumerate(found):
        if counts[entry.code] > 1:
            yield Fault((*section_path(section), place, "code"), "audit.code_twice", {"code": entry.code})


def _repeated_roles(panel: list[PanelEntry]) -> Iterator[Fault]:
    counts = Counter(entry.role for entry in panel)
    for place, entry in enumerate(panel):
        if counts[entry.role] > 1:
            yield Fault(("panel", place, "role"), "audit.role_twice", {"role": entry.role.value})


def _references(document: AuditDocument) -> Iterator[Fault]:
    for section, field, target in REFERENCES:
        known = {entry.code for entry in entries(document, target)}
        for place, entry in enumerate(entries(document, section)):
            for code in cited(entry, field):
                if code not in known:
                    path: tuple[str | int, ...] = (*section_path(section), place, field)
                    yield Fault(path, "audit.unknown_code", {"code": code, "in": target})


def _decisions(document: AuditDocument) -> Iterator[Fault]:
    for place, entry in enumerate(document.recommendations):
        if entry.status is not RecommendationStatus.PROPOSED and not (entry.decided_by and entry.decided_on):
            yield Fault(("recommendations", place, "status"), "audit.decision_unsigned", {"code": entry.code})


def _endings(document: AuditDocument) -> Iterator[Fault]:
    for place, action in enumerate(document.actions):
        if (action.status is ActionStatus.DONE) != (action.done_on is not None):
            yield Fault(("actions", place, "done_on"), "audit.done_needs_date", {"code": action.code})
    for place, point in enumerate(document.vigilance):
        lifted = point.status is VigilanceStatus.LIFTED
        if lifted and (point.lifted_on is None or point.evidence is None):
            yield Fault(("vigilance", place, "status"), "audit.lifted_needs_evidence", {"code": point.code})
        if not lifted and point.lifted_on is not None:
            yield Fault(("vigilance", place, "lifted_on"), "audit.not_lifted", {"code": point.code})
