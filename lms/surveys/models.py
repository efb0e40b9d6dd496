"""Own instruments, waves, answer sheets, and who was asked already.

What keeps a sheet from its writer:

* it bears no person, kiosk, address or moment: a wave, a role, a shift where ten people or
  more of it are invited, an ISO week; its number is random (UUIDv4);
* who was asked already (answered or declined alike) is a digest of person and wave under the
  server's key and a salt of the wave; digests of closed waves go whenever a wave is announced
  or closed, or somebody answers at a kiosk;
* databases keep traces of when and with what else a row was written. On SQLite these tables
  lie in the order of their random keys (no rowid). On PostgreSQL each row shows for good the
  transaction that wrote it (`xmin`, which freezing does not change) and where it lies
  (`ctid`): a sheet and a digest written in one transaction would be joined by whoever
  administers the database. So sheets of an open wave lie in a box, and with each arrival all
  sheets of the box and all digests of the wave are written again in the order of their
  random keys (`box.py`): all bear the transaction of the last arrival. When the wave has closed,
  the box is poured out into the append-only table, in one transaction.

What this does not do: while a wave is open, whoever holds the server's key and the database
can tell that a person was asked, though not what they said. Dead rows until a vacuum
(readable by a superuser's tools alone), the write-ahead log and its archive, statement logs,
and copies of the database made between two arrivals keep the former state, and so can tell a
sheet's moment or its writer: who may read the server's disk and its backups, and how often
copies are made while a wave is open, is a matter of the plant's rules. The first to answer
is alone in the box until the next one comes. Unusual answers in a small group can still give
someone away to whoever knows them, which is why pages mask groups under ten.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.database import Base, append_only
from lms.surveys.content import InstrumentContent
from lms.surveys.rules import Band, Cell, Moment, WaveState, state


class Instrument(Base):
    """An instrument that the plant's staff built; shipped ones are files."""

    __tablename__ = "survey_instruments"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime]

    @property
    def content(self) -> InstrumentContent:
        """The instrument itself."""
        return InstrumentContent.model_validate(self.document)


class Wave(Base):
    """One instrument asked of one audience between two moments; it keeps its own copy of the instrument."""

    __tablename__ = "survey_waves"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", "closes_after_opening"),
        CheckConstraint("scale_points IN (3, 5)", "three_or_five_points"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    instrument_code: Mapped[str] = mapped_column(String(20), index=True)
    instrument: Mapped[dict[str, Any]] = mapped_column(JSON)
    moment: Mapped[Moment]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    """Moves to an earlier moment that is now, never back: what is closed stays closed."""
    announced_at: Mapped[datetime | None]
    """When the number of invited people was settled; before that nobody is asked."""
    bands: Mapped[list[str]] = mapped_column(JSON)
    shifts: Mapped[list[str]] = mapped_column(JSON)
    """Codes of shifts; none means every shift, and who has none."""
    channels: Mapped[list[str]] = mapped_column(JSON)
    scale_points: Mapped[int]
    notice: Mapped[dict[str, str]] = mapped_column(JSON)
    with_codes: Mapped[bool]
    """The link asks for a one-time code."""
    invited: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """As typed by staff, or as counted from the roster on the day of the announcement."""
    link_token: Mapped[str] = mapped_column(String(43), unique=True)
    """Kept in clear: the address is shown to staff whenever they share it, and opens a form only."""
    salt: Mapped[bytes]
    illustrative: Mapped[bool]
    """Made by the simulation: every page with its figures says so."""
    created_at: Mapped[datetime]

    @property
    def content(self) -> InstrumentContent:
        """The instrument as this wave asks it."""
        return InstrumentContent.model_validate(self.instrument)

    @property
    def cells(self) -> list[Cell]:
        """How many people are invited, by role and shift."""
        return [Cell(Band(cell["band"]), cell["shift"], cell["invited"]) for cell in self.invited]

    @property
    def last_moment(self) -> datetime:
        """A moment of its last day, which ends where the wave closes."""
        return self.closes_at - timedelta(seconds=1)

    def state(self, now: datetime) -> WaveState:
        """Where the wave stands at that moment."""
        return state(self.announced_at is not None, self.opens_at, self.closes_at, now)


class _Sheet:
    """What a sheet holds; see the head of this file for what it must not hold."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """UUIDv4: a UUIDv7 would tell when."""
    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_waves.id"), index=True)
    band: Mapped[Band]
    shift: Mapped[str | None] = mapped_column(String(40))
    week: Mapped[str] = mapped_column(String(8))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    """By the item's key; null where no answer was given."""
    straight_lined: Mapped[bool]
    """All that is kept of the time an answer took."""


class AnswerSheet(_Sheet, Base):
    """One answer sheet of a closed wave; never changed."""

    __tablename__ = "survey_responses"
    # Rows lie in the order of their random numbers: a rowid would count them as they come.
    __table_args__ = {"sqlite_with_rowid": False}


append_only(AnswerSheet.__table__)


class HeldSheet(_Sheet, Base):
    """One answer sheet of a wave that is open, or whose box was not poured out yet: written again, never changed."""

    __tablename__ = "survey_box"
    __table_args__ = {"sqlite_with_rowid": False}


class Participation(Base):
    """Somebody was asked: they answered or declined, which of the two is not kept."""

    __tablename__ = "survey_participations"
    __table_args__ = {"sqlite_with_rowid": False}

    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_waves.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(primary_key=True)


class SurveyCode(Base):
    """A one-time code not used yet, as a digest; it goes with its use."""

    __tablename__ = "survey_codes"
    __table_args__ = {"sqlite_with_rowid": False}

    wave_id: Mapped[int] = mapped_column(ForeignKey("survey_waves.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(primary_key=True)
