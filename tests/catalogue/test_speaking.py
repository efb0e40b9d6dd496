"""What is read aloud is what is seen, and nothing that would give an answer away."""

from typing import Any

import pytest
from hypothesis import given, settings

from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import media_paths
from lms.catalogue.rendering import player
from lms.catalogue.speaking import speeches, words
from tests.catalogue.modules import MEDIA, both, documents, whole


def shown(document: dict[str, Any]) -> dict[str, Any]:
    content = ModuleContent.model_validate(document)
    media = MEDIA | dict.fromkeys((name for _, name in media_paths(content)), "e" * 64)
    return player(content, media, "salt")


BLOCKS = {block["key"]: block for block in shown(whole())["blocks"]}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("read", "Read (en). A bold link (en)."),
        ("do", "Do (en). 1. First (en). 2. Then (en)."),
        ("mind", "Mind (en). Hot surface. Hot (en)."),
        ("touch", "Touch (en). 1. Brake (en). It holds (en). 2. Blade (en). It cuts (en)."),
        ("turn", "Turn (en). A noise (en). Stop (en)."),
        ("tick", "Tick (en). x (en). y (en)."),
        ("page", "The page (en). Section 4 (en). Control plan, page 3 (en)."),
        ("so", "So? (en)."),
        ("one", "Which? (en). A (en). B (en)."),
        ("where", "Where? (en). 1. Here (en). 2. There (en). 3. Here too (en)."),
        ("pick", "Which one? (en). Straight (en). B (en)."),  # a picture without words is told by what it shows
    ],
)
def test_what_is_read(key: str, said: str) -> None:
    assert words(BLOCKS[key], "en") == said


def test_lists_are_read_as_they_are_shown() -> None:
    order = [item["text"]["en"] for item in BLOCKS["order"]["items"]]
    assert words(BLOCKS["order"], "en") == " ".join(["In order (en).", *(f"{text}." for text in order)])
    assert words(BLOCKS["gap"], "en").startswith("Fill in (en). Then …, after you … it.")


def test_paragraphs_and_items_end_like_sentences() -> None:
    document = whole()
    document["blocks"][0]["body"] = both("First line\n\n- one\n- two!")
    assert words(shown(document)["blocks"][0], "fr") == "Read (fr). First line. one. two! (fr)."


def test_what_the_author_recorded_is_not_made() -> None:
    assert "page" not in speeches(shown(whole()), "fr")
    assert "page" in speeches(shown(whole()), "en")


@settings(max_examples=30, deadline=None)
@given(documents())
def test_every_block_of_any_module_has_something_to_say(document: dict[str, Any]) -> None:
    told = shown(document)
    for language in document["languages"]:
        assert all(one.text and one.language == language.lower() for one in speeches(told, language).values())
