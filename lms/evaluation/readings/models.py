"""Readings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.database import Base, append_only
from lms.kernel.personal import acted
from lms.people.models import Team


class Reading(Base):
    """A figure from outside for a period, with its source; never changed, only superseded."""

    __tablename__ = "readings"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", "ends_after_start"),
        CheckConstraint("source <> ''", "source_is_given"),
        CheckConstraint("(low IS NULL) = (high IS NULL)", "scenarios_are_whole"),
        CheckConstraint("low IS NULL OR (low <= value AND value <= high)", "scenarios_are_ordered"),
        Index("ix_readings_series_period", "series", "starts_on", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(String(40))
    """A code of `series.SERIES`, which says the unit."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day of the period."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    """None for the whole plant."""
    value: Mapped[float]
    """The figure; the central one where there are scenarios."""
    low: Mapped[float | None]
    high: Mapped[float | None]
    source: Mapped[str] = mapped_column(String(300))
    """Where the figure was read: a system, a document and its page, somebody's count."""
    illustrative: Mapped[bool] = mapped_column(default=False)
    """An example and not the plant's own figure: every page and file says so."""
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None for the command line."""
    recorded_at: Mapped[datetime]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"), unique=True)
    """The reading that this one corrects."""
    team: Mapped[Team | None] = relationship(lazy="raise_on_sql")


append_only(Reading.__table__)

acted(Reading.__table__, "entered_by_id")
