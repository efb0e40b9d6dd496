"""Sessions, their half-days, invitations, attendance."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.classroom.rules import Part
from lms.kernel.database import Base, append_only, free_words
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal


class Session(Base):
    """Training held face to face, over one half-day or several."""

    __tablename__ = "classroom_sessions"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity >= 1", "somebody_has_a_place"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_because = '')", "cancelled_with_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(150))
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"))
    """The module it belongs to, if any."""
    trainer: Mapped[str] = mapped_column(String(150))
    """Who teaches, and for which organisation when from outside."""
    place: Mapped[str] = mapped_column(String(150), default="")
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    mandatory: Mapped[bool] = mapped_column(default=False)
    """Conditions the work by law or agreement: working time with pay kept (L6321-2 of the Code du travail)."""
    capacity: Mapped[int | None]
    """Places; None for no limit."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(String(300), default="")
    half_days: Mapped[list["HalfDay"]] = relationship(
        lazy="raise_on_sql", order_by="(HalfDay.held_on, HalfDay.rank)", cascade="all, delete-orphan"
    )


class HalfDay(Base):
    """A half-day of a session."""

    __tablename__ = "classroom_half_days"
    __table_args__ = (
        UniqueConstraint("session_id", "held_on", "part"),
        CheckConstraint("minutes BETWEEN 1 AND 300", "as_long_as_a_half_day"),
        Index("ix_classroom_half_days_held_on", "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("classroom_sessions.id"))
    held_on: Mapped[date]
    part: Mapped[Part]
    rank: Mapped[int]
    """The place of the part in its day."""
    minutes: Mapped[int]
    """Planned."""


class Invitation(Base):
    """That somebody is on the list of a session."""

    __tablename__ = "classroom_invitations"

    session_id: Mapped[int] = mapped_column(ForeignKey("classroom_sessions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    invited_at: Mapped[datetime]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Attendance(Base):
    """Whether somebody attended a half-day, as somebody said; never changed, a correction is a further entry."""

    __tablename__ = "classroom_attendances"
    __table_args__ = (
        CheckConstraint("minutes >= 0 AND (present OR minutes = 0)", "absent_for_no_time"),
        CheckConstraint("present OR NOT signed", "only_those_present_sign"),
        Index("ix_classroom_attendances_half_day_person", "half_day_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    half_day_id: Mapped[int] = mapped_column(ForeignKey("classroom_half_days.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    present: Mapped[bool]
    minutes: Mapped[int]
    signed: Mapped[bool]
    """The signature stands on the sheet of paper."""
    reason: Mapped[str] = mapped_column(String(300), default="", info=free_words())
    """Why it differs from what was entered before, or why somebody was absent."""
    source: Mapped[str] = mapped_column(String(150), default="")
    """The file from which it was brought in."""
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


append_only(Attendance.__table__)

acted(Attendance.__table__, "recorded_by")
acted(Invitation.__table__, "invited_by")
acted(Session.__table__, "created_by")
personal(Attendance.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))
personal(Invitation.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))
