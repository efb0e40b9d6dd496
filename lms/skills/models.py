"""Tasks, sign-offs, signatures and changes of level."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy import Enum as SAEnum
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalogue.models import Module
from lms.kernel.database import Base, append_only, free_words
from lms.kernel.personal import Ground, Personal, Term, Why, acted, personal
from lms.people.models import Workstation
from lms.skills.authority import SignedAs
from lms.skills.rules import Cause, Kind, Level, Outcome


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
    situation: Mapped[str] = mapped_column(Text, default="", info=free_words())
    """The work situation: what was done and seen."""
    reflected_on: Mapped[date | None]
    """Day of a reflective talk, of sign-offs from before such talks had a record of their own (`AfestRecord`)."""
    reflection: Mapped[str] = mapped_column(Text, default="", info=free_words())
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
    note: Mapped[str] = mapped_column(Text, default="", info=free_words())
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
    reason: Mapped[str] = mapped_column(Text, default="", info=free_words())
    recorded_at: Mapped[datetime]


class SignedFor(Base):
    """For which leader somebody signed or lowered who stood in for them that day; never changed."""

    __tablename__ = "signed_for"
    __table_args__ = (
        UniqueConstraint("sign_off_id", "signer_id"),
        CheckConstraint("(sign_off_id IS NULL) <> (level_change_id IS NULL)", "about_one_entry"),
        CheckConstraint("leader_id <> signer_id", "somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int | None] = mapped_column(ForeignKey("sign_offs.id"))
    level_change_id: Mapped[int | None] = mapped_column(ForeignKey("level_changes.id"), unique=True)
    """Of a level that was lowered."""
    signer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    leader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class LevelWording(Base):
    """What a letter is called at this site, in one language; letters and their order are fixed."""

    __tablename__ = "level_wordings"

    level: Mapped[Level] = mapped_column(_level("level"), primary_key=True)
    language: Mapped[str] = mapped_column(String(6), primary_key=True)
    words: Mapped[str] = mapped_column(String(120))


class Checklist(Base):
    """What an observer looks at on a task, version by version; never changed."""

    __tablename__ = "task_checklists"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3…"""
    points: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Each with `kind` (`rules.PointKind`) and `text` by language."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Sheet(Base):
    """What an observer wrote beside the machine, to be signed by both; never changed."""

    __tablename__ = "sign_off_sheets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    observer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """All that is signed: `signing.written`."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of number and content: what a signature is bound to."""
    photo: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the photo in the storage."""
    made_at: Mapped[datetime]
    task: Mapped[Task] = relationship(lazy="raise_on_sql")


class SheetSignature(Base):
    """Somebody's signature, by their own secret, under a sheet; never changed, and one for each of the two."""

    __tablename__ = "sheet_signatures"

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("sign_off_sheets.id"), primary_key=True)
    signed_as: Mapped[SignedAs] = mapped_column(primary_key=True)
    signer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    digest: Mapped[str] = mapped_column(String(64))
    """Of what was signed."""
    place: Mapped[str] = mapped_column(String(40))
    """`tablet:<something of its address>`."""
    signed_at: Mapped[datetime]


class SheetResult(Base):
    """What came of a sheet: the sign-off that both signed, or why one of them did not; never changed."""

    __tablename__ = "sheet_results"
    __table_args__ = (CheckConstraint("(sign_off_id IS NULL) = (unsigned_because <> '')", "signed_or_said_why"),)

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("sign_off_sheets.id"), primary_key=True)
    sign_off_id: Mapped[int | None] = mapped_column(ForeignKey("sign_offs.id"), unique=True)
    unsigned_because: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class AfestRecord(Base):
    """That a sign-off belongs to training at work (AFEST), with everything the law asks for; never changed.

    Code du travail, D6313-3-2: the work activity analysed, a trainer designated beforehand, reflective
    phases apart from the work situation, an evaluation of what was acquired.
    """

    __tablename__ = "afest_records"
    __table_args__ = (
        CheckConstraint("activity <> '' AND reflection <> '' AND evaluation <> ''", "nothing_lacks"),
        CheckConstraint("led_by_id <> recorded_for_id", "somebody_else_leads"),
    )

    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), primary_key=True)
    recorded_for_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    activity: Mapped[str] = mapped_column(Text, info=free_words())
    led_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """The trainer who was designated."""
    designated_on: Mapped[date]
    reflected_on: Mapped[date]
    reflected_at: Mapped[str] = mapped_column(String(200))
    """Where the reflective talk was, away from the work situation."""
    reflection: Mapped[str] = mapped_column(Text, info=free_words())
    evaluation: Mapped[str] = mapped_column(Text, info=free_words())
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


class Contest(Base):
    """That somebody does not agree with what was recorded of them, in their words; never changed."""

    __tablename__ = "contests"
    __table_args__ = (CheckConstraint("(sign_off_id IS NULL) <> (level_change_id IS NULL)", "about_one_entry"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    sign_off_id: Mapped[int | None] = mapped_column(ForeignKey("sign_offs.id"))
    level_change_id: Mapped[int | None] = mapped_column(ForeignKey("level_changes.id"))
    words: Mapped[str] = mapped_column(Text, info=free_words())
    at: Mapped[datetime]


class ContestAnswer(Base):
    """What a team leader or HR answered; never changed."""

    __tablename__ = "contest_answers"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The leader for whom they stood in that day."""
    words: Mapped[str] = mapped_column(Text, info=free_words())
    at: Mapped[datetime]


class LoweringTold(Base):
    """That somebody has seen on their own page that a level of theirs was lowered; never changed."""

    __tablename__ = "lowerings_told"

    level_change_id: Mapped[int] = mapped_column(ForeignKey("level_changes.id"), primary_key=True)
    at: Mapped[datetime]


class ProcedureChange(Base):
    """That the procedure of a task changed; whoever mastered it before is to be seen again; never changed."""

    __tablename__ = "procedure_changes"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    changed_on: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class LevelKept(Base):
    """That somebody decided, with a reason, that a level stays which the system proposed to lower; never changed."""

    __tablename__ = "levels_kept"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    cause: Mapped[Cause]
    reason: Mapped[str] = mapped_column(Text, info=free_words())
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The leader for whom they stood in that day."""
    on: Mapped[date] = mapped_column("kept_on")
    at: Mapped[datetime]


_KEPT: tuple[type[Base], ...] = (
    *(SignOff, Signature, LevelChange, Checklist, Sheet, SheetSignature, SheetResult, AfestRecord),
    *(Contest, ContestAnswer, LoweringTold, ProcedureChange, LevelKept, SignedFor),
)
for _class in _KEPT:
    append_only(_class.__table__)

acted(LevelChange.__table__, "signed_by_id", "countersigned_by_id")
acted(SignOff.__table__, "observer_id", "recorded_by_id")
acted(Signature.__table__, "signer_id")
acted(SignedFor.__table__, "signer_id", "leader_id")
personal(LevelChange.__table__, Personal(Why.SKILLS, Ground.CONTRACT, Term.EMPLOYMENT))
personal(SignOff.__table__, Personal(Why.SKILLS, Ground.CONTRACT, Term.EMPLOYMENT))

acted(AfestRecord.__table__, "led_by_id", "recorded_by_id")
acted(Checklist.__table__, "made_by_id")
acted(Sheet.__table__, "observer_id")
acted(SheetSignature.__table__, "signer_id")
personal(AfestRecord.__table__, Personal(Why.SKILLS, Ground.LAW, Term.EMPLOYMENT), subject="recorded_for_id")
personal(Sheet.__table__, Personal(Why.SKILLS, Ground.CONTRACT, Term.EMPLOYMENT))

acted(ContestAnswer.__table__, "by_id", "for_id")
acted(LevelKept.__table__, "by_id", "for_id")
acted(ProcedureChange.__table__, "by_id")
personal(Contest.__table__, Personal(Why.SKILLS, Ground.CONTRACT, Term.EMPLOYMENT))
personal(LevelKept.__table__, Personal(Why.SKILLS, Ground.CONTRACT, Term.EMPLOYMENT))
