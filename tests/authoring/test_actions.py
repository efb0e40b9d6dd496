"""Drafts: begun, saved against the version that was read, published when whole."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from lms.authoring import actions, queries
from lms.authoring.actions import Addition, DraftChanged, ModuleCodeFaulty, ModuleCodeTaken
from lms.authoring.drafts import DraftIncomplete
from lms.authoring.imports import gift
from lms.authoring.listing import listed
from lms.authoring.models import Draft
from lms.authoring.queries import DraftState
from lms.catalogue import actions as catalogue
from lms.catalogue.actions import NothingChanged
from lms.catalogue.comparing import Aspect
from lms.kernel.database import db, writing
from lms.kernel.refusals import NotFound
from tests.authoring.imports.test_module_file import whole_file
from tests.catalogue.modules import whole

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
AS = {"by": None, "now": NOW}


def add(source: bytes, code: str) -> Draft:
    """Bring the questions of a GIFT file into a module."""
    blocks = [found.block for found in gift.read(source, "q.gift").found]
    return actions.add_blocks(Addition(code, "Bank", "fr", blocks), {}, **AS)


QUESTIONS = b"::So::Is it so?{T}\n\n::Essay::Tell{}\n"


def test_from_a_file_to_editions(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        draft = actions.store_file(whole_file(), **AS)
        assert queries.work("whole").state is DraftState.READY
        assert actions.publish(draft, **AS).number == 1
        db.session.commit()
        assert queries.work("whole").state is DraftState.PUBLISHED
        with pytest.raises(NothingChanged):
            actions.publish(queries.draft("whole"), **AS)
        actions.store_file(whole_file(whole(minutes=6)), **AS)
        assert actions.publish(queries.draft("whole"), note="longer", **AS).number == 2
        db.session.commit()
        assert [(work.code, work.edition, work.questions) for work in listed()] == [("whole", 2, 9)]


def test_a_save_on_an_older_version_is_refused(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        first = actions.create_module("new", languages=["fr"], title={"fr": "Neuf"}, **AS).version
        db.session.commit()
        saved = actions.save_draft("new", lambda draft: {**draft, "minutes": 4}, version=first, **AS)
        assert saved.version == first + 1
        db.session.commit()
        with pytest.raises(DraftChanged):
            actions.save_draft("new", lambda draft: {**draft, "minutes": 5}, version=first, **AS)
        with pytest.raises(DraftChanged):
            actions.publish(queries.draft("new"), version=first, **AS)
        assert queries.work("new").document["minutes"] == 4


def test_codes(session: Any) -> None:
    actions.create_module("new", languages=["fr"], title={"fr": "Neuf"}, **AS)
    with pytest.raises(ModuleCodeTaken):
        actions.create_module("new", languages=["fr"], title={"fr": "Neuf"}, **AS)
    for code in ("", "New", "a b", "../x", "x" * 41):
        with pytest.raises(ModuleCodeFaulty):
            actions.create_module(code, languages=["fr"], title={"fr": "Neuf"}, **AS)
    with pytest.raises(NotFound):
        queries.draft("other")


def test_an_incomplete_draft_says_where_and_stays(session: Any) -> None:
    draft = add(QUESTIONS, "bank")
    with pytest.raises(DraftIncomplete) as refused:
        actions.publish(draft, **AS)
    assert [(one.code, one.path) for one in refused.value.problems] == [
        ("missing", "summary"),
        ("missing", "minutes"),
        ("missing", "blocks.0.feedback"),
    ]
    assert queries.work("bank").state is DraftState.INCOMPLETE


def test_the_same_bank_again_doubles_nothing(session: Any) -> None:
    for _ in range(2):
        add(QUESTIONS, "bank")
    assert [block["key"] for block in queries.work("bank").document["blocks"]] == ["so"]


def test_what_was_explained_meanwhile_survives_the_same_bank(session: Any) -> None:
    add(QUESTIONS, "bank")
    told = {"correct": {"fr": "Oui, car…"}, "incorrect": {"fr": "Non, car…"}}
    actions.save_draft(
        "bank", lambda draft: {**draft, "blocks": [{**draft["blocks"][0], "feedback": told}]}, version=None, **AS
    )
    add(QUESTIONS, "bank")
    assert [block["feedback"] for block in queries.work("bank").document["blocks"]] == [told]


def test_a_question_never_takes_the_place_of_a_card(session: Any) -> None:
    actions.store_file(whole_file(), **AS)
    add(b"::Read::Is it so?{T}", "whole")
    blocks = queries.work("whole").document["blocks"]
    assert (blocks[0]["card"], blocks[-1]["key"]) == ("text", "read-2")


def test_what_a_draft_changes_of_its_edition(session: Any) -> None:
    assert queries.work(actions.store_file(whole_file(), **AS).module.code).changes == []
    actions.publish(queries.draft("whole"), **AS)
    actions.save_draft("whole", lambda document: {**document, "pass_mark": 0.9}, version=None, **AS)
    [change] = queries.work("whole").changes
    assert (change.key, change.aspects) == (None, {Aspect.PASS_MARK})


def test_two_versions_are_compared_side_by_side(session: Any) -> None:
    for minutes in (5, 6, 7):
        actions.publish(actions.store_file(whole_file(whole(minutes=minutes)), **AS), **AS)
    actions.save_draft("whole", lambda document: {**document, "minutes": 8}, version=None, **AS)
    for before, after, values in ((1, 2, (5, 6)), (1, 3, (5, 7)), (3, 1, (7, 5)), (2, None, (6, 8))):
        [change] = queries.comparison("whole", before, after).changes
        assert [(one.path, one.before, one.after) for one in change.differences] == [("minutes", *values)]
    with pytest.raises(NotFound):
        queries.comparison("whole", 1, 4)


def test_what_was_withdrawn_may_be_published_again_as_it_was(session: Any) -> None:
    first = actions.publish(actions.store_file(whole_file(), **AS), **AS)
    catalogue.withdraw(first.id, " Wrong drawing. ", **AS)
    work = queries.work("whole")
    assert (work.state, work.withdrawn) == (DraftState.WITHDRAWN, True)
    assert [work.withdrawn for work in listed()] == [True]
    assert actions.publish(queries.draft("whole"), **AS).number == 2
    assert queries.work("whole").state is DraftState.PUBLISHED


def test_a_picture_replaced_under_its_name_is_a_change(session: Any) -> None:
    actions.publish(actions.store_file(whole_file(), **AS), **AS)
    other = whole_file().media["media/a.svg"].__class__(b"<svg/>", "image/svg+xml")
    actions.save_draft("whole", lambda document: document, version=None, files={"media/a.svg": other}, **AS)
    assert [(one.aspects, one.key) for one in queries.work("whole").changes] == [({Aspect.FILES}, "look")]


def test_files_that_nothing_names_are_let_go(session: Any) -> None:
    actions.store_file(whole_file(), **AS)
    actions.save_draft("whole", lambda document: {**document, "blocks": document["blocks"][:1]}, version=None, **AS)
    assert queries.work("whole").media == {}
