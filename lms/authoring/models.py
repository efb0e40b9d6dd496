"""Drafts: what a trainer is working on; and what is declared about the work."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Impact, Module
from lms.kernel.database import Base, append_only, partial_index
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal


class Draft(Base):
    """The one working text of a module."""

    __tablename__ = "drafts"

    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    media: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    """Grows at each change; a save that quotes an older one is refused."""
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    module: Mapped[Module] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class DraftCheck(Base):
    """What was found when a version of a draft was looked through, for lists (`lms.authoring.listing`)."""

    __tablename__ = "draft_checks"

    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), primary_key=True)
    version: Mapped[int]
    """Of the draft; of another nothing is known."""
    release: Mapped[str] = mapped_column(String(40))
    """Of the product: another may have other rules."""
    found: Mapped[dict[str, Any]] = mapped_column(JSON)


class TranslationBasis(Base):
    """An original that a translation in a draft is right for, once the original has changed (`translating.states`)."""

    __tablename__ = "translation_bases"

    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    translation: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The digest of the translation (`units.digest`)."""
    original: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The digest of the original."""


class DraftChange(Base):
    """One change of a draft by one author: what was there before, and what is there after.

    Texts that somebody goes on writing are one change for some minutes (`lms.authoring.history`),
    so that a draft that is saved at every word does not fill the disk.
    """

    __tablename__ = "draft_changes"
    __table_args__ = (UniqueConstraint("module_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    version: Mapped[int]
    """Of the draft, to which it led last."""
    began_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    delta: Mapped[dict[str, Any]] = mapped_column(JSON)
    undoes: Mapped[int | None]
    """The change that it takes back; no foreign key, since old changes are let go."""


class DraftTab(Base):
    """A tab of a browser in which somebody looks at a draft or writes in it."""

    __tablename__ = "draft_tabs"

    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), primary_key=True)
    tab: Mapped[str] = mapped_column(String(40), primary_key=True)
    """A number that the tab gave itself."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    part: Mapped[str | None] = mapped_column(String(40))
    """The key of the block that it shows; empty for what is said of the module."""
    saved_part: Mapped[str | None] = mapped_column(String(40))
    saved_on: Mapped[str | None] = mapped_column(String(20))
    """The token on which its last save was made: a tab whose answer was lost quotes it again."""
    saved_as: Mapped[str | None] = mapped_column(String(20))
    seen_at: Mapped[datetime]


class PlanEnd(StrEnum):
    """What became of an edition that was planned."""

    PUBLISHED = "published"
    CANCELLED = "cancelled"


_OPEN = "ended_at IS NULL"


class PlannedEdition(Base):
    """A module as it is to be published on a day, whatever becomes of its draft until then."""

    __tablename__ = "planned_editions"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", "ends_in_some_way"),
        # Of a module one at a time.
        partial_index("uq_planned_editions_open", "module_id", unique=True, where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    media: Mapped[dict[str, str]] = mapped_column(JSON)
    impact: Mapped[Impact]
    note: Mapped[str] = mapped_column(String(500))
    publish_on: Mapped[date]
    planned_at: Mapped[datetime]
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    ended_as: Mapped[PlanEnd | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who cancelled it."""
    module: Mapped[Module] = relationship(lazy="raise_on_sql")


class ModuleReview(Base):
    """A signature that an edition was looked at and is still right; never changed."""

    __tablename__ = "module_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(500))


class AuthoringTime(Base):
    """The minutes that someone says they have spent on a module so far; the last entry of each counts."""

    __tablename__ = "authoring_times"
    __table_args__ = (CheckConstraint("minutes >= 0", "not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    minutes: Mapped[int]
    at: Mapped[datetime]


class Origin(StrEnum):
    """Where a module was made."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class ModuleOrigin(Base):
    """Where a module was made, as someone says; the last entry counts."""

    __tablename__ = "module_origins"

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    origin: Mapped[Origin]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


for _table in (ModuleReview, AuthoringTime, ModuleOrigin):
    append_only(_table.__table__)

acted(AuthoringTime.__table__, "author_id")
acted(Draft.__table__, "updated_by")
acted(DraftChange.__table__, "by_id")
acted(ModuleOrigin.__table__, "by_id")
acted(ModuleReview.__table__, "by_id")
acted(PlannedEdition.__table__, "planned_by", "ended_by")
personal(DraftTab.__table__, Personal(Why.ACCOUNT, Ground.INTEREST, Term.IN_USE))
