"""Sites, teams and persons; roles; what proves who someone is."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.database import Base, Goes, append_only, partial_index
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal
from lms.people.ages import AgeBand
from lms.people.permissions import Role


class Site(Base):
    """A plant."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))


class Workshop(Base):
    """A part of a site where one kind of work is done."""

    __tablename__ = "workshops"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    site: Mapped[Site] = relationship(lazy="raise_on_sql")


class Shift(Base):
    """A stretch of the day; a night shift belongs to the date on which it starts."""

    __tablename__ = "shifts"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    """Local time; earlier than `starts_at` when the shift passes midnight."""


class Team(Base):
    """The people who work one shift together."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id"))
    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")
    shift: Mapped[Shift | None] = relationship(lazy="raise_on_sql")


class Workstation(Base):
    """A post: where a person works on the line."""

    __tablename__ = "workstations"
    __table_args__ = (UniqueConstraint("workshop_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")


class Person(Base):
    """Someone who works or worked here; the only table that holds a name."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR hired_on IS NULL OR left_on >= hired_on", "leaves_after_hiring"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    """The number by which every record names the person."""
    registration: Mapped[str] = mapped_column(String(60), unique=True)
    """What the HR system calls the person (matricule)."""
    personal_code: Mapped[str] = mapped_column(String(12), unique=True)
    """Digits typed at a kiosk when there is no badge; a name, not a secret."""
    given_name: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """In lower case."""
    language: Mapped[str | None] = mapped_column(String(6))
    workstation_id: Mapped[int | None] = mapped_column(ForeignKey("workstations.id"))
    hired_on: Mapped[date | None]
    age_band: Mapped[AgeBand | None]
    """Never an age nor a day of birth; unknown for whom nobody said it."""
    left_on: Mapped[date | None]
    """The last day of presence; someone who left no longer signs in and stays counted."""
    simulated: Mapped[bool] = mapped_column(default=False)
    """Made by the simulator: every page that counts such a person says so."""
    created_at: Mapped[datetime]

    workstation: Mapped[Workstation | None] = relationship(lazy="raise_on_sql")
    memberships: Mapped[list["TeamMembership"]] = relationship(
        lazy="raise_on_sql", back_populates="person", order_by="TeamMembership.joined_on"
    )
    grants: Mapped[list["RoleGrant"]] = relationship(lazy="raise_on_sql", back_populates="person")

    @property
    def full_name(self) -> str:
        """The given name, then the family name."""
        return f"{self.given_name} {self.family_name}".strip()


class TeamMembership(Base):
    """A person's time in a team; the current one has no end. Denominators rest on it."""

    __tablename__ = "team_memberships"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", "leaves_after_joining"),
        partial_index("uq_team_memberships_current", "person_id", unique=True, where="left_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    """The last day in the team."""
    person: Mapped[Person] = relationship(lazy="raise_on_sql", back_populates="memberships")
    team: Mapped[Team] = relationship(lazy="raise_on_sql")


class PostStay(Base):
    """A person's time at a post, as far as the roster told it; `stays.follow_posts` keeps it up."""

    __tablename__ = "post_stays"
    __table_args__ = (
        CheckConstraint("until IS NULL OR since IS NULL OR until >= since", "ends_after_beginning"),
        partial_index("uq_post_stays_current", "person_id", unique=True, where="until IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))
    since: Mapped[date | None]
    """None for the first post that is known of someone: nobody said when it began."""
    until: Mapped[date | None]
    """The last day at it; None while it lasts."""


class RoleGrant(Base):
    """A role someone holds; a team leader holds it for a team, others everywhere."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("(role = 'team_leader') = (team_id IS NOT NULL)", "only_leaders_have_a_team"),
        UniqueConstraint("person_id", "role", "team_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    person: Mapped[Person] = relationship(lazy="raise_on_sql", back_populates="grants")
    team: Mapped[Team | None] = relationship(lazy="raise_on_sql")


class Password(Base):
    """A staff member's password, as an argon2id hash."""

    __tablename__ = "passwords"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(255))
    must_change: Mapped[bool] = mapped_column(default=True)
    """Someone else made it: its owner chooses another at the first sign-in."""
    changed_at: Mapped[datetime]


class PinKind(StrEnum):
    """What somebody proves who they are with, at a kiosk."""

    DIGITS = "digits"
    PICTURES = "pictures"
    """For whoever is uneasy with digits: pictures in an order, as many codes as there are PINs."""


class Pin(Base):
    """An operator's PIN or picture code: HMAC with the secret key, then a slow hash (the key carries it)."""

    __tablename__ = "pins"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[PinKind] = mapped_column(default=PinKind.DIGITS)
    hash: Mapped[str] = mapped_column(String(255))
    must_change: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]


class BadgeKind(StrEnum):
    """What a badge is made of."""

    READER = "reader"
    """One that a reader reads; its number came with it."""
    PRINTED = "printed"
    """A printed square code with a secret number of ours."""


class BadgeEnd(StrEnum):
    """Why a badge is good no longer."""

    LOST = "lost"
    RETURNED = "returned"
    """Given back: the only end after which it may be handed to somebody else."""
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    COPIED = "copied"


class Badge(Base):
    """A badge handed to someone, from then to its end; its number is kept as an HMAC only.

    A badge that was given back and handed out again has a row for each holder.
    """

    __tablename__ = "badges"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (ended_as IS NULL)", "ends_in_some_way"),
        CheckConstraint("(read_at IS NULL) = (read_at_origin IS NULL)", "read_somewhere"),
        partial_index("uq_badges_in_use", "digest", unique=True, where="revoked_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    digest: Mapped[bytes] = mapped_column(index=True)
    kind: Mapped[BadgeKind]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_as: Mapped[BadgeEnd | None]
    read_at: Mapped[datetime | None]
    """When it was last read at a kiosk; earlier times are kept nowhere."""
    read_at_origin: Mapped[str | None] = mapped_column(String(40))


class BadgeAlarm(Base):
    """One badge was read at two kiosks within a shorter time than one walks; never changed."""

    __tablename__ = "badge_alarms"

    id: Mapped[int] = mapped_column(primary_key=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("badges.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    origin: Mapped[str] = mapped_column(String(40))
    before_at: Mapped[datetime]
    before_origin: Mapped[str] = mapped_column(String(40))


append_only(BadgeAlarm.__table__)


class SignInOutcome(StrEnum):
    """How a try at signing in ended."""

    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    WRONG_SECRET = "wrong_secret"
    THROTTLED = "throttled"
    NOT_ALLOWED = "not_allowed"


class SignInAttempt(Base):
    """A try at signing in, from an origin (`staff:<desk>` or `terminal:<number>`); never changed."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_name_at", "name_digest", "at"),
        Index("ix_sign_in_attempts_origin_at", "origin", "at"),
        Index("ix_sign_in_attempts_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    origin: Mapped[str] = mapped_column(String(40))
    name_digest: Mapped[bytes]
    """HMAC of the person's number, or of the unknown name given: tries at one name can be counted."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    outcome: Mapped[SignInOutcome]


class SignInOpening(Base):
    """Whoever leads someone opened the way to signing in again; never changed.

    Failures of the person before it are forgiven, and those of the kiosk where it was done.
    """

    __tablename__ = "sign_in_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    origin: Mapped[str | None] = mapped_column(String(40), index=True)
    """The kiosk where they stood (`terminal:<number>`), None when it was done at a desk."""


append_only(SignInAttempt.__table__, Goes("at"))
append_only(SignInOpening.__table__, Goes("at"))


class Act(StrEnum):
    """What was done to someone's entry."""

    CREATED = "created"
    CHANGED = "changed"
    MOVED = "moved"
    LEFT = "left"
    CAME_BACK = "came_back"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    BADGE_ISSUED = "badge_issued"
    BADGE_REVOKED = "badge_revoked"
    PIN_ISSUED = "pin_issued"
    PIN_CHOSEN = "pin_chosen"
    PASSWORD_ISSUED = "password_issued"
    PASSWORD_CHOSEN = "password_chosen"


class PersonEvent(Base):
    """Who changed what about whom, and when; never changed, and free of names."""

    __tablename__ = "person_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None when it came from the command line."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    act: Mapped[Act]
    detail: Mapped[str] = mapped_column(String(200), default="")
    """Names of fields, a role or a team's code; no value that could name someone."""


append_only(PersonEvent.__table__)


class Notice(Base):
    """What staff are told is kept about them, version by version; never changed (Code du travail, L1222-4)."""

    __tablename__ = "notices"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3…"""
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    """By language; paragraphs are parted by an empty line."""
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Every field that is collected, each by language."""
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class NoticeAcknowledgement(Base):
    """That someone has read a notice, which is no consent; never changed."""

    __tablename__ = "notice_acknowledgements"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("notices.version"), primary_key=True)
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(40))
    """`terminal:<number>`."""


append_only(Notice.__table__)
append_only(NoticeAcknowledgement.__table__)

acted(Badge.__table__, "issued_by", "revoked_by")
acted(Notice.__table__, "published_by")
acted(PersonEvent.__table__, "by_id")
acted(SignInOpening.__table__, "by_id")
personal(Badge.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.IN_USE))
personal(BadgeAlarm.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.EMPLOYMENT), subject="")
personal(NoticeAcknowledgement.__table__, Personal(Why.INFORMING, Ground.LAW, Term.EMPLOYMENT))
personal(Password.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.IN_USE))
personal(Person.__table__, Personal(Why.BELONGING, Ground.CONTRACT, Term.EMPLOYMENT), subject="id")
personal(PersonEvent.__table__, Personal(Why.ACCOUNT, Ground.INTEREST, Term.EMPLOYMENT))
personal(Pin.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.IN_USE))
personal(RoleGrant.__table__, Personal(Why.BELONGING, Ground.CONTRACT, Term.EMPLOYMENT))
personal(SignInAttempt.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.TRACES))
personal(SignInOpening.__table__, Personal(Why.SIGNING_IN, Ground.INTEREST, Term.TRACES))
personal(TeamMembership.__table__, Personal(Why.BELONGING, Ground.CONTRACT, Term.EMPLOYMENT))

personal(PostStay.__table__, Personal(Why.BELONGING, Ground.CONTRACT, Term.EMPLOYMENT))
