"""Every refusal has its words, in both languages."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from flask import Flask

import lms
from lms.kernel.languages import speaking
from lms.kernel.refusals import Refusal
from lms.web.shared import late, refusals


@pytest.fixture(autouse=True, scope="module")
def everything_loaded() -> None:
    """A server loads files and their words when they are needed; here all are."""
    for module in walk_packages(lms.__path__, "lms."):
        import_module(module.name)
    late.WORDS.look_for(lambda: False)


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
