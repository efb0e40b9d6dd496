"""Questions about audits."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lms.audit.document import FORMAT, AuditDocument
from lms.audit.models import Audit, AuditAction, Finding, InventoryBlock, Recommendation, VigilancePoint
from lms.audit.rules import is_late
from lms.kernel.database import db

INVENTORY = {
    "arrangements": InventoryBlock.ARRANGEMENT,
    "trainers": InventoryBlock.TRAINER,
    "materials": InventoryBlock.MATERIAL,
    "it": InventoryBlock.IT,
}


def every_audit() -> list[Audit]:
    """Return all audits, newest first, without their entries."""
    return list(db.session.scalars(select(Audit).order_by(Audit.delivered_on.desc(), Audit.code)))


def audit(code: str) -> Audit | None:
    """Return the audit of that code with everything it holds, or None."""
    return db.session.scalars(
        select(Audit)
        .where(Audit.code == code)
        .options(
            selectinload(Audit.inventory),
            selectinload(Audit.panel),
            selectinload(Audit.evidence),
            selectinload(Audit.findings).selectinload(Finding.evidence),
            selectinload(Audit.recommendations).selectinload(Recommendation.findings).selectinload(Finding.evidence),
            selectinload(Audit.actions).joinedload(AuditAction.recommendation),
            selectinload(Audit.vigilance_points).joinedload(VigilancePoint.evidence),
        )
    ).one_or_none()


def recommendations() -> list[Recommendation]:
    """Return every recommendation of every audit, in their order."""
    return list(db.session.scalars(select(Recommendation).order_by(Recommendation.audit_id, Recommendation.position)))


def document(audit: Audit) -> AuditDocument:
    """Return the audit as its document; it was loaded whole."""
    header = _columns(audit, "code", "title", "summary", "institution", "site", "started_on", "delivered_on")
    return AuditDocument.model_validate(
        {
            "format": FORMAT,
            **header,
            **_columns(audit, "provenance", "source"),
            "inventory": {name: _inventory(audit, block) for name, block in INVENTORY.items()},
            "panel": [_columns(entry, "role", "met", "must_cover", "provenance") for entry in audit.panel],
            "evidence": [_evidence(entry) for entry in audit.evidence],
            "findings": [_finding(entry) for entry in audit.findings],
            "recommendations": [_recommendation(entry) for entry in audit.recommendations],
            "actions": [_action(entry) for entry in audit.actions],
            "vigilance": [_vigilance(entry) for entry in audit.vigilance_points],
        }
    )


def _columns(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _inventory(audit: Audit, block: InventoryBlock) -> list[dict[str, Any]]:
    return [
        {**_columns(item, "code", "provenance", "title"), **item.details}
        for item in audit.inventory
        if item.block is block
    ]


def _evidence(row: Any) -> dict[str, Any]:
    return _columns(
        row, "code", "provenance", "source_type", "role", "shift_band", "gathered_on", "excerpt", "sentiment"
    )


def _finding(row: Finding) -> dict[str, Any]:
    named = [piece.code for piece in row.evidence]
    return {**_columns(row, "code", "provenance", "statement", "area", "polarity"), "evidence": named}


def _recommendation(row: Recommendation) -> dict[str, Any]:
    kept = _columns(row, "code", "provenance", "statement", "rationale", "horizon", "owner", "testable", "critical")
    decision = _columns(row, "status", "decided_by", "decided_on", "decision_reason")
    return {**kept, **decision, "findings": [finding.code for finding in row.findings]}


def _action(row: AuditAction) -> dict[str, Any]:
    kept = _columns(row, "code", "provenance", "title", "owner", "due_on", "status", "done_on")
    return {**kept, "recommendation": row.recommendation.code if row.recommendation else None}


def _vigilance(row: VigilancePoint) -> dict[str, Any]:
    kept = _columns(
        row, "code", "provenance", "statement", "likelihood", "severity", "warning_sign", "mitigation", "lifted_when",
        "owner", "blocking", "status", "lifted_on",
    )  # fmt: skip
    return {**kept, "evidence": row.evidence.code if row.evidence else None}


def late_actions(audit: Audit, today: date) -> list[AuditAction]:
    """Return the actions past their date, the longest late first."""
    late = [action for action in audit.actions if is_late(action.status, action.due_on, today)]
    return sorted(late, key=lambda action: (action.due_on or today, action.code))
