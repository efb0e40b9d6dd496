"""What became of each roster."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted


class Way(StrEnum):
    """How a roster came."""

    PAGE = "page"
    COMMAND = "command"
    FOLDER = "folder"


class Fate(StrEnum):
    """What became of a roster."""

    APPLIED = "applied"
    HELD = "held"
    """It would take too much away for nobody to look: somebody decides."""
    REFUSED = "refused"
    """It could not be read."""


class RosterImport(Base):
    """One roster, when and how it came, and what became of it; never changed, and free of names."""

    __tablename__ = "roster_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    way: Mapped[Way]
    name: Mapped[str] = mapped_column(String(200))
    """Of the file."""
    digest: Mapped[str] = mapped_column(String(64))
    """Its SHA-256."""
    fate: Mapped[Fate]
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Counts, refused lines by rule, teams left with nobody, or in words why it could not be read."""


append_only(RosterImport.__table__)

acted(RosterImport.__table__, "by_id")
