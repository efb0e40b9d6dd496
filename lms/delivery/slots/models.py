"""Slots."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Module
from lms.delivery.models import Terminal
from lms.kernel.database import Base, partial_index
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal

_STANDS = "cancelled_at IS NULL"


class Slot(Base):
    """Ten minutes for somebody; its number is made on the leader's page, so that a second tap is the same slot."""

    __tablename__ = "slots"
    __table_args__ = (
        partial_index("uq_slots_terminal_starts_at", "terminal_id", "starts_at", unique=True, where=_STANDS),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    terminal_id: Mapped[int | None] = mapped_column(ForeignKey("terminals.id"))
    """None where no kiosk is near: any will do."""
    starts_at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    planned_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    module: Mapped[Module] = relationship(lazy="raise_on_sql")
    terminal: Mapped[Terminal | None] = relationship(lazy="raise_on_sql")


acted(Slot.__table__, "by_id")
personal(Slot.__table__, Personal(Why.TRAINING, Ground.CONTRACT, Term.EMPLOYMENT))
