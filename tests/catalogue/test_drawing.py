"""What an attempt asks where some is drawn, and what of its answers counts."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring import drafts
from lms.catalogue import drawing
from lms.catalogue.content import ModuleContent

WORDS = {"en": "x"}


def question(key: str, **more: object) -> dict[str, object]:
    feedback = {"correct": WORDS, "incorrect": WORDS}
    return {"question": "true_false", "key": key, "prompt": WORDS, "answer": True, "feedback": feedback, **more}


def document(*blocks: dict[str, object], **more: object) -> dict[str, object]:
    head = {"format": "etabli-module/1", "code": "m", "languages": ["en"], "title": WORDS, "summary": WORDS}
    return {**head, "minutes": 3, "blocks": list(blocks), **more}


CARD = {"card": "text", "key": "card", "title": WORDS, "body": WORDS}
POOL = [question(f"p{number}", pool="causes", points=2) for number in range(5)]
DRAWN = ModuleContent.model_validate(document(CARD, question("q"), *POOL, pools=[{"key": "causes", "draw": 2}]))
FORMS = [question("a1", form="A"), question("b1", form="B"), question("a2", form="A", points=2)]
FORMED = ModuleContent.model_validate(document(question("q"), *FORMS, question("b2", form="B", points=2)))
seeds = st.text(max_size=30)


def test_so_many_are_asked() -> None:
    assert (DRAWN.draws, DRAWN.asked, DRAWN.steps, DRAWN.points) == (True, 3, 4, 5)
    assert (FORMED.draws, FORMED.asked, FORMED.steps, FORMED.points) == (True, 3, 3, 4)


def test_the_draw_is_what_kiosks_draw() -> None:
    """Worked out apart in JavaScript, with `static/kiosk/draw.js`: see tests/browser/kiosk/test_drawing.py."""
    assert [drawing.rank(f"p{number}", "0123456789abcdef/7/1") for number in range(3)] == RANKS


RANKS = [3563483320, 3165779979, 1054049293]


@given(seeds)
def test_a_draw_is_as_long_as_it_should_be_and_the_same_again(seed: str) -> None:
    keys = drawing.drawn(DRAWN, seed, "A")
    assert keys == drawing.drawn(DRAWN, seed, "A")
    assert len(keys) == 3
    assert keys[0] == "q"
    assert keys[1:] == sorted(keys[1:])  # in the order of the module


def test_every_question_of_a_pool_is_drawn_about_as_often() -> None:
    """Two of five for each of 2,000 people: 800 times each; four deviations of the binomial are 88."""
    met = Counter(key for person in range(2000) for key in drawing.drawn(DRAWN, drawing.seed("d" * 64, person, 1), "A"))
    assert all(abs(met[f"p{number}"] - 800) < 88 for number in range(5))


def test_forms_alternate_and_are_begun_by_as_many() -> None:
    assert drawing.drawn(FORMED, "x", "A") == ["q", "a1", "a2"]
    assert drawing.drawn(FORMED, "x", "B") == ["q", "b1", "b2"]
    for person in range(40):
        assert all(one != two for one, two in pairwise(drawing.form_of(person, attempt) for attempt in range(1, 5)))
    for pair in range(0, 40, 2):
        assert {drawing.form_of(pair, 1), drawing.form_of(pair + 1, 1)} == {"A", "B"}
    assert len({drawing.form_of(person, 1) for person in range(0, 40, 2)}) == 2


@pytest.mark.parametrize(
    ("answered", "kept"),
    [
        (["p4", "q"], None),
        (["p4", "q", "p0"], ["p4", "q", "p0"]),
        (["p4", "p1", "p0", "q"], ["p4", "p1", "q"]),  # a third of the pool counts no more
    ],
)
def test_what_counts_of_a_pool(answered: list[str], kept: list[str] | None) -> None:
    found = drawing.counted(DRAWN, dict.fromkeys(answered, True))
    assert found is None if kept is None else list(found) == kept


def test_what_counts_of_two_forms() -> None:
    assert drawing.counted(FORMED, dict.fromkeys(["q", "b1", "a1", "a2"], True)) is None
    assert list(drawing.counted(FORMED, dict.fromkeys(["b1", "a1", "q", "b2"], True))) == ["b1", "q", "b2"]
    assert drawing.under_way(FORMED, ["b1", "a1", "q"]) == 2


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (document(question("q", pool="causes", form="A")), "question.pool_or_form"),
        (document(*POOL), "module.pool_unknown"),
        (document(*POOL, pools=[{"key": "causes", "draw": 6}]), "module.pool_small"),
        (document(*POOL, question("q", pool="causes"), pools=[{"key": "causes", "draw": 2}]), "module.pool_points"),
        (document(*FORMS), "module.forms_unequal"),
        (document(CARD, question("q", reserved=True)), "module.reserved_taught"),
    ],
)
def test_what_would_not_be_fair_is_a_fault(faulty: dict[str, object], code: str) -> None:
    assert [problem.code for problem in drafts.faults(faulty, {})] == [code]


def test_a_test_may_ask_what_is_reserved() -> None:
    assert drafts.faults(document(question("q", reserved=True)), {}) == []


def test_what_is_said_of_a_module_is_written_in_the_one_way_with_pools_too() -> None:
    """Whatever else is written as it is by default goes, so that a draft equals the edition made of it."""
    head = {**drafts.head_of(document(*POOL, pools=[{"key": "causes", "draw": 2}])), "pass_mark": 0.8}
    assert drafts.normal_head(head) == {name: value for name, value in head.items() if name != "pass_mark"}
