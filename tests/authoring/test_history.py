"""What became of a draft: told change by change, taken back, done again, gone back behind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.authoring import actions, arranging, drafts, history, putting, queries, tabs
from lms.authoring.actions import BlockGone, PartChanged, Writing
from lms.authoring.changes import Step, applied, between, reordered, to_redo, to_undo
from lms.authoring.history import ChangedSince, NothingToUndo
from lms.authoring.tabs import Save
from lms.kernel.database import db, writing
from lms.people import actions as people
from tests.authoring.imports.test_module_file import whole_file

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
KEYS = st.lists(st.sampled_from("abcdefg"), unique=True)


def document(keys: list[str], texts: dict[str, int]) -> dict[str, Any]:
    return {"languages": ["fr"], "blocks": [{"key": key, "text": texts.get(key, 0)} for key in keys]}


TEXTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 2))


@settings(max_examples=50)
@given(KEYS, TEXTS, KEYS, TEXTS)
def test_a_change_made_and_taken_back_leaves_what_there_was(
    before: list[str], one: dict[str, int], after: list[str], two: dict[str, int]
) -> None:
    old, new = document(before, one), document(after, two)
    delta = between(old, {"m": "1"}, new, {"m": "2", "n": "3"})
    assert applied(old, {"m": "1"}, delta) == (new, {"m": "2", "n": "3"})
    assert applied(new, {"m": "2", "n": "3"}, delta.inverse) == (old, {"m": "1"})


def test_an_order_taken_back_leaves_what_others_moved() -> None:
    assert reordered(list("xbac"), list("bac"), list("abc")) == list("xabc")
    assert reordered(list("cab"), list("ab"), list("adb")) == list("cadb")
    assert reordered(list("bxdc"), list("abcd"), list("bcd")) == list("bxdc")


def steps(*undoes: int | None) -> list[Step]:
    return list(reversed([Step(number, other) for number, other in enumerate(undoes, start=1)]))


@pytest.mark.parametrize(
    ("made", "undo", "redo"),
    [
        ((), None, None),
        ((None, None), 2, None),
        ((None, None, 2), 1, 3),
        ((None, None, 2, 1), None, 4),
        ((None, None, 2, 1, 4), 1, 3),
        ((None, None, 2, 1, 4, 3), 2, None),
        ((None, None, 2, None), 4, None),
        ((None, 1, 2, 1), None, 4),
    ],
)
def test_what_is_taken_back_and_done_again_next(made: tuple[int | None, ...], undo: int, redo: int) -> None:
    found = [step and step.id for step in (to_undo(steps(*made)), to_redo(steps(*made)))]
    assert found == [undo, redo]


class Author:
    """Somebody who writes in the module `whole`, a second after the last thing that happened."""

    clock = START

    def __init__(self, name: str) -> None:
        entry = people.Entry(name, name, name, f"{name}@example.org", language="fr")
        self.id = people.create_person(entry, None, START.date(), by=None, now=START)

    def now(self, seconds: int = 1) -> dict[str, Any]:
        Author.clock += timedelta(seconds=seconds)
        return {"by": self.id, "now": Author.clock}

    def write(self, key: str, title: str, token: str | None = None, seconds: int = 1) -> str:
        """Change the title of a block; return the token it had before."""
        block = block_of(key)
        changed = {**block, "title": {**block["title"], "fr": title}}
        actions.save_block("whole", key, changed, Writing(token, f"tab-{self.id}"), **self.now(seconds))
        return drafts.token(block)


def block_of(key: str) -> dict[str, Any]:
    work = queries.work("whole")
    return work.document["blocks"][work.place_of(key)]


def title(key: str) -> str:
    return block_of(key)["title"]["fr"]


def told() -> list[tuple[list[str], int | None]]:
    return [(list(one.delta.blocks), one.by_id) for one in history.changes(queries.work("whole").module_id, 100)]


@pytest.fixture
def two(session: Any) -> tuple[Author, Author]:
    Author.clock = START
    actions.store_file(whole_file(), by=None, now=START)
    return Author("anne"), Author("paul")


def test_two_in_different_blocks_never_hold_each_other_up(two: tuple[Author, Author]) -> None:
    anne, paul = two
    seen = [drafts.token(block_of(key)) for key in ("read", "look")]
    anne.write("read", "Lire", seen[0])
    paul.write("look", "Voir", seen[1])
    assert (title("read"), title("look")) == ("Lire", "Voir")
    with pytest.raises(PartChanged):
        paul.write("read", "Autre", seen[0])
    arranging.delete_block("whole", "look", None, **anne.now())
    with pytest.raises(BlockGone):
        actions.save_block("whole", "look", {"card": "text"}, Writing(seen[1]), **paul.now())


def test_writing_on_is_one_change_until_somebody_pauses(two: tuple[Author, Author]) -> None:
    anne, paul = two
    for text in ("L", "Li", "Lir"):
        anne.write("read", text)
        paul.write("look", text)
    assert told()[:-1] == [(["look"], paul.id), (["read"], anne.id)]
    anne.write("read", "Lire", seconds=61)
    paul.write("read", "Lire bien")
    anne.write("read", "Lire mieux")
    assert [key for key, _ in told()[:-1]] == [["read"], ["read"], ["read"], ["look"], ["read"]]
    start = history.state("whole", 0)
    assert start.document["blocks"] == []
    first = history.changes(queries.work("whole").module_id, 100)[-1]
    assert history.state("whole", first.version).document == whole_file().content.plain


def test_one_takes_back_what_is_ones_own(two: tuple[Author, Author]) -> None:
    anne, paul = two
    before = title("read")
    anne.write("read", "Lire")
    paul.write("look", "Voir")
    arranging.delete_block("whole", "watch", None, **anne.now())
    history.undo("whole", **anne.now())
    assert title("watch")
    history.undo("whole", **anne.now())
    assert (title("read"), title("look")) == (before, "Voir")
    with pytest.raises(NothingToUndo):
        history.undo("whole", **anne.now())
    history.redo("whole", **anne.now())
    assert title("read") == "Lire"
    paul.write("read", "Lire bien")
    with pytest.raises(ChangedSince):
        history.undo("whole", **anne.now())
    assert title("read") == "Lire bien"


def test_a_block_sent_elsewhere_comes_back_and_leaves_no_copy_unless_it_was_written_on(
    two: tuple[Author, Author],
) -> None:
    anne, paul = two
    actions.create_module("other", languages=["fr", "en"], title={"fr": "Autre"}, by=None, now=START)

    def keys(code: str) -> list[str]:
        return [block["key"] for block in queries.work(code).document["blocks"]]

    before = keys("whole")
    arranging.send_block("whole", arranging.Sending("read", "other", is_kept=False), **anne.now())
    history.undo("whole", **anne.now())
    assert (keys("whole"), keys("other")) == (before, [])
    history.redo("whole", **anne.now())
    assert (keys("other"), "read" in keys("whole")) == (["read"], False)
    there = queries.work("other").document["blocks"][0]
    actions.save_block("other", "read", {**there, "body": {"fr": "Mien"}}, Writing(None), **paul.now())
    history.undo("whole", **anne.now())
    assert (keys("whole"), keys("other")) == (before, ["read"])


def test_a_new_block_never_takes_the_key_of_one_that_is_gone(two: tuple[Author, Author]) -> None:
    anne, _ = two
    first = arranging.add_block("whole", "text", None, **anne.now())
    arranging.delete_block("whole", first, None, **anne.now())
    assert arranging.add_block("whole", "text", None, **anne.now()) == f"{first}-2"


def test_a_state_is_brought_back_and_that_too_is_taken_back(two: tuple[Author, Author]) -> None:
    anne, paul = two
    first = queries.work("whole").version
    anne.write("read", "Lire")
    arranging.delete_block("whole", "look", None, **paul.now())
    history.restore("whole", first, **anne.now())
    assert queries.work("whole").document == whole_file().content.plain
    assert set(queries.work("whole").media) == set(whole_file().media)
    history.undo("whole", **anne.now())
    assert title("read") == "Lire"
    assert "look" not in [block["key"] for block in queries.work("whole").document["blocks"]]


def test_the_text_that_was_not_chosen_can_be_brought_back(two: tuple[Author, Author]) -> None:
    anne, paul = two
    mine = {**block_of("read"), "title": {"fr": "De Paul", "en": "Paul's"}}
    anne.write("read", "D'Anne")
    actions.set_aside("whole", "read", mine, **paul.now())
    assert title("read") == "D'Anne"
    history.redo("whole", **paul.now())
    assert title("read") == "De Paul"


def test_the_minutes_of_work_are_counted_without_its_pauses(two: tuple[Author, Author]) -> None:
    anne, paul = two
    module_id = queries.work("whole").module_id
    assert history.minutes(module_id, anne.id) == 0
    for seconds, words in ((1, "L"), (50, "Li"), (200, "Lir"), (3600, "Lire"), (30, "Lire !")):
        anne.write("read", words, seconds=seconds)
        paul.write("look", words)
    # 50 + 1 + 200 s, an hour elsewhere, 30 + 1 s: four minutes and 42 seconds.
    assert history.minutes(module_id, anne.id) == 5


def test_a_tab_that_left_is_gone_whatever_of_it_arrives_later(two: tuple[Author, Author]) -> None:
    anne, _ = two
    module_id = queries.work("whole").module_id
    tabs.is_here(module_id, "tab", "read", **anne.now())
    assert [one.part for one in tabs.others(module_id, "other", Author.clock)] == ["read"]
    tabs.leaves(module_id, "tab", **anne.now())
    tabs.saved(module_id, Save("tab", "read", None, "token"), **anne.now())
    assert tabs.others(module_id, "other", Author.clock) == []


def test_old_changes_are_let_go(two: tuple[Author, Author], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting, "MOST_CHANGES", 3)
    for number in range(6):
        two[number % 2].write("read", f"{number}")
    assert len(told()) == 3


def test_a_deleted_block_is_saved_back_to_where_it_stood(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        Author.clock = START
        actions.store_file(whole_file(), by=None, now=START)
        anne = Author("anne")
        order = [block["key"] for block in queries.work("whole").document["blocks"]]
        kept = block_of("look")
        arranging.delete_block("whole", "look", drafts.token(kept), **anne.now())
        db.session.commit()
        actions.save_block("whole", "look", kept, Writing(actions.GONE, "tab"), **anne.now())
        db.session.commit()
        assert [block["key"] for block in queries.work("whole").document["blocks"]] == order
