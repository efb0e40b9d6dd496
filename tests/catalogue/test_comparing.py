"""What one version of a module changes of another: per block, of which kind, word by word."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalogue.comparing import Aspect, Piece, changes, marked
from tests.catalogue.modules import FEEDBACK, WHOLE, both

Document = dict[str, Any]
FILES = {"media/a.svg": "1" * 64, "media/b.svg": "2" * 64}


def found(change: Callable[[Document], object], media: dict[str, str] | None = None) -> list[tuple[Any, set[str]]]:
    """Return the key and aspects of what a change of the whole module changes."""
    new = deepcopy(WHOLE)
    change(new)
    return [(one.key, set(one.aspects)) for one in changes(WHOLE, FILES, new, media or FILES)]


def block(document: Document, key: str) -> Document:
    return next(one for one in document["blocks"] if one["key"] == key)


def test_the_same_is_no_change() -> None:
    assert found(lambda new: None) == []


def test_blocks_come_go_and_move() -> None:
    added = {"question": "true_false", "key": "new", "prompt": both("New?"), "feedback": FEEDBACK, "answer": True}

    def change(new: Document) -> None:
        read, look, watch, _, *others = new["blocks"]
        look["title"] = both("Another")
        new["blocks"] = [look, watch, *others, added, read]

    assert found(change) == [
        ("look", {Aspect.WORDS}),
        ("new", {Aspect.ADDED}),
        ("read", {Aspect.MOVED}),
        ("do", {Aspect.REMOVED}),
    ]


KINDS: list[tuple[str, Callable[[Document], object], set[str]]] = [
    ("one", lambda one: one["prompt"].update(fr="Autre ?"), {Aspect.WORDS}),
    ("one", lambda one: one["options"][1].update(feedback=both("No")), {Aspect.WORDS}),
    ("one", lambda one: one.update(feedback={**FEEDBACK, "correct": both("Well.")}), {Aspect.WORDS}),
    ("one", lambda one: (one["options"][0].pop("correct"), one["options"][1].update(correct=True)), {Aspect.KEY}),
    ("one", lambda one: one["options"].append({"key": "z", "text": both("Z")}), {Aspect.WORDS, Aspect.KEY}),
    ("one", lambda one: one["options"].reverse(), {Aspect.MOVED}),
    ("some", lambda one: one.update(points=3), {Aspect.KEY}),
    ("so", lambda one: one.update(answer=True), {Aspect.KEY}),
    ("much", lambda one: one.update(tolerance=0.1), {Aspect.KEY}),
    ("much", lambda one: one.update(unit=both("cm")), {Aspect.WORDS}),
    ("order", lambda one: one["items"].reverse(), {Aspect.KEY}),
    ("match", lambda one: one["pairs"][1].update(right=both("another")), {Aspect.WORDS}),
    ("mind", lambda one: one.update(level="warning"), {Aspect.OTHER}),
    ("mind", lambda one: one.update(signs=["W018"]), {Aspect.OTHER}),
    ("touch", lambda one: one["spots"][0].update(x=25), {Aspect.OTHER}),
    ("look", lambda one: one["picture"].update(file="media/b.svg"), {Aspect.FILES}),
    ("look", lambda one: one["picture"].update(alt=both("Another drawing")), {Aspect.WORDS}),
    ("read", lambda one: one.update(sound={"fr": "media/a.mp3"}), {Aspect.FILES}),
]


@pytest.mark.parametrize(("key", "change", "aspects"), KINDS)
def test_what_kind_of_change_it_is(key: str, change: Callable[[Document], object], aspects: set[str]) -> None:
    assert found(lambda new: change(block(new, key))) == [(key, aspects)]


def test_right_hand_sides_that_change_places_are_another_answer() -> None:
    def swap(new: Document) -> None:
        first, _, third = block(new, "match")["pairs"]
        first["right"], third["right"] = third["right"], first["right"]

    assert found(swap) == [("match", {Aspect.WORDS, Aspect.KEY})]


def test_a_picture_replaced_under_its_name_is_a_change() -> None:
    assert found(lambda new: None, {**FILES, "media/a.svg": "3" * 64}) == [("look", {Aspect.FILES})]


def test_another_language_leaves_what_stands_in_the_others_as_it_was() -> None:
    def translate(value: Any) -> None:
        if isinstance(value, dict):
            if set(value) == {"fr", "en"}:
                value["de"] = value["en"]
            for inner in value.values():
                translate(inner)
        elif isinstance(value, list):
            for inner in value:
                translate(inner)

    def change(new: Document) -> None:
        translate(new)
        new["languages"] = ["fr", "en", "de"]
        block(new, "read")["title"]["fr"] = "Autre"

    seen = dict(found(change))
    assert seen.pop("read") == {Aspect.WORDS, Aspect.LANGUAGES}
    assert set(map(frozenset, seen.values())) == {frozenset({Aspect.LANGUAGES})}
    assert None in seen


@pytest.mark.parametrize(
    ("field", "value", "aspect"),
    [
        ("pass_mark", 0.9, Aspect.PASS_MARK),
        ("title", both("Other"), Aspect.WORDS),
        ("sources", ["A"], Aspect.WORDS),
        ("minutes", 7, Aspect.SETTINGS),
        ("confidence", True, Aspect.SETTINGS),
    ],
)
def test_what_is_said_of_the_module_itself(field: str, value: object, aspect: Aspect) -> None:
    assert found(lambda new: new.update({field: value})) == [(None, {aspect})]


def test_only_what_is_otherwise_is_to_be_seen_again() -> None:
    new = deepcopy(WHOLE)
    new["pass_mark"] = 0.9
    new["blocks"].append(new["blocks"].pop(0))
    block(new, "so")["answer"] = True
    block(new, "do")["title"] = both("Do it")
    seen = [one.key for one in changes(WHOLE, FILES, new, FILES) if one.is_to_be_seen]
    assert seen == ["do", "so"]


def test_a_draft_with_faults_is_compared_all_the_same() -> None:
    new = deepcopy(WHOLE)
    new["blocks"][0] = {"card": "text", "key": "read", "title": {"fr": ""}, "body": "x"}
    new["blocks"].append({"card": "nothing"})
    assert [one.key for one in changes(WHOLE, FILES, new, FILES)] == ["read", None]


def test_words_are_marked_one_by_one() -> None:
    before, after = marked("Lay the roll flat.", "Lay the whole roll flat!")
    assert [piece.text for piece in before if piece.changed] == ["."]
    assert "".join(piece.text for piece in after if piece.changed) == "whole !"
    assert after[0] == Piece("Lay the ", changed=False)


@given(st.text(max_size=40), st.text(max_size=40))
def test_marking_loses_nothing(before: str, after: str) -> None:
    left, right = marked(before, after)
    assert ("".join(one.text for one in left), "".join(one.text for one in right)) == (before, after)
    kept = ["".join(one.text for one in side if not one.changed) for side in (left, right)]
    assert kept[0] == kept[1]
