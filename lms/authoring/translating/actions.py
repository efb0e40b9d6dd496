"""What is done with translations: a language added, a text written or confirmed, a file taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.authoring import actions, queries
from lms.authoring.drafts import Document
from lms.authoring.translating import keeping, units
from lms.authoring.translating.states import confirmed
from lms.authoring.translating.units import Unit, digest, unit_of
from lms.kernel.refusals import NotFound, Refusal


class TranslationChanged(Refusal):
    """Someone wrote another translation of the text since this one was read."""


class LanguageThere(Refusal):
    """The module is in that language already."""


class TooManyLanguages(Refusal):
    """A module is in twelve languages at most."""


MOST_LANGUAGES = 12


def token(unit: Unit, original: str, language: str) -> str:
    """Return what tells whether a unit still is what its reader saw: the original's digest, the translation's."""
    return f"{digest(unit.texts[original])}{digest(unit.texts.get(language, ''))}"


def add_language(code: str, language: str, *, by: int | None, now: datetime) -> None:
    """Begin to translate a module; raises LanguageThere or TooManyLanguages."""

    def change(document: Document) -> Document:
        if language in document["languages"]:
            raise LanguageThere()
        if len(document["languages"]) >= MOST_LANGUAGES:
            raise TooManyLanguages(limit=MOST_LANGUAGES)
        return {**document, "languages": [*document["languages"], language]}

    actions.save_draft(code, change, version=None, by=by, now=now)


@dataclass(frozen=True)
class Written:
    """A translation, and the digest of the original that was before its writer."""

    unit: str
    text: str
    original: str


def write(code: str, language: str, name: str, text: str, seen: str, *, by: int | None, now: datetime) -> None:
    """Write the translation of a unit over the one that was seen.

    Raises NotFound, or TranslationChanged (with `text`, the one there is) when another is there by
    now: nothing is lost on either side. An original that changed meanwhile makes it outdated at once.
    """
    _check(code, language, name, text, seen[32:])
    take(code, language, [Written(name, text, seen[:32])], by=by, now=now)


def _check(code: str, language: str, name: str, text: str, seen: str) -> None:
    unit = _translatable(queries.draft(code).content, language, name)
    there = unit.texts.get(language, "")
    if seen != digest(there) and units.normal(text, unit.shape) != there:
        raise TranslationChanged(text=there)


def take(code: str, language: str, written: Sequence[Written], *, by: int | None, now: datetime) -> None:
    """Write translations, whatever was there; raises NotFound for a unit or language that is none of the module's."""
    texts = {one.unit: one.text for one in written}

    def change(document: Document) -> Document:
        if language not in document["languages"][1:]:
            raise NotFound()
        return units.with_texts(document, language, texts)

    draft = actions.save_draft(code, change, version=None, by=by, now=now)
    made_for = {one.unit: one.original for one in written}
    _confirm(draft.module_id, draft.content, language, made_for)


def confirm(code: str, language: str, name: str, seen: str) -> None:
    """Say that a translation is right for the original as both were seen; raises NotFound or TranslationChanged."""
    draft = queries.draft(code)
    unit = _translatable(draft.content, language, name)
    if language not in unit.texts:
        raise NotFound()
    if seen != token(unit, draft.content["languages"][0], language):
        raise TranslationChanged(text=unit.texts[language])
    _confirm(draft.module_id, draft.content, language, {name: seen[:32]})


def _translatable(document: Document, language: str, name: str) -> Unit:
    if language not in document["languages"][1:]:
        raise NotFound()
    return unit_of(document, name)


def _confirm(module_id: int, document: Document, language: str, made_for: Mapping[str, str]) -> None:
    known = keeping.bases(module_id)
    after = known
    for unit in units.units(document):
        if unit.id in made_for and language in unit.texts:
            after = confirmed(unit, document["languages"][0], language, after, made_for[unit.id])
    keeping.keep(module_id, known, after)
