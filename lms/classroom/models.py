"""Sessions, their half-days, invitations, attendance."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.classroom.rules import Part
from lms.kernel.database import Base, Goes, append_only, free_words
from lms.kernel.personal import Ground, Personal, Term, Why, acted, of_several, personal
from lms.kernel.purging import only_when
from lms.people.models import Person


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


class SignedSheet(Base):
    """A scan or photo of the sheet that people signed, kept as proof; never changed, but that the scan goes in time."""

    __tablename__ = "classroom_sheets"
    __table_args__ = (CheckConstraint("pages >= 1", "of_a_page_or_more"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("classroom_sessions.id"), index=True)
    half_day_id: Mapped[int | None] = mapped_column(ForeignKey("classroom_half_days.id"))
    """The half-day it is of; None for every half-day of the session."""
    paper: Mapped[str | None] = mapped_column(ForeignKey("enclosures.digest"))
    """The scan; None once its time is over."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the scan, which can be told by it after it went."""
    pages: Mapped[int]
    kept_at: Mapped[datetime]
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class SheetWithdrawal(Base):
    """That a signed sheet was kept by mistake, and why; never changed."""

    __tablename__ = "classroom_sheet_withdrawals"
    __table_args__ = (CheckConstraint("reason <> ''", "says_why"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("classroom_sheets.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300), info=free_words())
    withdrawn_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def _proves_nothing_more() -> ColumnElement[bool]:
    """Return the condition that a scan proves nothing any more: it was withdrawn, or nobody of the list has a name."""
    named = (
        select(Invitation.person_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.session_id == SignedSheet.session_id, Person.registration.not_like("#%"))
    )
    withdrawn = select(SheetWithdrawal.sheet_id).where(SheetWithdrawal.sheet_id == SignedSheet.id)
    return or_(~named.exists(), withdrawn.exists())


append_only(Attendance.__table__)
append_only(SignedSheet.__table__, Goes(moment="kept_at", blanks="paper"))
append_only(SheetWithdrawal.__table__)
only_when(SignedSheet.__table__, _proves_nothing_more)

acted(Attendance.__table__, "recorded_by")
acted(Invitation.__table__, "invited_by")
acted(Session.__table__, "created_by")
acted(SheetWithdrawal.__table__, "withdrawn_by")
acted(SignedSheet.__table__, "kept_by")
of_several(SignedSheet.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT), "paper", "sha256", "kept_at")
personal(Attendance.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))
personal(Invitation.__table__, Personal(Why.TRAINING, Ground.LAW, Term.EMPLOYMENT))
