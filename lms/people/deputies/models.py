"""Deputies, and those whose time was ended before its last day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted


class Deputy(Base):
    """Someone stands in for a leader from a day to a day; never changed."""

    __tablename__ = "deputies"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", "ends_after_beginning"),
        CheckConstraint("leader_id <> deputy_id", "somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class DeputyEnd(Base):
    """Someone stands in no longer, or will not; never changed."""

    __tablename__ = "deputy_ends"

    entry_id: Mapped[int] = mapped_column(ForeignKey("deputies.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


append_only(Deputy.__table__)
append_only(DeputyEnd.__table__)

acted(Deputy.__table__, "leader_id", "deputy_id", "by_id")
acted(DeputyEnd.__table__, "by_id")
