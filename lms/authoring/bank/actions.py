"""What is done with the bank: putting questions in, taking them into modules, bringing their newest version."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

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
    if kept is None:
        kept = _begin(key, theme, now)
    _add_version(kept, block, source.media, languages, by=by, now=now)
    _note_use(source.module_id, key, kept)
    return kept


def keep_all(
    blocks: Sequence[Document], media: Mapping[str, str], language: str, theme: str, *, by: int | None, now: datetime
) -> int:
    """Keep questions from elsewhere; return how many were new or otherwise than before.

    The same theme and key again is the next version of its question, if it says something else.
    """
    there = {
        one.key: one for one in db.session.scalars(select(BankQuestion).where(BankQuestion.theme == _theme(theme)))
    }
    changed = 0
    for block in blocks:
        kept = there.get(block["key"]) or _begin(block["key"], theme, now)
        there[block["key"]] = kept
        try:
            _add_version(kept, block, media, [language], by=by, now=now)
            changed += 1
        except rules.NothingNew:
            continue
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


def _begin(key: str, theme: str, now: datetime) -> BankQuestion:
    kept = BankQuestion(theme=_theme(theme), key=key, kind="", words="", newest=0, created_at=now)
    db.session.add(kept)
    db.session.flush()
    return kept


def _theme(theme: str) -> str:
    told = " ".join(theme.split())[:LONGEST_THEME]
    if not told:
        raise rules.ThemeWanted()
    return told


def _add_version(
    kept: BankQuestion,
    block: Document,
    media: Mapping[str, str],
    languages: Sequence[str],
    *,
    by: int | None,
    now: datetime,
) -> None:
    said = drafts.normal_block({"key": kept.key, **rules.bare(block)}, list(languages))
    named = drafts.used_media(said, media)
    if kept.newest:
        newest = queries.version(kept.id, kept.newest)
        same_languages = set(newest.languages) == set(languages)
        if same_languages and rules.alike(said, named, languages, newest.block, newest.media):
            raise rules.NothingNew()
    kept.newest += 1
    kept.kind, kept.words = kind_of(said) or "", rules.words_of(said)
    db.session.add(
        BankVersion(
            question_id=kept.id,
            number=kept.newest,
            block=said,
            media=named,
            languages=list(languages),
            at=now,
            by_id=by,
        )
    )
    db.session.flush()


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
