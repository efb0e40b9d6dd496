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
    assert set(found["so"]) == {"kind", "key", "sound", "prompt", "picture", "points"}
    assert set(found["much"]) == {"kind", "key", "sound", "prompt", "picture", "points", "unit"}
    assert set(found["where"]["places"][0]) == {"key", "x", "y", "text"}
    assert set(found["pick"]["options"][0]) == {"key", "text", "picture"}
    assert found["where"]["several"]
    for word in ("correct", "answer", "tolerance", "feedback", "pairs", "word", "others"):
        assert f'"{word}"' not in json.dumps(found)


def test_the_right_hand_sides_do_not_say_where_they_belong() -> None:
    match = blocks()["match"]
    assert [left["key"] for left in match["lefts"]] == ["p1", "p2", "p3"]
    assert not {"p1", "p2", "p3"} & {right["token"] for right in match["rights"]}
    assert len({right["token"] for right in match["rights"]}) == 3
    other = blocks(salt="other")["match"]
    assert not {right["token"] for right in match["rights"]} & {right["token"] for right in other["rights"]}


def test_a_sentence_comes_in_pieces_and_its_words_say_nothing_of_their_gap() -> None:
    gap = blocks()["gap"]
    assert gap["pieces"]["fr"] == [{"gap": "g1"}, " la machine, puis ", {"gap": "g2"}, "."]
    assert gap["pieces"]["en"] == ["Then ", {"gap": "g2"}, ", after you ", {"gap": "g1"}, " it."]
    assert gap["gaps"] == ["g1", "g2"]
    assert sorted(right["text"]["en"] for right in gap["rights"]) == ["lock (en)", "oil (en)", "stop (en)"]
    assert [right["text"]["en"] for right in gap["rights"]] != ["stop (en)", "lock (en)", "oil (en)"]


def test_cards_with_something_to_touch() -> None:
    found = blocks()
    assert found["touch"]["spots"][0] == {
        "key": "s1",
        "x": 20,
        "y": 30.5,
        "text": both("Brake"),
        "body": both("It holds"),
    }
    assert found["turn"]["front"] == {
        "body": {"fr": "<p>A noise (fr)</p>\n", "en": "<p>A noise (en)</p>\n"},
        "picture": None,
    }
    assert found["turn"]["back"]["picture"]["file"]["fr"] == MEDIA["media/b.svg"]
    assert found["page"]["sound"] == {"fr": MEDIA["media/page.mp3"]}
    assert found["mind"]["signs"] == [{"number": "W017", "text": {"fr": "Surface chaude", "en": "Hot surface"}}]


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
