"""The row of a job."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, partial_index
from lms.kernel.jobs.rules import Way
from lms.kernel.personal import acted

_OPEN = "ended_at IS NULL"


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """A rule said no, or it could not be done: `message` says why."""


class Job(Base):
    """One piece of long work."""

    __tablename__ = "jobs"
    __table_args__ = (
        # Never two of the same at once.
        partial_index("uq_jobs_open", "kind", "subject", unique=True, where=_OPEN),
        Index("ix_jobs_ended_at", "ended_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    """What it is about: of one kind and subject only one is open."""
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(12))
    """Of whoever asked: `message` is written in it."""
    asked_by: Mapped[int | None]
    """The person's number; None for what the house asks by itself."""
    asked_at: Mapped[datetime]
    state: Mapped[State]
    done: Mapped[int] = mapped_column(default=0)
    whole: Mapped[int] = mapped_column(default=0)
    """Steps done, and how many there are; 0 while that is not known."""
    attempts: Mapped[int] = mapped_column(default=0)
    furthest: Mapped[int] = mapped_column(default=0)
    further_in: Mapped[int] = mapped_column(default=0)
    """As in `rules.Way`, up to the attempt before; whoever saves a part says at once that it got further."""
    beat_at: Mapped[datetime | None]
    """When whoever works on it was last heard of."""
    ended_at: Mapped[datetime | None]
    reached: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What is done for good already, where work is saved part by part."""
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    message: Mapped[str | None] = mapped_column(Text)

    @property
    def way(self) -> Way:
        """How far its attempts have got."""
        return Way(self.attempts, self.furthest, self.further_in)

    @property
    def open(self) -> bool:
        """Whether something may still come of it."""
        return self.ended_at is None


acted(Job.__table__, "asked_by")
