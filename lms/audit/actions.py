"""What is done with an audit: it is stored as a whole document, entry by entry, and each change is kept.

A file import and a form on a page both end here, so that one set of rules holds.
Entries are matched by code and keep their numbers, since plans and pilots refer to
recommendations.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from lms.audit import history, queries
from lms.audit.document import HEADER, INVENTORY_SECTIONS, AuditDocument, entries
from lms.audit.faults import faults, succession_faults
from lms.audit.keeping import AuditChange
from lms.audit.models import (
    Audit,
    AuditAction,
    AuditRecord,
    Evidence,
    Finding,
    InventoryItem,
    PanelEntry,
    Recommendation,
    RecordSection,
    VigilancePoint,
)
from lms.audit.rules import AuditChangedMeanwhile, AuditCodeTaken, AuditEntryInUse
from lms.audit.texts import Part, key_of
from lms.kernel.database import db, release
from lms.kernel.refusals import FileRefused, Problem


def begin(document: AuditDocument, *, by: int | None = None, today: date | None = None, now: datetime) -> Audit:
    """Keep a new audit; raises AuditCodeTaken when there is one of that code, and what `store` raises."""
    if queries.audit(document.code) is not None:
        raise AuditCodeTaken(code=document.code)
    return store(document, by=by, today=today, now=now)


def store(
    document: AuditDocument,
    *,
    version: int | None = None,
    by: int | None = None,
    today: date | None = None,
    now: datetime,
) -> Audit:
    """Make the stored audit of that code equal to the document, and keep what changed.

    `version` is the one the editor had read; another one now raises AuditChangedMeanwhile.
    `today`, where it is given, refuses days to come on which something is said to have happened.
    Raises FileRefused for a document that breaks a rule, AuditEntryInUse when a
    recommendation that a plan or a pilot rests on would go.
    """
    audit = queries.audit(document.code)
    before = queries.document(audit) if audit else None
    refuse_faults(document, before, today)
    audit = audit or _new(document)
    if version is not None and audit.version != version:
        raise AuditChangedMeanwhile(code=document.code)
    _write_header(audit, document, now)
    _write_entries(audit, document)
    _flush(document.code)
    _keep_changes(audit, before, document, by, now)
    return audit


def _flush(code: str) -> None:
    try:
        db.session.flush()
    except StaleDataError as error:
        # Where writers run side by side, the other one is seen here only.
        release()
        raise AuditChangedMeanwhile(code=code) from error
    except IntegrityError as error:
        release()
        raise AuditEntryInUse(code=code) from error


def refuse_faults(document: AuditDocument, before: AuditDocument | None, today: date | None) -> None:
    """Raise FileRefused when the document breaks a rule, by itself or after the one `before`."""
    found = [*faults(document, today), *(succession_faults(before, document) if before else ())]
    problems = [Problem(fault.code, path=".".join(map(str, fault.path)), facts=fault.facts) for fault in found]
    if problems:
        raise FileRefused(problems)


def _new(document: AuditDocument) -> Audit:
    audit = Audit(code=document.code, inventory=[], panel=[], evidence=[], findings=[], recommendations=[])
    audit.actions, audit.vigilance_points, audit.records, audit.version = [], [], [], 1
    db.session.add(audit)
    return audit


def _write_header(audit: Audit, document: AuditDocument, now: datetime) -> None:
    for name in HEADER:
        setattr(audit, name, getattr(document, name))
    audit.updated_at = now


def _write_entries(audit: Audit, document: AuditDocument) -> None:
    audit.inventory = _inventory(audit, document)
    audit.panel = _matched(audit.panel, document.panel, PanelEntry, _plain)
    audit.records = _records(audit, document)
    audit.evidence = _matched(audit.evidence, document.evidence, Evidence, _plain)
    evidence = {row.code: row for row in audit.evidence}

    def finding(entry: Any) -> dict[str, Any]:
        return {**_plain(entry), "evidence": [evidence[code] for code in entry.evidence]}

    audit.findings = _matched(audit.findings, document.findings, Finding, finding)
    findings = {row.code: row for row in audit.findings}

    def recommendation(entry: Any) -> dict[str, Any]:
        return {**_plain(entry), "findings": [findings[code] for code in entry.findings]}

    audit.recommendations = _matched(audit.recommendations, document.recommendations, Recommendation, recommendation)
    recommended = {row.code: row for row in audit.recommendations}

    def action(entry: Any) -> dict[str, Any]:
        return {**_plain(entry), "recommendation": recommended.get(entry.recommendation)}

    def vigilance(entry: Any) -> dict[str, Any]:
        return {**_plain(entry), "evidence": evidence.get(entry.evidence)}

    audit.actions = _matched(audit.actions, document.actions, AuditAction, action)
    audit.vigilance_points = _matched(audit.vigilance_points, document.vigilance, VigilancePoint, vigilance)


def _plain(entry: Part) -> dict[str, Any]:
    """Return the entry's fields as its columns hold them: what is made of parts as JSON."""
    as_json = entry.model_dump(mode="json")
    return {name: as_json[name] if isinstance(as_json[name], list | dict) else value for name, value in entry}


def _matched(
    rows: Sequence[Any], wanted: Sequence[Part], model: type, columns: Callable[[Any], dict[str, Any]]
) -> list[Any]:
    known = {_key_of_row(row): row for row in rows}
    return [
        _filled(known.get(key_of(entry)) or model(), {**columns(entry), "position": place})
        for place, entry in enumerate(wanted)
    ]


def _key_of_row(row: Any) -> str:
    return row.role.value if isinstance(row, PanelEntry) else row.code


def _filled(row: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _inventory(audit: Audit, document: AuditDocument) -> list[InventoryItem]:
    known = {(row.block, row.code): row for row in audit.inventory}
    rows: list[InventoryItem] = []
    for section in INVENTORY_SECTIONS:
        block = queries.INVENTORY[section]
        for entry in entries(document, section):
            details = entry.model_dump(mode="json", exclude={"code", "provenance", "title"})
            values = {"code": entry.code, "provenance": entry.provenance, "title": entry.title, "details": details}
            row = known.get((block, entry.code)) or InventoryItem()
            rows.append(_filled(row, {**values, "block": block, "position": len(rows)}))
    return rows


def _records(audit: Audit, document: AuditDocument) -> list[AuditRecord]:
    known = {(row.section, row.key): row for row in audit.records}
    rows: list[AuditRecord] = []
    for section in RecordSection:
        for entry in entries(document, section.value):
            values = {"section": section, "key": key_of(entry), "details": entry.model_dump(mode="json")}
            row = known.get((section, key_of(entry))) or AuditRecord()
            rows.append(_filled(row, {**values, "position": len(rows)}))
    return rows


def _keep_changes(
    audit: Audit, before: AuditDocument | None, after: AuditDocument, by: int | None, now: datetime
) -> None:
    db.session.add_all(
        AuditChange(
            audit_id=audit.id,
            at=now,
            by_id=by,
            section=change.section,
            key=change.key,
            kind=change.kind,
            fields=list(change.fields),
        )
        for change in history.changes(before, after)
    )
    db.session.flush()
