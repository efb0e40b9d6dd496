"""Every module in a list: how its draft stands, by what was found when that version of it was last looked through.

To look through a draft takes some hundredths of a second, and a plant has hundreds of modules: what was found is
kept with the version of the draft (`DraftCheck`) by a job that the house asks for (`jobs`), and never
while somebody saves. What nobody has looked through yet is looked through where the list is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import joinedload

from lms.authoring import drafts
from lms.authoring.drafts import Document
from lms.authoring.models import Draft, DraftCheck
from lms.authoring.queries import DraftState, state_of
from lms.authoring.translating import keeping, states
from lms.authoring.translating.states import Bases, Tally
from lms.catalogue.actions import digest_of_plain
from lms.catalogue.models import Edition, Module, Withdrawal
from lms.kernel.database import db
from lms.kernel.release import VERSION


@dataclass(frozen=True)
class Listed:
    """A module as a list shows it."""

    module_id: int
    code: str
    title: Mapping[str, str]
    languages: Sequence[str]
    minutes: Any
    """As the draft says, which may be anything while it is faulty; None where it says nothing."""
    cards: int
    questions: int
    problems: int
    """How many things keep the draft from being published."""
    to_translate: Mapping[str, Tally]
    """The languages in which something is to do."""
    edition: int | None
    """The number of the newest, offered or withdrawn."""
    withdrawn: bool
    state: DraftState


def listed() -> list[Listed]:
    """Return every module that has a draft, by code."""
    newest = select(func.max(Edition.id)).group_by(Edition.module_id)
    query = (
        select(
            Draft.module_id,
            Module.code,
            DraftCheck.found,
            Edition.number,
            Edition.digest,
            Withdrawal.edition_id.is_not(None).label("withdrawn"),
        )
        .join(Module, Module.id == Draft.module_id)
        .outerjoin(DraftCheck, _of_this_version())
        .outerjoin(Edition, and_(Edition.module_id == Draft.module_id, Edition.id.in_(newest)))
        .outerjoin(Withdrawal, Withdrawal.edition_id == Edition.id)
        .order_by(Module.code)
    )
    rows = db.session.execute(query).all()
    fresh = looked_through([row.module_id for row in rows if row.found is None])
    return [_listed(row, row.found or fresh[row.module_id].found) for row in rows]


def to_look_through() -> list[int]:
    """Return the modules of which nothing is kept that holds for their drafts as they are."""
    query = select(Draft.module_id).outerjoin(DraftCheck, _of_this_version()).where(DraftCheck.module_id.is_(None))
    return list(db.session.scalars(query))


def looked_through(module_ids: Iterable[int]) -> dict[int, DraftCheck]:
    """Look through the drafts of these modules; return what was found, by module, kept nowhere yet."""
    wanted = list(module_ids)
    if not wanted:
        return {}
    bases = keeping.every_basis()
    query = select(Draft).where(Draft.module_id.in_(wanted)).options(joinedload(Draft.module))
    return {
        draft.module_id: DraftCheck(
            module_id=draft.module_id,
            version=draft.version,
            release=VERSION,
            found=_found(draft, bases.get(draft.module_id, frozenset())),
        )
        for draft in db.session.scalars(query)
    }


def keep(found: Mapping[int, DraftCheck]) -> None:
    """Keep what was found, in place of what was kept before."""
    db.session.execute(delete(DraftCheck).where(DraftCheck.module_id.in_(found)))
    db.session.add_all(found.values())
    db.session.flush()


def _of_this_version() -> ColumnElement[bool]:
    same = (DraftCheck.module_id == Draft.module_id, DraftCheck.version == Draft.version)
    return and_(*same, DraftCheck.release == VERSION)


def _found(draft: Draft, bases: Bases) -> Document:
    document = draft.content
    languages, blocks = document["languages"], document["blocks"]
    tallies = {language: states.tally(document, language, bases) for language in languages[1:]}
    return {
        "title": document.get("title") or {languages[0]: draft.module.code},
        "languages": languages,
        "minutes": document.get("minutes"),
        "blocks": len(blocks),
        "questions": sum("question" in block for block in blocks),
        "problems": len(drafts.faults(document, draft.media)),
        "to_translate": {
            language: [told.missing, told.outdated, told.done] for language, told in tallies.items() if told.to_do
        },
        "digest": digest_of_plain(document, draft.media),
    }


def _listed(row: Any, found: Document) -> Listed:
    return Listed(
        module_id=row.module_id,
        code=row.code,
        title=found["title"],
        languages=found["languages"],
        minutes=found["minutes"],
        cards=found["blocks"] - found["questions"],
        questions=found["questions"],
        problems=found["problems"],
        to_translate={language: Tally(*counted) for language, counted in found["to_translate"].items()},
        edition=row.number,
        withdrawn=row.withdrawn,
        state=state_of(faulty=bool(found["problems"]), same=row.digest == found["digest"], withdrawn=row.withdrawn),
    )
