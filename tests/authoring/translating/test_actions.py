"""Translations are written beside the original; whatever changes a draft keeps for what they were written."""

from typing import Any

import pytest
from flask import Flask

from lms.authoring import actions as drafts
from lms.authoring import queries
from lms.authoring.translating import actions, keeping
from lms.authoring.translating import queries as translations
from lms.authoring.translating.actions import LanguageThere, TranslationChanged, Written, token
from lms.authoring.translating.states import State
from lms.authoring.translating.units import digest, unit_of, with_texts
from lms.kernel.clock import now
from lms.kernel.database import writing
from lms.kernel.refusals import NotFound
from tests.catalogue.modules import whole

pytestmark = pytest.mark.usefixtures("a_module")
BY = {"by": None, "now": now()}


@pytest.fixture
def a_module(app: Flask) -> Any:
    with app.app_context(), writing():
        drafts.store_document(whole(), {}, **BY)
        yield


def save(language: str, **texts: str) -> None:
    named = {name.replace("__", "."): text for name, text in texts.items()}
    drafts.save_draft("whole", lambda document: with_texts(document, language, named), version=None, **BY)


def state(name: str, language: str = "en") -> State:
    work = queries.work("whole")
    found = translations.translation(work.document, language, keeping.bases(work.module_id))
    return {unit.id: stands for unit, stands in found.rows}[name]


def seen(name: str) -> str:
    return token(unit_of(queries.work("whole").document, name), "fr", "en")


def test_a_change_of_the_original_alone_is_kept_until_it_is_confirmed() -> None:
    assert state("one.prompt") is State.DONE
    save("fr", one__prompt="Laquelle ?")
    assert state("one.prompt") is State.OUTDATED
    work = queries.work("whole")
    assert translations.tallies(work.module_id, work.document)["en"].outdated == 1
    assert translations.to_translate(work.module_id, work.document)["one"]["en"].to_do == 1
    actions.confirm("whole", "en", "one.prompt", seen("one.prompt"))
    assert state("one.prompt") is State.DONE
    save("fr", one__prompt="Quoi ?")
    assert state("one.prompt") is State.OUTDATED
    save("en", one__prompt="What?")
    assert state("one.prompt") is State.DONE


def test_nobody_writes_over_a_text_that_they_have_not_seen() -> None:
    before = seen("one.prompt")
    actions.write("whole", "en", "one.prompt", "Mine", before, **BY)
    with pytest.raises(TranslationChanged) as refusal:
        actions.write("whole", "en", "one.prompt", "Another", before, **BY)
    assert refusal.value.facts["text"] == "Mine"
    actions.write("whole", "en", "one.prompt", " Mine ", before, **BY)  # Sent twice: the answer was lost.
    with pytest.raises(TranslationChanged):
        actions.confirm("whole", "en", "one.prompt", before)


def test_a_translation_of_an_original_that_changed_under_its_writer_is_outdated() -> None:
    before = seen("one.prompt")
    save("fr", one__prompt="Laquelle ?")
    actions.write("whole", "en", "one.prompt", "Which is it?", before, **BY)
    assert state("one.prompt") is State.OUTDATED


def test_a_language_is_added_and_everything_is_missing_in_it() -> None:
    actions.add_language("whole", "ar", **BY)
    work = queries.work("whole")
    counted = translations.tallies(work.module_id, work.document)["ar"]
    assert counted.missing == counted.total > 50
    actions.take("whole", "ar", [Written("one.prompt", "أيّ؟", digest("Which? (fr)"))], **BY)
    assert state("one.prompt", "ar") is State.DONE
    with pytest.raises(LanguageThere):
        actions.add_language("whole", "ar", **BY)
    with pytest.raises(NotFound):
        actions.write("whole", "fr", "one.prompt", "x", seen("one.prompt"), **BY)
