"""Which keys of practice may lie at a kiosk. What they come to there: `tests/browser/kiosk/test_practice.py`."""

from lms.catalogue.content import ModuleContent
from lms.practice.keys import asked_in, key_of, withheld
from tests.catalogue.modules import whole
from tests.delivery.house import BLOCKS, content, words

CONTENT = ModuleContent.model_validate(whole())
ONE = content().block("one")


def test_a_key_says_in_one_language_what_is_right_and_why() -> None:
    assert key_of(CONTENT.block("one"), "salt", "fr", parts=True) == {
        "right": ["a"],
        "says": {"right": "Oui.", "again": "Non."},
        "options": {"b": "B is not (fr)"},
        "parts": True,
    }
    assert key_of(CONTENT.block("much"), "salt", "fr", parts=False)["range"] == [3.1, 3.2], "in decimals"


def test_what_a_certifying_module_asks_in_the_same_words_is_withheld() -> None:
    elsewhere = {**BLOCKS[1], "key": "again", "prompt": {"en": "Other", "fr": "  what of\nONE? (fr) "}}
    assert withheld(ONE, asked_in([content("test", [elsewhere])]))
    assert not withheld(ONE, asked_in([content("test", [{**elsewhere, "prompt": words("Something else?")}])]))
    assert not withheld(ONE, asked_in([]))
