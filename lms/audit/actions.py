"""What is done with an audit: it is stored as a whole document, entry by entry.

A file import and a form on a page both end here, so that one set of rules holds.
Entries are matched by code and keep their numbers, since plans and pilots refer to
recommendations.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from lms.audit import queries
from lms.audit.document import INVENTORY_SECTIONS, AuditDocument, Entry, entries
from lms.audit.faults import faults
from lms.audit.models import (
    Audit,
    AuditAction,
    Evidence,
    Finding,
    InventoryItem,
    PanelEntry,
    Recommendation,
    VigilancePoint,
)
from lms.audit.rules import AuditChangedMeanwhile, AuditCodeTaken, AuditEntryInUse
from lms.kernel.database import db, release
from lms.kernel.refusals import FileRefused, Problem


def begin(document: AuditDocument, *, now: datetime) -> Audit:
    """Keep a new audit; raises AuditCodeTaken when there is one of that code, and what `store` raises."""
    if queries.audit(document.code) is not None:
        raise AuditCodeTaken(code=document.code)
    return store(document, now=now)


def store(document: AuditDocument, *, version: int | None = None, now: datetime) -> Audit:
    """Make the stored audit of that code equal to the document.

    `version` is the one the editor had read; another one now raises AuditChangedMeanwhile.
    Raises FileRefused for a document that breaks a rule, AuditEntryInUse when a
    recommendation that a plan or a pilot rests on would go.
    """
    refuse_faults(document)
    audit = queries.audit(document.code) or _new(document)
    if version is not None and audit.version != version:
        raise AuditChangedMeanwhile(code=document.code)
    _write_header(audit, document, now)
    _write_entries(audit, document)
    _flush(document.code)
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


def refuse_faults(document: AuditDocument) -> None:
    """Raise FileRefused when the document breaks a rule."""
    problems = [
        Problem(fault.code, path=".".join(map(str, fault.path)), facts=fault.facts) for fault in faults(document)
    ]
    if problems:
        raise FileRefused(problems)


def _new(document: AuditDocument) -> Audit:
    audit = Audit(code=document.code, inventory=[], panel=[], evidence=[], findings=[], recommendations=[])
    audit.actions, audit.vigilance_points, audit.version = [], [], 1
    db.session.add(audit)
    return audit


def _write_header(audit: Audit, document: AuditDocument, now: datetime) -> None:
    header = document.model_dump(include=HEADER)
    for name, value in header.items():
        setattr(audit, name, value)
    audit.updated_at = now


HEADER = {"title", "summary", "institution", "site", "started_on", "delivered_on", "provenance", "source"}


def _write_entries(audit: Audit, document: AuditDocument) -> None:
    audit.inventory = _inventory(audit, document)
    audit.panel = _panel(audit, document)
    audit.evidence = _matched(audit.evidence, document.evidence, Evidence, lambda entry: entry.model_dump())
    evidence = {row.code: row for row in audit.evidence}

    def finding(entry: Any) -> dict[str, Any]:
        return {**entry.model_dump(), "evidence": [evidence[code] for code in entry.evidence]}

    audit.findings = _matched(audit.findings, document.findings, Finding, finding)
    findings = {row.code: row for row in audit.findings}

    def recommendation(entry: Any) -> dict[str, Any]:
        return {**entry.model_dump(), "findings": [findings[code] for code in entry.findings]}

    audit.recommendations = _matched(audit.recommendations, document.recommendations, Recommendation, recommendation)
    recommended = {row.code: row for row in audit.recommendations}

    def action(entry: Any) -> dict[str, Any]:
        return {**entry.model_dump(), "recommendation": recommended.get(entry.recommendation)}

    def vigilance(entry: Any) -> dict[str, Any]:
        return {**entry.model_dump(), "evidence": evidence.get(entry.evidence)}

    audit.actions = _matched(audit.actions, document.actions, AuditAction, action)
    audit.vigilance_points = _matched(audit.vigilance_points, document.vigilance, VigilancePoint, vigilance)


def _matched(
    rows: Sequence[Any], wanted: Sequence[Entry], model: type, columns: Callable[[Any], dict[str, Any]]
) -> list:
    known = {row.code: row for row in rows}
    return [
        _filled(known.get(entry.code) or model(), {**columns(entry), "position": place})
        for place, entry in enumerate(wanted)
    ]


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


def _panel(audit: Audit, document: AuditDocument) -> list[PanelEntry]:
    known = {row.role: row for row in audit.panel}
    return [
        _filled(known.get(entry.role) or PanelEntry(), {**entry.model_dump(), "position": place})
        for place, entry in enumerate(document.panel)
    ]
