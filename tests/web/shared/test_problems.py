"""Every fault has words, and they name the same facts in both languages."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

import lms
from lms.authoring.media.arriving import Wanted
from lms.kernel.languages import speaking
from lms.kernel.refusals import Problem
from lms.web.shared import late
from lms.web.shared.problems import WORDS, worded, worded_all


@pytest.fixture(autouse=True, scope="module")
def every_word() -> None:
    late.WORDS.look_for(lambda: False)


ROOMS = Path(lms.__file__).parent
CODE = re.compile(
    r"(archive|audit|content|document|gift|import|markdown|media|module|question|translation|xliff)\.[a-z0-9_]+"
)
NAMED = re.compile(r"%\((\w+)\)")


def raised() -> set[str]:
    """Every code that stands in the rooms as a text of its own."""
    found = set()
    for file in ROOMS.rglob("*.py"):
        if "web" in file.relative_to(ROOMS).parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    names = {code for code in found if code.endswith((".yaml", ".json"))}
    # The first is never shown itself, the second is a column, the third the beginning of several.
    return found - names - {"content.markdown", "media.digest", "media.not_"}


def test_every_code_has_words(app: Flask) -> None:
    worded_here = {code for code in WORDS if CODE.fullmatch(code)}
    named = {f"markdown.{name}" for name in ("heading", "code", "line", "quotation")}  # put together in rich_text
    named |= {f"media.not_{kind}" for kind in Wanted}  # put together in media.arriving
    assert sorted(raised() - worded_here) == []
    assert sorted(worded_here - raised() - named - {"import.unchanged"}) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_name_the_same_facts_in_each_language(app: Flask, language: str) -> None:
    with app.test_request_context(), speaking("en"):
        named = {code: NAMED.findall(str(words)) for code, words in WORDS.items()}
    with app.test_request_context(), speaking(language):
        for code, names in named.items():
            said = worded(Problem(code, facts=dict.fromkeys(names, "xyz")))
            assert said.count("xyz") >= len(set(names)), code
            assert "%(" not in said


def test_an_error_without_words_of_its_own_says_what_pydantic_says(app: Flask) -> None:
    with app.test_request_context(), speaking("en"):
        problem = Problem("url_parsing", "a.yaml", 3, "sources.0", {"detail": "Input should be a valid URL"})
        (line,) = worded_all([problem])
    assert (line["file"], line["line"], line["field"]) == ("a.yaml", 3, "sources.0")
    assert "Input should be a valid URL" in line["message"]
