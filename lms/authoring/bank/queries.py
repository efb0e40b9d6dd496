"""Questions about the bank."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from lms.authoring import drafts
from lms.authoring.bank import rules
from lms.authoring.bank.models import BankQuestion, BankUse, BankVersion
from lms.authoring.drafts import Document
from lms.authoring.models import Draft
from lms.authoring.queries import Work
from lms.catalogue import comparing
from lms.catalogue.comparing import Change
from lms.catalogue.models import Module
from lms.kernel.database import db
from lms.kernel.refusals import NotFound


@dataclass(frozen=True)
class Version:
    """What a question of the bank says."""

    number: int
    block: Document
    media: Mapping[str, str]
    languages: Sequence[str]
    at: datetime
    by_id: int | None


@dataclass(frozen=True)
class Kept:
    """A question of the bank as a list shows it."""

    id: int
    theme: str
    kind: str
    newest: Version
    modules: int
    """How many modules use it."""
    retired: bool


@dataclass(frozen=True)
class Wanted:
    """Which questions a list shows; nothing means all."""

    words: str = ""
    theme: str = ""
    kind: str = ""
    used: bool | None = None
    only: Collection[int] | None = None
    but: Collection[int] = ()
    retired: bool = False


def found(wanted: Wanted, limit: int | None = None, offset: int = 0) -> list[Kept]:
    """Return questions of the bank, by theme, in the order in which they came."""
    newest = (BankVersion.question_id == BankQuestion.id) & (BankVersion.number == BankQuestion.newest)
    query = (
        select(BankQuestion, BankVersion, _modules().label("modules"))
        .join(BankVersion, newest)
        .where(*_narrowed(wanted))
        .order_by(BankQuestion.theme, BankQuestion.id)
    )
    rows = db.session.execute(query.limit(limit).offset(offset))
    return [
        Kept(one.id, one.theme, one.kind, _version(said), modules, one.retired_at is not None)
        for one, said, modules in rows
    ]


def count(wanted: Wanted) -> int:
    """Return how many questions there are of that kind."""
    return db.session.scalar(select(func.count()).select_from(BankQuestion).where(*_narrowed(wanted))) or 0


def themes() -> list[str]:
    """Return the themes of the bank."""
    return list(db.session.scalars(select(BankQuestion.theme).distinct().order_by(BankQuestion.theme)))


def question(question_id: int) -> BankQuestion:
    """Return a question of the bank, to be changed; raises NotFound."""
    kept = db.session.get(BankQuestion, question_id)
    if kept is None:
        raise NotFound()
    return kept


def versions(question_id: int) -> list[Version]:
    """Return the versions of a question, the newest first."""
    query = select(BankVersion).where(BankVersion.question_id == question_id).order_by(BankVersion.number.desc())
    return [_version(one) for one in db.session.scalars(query)]


def version(question_id: int, number: int) -> Version:
    """Return one version; raises NotFound."""
    said = db.session.get(BankVersion, (question_id, number))
    if said is None:
        raise NotFound()
    return _version(said)


@dataclass(frozen=True)
class Use:
    """A question of a draft, and what it is to the bank."""

    key: str
    """In the draft."""
    block: Document
    question_id: int | None
    """None: not in the bank."""
    theme: str = ""
    taken: int | None = None
    """The version that was taken or given last."""
    version: int | None = None
    """Which it says; None where it says something else than any."""
    newest: int | None = None
    changes: tuple[Change, ...] = ()
    """What the newest version would change here, in the module's languages."""

    @property
    def is_behind(self) -> bool:
        """Whether the bank has a newer version than the one that the module says."""
        return self.version is not None and self.newest is not None and self.version < self.newest

    @property
    def is_own(self) -> bool:
        """Whether the module has changed it since."""
        return self.question_id is not None and self.version is None


def uses_in(work: Work) -> list[Use]:
    """Return every question of a draft, and what each is to the bank."""
    query = select(BankUse, BankQuestion).join(BankQuestion, BankQuestion.id == BankUse.question_id)
    uses = {
        use.block_key: (use, kept) for use, kept in db.session.execute(query.where(BankUse.module_id == work.module_id))
    }
    said = _versions_of({kept.id for _, kept in uses.values()})
    return [_use(work, block, uses.get(block["key"]), said) for block in work.document["blocks"] if "question" in block]


def _use(
    work: Work,
    block: Document,
    known: tuple[BankUse, BankQuestion] | None,
    said: Mapping[int, Sequence[Version]],
) -> Use:
    if known is None:
        return Use(block["key"], block, None)
    use, kept = known
    languages, own = work.document["languages"], drafts.normal_block(block, work.document["languages"])
    alike = (one.number for one in said[kept.id] if rules.alike(own, work.media, languages, one.block, one.media))
    newest = said[kept.id][0]
    brought, files = rules.in_module(newest.block, newest.media, languages, work.media)
    changes = comparing.changes(
        {"languages": languages, "blocks": [own]},
        work.media,
        {"languages": languages, "blocks": [{**brought, **_of_the_module(block)}]},
        {**work.media, **files},
    )
    return Use(block["key"], block, kept.id, kept.theme, use.version, next(alike, None), newest.number, tuple(changes))


def _of_the_module(block: Document) -> Document:
    return {name: block[name] for name in rules.OF_THE_MODULE if name in block}


@dataclass(frozen=True)
class UsedIn:
    """A module whose draft uses a question of the bank."""

    question_id: int
    module_id: int
    code: str
    title: Mapping[str, str]
    block_key: str
    version: int
    """Taken or given last."""


def used_in(question_ids: Collection[int] | None = None) -> list[UsedIn]:
    """Return the uses of these questions, or of all, whose drafts hold them still; by module."""
    query = (
        select(BankUse, Module.code, Draft.content)
        .join(Module, Module.id == BankUse.module_id)
        .join(Draft, Draft.module_id == BankUse.module_id)
        .order_by(Module.code, BankUse.block_key)
    )
    if question_ids is not None:
        query = query.where(BankUse.question_id.in_(question_ids))
    return [
        UsedIn(use.question_id, use.module_id, code, content.get("title") or {}, use.block_key, use.version)
        for use, code, content in db.session.execute(query)
        if any(block.get("key") == use.block_key for block in content["blocks"])
    ]


def _versions_of(question_ids: Collection[int]) -> dict[int, list[Version]]:
    query = select(BankVersion).where(BankVersion.question_id.in_(question_ids)).order_by(BankVersion.number.desc())
    said: dict[int, list[Version]] = {one: [] for one in question_ids}
    for row in db.session.scalars(query):
        said[row.question_id].append(_version(row))
    return said


def _modules() -> ColumnElement[int]:
    own = select(func.count(BankUse.module_id.distinct())).where(BankUse.question_id == BankQuestion.id)
    return own.scalar_subquery()


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    is_retired = BankQuestion.retired_at.is_not(None)
    told: list[ColumnElement[bool]] = [is_retired if wanted.retired else ~is_retired]
    for word in rules.searched(wanted.words).split():
        told.append(BankQuestion.words.contains(word, autoescape=True))
    if wanted.theme:
        told.append(BankQuestion.theme == wanted.theme)
    if wanted.kind:
        told.append(BankQuestion.kind == wanted.kind)
    if wanted.used is not None:
        told.append(_modules() > 0 if wanted.used else _modules() == 0)
    if wanted.only is not None:
        told.append(BankQuestion.id.in_(wanted.only))
    if wanted.but:
        told.append(BankQuestion.id.not_in(wanted.but))
    return told


def _version(row: BankVersion) -> Version:
    return Version(row.number, row.block, row.media, row.languages, row.at, row.by_id)
