"""A list says of each module what its own page says, and looks through no draft that somebody looked through before."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

import lms.authoring.jobs  # noqa: F401  (registers what it does)
from lms.authoring import actions, drafts, listing, queries
from lms.authoring.queries import DraftState
from lms.authoring.translating import actions as translating
from lms.authoring.translating import keeping
from lms.authoring.translating import queries as translations
from lms.authoring.translating.states import State, Tally
from lms.catalogue import actions as catalogue
from lms.kernel import speech
from lms.kernel.clock import hold
from lms.kernel.database import db, writing
from lms.kernel.jobs import working
from tests.authoring.imports.test_module_file import whole_file
from tests.catalogue.modules import whole

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
AS = {"by": None, "now": NOW}


@pytest.fixture(autouse=True)
def four(each_database: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module in each state; a text of the one that is to be published is outdated in English."""
    monkeypatch.setattr(speech, "_speak", lambda wanted: [one.key.encode() for one in wanted])
    with each_database.app_context(), hold(NOW), writing():
        for code in ("back", "out", "ready"):
            edition = actions.publish(actions.store_file(whole_file(whole(code=code)), **AS), **AS)
            if code == "back":
                catalogue.withdraw(edition.id, "Wrong drawing", **AS)
        actions.create_module("begun", languages=["fr"], title={"fr": "Commencé"}, **AS)
        retitle("Lire encore")
        db.session.commit()
        yield


def retitle(title: str) -> None:
    def change(document: drafts.Document) -> drafts.Document:
        document["blocks"][0]["title"]["fr"] = title
        return document

    actions.save_draft("ready", change, version=None, **AS)


def told() -> list[tuple[object, ...]]:
    return [
        (one.code, one.state, one.title, one.cards + one.questions, one.questions, one.problems, one.edition)
        for one in listing.listed()
    ]


def as_pages_tell() -> list[tuple[object, ...]]:
    works = [queries.work(code) for code in ("back", "begun", "out", "ready")]
    return [
        (
            one.code,
            one.state,
            one.title,
            len(one.document["blocks"]),
            one.questions,
            len(one.problems),
            one.edition.number if one.edition else None,
        )
        for one in works
    ]


def to_translate() -> dict[str, Tally]:
    return dict({one.code: one.to_translate for one in listing.listed()}["ready"])


def test_a_list_says_what_pages_say_and_looks_at_each_version_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told() == as_pages_tell()
    assert [one[1] for one in told()] == [
        DraftState.WITHDRAWN,
        DraftState.INCOMPLETE,
        DraftState.PUBLISHED,
        DraftState.READY,
    ]
    assert to_translate()["en"].outdated == 1
    db.session.commit()
    working.ask_and_work_off()
    looked_at: list[str] = []
    faults = drafts.faults
    monkeypatch.setattr(drafts, "faults", lambda *of: (looked_at.append(of[0]["code"]), faults(*of))[1])
    before = told()
    assert looked_at == []
    assert before == as_pages_tell()
    retitle("Lire une fois de plus")
    looked_at.clear()
    told()
    assert looked_at == ["ready"]


def test_a_translation_that_is_confirmed_is_counted_at_once() -> None:
    db.session.commit()
    working.ask_and_work_off()
    draft = queries.draft("ready")
    found = translations.translation(draft.content, "en", keeping.bases(draft.module_id))
    [unit] = [unit for unit, stands in found.rows if stands is State.OUTDATED]
    translating.confirm("ready", "en", unit.id, translating.token(unit, found.original, "en"))
    assert to_translate() == {}
