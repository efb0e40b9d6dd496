"""The bases of a module's translations, in the database."""

from sqlalchemy import delete, select, tuple_

from lms.authoring.drafts import Document
from lms.authoring.models import DraftCheck, TranslationBasis
from lms.authoring.translating.states import Bases, Basis, carried
from lms.kernel.database import db

_KEYS = (TranslationBasis.language, TranslationBasis.translation, TranslationBasis.original)


def bases(module_id: int) -> Bases:
    """Return what is known of the translations of a module."""
    found = db.session.execute(select(*_KEYS).where(TranslationBasis.module_id == module_id))
    return frozenset(Basis(*row) for row in found)


def every_basis() -> dict[int, Bases]:
    """Return the same of every module of which anything is known, by its number."""
    found: dict[int, set[Basis]] = {}
    for module_id, *row in db.session.execute(select(TranslationBasis.module_id, *_KEYS)):
        found.setdefault(module_id, set()).add(Basis(*row))
    return {module_id: frozenset(known) for module_id, known in found.items()}


def keep(module_id: int, before: Bases, after: Bases) -> None:
    """Write what became of the bases of a module; what was found of its draft holds no longer (`listing`)."""
    if before == after:
        return
    gone = [(one.language, one.translation, one.original) for one in before - after]
    if gone:
        of_it = TranslationBasis.module_id == module_id
        db.session.execute(delete(TranslationBasis).where(of_it, tuple_(*_KEYS).in_(gone)))
    for one in sorted(after - before, key=lambda basis: (basis.language, basis.translation, basis.original)):
        db.session.add(
            TranslationBasis(
                module_id=module_id, language=one.language, translation=one.translation, original=one.original
            )
        )
    db.session.execute(delete(DraftCheck).where(DraftCheck.module_id == module_id))
    db.session.flush()


def carry(module_id: int, before: Document, after: Document) -> None:
    """Keep, with a change of a draft, for what its translations were written."""
    known = bases(module_id)
    keep(module_id, known, carried(before, after, known))
