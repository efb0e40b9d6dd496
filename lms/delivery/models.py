"""Kiosk terminals, visits to them, sittings, requests for help, what kiosks delivered."""

from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Edition
from lms.kernel.database import Base, Goes, append_only, free_words, goes_in_time, partial_index
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal
from lms.people.models import Person, Workshop

BigNumber = BigInteger().with_variant(Integer, "sqlite")


class TerminalState(StrEnum):
    """How far a kiosk is on its way into service."""

    WAITING = "waiting"
    """Its one-time code may still be typed."""
    EXPIRED = "expired"
    ENROLLED = "enrolled"
    REVOKED = "revoked"


class Terminal(Base):
    """A kiosk: announced by an administrator, enrolled once with a one-time code."""

    __tablename__ = "terminals"
    __table_args__ = (CheckConstraint("(token_digest IS NULL) = (enrolled_at IS NULL)", "enrolled_has_a_token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"))
    enrolment_digest: Mapped[bytes | None]
    """Of the one-time code, until it is used."""
    enrolment_expires_at: Mapped[datetime | None]
    enrolment_needs_number: Mapped[bool] = mapped_column(default=False)
    """Whether an administrator has to confirm the number that the kiosk shows."""
    token_digest: Mapped[bytes | None] = mapped_column(unique=True)
    """Of the secret that the kiosk keeps in a cookie."""
    token_issued_at: Mapped[datetime | None]
    previous_token_digest: Mapped[bytes | None] = mapped_column(index=True, unique=True)
    """Of the secret before, still good: the answer that brought the new one may never have arrived."""
    token_used_at: Mapped[datetime | None]
    """When the present secret was presented first; None while only the one before was."""
    copied_at: Mapped[datetime | None]
    """When the secret before was last presented though the present one was in use: two browsers keep them."""
    enrolled_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    outbox_id: Mapped[UUID | None]
    """Names what this browser keeps until it is delivered; another one once its storage was emptied."""
    recorded_there: Mapped[int | None]
    """How many events that outbox has taken in since it exists, as the kiosk last said."""
    queue_length: Mapped[int | None]
    """How many of them still waited there then."""
    oldest_queued_at: Mapped[datetime | None]
    """By the server's clock."""
    clock_skew_ms: Mapped[int | None] = mapped_column(BigInteger)
    """The kiosk's clock less the server's, as last heard."""
    pixels_per_mm: Mapped[float | None]
    """Device pixels of the screen, as an installer measured it with a badge laid on the glass."""
    page_version: Mapped[str | None] = mapped_column(String(20))
    """Of the pages that the kiosk runs, as it last said."""
    out_of_order: Mapped[str | None] = mapped_column(String(200))
    """The words it shows meanwhile, if only none; None while it is in order."""
    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")

    def state(self, now: datetime) -> TerminalState:
        """How far the kiosk is on its way into service."""
        if self.revoked_at:
            return TerminalState.REVOKED
        if self.enrolled_at:
            return TerminalState.ENROLLED
        waiting = self.enrolment_expires_at is not None and now < self.enrolment_expires_at
        return TerminalState.WAITING if waiting else TerminalState.EXPIRED


class Enrolment(Base):
    """A browser in which a kiosk's one-time code was typed, and what came of it."""

    __tablename__ = "enrolments"

    id: Mapped[int] = mapped_column(primary_key=True)
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"), index=True)
    asked_at: Mapped[datetime]
    number: Mapped[str | None] = mapped_column(String(3))
    """What the browser shows, for an administrator to confirm; None where nobody needs to."""
    key_digest: Mapped[bytes | None] = mapped_column(index=True, unique=True)
    """Of what the waiting browser keeps; None once it waits no more."""
    browser: Mapped[str] = mapped_column(String(200))
    """What it said of itself."""
    address: Mapped[str] = mapped_column(String(45))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    enrolled_at: Mapped[datetime | None]
    confirmed_by: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class MessageKind(StrEnum):
    """What an administrator asks of a kiosk from afar."""

    SIGN_OUT = "sign_out"
    """Whoever is signed in there is signed out; their work is kept."""
    RELOAD = "reload"
    """The page is loaded again, with whatever is new in it."""
    MEASURE = "measure"
    """The kiosk asks for a badge on its glass, as soon as nobody is signed in there."""
    OUT_OF_ORDER = "out_of_order"
    BACK_IN_SERVICE = "back_in_service"


class KioskMessage(Base):
    """A message to a kiosk, told with the answer to its pulse until it says that it has heard it; never changed."""

    __tablename__ = "kiosk_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"), index=True)
    kind: Mapped[MessageKind]
    words: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    receipt: Mapped["KioskReceipt | None"] = relationship(lazy="raise_on_sql", back_populates="message")


class KioskReceipt(Base):
    """A kiosk has heard a message; never changed."""

    __tablename__ = "kiosk_receipts"

    message_id: Mapped[int] = mapped_column(ForeignKey("kiosk_messages.id"), primary_key=True)
    heard_at: Mapped[datetime]
    message: Mapped[KioskMessage] = relationship(lazy="raise_on_sql", back_populates="receipt")


class Sitting(Base):
    """One person taking one edition at one terminal."""

    __tablename__ = "sittings"
    __table_args__ = (Index("ix_sittings_person_edition", "person_id", "edition_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    attempt: Mapped[int]
    terminal_id: Mapped[int | None] = mapped_column(ForeignKey("terminals.id"))
    language: Mapped[str] = mapped_column(String(6))
    opened_at: Mapped[datetime]
    assertion_id: Mapped[UUID | None]
    """Of the assertion under which it took place, for a badge alone; its person has confirmed it since."""
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")


class EndedBy(StrEnum):
    """How someone's time at a kiosk came to its end."""

    BUTTON = "button"
    """They said that they were done, or that it was not them."""
    CALLED_AWAY = "called_away"
    """Production called; the work is kept."""
    IDLE = "idle"
    """Nobody touched the kiosk any more."""
    ANOTHER_BADGE = "another_badge"
    EXPIRED = "expired"
    """The session ended on the server and the kiosk did not say why."""
    TERMINAL_RESET = "terminal_reset"
    """The kiosk was shut out or enrolled anew, or an administrator signed everyone out."""


class KioskVisit(Base):
    """Someone's time at a kiosk, from sign-in to its end; each end with the time at which the server knew it.

    Once ended it never changes.
    """

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_recorded_at IS NULL)",
            "ends_in_some_way",
        ),
        CheckConstraint("ended_at IS NULL OR ended_at >= opened_at", "ends_after_opening"),
        Index("ix_visits_opened_at", "opened_at"),
        partial_index("ix_visits_open_at_terminal", "terminal_id", where="ended_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"))
    session_digest: Mapped[bytes | None]
    """Of the session on the server, by which is known how long the visit can have lasted."""
    opened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[EndedBy | None]
    end_recorded_at: Mapped[datetime | None]


class HelpCategory(StrEnum):
    """What someone at a kiosk needs help with."""

    KIOSK = "kiosk"
    UNCLEAR = "unclear"
    """They do not understand the card or question."""
    CONTENT = "content"
    """Something in the module is wrong."""
    OTHER = "other"


class HelpRequest(Base):
    """A call for help from a kiosk; never changed."""

    __tablename__ = "help_requests"
    __table_args__ = (
        CheckConstraint("block_key IS NULL OR edition_id IS NOT NULL", "a_block_is_of_an_edition"),
        Index("ix_help_requests_asked_at", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made at the kiosk: sent twice, it is kept once."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"), index=True)
    block_key: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[HelpCategory]
    asked_at: Mapped[datetime]
    assertion_id: Mapped[UUID | None]
    """The assertion under which they called; None with a PIN. It is heard before its person confirms anything."""
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    terminal: Mapped[Terminal] = relationship(lazy="raise_on_sql")
    answer: Mapped["HelpAnswer | None"] = relationship(lazy="raise_on_sql", back_populates="request")


class HelpAnswer(Base):
    """What settled a call for help; never changed."""

    __tablename__ = "help_answers"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("help_requests.id"), primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    resolved_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(String(300), info=free_words())
    request: Mapped[HelpRequest] = relationship(lazy="raise_on_sql", back_populates="answer")


class SetAside(StrEnum):
    """Why an event of a kiosk was put aside instead of being recorded; kept whole all the same."""

    UNREADABLE = "unreadable"
    """Altered on the way, or sealed to another server's key."""
    NOT_SIGNED_IN = "not_signed_in"
    """Not made during a sign-in that this server granted."""
    MALFORMED = "malformed"
    TOO_OLD = "too_old"
    """Delivered more than thirty days after the sign-in."""
    CONFLICT = "conflict"
    """Its id, or its sitting's, stands for something else already."""
    NOT_IN_MODULE = "not_in_module"
    """No such edition here, or no such card, question or answer in it."""
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    WITHDRAWN = "withdrawn"
    """Done in an edition after that was withdrawn."""
    UNKNOWN_BADGE = "unknown_badge"
    """While the server was away, under a badge or personal code that was nobody's here at that time."""
    BADGE_ENDED = "badge_ended"
    """While the server was away, under a badge that had been lost, given back, withdrawn, replaced or copied."""
    CERTIFIES = "certifies"
    """Under a badge alone, in a module that asks for the PIN first."""
    NOT_THEIRS = "not_theirs"
    """Under a badge alone; whose badge it is says that it was somebody else."""
    UNCONFIRMED = "unconfirmed"
    """Under a badge alone; whose badge it is has not said in time whether it was them."""
    FAULT = "fault"
    """The server failed on it, and on it alone."""


class KioskEvent(Base):
    """An event that a kiosk delivered: recorded, or put aside with the reason; never changed."""

    __tablename__ = "kiosk_events"
    __table_args__ = (
        UniqueConstraint("id", "digest"),
        CheckConstraint("(reason IS NULL) = (said IS NULL)", "what_was_put_aside_is_kept"),
        Index("ix_kiosk_events_outbox", "outbox_id"),
        partial_index("ix_kiosk_events_put_aside", "received_at", where="reason IS NOT NULL"),
    )

    number: Mapped[int] = mapped_column(BigNumber, primary_key=True, autoincrement=True)
    id: Mapped[UUID]
    """Made at the kiosk; also the id of the record made of it."""
    digest: Mapped[bytes]
    """Of what was said: the same again is a repeat, another under the same id a conflict."""
    outbox_id: Mapped[UUID]
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"))
    """The kiosk that delivered it."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """None where it could not be known."""
    sitting_id: Mapped[UUID | None]
    place: Mapped[int | None]
    """1, 2, 3… in its sitting."""
    kiosk_at: Mapped[datetime | None]
    """The kiosk's clock."""
    corrected_at: Mapped[datetime | None]
    """That moment by the server's clock, as well as it can be known; the record bears it."""
    received_at: Mapped[datetime]
    clock_doubtful: Mapped[bool]
    """Nothing told what the kiosk's clock was worth; or it was more than five minutes wrong."""
    reason: Mapped[SetAside | None]
    said: Mapped[bytes | None]
    """What was delivered, where it was put aside."""


class Assertion(Base):
    """Someone's time at a kiosk that could not ask for a PIN: whose badge was read, unproved; never changed."""

    __tablename__ = "assertions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made at the kiosk."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badges.id"))
    """None where a personal code was typed."""
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"))
    began_at: Mapped[datetime]
    """By the server's clock, as well as it can be known."""
    received_at: Mapped[datetime]
    """When the first of its events arrived."""
    terminal: Mapped[Terminal] = relationship(lazy="raise_on_sql")


class AssertedEvent(Base):
    """An event made under an assertion, as it was delivered: it counts nowhere before its person speaks; never changed.

    Then it is recorded or put aside, and stands among the kiosk's events too.
    """

    __tablename__ = "asserted_events"
    __table_args__ = (UniqueConstraint("id", "digest"), Index("ix_asserted_events_outbox", "outbox_id"))

    number: Mapped[int] = mapped_column(BigNumber, primary_key=True, autoincrement=True)
    id: Mapped[UUID]
    digest: Mapped[bytes]
    assertion_id: Mapped[UUID] = mapped_column(ForeignKey("assertions.id"), index=True)
    outbox_id: Mapped[UUID]
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"))
    """The kiosk that delivered it."""
    sent_at: Mapped[datetime]
    """The kiosk's clock, as it delivered."""
    received_at: Mapped[datetime]
    said: Mapped[bytes]


class AssertionOutcome(StrEnum):
    """What became of what was done under a badge alone."""

    CONFIRMED = "confirmed"
    """The person, signed in with their PIN, says that it was them."""
    NOT_THEIRS = "not_theirs"
    UNCONFIRMED = "unconfirmed"
    """They said nothing in time."""


class AssertionEnd(Base):
    """What became of an assertion; never changed."""

    __tablename__ = "assertion_ends"

    assertion_id: Mapped[UUID] = mapped_column(ForeignKey("assertions.id"), primary_key=True)
    outcome: Mapped[AssertionOutcome]
    at: Mapped[datetime]
    terminal_id: Mapped[int | None] = mapped_column(ForeignKey("terminals.id"))
    """Where the person said it; None where they said nothing."""


class ServiceHours(Base):
    """When a kiosk is meant to be in service, from a day on; a later entry replaces an earlier one."""

    __tablename__ = "service_hours"
    __table_args__ = (CheckConstraint("weekdays BETWEEN 0 AND 127", "seven_weekdays"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"), index=True)
    starts_on: Mapped[date]
    opens_at: Mapped[time]
    closes_at: Mapped[time]
    """Local time; not later than `opens_at` when the service passes midnight."""
    weekdays: Mapped[int]
    """Bits: 1 for Monday, 2 for Tuesday … 64 for Sunday; the day on which the service opens."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


class KioskQuarter(Base):
    """What was heard of a kiosk in a quarter of an hour; final once the quarter is over."""

    __tablename__ = "kiosk_quarters"
    __table_args__ = (CheckConstraint("minutes BETWEEN 0 AND 32767", "fifteen_minutes"),)

    terminal_id: Mapped[int] = mapped_column(ForeignKey("terminals.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    """Bits: the minutes in which the kiosk was heard of, 1 for the first."""
    slow_requests: Mapped[int]
    """Requests that failed or took ten seconds or more, as the kiosk counted them."""


for _table in (
    *(HelpRequest, HelpAnswer, KioskMessage, KioskReceipt, ServiceHours),
    *(Assertion, AssertedEvent, AssertionEnd),
):
    append_only(_table.__table__)
append_only(KioskEvent.__table__, Goes("received_at"))
goes_in_time(Sitting.__table__, Goes("opened_at"))
goes_in_time(KioskVisit.__table__, Goes("opened_at"))

acted(Enrolment.__table__, "confirmed_by_id")
acted(HelpAnswer.__table__, "by_id")
acted(KioskMessage.__table__, "by_id")
acted(ServiceHours.__table__, "by_id")
personal(Assertion.__table__, Personal(Why.OPERATION, Ground.INTEREST, Term.EMPLOYMENT))
personal(HelpRequest.__table__, Personal(Why.HELP, Ground.CONTRACT, Term.EMPLOYMENT))
personal(KioskEvent.__table__, Personal(Why.OPERATION, Ground.INTEREST, Term.WORK))
personal(KioskVisit.__table__, Personal(Why.OPERATION, Ground.INTEREST, Term.TRACES))
personal(Sitting.__table__, Personal(Why.TRAINING, Ground.INTEREST, Term.WORK))
