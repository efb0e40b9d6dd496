"""Drafts: what a trainer is working on; and what is declared about the work."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Module
from lms.kernel.database import Base, append_only


class Draft(Base):
    """The one working text of a module."""

    __tablename__ = "drafts"

    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    media: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    """Grows at each change; a save that quotes an older one is refused."""
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    module: Mapped[Module] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class ModuleReview(Base):
    """A signature that an edition was looked at and is still right; never changed."""

    __tablename__ = "module_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(500))


class AuthoringTime(Base):
    """The minutes that someone says they have spent on a module so far; the last entry of each counts."""

    __tablename__ = "authoring_times"
    __table_args__ = (CheckConstraint("minutes >= 0", "not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    minutes: Mapped[int]
    at: Mapped[datetime]


class Origin(StrEnum):
    """Where a module was made."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class ModuleOrigin(Base):
    """Where a module was made, as someone says; the last entry counts."""

    __tablename__ = "module_origins"

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    origin: Mapped[Origin]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


for _table in (ModuleReview, AuthoringTime, ModuleOrigin):
    append_only(_table.__table__)
