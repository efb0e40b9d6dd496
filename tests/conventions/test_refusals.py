"""Every refusal has its words, in both languages."""

import pytest
from flask import Flask

from lms.kernel.languages import speaking
from lms.kernel.refusals import Refusal
from lms.web.shared import refusals


def every_refusal(base: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [found for sub in base.__subclasses__() for found in (sub, *every_refusal(sub))]


def test_every_refusal_is_worded(app: Flask) -> None:
    bare = [refusal.__qualname__ for refusal in every_refusal() if refusal not in refusals.WORDS]
    assert not bare, f"word these with lms.web.shared.refusals.add: {bare}"


def test_every_refusal_says_what_it_is() -> None:
    assert all(refusal.__doc__ for refusal in every_refusal())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_exist_in_both_languages(app: Flask, language: str) -> None:
    with app.test_request_context(), speaking(language):
        assert all(str(wording.message) for wording in refusals.WORDS.values())
