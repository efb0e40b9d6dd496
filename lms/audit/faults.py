"""What no single field of an audit can show: codes used twice, references to nothing, decisions unsigned.

The order of dates has a page of its own (`audit.dates`).
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from lms.audit import dates
from lms.audit.document import REFERENCES, SECTIONS, AuditDocument, cited, entries, section_path
from lms.audit.maturity import Dimension
from lms.audit.models import ActionStatus, RecommendationStatus, VigilanceStatus
from lms.audit.places import Fault, place_of
from lms.audit.texts import Entry, Part, key_of


def faults(document: AuditDocument, today: date | None = None) -> Iterator[Fault]:
    """Yield every rule that the document as a whole breaks; without `today`, no day counts as one to come."""
    for section in SECTIONS:
        yield from _repeated(section, entries(document, section))
    yield from _references(document)
    yield from _coverage(document)
    yield from _coding(document)
    yield from _validations(document)
    yield from _recommendations(document)
    yield from _actions(document)
    yield from _vigilance(document)
    yield from _ratings(document)
    yield from dates.faults(document, today)


def succession_faults(before: AuditDocument, after: AuditDocument) -> Iterator[Fault]:
    """Yield what the document may not say after the one before: a lifted point reopens with a reason only."""
    lifted = {point.code: point.lifted_on for point in before.vigilance if point.status is VigilanceStatus.LIFTED}
    for place, point in enumerate(after.vigilance):
        since = lifted.get(point.code)
        if since is None or point.status is VigilanceStatus.LIFTED:
            continue
        if point.reopened_on is None or point.reopened_on < since:
            yield Fault(("vigilance", place, "reopened_on"), "audit.reopened_needs_reason", {"code": point.code})


def _repeated(section: str, found: list[Part]) -> Iterator[Fault]:
    counts = Counter(key_of(entry) for entry in found)
    for place, entry in enumerate(found):
        if counts[key_of(entry)] > 1:
            code = "audit.code_twice" if isinstance(entry, Entry) else "audit.line_twice"
            yield Fault((*section_path(section), place, entry.key), code, {"code": key_of(entry)})


def _references(document: AuditDocument) -> Iterator[Fault]:
    for section, field, target in REFERENCES:
        known = {key_of(entry) for entry in entries(document, target)}
        for place, entry in enumerate(entries(document, section)):
            for code in cited(entry, field):
                if code not in known:
                    yield Fault(place_of(section, place, field), "audit.unknown_code", {"code": code, "in": target})


def _coverage(document: AuditDocument) -> Iterator[Fault]:
    for place, entry in enumerate(document.inventory.arrangements):
        if entry.outcome in ("modules", "partly") and not entry.modules:
            yield Fault(place_of("arrangements", place, "modules"), "audit.outcome_needs_modules", {"code": entry.code})
        if entry.outcome in ("hands-on", "dropped") and entry.modules:
            yield Fault(
                place_of("arrangements", place, "modules"), "audit.outcome_without_modules", {"code": entry.code}
            )
        if entry.outcome and not entry.outcome_reason:
            field = place_of("arrangements", place, "outcome_reason")
            yield Fault(field, "audit.outcome_needs_reason", {"code": entry.code})


def _coding(document: AuditDocument) -> Iterator[Fault]:
    for place, piece in enumerate(document.evidence):
        if piece.second_coder and piece.second_coder.casefold() == piece.coder.casefold():
            yield Fault(("evidence", place, "second_coder"), "audit.same_coder", {"code": piece.code})
        if (piece.themes and not piece.coder) or (piece.second_themes and not piece.second_coder):
            field = "second_coder" if piece.coder else "coder"
            yield Fault(("evidence", place, field), "audit.themes_need_coder", {"code": piece.code})


def _validations(document: AuditDocument) -> Iterator[Fault]:
    for place, finding in enumerate(document.findings):
        first, second = finding.validated_by, finding.second_validated_by
        if second and second.casefold() == first.casefold():
            yield Fault(("findings", place, "second_validated_by"), "audit.same_validator", {"code": finding.code})
        if second and not first:
            yield Fault(("findings", place, "validated_by"), "audit.second_validator_alone", {"code": finding.code})
        for name, by, on in (
            ("validated_on", first, finding.validated_on),
            ("second_validated_on", second, finding.second_validated_on),
        ):
            if bool(by) != (on is not None):
                yield Fault(("findings", place, name), "audit.validation_unsigned", {"code": finding.code})


def _recommendations(document: AuditDocument) -> Iterator[Fault]:
    resting = {finding.code for finding in document.findings if finding.evidence}
    known = {finding.code for finding in document.findings}
    for place, entry in enumerate(document.recommendations):
        facts: dict[str, object] = {"code": entry.code}
        if not entry.findings:
            yield Fault(("recommendations", place, "findings"), "audit.recommendation_without_finding", facts)
        for code in entry.findings:
            if code in known and code not in resting:
                fault = "audit.recommendation_without_evidence"
                yield Fault(("recommendations", place, "findings"), fault, {**facts, "finding": code})
        signed = bool(entry.decided_by and entry.decided_on and entry.decision_reason)
        if entry.status is not RecommendationStatus.PROPOSED and not signed:
            yield Fault(("recommendations", place, "status"), "audit.decision_unsigned", facts)


def _actions(document: AuditDocument) -> Iterator[Fault]:
    for place, action in enumerate(document.actions):
        facts: dict[str, object] = {"code": action.code}
        done = action.status is ActionStatus.DONE
        if done != (action.done_on is not None):
            yield Fault(("actions", place, "done_on"), "audit.done_needs_date", facts)
        if done and not action.proof:
            yield Fault(("actions", place, "proof"), "audit.done_needs_proof", facts)
        if (action.status is ActionStatus.CANCELLED) != bool(action.cancelled_reason):
            yield Fault(("actions", place, "cancelled_reason"), "audit.cancelled_needs_reason", facts)


def _vigilance(document: AuditDocument) -> Iterator[Fault]:
    for place, point in enumerate(document.vigilance):
        facts: dict[str, object] = {"code": point.code}
        lifted = point.status is VigilanceStatus.LIFTED
        if lifted and not (point.lifted_by and point.lifted_on and point.evidence):
            yield Fault(("vigilance", place, "status"), "audit.lifted_needs_evidence", facts)
        if not lifted and point.lifted_on is not None:
            yield Fault(("vigilance", place, "lifted_on"), "audit.not_lifted", facts)
        seen = point.status in (VigilanceStatus.OBSERVED, VigilanceStatus.LIFTED)
        if seen != (point.observed_on is not None):
            yield Fault(("vigilance", place, "observed_on"), "audit.observed_needs_date", facts)
        if point.status is VigilanceStatus.MITIGATING and not point.mitigation:
            yield Fault(("vigilance", place, "mitigation"), "audit.mitigating_needs_words", facts)
        if (point.reopened_on is not None) != bool(point.reopened_reason):
            yield Fault(("vigilance", place, "reopened_reason"), "audit.reopened_needs_reason", facts)


def _ratings(document: AuditDocument) -> Iterator[Fault]:
    for place, row in enumerate(document.maturity):
        for dimension in Dimension:
            if row.rating(dimension) is not None and not row.evidence(dimension):
                field = ("maturity", place, f"{dimension}_evidence")
                yield Fault(field, "audit.rating_needs_evidence", {"code": row.process.value})
