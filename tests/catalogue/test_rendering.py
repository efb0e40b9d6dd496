"""The player's document holds no answer key, and no way out."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import media_paths
from lms.catalogue.rendering import player
from lms.catalogue.shuffling import shuffled
from tests.catalogue.modules import MEDIA, both, documents, whole


def rendered(document: dict[str, Any], media: dict[str, str] = MEDIA, salt: str = "salt") -> dict[str, Any]:
    return json.loads(json.dumps(player(ModuleContent.model_validate(document), media, salt)))


def blocks(**options: Any) -> dict[str, dict[str, Any]]:
    return {block["key"]: block for block in rendered(whole(), **options)["blocks"]}


def test_cards() -> None:
    found = blocks()
    assert found["read"]["body"]["fr"] == "<p>A <strong>bold</strong> link (fr)</p>\n"
    assert found["look"]["picture"] == {"file": {"fr": "a" * 64, "en": "a" * 64}, "alt": both("A drawing")}
    assert found["watch"]["video"] == {
        "file": {"fr": "b" * 64, "en": "b" * 64},
        "captions": {"fr": "c" * 64, "en": "d" * 64},
        "poster": None,
    }
    assert [step["text"] for step in found["do"]["steps"]] == [both("First"), both("Then")]
    assert found["mind"]["level"] == "danger"


def test_questions_hold_no_answer_key() -> None:
    found = blocks()
    assert found["one"]["options"] == [{"key": "a", "text": both("A")}, {"key": "b", "text": both("B")}]
    assert set(found["so"]) == {"kind", "key", "prompt", "picture", "points"}
    assert set(found["much"]) == {"kind", "key", "prompt", "picture", "points", "unit"}
    for word in ("correct", "answer", "tolerance", "feedback", "pairs"):
        assert f'"{word}"' not in json.dumps(found)


def test_the_right_hand_sides_do_not_say_where_they_belong() -> None:
    match = blocks()["match"]
    assert [left["key"] for left in match["lefts"]] == ["p1", "p2", "p3"]
    assert not {"p1", "p2", "p3"} & {right["token"] for right in match["rights"]}
    assert len({right["token"] for right in match["rights"]}) == 3
    other = blocks(salt="other")["match"]
    assert not {right["token"] for right in match["rights"]} & {right["token"] for right in other["rights"]}


@given(st.lists(st.text(min_size=1), min_size=2, max_size=6, unique=True), st.text(), st.text())
def test_no_order_gives_the_answer_away(keys: list[str], question: str, salt: str) -> None:
    order = shuffled(keys, question, salt)
    assert sorted(order) == sorted(keys)
    assert order != keys
    assert order == shuffled(keys, question, salt)


@settings(max_examples=30, deadline=None)
@given(documents())
def test_every_module_renders(document: dict[str, Any]) -> None:
    content = ModuleContent.model_validate(document)
    media = dict.fromkeys((name for _, name in media_paths(content)), "e" * 64)
    shown = rendered(document, media)
    assert [block["key"] for block in shown["blocks"]] == [block["key"] for block in document["blocks"]]
    assert "media/" not in json.dumps([block.get("picture") for block in shown["blocks"]])
