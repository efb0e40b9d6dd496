"""What was last worked out of each running pilot, for readers who never wait."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base
from lms.records.models import BigNumber


class Worked(Base):
    """The figures of one pilot up to its last whole week; they take the place of those before."""

    __tablename__ = "monitored_pilots"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilots.id", ondelete="CASCADE"), primary_key=True)
    seal: Mapped[str] = mapped_column(String(64))
    """Of what was asked: protocol with amendments, indicators watched, last cut-off."""
    cut_off: Mapped[date]
    """The last one."""
    records_up_to: Mapped[int] = mapped_column(BigNumber)
    """Sequence of the last learning record that was read."""
    made_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
