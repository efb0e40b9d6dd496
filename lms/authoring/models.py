"""Drafts: what a trainer is working on."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Module
from lms.kernel.database import Base


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
