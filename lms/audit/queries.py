"""Questions about audits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from lms.audit.document import FORMAT, HEADER, SECTIONS, AuditDocument, Watch
from lms.audit.keeping import AuditAttachment, AuditChange
from lms.audit.models import (
    ActionStatus,
    Audit,
    AuditAction,
    Evidence,
    Finding,
    InventoryBlock,
    InventoryItem,
    Recommendation,
    RecordSection,
    VigilancePoint,
    VigilanceStatus,
)
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
            selectinload(Audit.records),
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
    records = {section: [row.details for row in audit.records if row.section is section] for section in RecordSection}
    return AuditDocument.model_validate(
        {
            "format": FORMAT,
            "code": audit.code,
            **{name: getattr(audit, name) for name in HEADER},
            "inventory": {name: _inventory(audit, block) for name, block in INVENTORY.items()},
            "panel": _entries("panel", audit.panel),
            "evidence": _entries("evidence", audit.evidence),
            "findings": _entries("findings", audit.findings),
            "recommendations": _entries("recommendations", audit.recommendations),
            "actions": _entries("actions", audit.actions),
            "vigilance": _entries("vigilance", audit.vigilance_points),
            **records,
        }
    )


def _entries(section: str, rows: list[Any]) -> list[dict[str, Any]]:
    names = list(SECTIONS[section].model_fields)
    return [{name: _coded(getattr(row, name)) for name in names} for row in rows]


def _coded(value: Any) -> Any:
    """Return a column's value, or the codes of the rows that a relationship holds."""
    if isinstance(value, list):
        return [_coded(one) for one in value]
    return value.code if isinstance(value, Evidence | Finding | Recommendation) else value


def _inventory(audit: Audit, block: InventoryBlock) -> list[dict[str, Any]]:
    return [_item(item) for item in audit.inventory if item.block is block]


def _item(item: InventoryItem) -> dict[str, Any]:
    return {"code": item.code, "provenance": item.provenance, "title": item.title, **item.details}


def late_actions(audit: Audit, today: date) -> list[AuditAction]:
    """Return the actions past their date, the longest late first."""
    late = [action for action in audit.actions if is_late(action.status, action.due_on, today)]
    return sorted(late, key=lambda action: (action.due_on or today, action.code))


def actions(audit_id: int) -> list[AuditAction]:
    """Return the actions of an audit, those to come first first: their due dates, what is done and when."""
    found = db.session.scalars(select(AuditAction).where(AuditAction.audit_id == audit_id))
    return sorted(found, key=lambda action: (action.due_on or date.max, action.position))


def done_actions(audit_id: int) -> list[AuditAction]:
    """Return the actions that are done, the first done first."""
    done = [action for action in actions(audit_id) if action.status is ActionStatus.DONE]
    return sorted(done, key=lambda action: (action.done_on or date.max, action.position))


@dataclass(frozen=True)
class WatchedPoint:
    """A point of vigilance, and the indicator that warns of it where there is one."""

    id: int
    code: str
    statement: dict[str, str]
    status: VigilanceStatus
    blocking: bool
    risk: int
    owner: str
    provenance: str
    watch: Watch | None


def vigilance_points(audit_id: int) -> list[WatchedPoint]:
    """Return the points of vigilance of an audit in their order, each with what it watches."""
    rows = db.session.scalars(
        select(VigilancePoint).where(VigilancePoint.audit_id == audit_id).order_by(VigilancePoint.position)
    )
    return [_watched(row) for row in rows]


def blocking_points(audit_id: int) -> list[WatchedPoint]:
    """Return the points that block the pilot and are not lifted."""
    points = vigilance_points(audit_id)
    return [point for point in points if point.blocking and point.status is not VigilanceStatus.LIFTED]


def _watched(row: VigilancePoint) -> WatchedPoint:
    return WatchedPoint(
        id=row.id,
        code=row.code,
        statement=row.statement,
        status=row.status,
        blocking=row.blocking,
        risk=row.likelihood * row.severity,
        owner=row.owner,
        provenance=row.provenance,
        watch=Watch.model_validate(row.watch) if row.watch else None,
    )


def changes(code: str, section: str = "", *, first: int = 0, most: int = 50) -> list[AuditChange]:
    """Return what changed in the audit, newest first, in one section or all; those who changed it are loaded."""
    found = (
        select(AuditChange)
        .join(Audit, Audit.id == AuditChange.audit_id)
        .where(Audit.code == code)
        .options(joinedload(AuditChange.by))
        .order_by(AuditChange.id.desc())
    )
    if section:
        found = found.where(AuditChange.section == section)
    return list(db.session.scalars(found.offset(first).limit(most)))


def changed_sections(code: str) -> dict[str, int]:
    """Return how many changes there are in each section that has any."""
    counted = (
        select(AuditChange.section, func.count())
        .join(Audit, Audit.id == AuditChange.audit_id)
        .where(Audit.code == code)
        .group_by(AuditChange.section)
    )
    return {row.section: row[1] for row in db.session.execute(counted)}


def attachments(code: str) -> list[AuditAttachment]:
    """Return the documents attached to the audit, in the order in which they came."""
    found = select(AuditAttachment).join(Audit, Audit.id == AuditAttachment.audit_id).where(Audit.code == code)
    return list(db.session.scalars(found.order_by(AuditAttachment.id)))


def attachment(code: str, number: int) -> AuditAttachment | None:
    """Return one attached document of the audit, or None."""
    return next((found for found in attachments(code) if found.id == number), None)
