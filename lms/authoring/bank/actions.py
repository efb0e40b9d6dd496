"""What is done with the bank: putting questions in, taking them into modules, bringing their newest version."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from lms.authoring import actions, drafts, editing
from lms.authoring.actions import Writing
from lms.authoring.bank import queries, rules
from lms.authoring.bank.models import LONGEST_THEME, BankQuestion, BankUse, BankVersion
from lms.authoring.drafts import Document
from lms.authoring.media import files
from lms.authoring.queries import Work, work
from lms.catalogue.blocks import kind_of
from lms.kernel.database import db
from lms.kernel.refusals import NotFound


def put(code: str, key: str, theme: str, *, by: int | None, now: datetime) -> BankQuestion:
    """Put a question of a draft into the bank: as a new one, or as the next version of the one it came from.

    It may be incomplete still. Raises NotFound, NotAQuestion, ThemeWanted, or NothingNew where the bank has it just so.
    """
    source = work(code)
    block = editing.block_with(source.document, key)
    if "question" not in block:
        raise rules.NotAQuestion()
    languages = source.document["languages"]
    known = db.session.get(BankUse, (source.module_id, key))
    kept = db.session.get(BankQuestion, known.question_id) if known else None
    said = _said(kept.key if kept else key, block, source.media, languages)
    if kept is None:
        kept = _new(key, _theme(theme), said, now)
        db.session.add(kept)
        db.session.flush()
        db.session.add(_version(kept, said, by=by, now=now))
        db.session.flush()
    elif not _follows(kept, said, by=by, now=now):
        raise rules.NothingNew()
    _note_use(source.module_id, key, kept)
    return kept


def keep_all(
    blocks: Sequence[Document], media: Mapping[str, str], language: str, theme: str, *, by: int | None, now: datetime
) -> int:
    """Keep questions from elsewhere; return how many were new or otherwise than before.

    The same theme and key again is the next version of its question, if it says something else.
    """
    told = _theme(theme)
    newest = and_(BankVersion.question_id == BankQuestion.id, BankVersion.number == BankQuestion.newest)
    known = select(BankQuestion, BankVersion).join(BankVersion, newest).where(BankQuestion.theme == told)
    # While the versions are held here, the session asks for none of them again.
    there = {question.key: (question, version) for question, version in db.session.execute(known)}
    found: dict[str, list[_Said]] = defaultdict(list)
    for block in blocks:
        found[block["key"]].append(_said(block["key"], block, media, [language]))
    new = {key: _new(key, told, said[0], now) for key, said in found.items() if key not in there}
    # Written many at a time: while they are, no kiosk writes.
    db.session.add_all(new.values())
    db.session.flush()
    db.session.add_all(_version(new[key], found[key][0], by=by, now=now) for key in new)
    db.session.flush()
    changed = len(new)
    for key, every in found.items():
        for said in every[1:] if key in new else every:
            changed += _follows(new[key] if key in new else there[key][0], said, by=by, now=now)
    return changed


def take(question_id: int, code: str, *, by: int | None, now: datetime) -> str:
    """Take the newest version of a question to the end of a draft; return its key there. Raises NotFound."""
    kept, target = queries.question(question_id), work(code)
    key = editing.new_key(target.document, kept.key)
    block = _brought(target, kept, by=by, now=now)
    actions.save_block(code, key, block, Writing(None), by=by, now=now)
    _note_use(target.module_id, key, kept)
    return key


def renew(code: str, key: str, *, by: int | None, now: datetime) -> None:
    """Put the newest version of a question in the place of what a draft says; raises NotFound."""
    target = work(code)
    old = editing.block_with(target.document, key)
    use = db.session.get(BankUse, (target.module_id, key))
    if use is None:
        raise NotFound()
    kept = queries.question(use.question_id)
    own = {name: old[name] for name in rules.OF_THE_MODULE if name in old}
    actions.save_block(code, key, {**_brought(target, kept, by=by, now=now), **own}, Writing(None), by=by, now=now)
    use.version = kept.newest
    db.session.flush()


def describe(question_id: int, theme: str) -> None:
    """Give a question another theme; raises NotFound or ThemeWanted."""
    queries.question(question_id).theme = _theme(theme)
    db.session.flush()


def retire(question_id: int, *, now: datetime) -> None:
    """Offer a question no more, or again if it was retired; who uses it keeps it. Raises NotFound."""
    kept = queries.question(question_id)
    kept.retired_at = None if kept.retired_at else now
    db.session.flush()


def _theme(theme: str) -> str:
    told = " ".join(theme.split())[:LONGEST_THEME]
    if not told:
        raise rules.ThemeWanted()
    return told


@dataclass(frozen=True)
class _Said:
    """What a version says, as the bank keeps it."""

    block: Document
    media: dict[str, str]
    languages: list[str]


def _said(key: str, block: Document, media: Mapping[str, str], languages: Sequence[str]) -> _Said:
    said = drafts.normal_block({"key": key, **rules.bare(block)}, list(languages))
    return _Said(said, drafts.used_media(said, media), list(languages))


def _new(key: str, theme: str, said: _Said, now: datetime) -> BankQuestion:
    """Return a question with its first version in view, which is to be added after it."""
    kind, words = _seen(said)
    return BankQuestion(theme=theme, key=key, kind=kind, words=words, newest=1, created_at=now)


def _seen(said: _Said) -> tuple[str, str]:
    """Return the kind of a version, and what a search looks in."""
    return kind_of(said.block) or "", rules.words_of(said.block)


def _version(kept: BankQuestion, said: _Said, *, by: int | None, now: datetime) -> BankVersion:
    return BankVersion(
        question_id=kept.id,
        number=kept.newest,
        block=said.block,
        media=said.media,
        languages=said.languages,
        at=now,
        by_id=by,
    )


def _follows(kept: BankQuestion, said: _Said, *, by: int | None, now: datetime) -> bool:
    """Keep the next version of a question, if it says something else than the newest; say whether it does."""
    newest = queries.version(kept.id, kept.newest)
    same_languages = set(newest.languages) == set(said.languages)
    if same_languages and rules.alike(said.block, said.media, said.languages, newest.block, newest.media):
        return False
    kept.newest += 1
    kept.kind, kept.words = _seen(said)
    db.session.add(_version(kept, said, by=by, now=now))
    db.session.flush()
    return True


def _brought(target: Work, kept: BankQuestion, *, by: int | None, now: datetime) -> Document:
    """Return the newest version as a module can hold it; the module knows its files from now on."""
    newest = queries.version(kept.id, kept.newest)
    block, named = rules.in_module(newest.block, newest.media, target.document["languages"], target.media)
    names = {name: files.add(target.module_id, name, digest, by=by, now=now) for name, digest in named.items()}
    brought: Document = rules.renamed(block, names)
    return brought


def _note_use(module_id: int, key: str, kept: BankQuestion) -> None:
    use = db.session.get(BankUse, (module_id, key))
    if use is None:
        db.session.add(BankUse(module_id=module_id, block_key=key, question_id=kept.id, version=kept.newest))
    else:
        use.question_id, use.version = kept.id, kept.newest
    db.session.flush()
