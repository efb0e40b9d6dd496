"""What a kiosk shows of a block that is still being written."""

import pytest

from lms.authoring.drafts import marked, shown_in
from lms.authoring.sketching import MISSING, sketched
from lms.catalogue.blocks import CARDS, QUESTIONS
from tests.catalogue.modules import whole

NEED_A_PICTURE = {"picture", "video", "spots", "compare", "hotspot", "picture_choice"}
NEED_WORDS_THAT_FIT = {"gaps"}


def blank(kind: str) -> dict[str, str]:
    return {"card" if kind in CARDS else "question": kind, "key": "new"}


@pytest.mark.parametrize("kind", [*CARDS, *QUESTIONS])
def test_a_block_with_nothing_in_it_is_shown_unless_its_picture_is_missing(kind: str) -> None:
    read = sketched(blank(kind), "fr")
    assert (read is None) == (kind in NEED_A_PICTURE | NEED_WORDS_THAT_FIT)


def test_what_is_written_stands_and_what_is_not_is_left_open() -> None:
    options = [{"key": "a", "text": {"fr": "Oui", "en": "Yes"}, "correct": True}]
    block = {"question": "single", "key": "q", "prompt": {"fr": "Prêt ?"}, "options": options}
    seen = shown_in(block, "fr", ["fr", "en"], {})
    assert seen
    assert seen["prompt"] == {"fr": "Prêt ?"}
    assert [one["text"]["fr"] for one in seen["options"]] == ["Oui", MISSING]
    assert shown_in(block, "en", ["fr", "en"], {})["prompt"] == {"en": MISSING}  # type: ignore[index]


def test_an_answer_comes_to_what_the_trainer_wrote() -> None:
    options = [{"key": "a", "text": {"fr": "Oui"}, "correct": True}, {"key": "b", "text": {"fr": "Non"}}]
    block = {"question": "single", "key": "q", "options": options, "feedback": {"incorrect": {"fr": "Relisez."}}}
    found = marked({"languages": ["fr"], "blocks": [block]}, 0, "b", "fr")
    assert found
    assert (found.correct, found.feedback) == (False, {"fr": "Relisez."})


def test_a_whole_block_is_left_as_it_is() -> None:
    document = whole()
    media = dict.fromkeys(_names(document), "0" * 64)
    for block in document["blocks"]:
        assert shown_in(block, "fr", document["languages"], media)


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value.startswith("media/") else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for inner in parts for name in _names(inner)]
