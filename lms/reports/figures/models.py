"""Tables of figures that somebody saved, and what was kept of them on a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base
from lms.kernel.personal import acted
from lms.people.permissions import Role


class SavedView(Base):
    """A table that somebody wants again; theirs alone, or of everybody in one of their roles."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("day_of_month IS NULL OR day_of_month BETWEEN 1 AND 28", "a_day_of_every_month"),
        CheckConstraint("(day_of_month IS NULL) = (format IS NULL)", "a_day_has_its_format"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As `asking.Wanted.document`."""
    role: Mapped[Role | None]
    """Whoever has it sees the view too."""
    day_of_month: Mapped[int | None]
    """On which the table is kept as a file."""
    format: Mapped[str | None] = mapped_column(String(4))
    language: Mapped[str] = mapped_column(String(6))
    """Of its files."""
    saved_at: Mapped[datetime]


class KeptExport(Base):
    """A saved view as a file, as it was on a day."""

    __tablename__ = "kept_exports"
    __table_args__ = (UniqueConstraint("view_id", "as_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_views.id", ondelete="CASCADE"))
    as_of: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(4))
    content: Mapped[bytes]
    made_at: Mapped[datetime]


acted(SavedView.__table__, "person_id")
