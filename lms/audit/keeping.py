"""What stands beside an audit: who changed what, and the documents attached to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.audit.models import ChangeKind
from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted
from lms.people.models import Person


class AuditChange(Base):
    """One entry added, changed or taken away, by whom and when; never changed itself."""

    __tablename__ = "audit_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None when it came from the command line."""
    section: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[ChangeKind]
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """For each field its name, and what it said before and after; `withheld` instead where words must be able to go."""
    by: Mapped[Person | None] = relationship(lazy="raise_on_sql")


append_only(AuditChange.__table__)


class AuditAttachment(Base):
    """A file attached to an audit; its bytes are kept by their digest."""

    __tablename__ = "audit_attachments"
    __table_args__ = (
        UniqueConstraint("audit_id", "digest"),
        CheckConstraint("size > 0", "size_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


acted(AuditAttachment.__table__, "added_by")
acted(AuditChange.__table__, "by_id")
