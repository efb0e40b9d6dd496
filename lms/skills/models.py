"""Tasks, sign-offs, signatures and changes of level."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy import Enum as SAEnum
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Module
from lms.kernel.database import Base, append_only
from lms.people.models import Workstation
from lms.skills.rules import Kind, Level, Outcome


def _level(name: str) -> SAEnum:
    """Return the type of one of several levels in a table: each needs a check of its own name."""
    return SAEnum(
        Level,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda enum: [member.value for member in enum],
    )


task_modules = Table(
    "task_modules",
    Base.metadata,
    Column("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    Column("module_id", ForeignKey("modules.id"), primary_key=True),
)


class Task(Base):
    """Something done at a post, which people master or not."""

    __tablename__ = "tasks"
    __table_args__ = (CheckConstraint("required >= 1", "somebody_is_required"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstations.id"))
    safety_critical: Mapped[bool] = mapped_column(default=False)
    """Every move on it is signed by two people."""
    required: Mapped[int] = mapped_column(default=2)
    """How many people at U or O each shift needs."""
    created_at: Mapped[datetime]
    workstation: Mapped[Workstation] = relationship(lazy="raise_on_sql")
    modules: Mapped[list[Module]] = relationship(secondary=task_modules, lazy="raise_on_sql", order_by="Module.code")
    """The modules that prepare for it; whoever completed all of them is at I."""


class SignOff(Base):
    """What an observer saw of someone's practice; never changed."""

    __tablename__ = "sign_offs"
    __table_args__ = (
        UniqueConstraint("person_id", "task_id", "observed_on", "observer_id", "outcome"),
        CheckConstraint("observer_id <> person_id", "nobody_observes_themselves"),
        CheckConstraint("outcome = 'not_done' OR situation <> '' OR source <> ''", "evidence_is_given"),
        CheckConstraint("outcome <> 'acquired' OR safety_respected", "acquired_is_safe"),
        CheckConstraint("cycles >= 0", "cycles_are_counted"),
        CheckConstraint("(reflected_on IS NULL) = (reflection = '')", "reflection_is_whole"),
        CheckConstraint("reflected_on IS NULL OR reflected_on >= observed_on", "reflection_comes_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    observer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    observed_on: Mapped[date]
    outcome: Mapped[Outcome]
    aim: Mapped[Level | None]
    """The level that it may lead to; None where it raises nothing."""
    cycles: Mapped[int] = mapped_column(default=1)
    """Conforming cycles seen."""
    safety_respected: Mapped[bool]
    situation: Mapped[str] = mapped_column(Text, default="")
    """The work situation: what was done and seen."""
    reflected_on: Mapped[date | None]
    """Day of the reflective talk, apart from the work situation (D6313-3-2 of the Code du travail)."""
    reflection: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    """The file from which it was brought in."""
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None for the command line."""
    recorded_at: Mapped[datetime]
    task: Mapped[Task] = relationship(lazy="raise_on_sql")


class Signature(Base):
    """A further person's word on a sign-off; never changed. One who declines ends it."""

    __tablename__ = "sign_off_signatures"
    __table_args__ = (
        UniqueConstraint("sign_off_id", "signer_id"),
        CheckConstraint("confirmed OR note <> ''", "a_refusal_has_its_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"))
    signer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    confirmed: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]


class LevelChange(Base):
    """Someone's level on a task, from a day on, and the evidence for it; never changed."""

    __tablename__ = "level_changes"
    __table_args__ = (
        CheckConstraint("before <> after", "something_changes"),
        CheckConstraint(
            "(kind = 'automatic' AND edition_id IS NOT NULL AND before = 'none' AND after = 'I') OR "
            "(kind = 'signed' AND sign_off_id IS NOT NULL AND signed_by_id IS NOT NULL) OR "
            "(kind = 'stated' AND source <> '') OR "
            "(kind = 'lowered' AND reason <> '' AND signed_by_id IS NOT NULL)",
            "evidence_is_given",
        ),
        CheckConstraint(
            "kind = 'stated' OR signed_by_id IS NULL OR "
            "(signed_by_id <> person_id AND (countersigned_by_id IS NULL OR "
            "(countersigned_by_id <> person_id AND countersigned_by_id <> signed_by_id)))",
            "others_sign",
        ),
        Index("ix_level_changes_person_task", "person_id", "task_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    before: Mapped[Level] = mapped_column(_level("before"))
    """What was known when it was recorded; `rules.history` works out what took effect."""
    after: Mapped[Level] = mapped_column(_level("after"))
    on: Mapped[date] = mapped_column("changed_on")
    kind: Mapped[Kind]
    sign_off_id: Mapped[int | None] = mapped_column(ForeignKey("sign_offs.id"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    source: Mapped[str] = mapped_column(String(200), default="")
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    countersigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]


for _table in (SignOff.__table__, Signature.__table__, LevelChange.__table__):
    append_only(_table)
