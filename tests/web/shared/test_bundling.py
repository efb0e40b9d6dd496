import re
from graphlib import CycleError
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from lms.web.shared.assets import BUNDLE
from lms.web.shared.bundling import bundle

ROOT = Path(__file__).resolve().parents[3]

SOURCES = {
    "first": 'import { double } from "./numbers.js";\nimport "./said.js";\nconst TWO = 2;\n'
    "say(`four ${await double(TWO)}`);\n"
    'document.addEventListener("later", async () => say((await import("./late.js")).word));\n',
    "second": 'import { TWO, double } from "./numbers.js";\nsay(`second ${double(TWO)}`);\n',
    "numbers": 'say("numbers");\nexport const TWO = 1;\nexport function double(number) {\n  return number * 2;\n}\n',
    "said": 'say("said");\n',
    "late": 'say("late");\nexport const word = "word";\n',
    "unused": 'say("never");\n',
}


def test_modules_run_once_each_when_they_are_needed_and_keep_their_names_to_themselves(page: Page) -> None:
    page.set_content('<body data-runs="first second"><script>heard = []; say = words => heard.push(words);</script>')
    page.add_script_tag(content=bundle(SOURCES), type="module")
    page.wait_for_function("heard.length === 4")
    page.evaluate("document.dispatchEvent(new Event('later'))")
    page.wait_for_function("heard.includes('word')")
    assert page.evaluate("heard") == ["numbers", "said", "second 2", "four 4", "late", "word"]


@pytest.mark.parametrize(
    "line", ['import * as all from "./said.js";', "export default 1;", "export let changed = 1;", "await import(name);"]
)
def test_what_is_not_known_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line)):
        bundle({"odd": line, "said": ""})


@pytest.mark.parametrize("line", ['import "./gone.js";', 'await import("./gone.js");'])
def test_what_is_not_there_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not there: gone"):
        bundle({"here": line})


def test_a_circle_is_refused() -> None:
    with pytest.raises(CycleError):
        bundle({"one": 'import "./two.js";', "two": 'import "./one.js";'})


def test_whatever_a_page_of_the_kiosk_runs_is_there(app: Flask) -> None:
    script = Path(app.root_path, "static", BUNDLE).read_text()
    templates = "".join(file.read_text() for file in (ROOT / "templates/kiosk").rglob("*.html"))
    named = {
        name for names in re.findall(r"{% block runs %}([\w ]*){% endblock %}", templates) for name in names.split()
    }
    assert {"player", "practice", "away"} <= named
    assert {name for name in named if f"\nasync {name}() {{" not in script} == set()
