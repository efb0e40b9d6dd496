"""Questions of the bank: put in, taken into modules, in versions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from lms.authoring import actions, editing, queries
from lms.authoring.actions import Writing
from lms.authoring.bank import actions as bank
from lms.authoring.bank import exporting, rules
from lms.authoring.bank import queries as kept
from lms.authoring.bank.queries import Wanted
from lms.authoring.imports import every
from lms.catalogue.comparing import Aspect
from lms.kernel.database import writing
from lms.kernel.refusals import NotFound
from tests.authoring.imports.test_module_file import whole_file
from tests.delivery.house import content, words

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BY = {"by": None, "now": NOW}


@pytest.fixture
def house(app: Flask) -> Iterator[None]:
    with app.app_context(), writing():
        actions.store_document(content().plain, {}, **BY)
        yield


def put(key: str = "one", code: str = "small") -> int:
    return bank.put(code, key, "Winding", **BY).id


def block(code: str, key: str) -> dict:
    return editing.block_with(queries.work(code).document, key)


def say(code: str, key: str, **otherwise: object) -> None:
    actions.save_block(code, key, {**block(code, key), **otherwise}, Writing(None), **BY)


def use(code: str, key: str) -> kept.Use:
    return next(one for one in kept.uses_in(queries.work(code)) if one.key == key)


def test_only_another_question_is_put_in_again(house: None) -> None:
    number = put()
    with pytest.raises(rules.NothingNew):
        put()
    with pytest.raises(rules.NotAQuestion):
        put("read")
    with pytest.raises(NotFound):
        put("gone")
    say("small", "one", prompt=words("Another?"))
    assert put() == number
    assert [one.number for one in kept.versions(number)] == [2, 1]
    with pytest.raises(rules.ThemeWanted):
        bank.put("small", "two", "  ", **BY)


def test_a_module_is_told_of_a_newer_version_and_takes_it(house: None) -> None:
    number = put()
    actions.create_module("other", languages=["fr"], title={"fr": "Autre"}, **BY)
    key = bank.take(number, "other", **BY)
    taken = block("other", key)
    assert taken["prompt"] == {"fr": "What of one? (fr)"}  # what the module's languages say, and no other
    assert (use("other", key).version, use("other", key).is_behind) == (1, False)
    say("small", "one", prompt=words("Another?"), points=3)
    put()
    found = use("other", key)
    assert (found.version, found.newest, found.is_behind) == (1, 2, True)
    assert {one.path for one in found.changes[0].differences} == {"prompt.fr", "points"}
    assert found.changes[0].aspects == {Aspect.WORDS, Aspect.KEY}
    bank.renew("other", key, **BY)
    renewed = block("other", key)
    assert (renewed["key"], renewed["prompt"]["fr"]) == (taken["key"], "Another? (fr)")
    assert not use("other", key).is_behind
    # Going back in the history of the draft needs nothing of the bank.
    say("other", key, prompt=taken["prompt"], points=2)
    assert use("other", key).is_behind


def test_what_a_module_changed_is_its_own(house: None) -> None:
    put()
    say("small", "one", prompt=words("Another?"))
    assert (use("small", "one").is_own, use("small", "one").is_behind, use("small", "one").taken) == (True, False, 1)
    assert use("small", "two").question_id is None


def test_a_file_goes_along_under_a_name_of_its_own(app: Flask) -> None:
    with app.app_context(), writing():
        actions.store_file(whole_file(), **BY)
        work = queries.work("whole")
        asked = next(one for one in work.document["blocks"] if one.get("question") == "hotspot")
        number = bank.put("whole", asked["key"], "Places", **BY).id
        actions.create_module("other", languages=work.document["languages"], title={"fr": "Autre"}, **BY)
        at = bank.take(number, "other", **BY)
        other = queries.work("other")
        name = block("other", at)["picture"]["file"]
        assert other.media[name] == work.media[asked["picture"]["file"]]
        assert not [one for one in other.problems if one.path.startswith("blocks")]
        assert (use("other", at).version, use("other", at).changes) == (1, ())


def test_searching(house: None) -> None:
    one, two = put("one"), put("two")
    bank.take(two, "small", **BY)
    bank.describe(one, "Réglage")

    def found(**wanted: object) -> list[int]:
        assert kept.count(Wanted(**wanted)) == len(kept.found(Wanted(**wanted)))
        return [question.id for question in kept.found(Wanted(**wanted))]

    assert found() == [one, two]
    assert found(words="RIGHT") == [one]  # an option of it
    assert found(words="what two") == [two]
    assert found(words="100%") == []
    assert found(theme="Réglage") == [one]
    assert found(kind="true_false") == [two]
    assert (found(used=True), found(used=False)) == ([one, two], [])
    assert (found(only=[two]), found(but=[two])) == ([two], [one])
    assert kept.themes() == ["Réglage", "Winding"]
    bank.retire(one, now=NOW + timedelta(days=1))
    assert (found(), found(retired=True)) == ([two], [one])
    bank.retire(one, now=NOW)
    assert found() == [one, two]


@pytest.mark.parametrize("name", exporting.FORMATS)
def test_what_leaves_the_bank_comes_back(house: None, name: str) -> None:
    """Seventy questions, more than a module holds; one that is to be completed is named and left."""
    blocks = [
        {
            "question": "single",
            "key": f"n{number}",
            "prompt": {"fr": f"Question {number} ?"},
            "options": [{"key": "a", "text": {"fr": "Oui"}, "correct": True}, {"key": "b", "text": {"fr": "Non"}}],
            "feedback": {"correct": {"fr": "Oui."}, "incorrect": {"fr": "Non."}},
        }
        for number in range(70)
    ]
    assert bank.keep_all([*blocks, {**blocks[0], "key": "bare", "feedback": {}}], {}, "fr", "Theme", **BY) == 71
    assert bank.keep_all(blocks, {}, "fr", "Theme", **BY) == 0
    assert bank.keep_all([{**blocks[0], "points": 2}], {}, "fr", "Theme", **BY) == 1
    written = exporting.write(kept.found(Wanted()), "Banque", name, "fr")
    assert [one.code for one in written.left if one.code == "export.incomplete"] == ["export.incomplete"]
    again = every.read(written.data, "bank.zip" if name == "qti" else "bank.gift" if name == "gift" else "b.xml", "fr")
    assert len(again.found) == 70
    assert {one.block["prompt"]["fr"] for one in again.found} == {block["prompt"]["fr"] for block in blocks}
