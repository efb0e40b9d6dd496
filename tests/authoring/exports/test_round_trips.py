"""What leaves in a format comes back as far as the format can hold it, and the rest is named."""

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings

from lms.authoring.exports import every as exports
from lms.authoring.exports.written import Written
from lms.authoring.imports import every as imports
from lms.authoring.imports.blocks import letters
from lms.authoring.imports.reading import Reading
from lms.catalogue.content import ModuleContent
from lms.catalogue.questions import GAP
from tests.authoring.imports.pictures import drawn
from tests.catalogue.modules import documents, whole

pytestmark = pytest.mark.usefixtures("languages")
Block = dict[str, Any]
ENDINGS = {"gift": "gift", "moodlexml": "xml", "qti": "zip"}


def picture_of(name: str) -> bytes:
    """A picture for every name, each another."""
    return drawn(size=(10 + sum(name.encode()) % 90, 10 + len(name)))


def there_and_back(document: dict[str, Any], name: str) -> tuple[Written, Reading, str]:
    content = ModuleContent.model_validate(document)
    language = content.languages[0]
    written = exports.FORMATS[name].write(content, language, picture_of)
    return written, imports.read(written.data, f"m.{ENDINGS[name]}", language), language


def named(written: Written, key: str) -> set[str]:
    return {problem.code for problem in written.left if problem.path == key}


def in_one(value: Any, language: str, languages: list[str]) -> Any:
    """Return a part of a document with its texts in one language only."""
    if isinstance(value, list):
        return [in_one(one, language, languages) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) and set(value) <= set(languages):
        return {language: value[language]}
    return {key: in_one(one, language, languages) for key, one in value.items()}


def told(value: Any, read: Reading | None = None) -> Any:
    """Return a part of a document as it is compared: files by what they show, spaces at the ends left out."""
    if isinstance(value, list):
        return [told(one, read) for one in value]
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, dict):
        return value
    if "file" in value:
        file = value["file"]
        name = file if isinstance(file, str) else next(iter(file.values()))
        data = read.media[name].data if read else picture_of(name)
        return {**{key: told(one, read) for key, one in value.items()}, "file": data}
    return {key: told(one, read) for key, one in value.items()}


def relettered(block: Block) -> Block:
    """Return a question whose answers bear letters, as formats give them back that know no keys."""
    block = deepcopy(block)
    for name in ("options", "items", "pairs"):
        for key, one in zip(letters(9), block.get(name, ()), strict=False):
            one["key"] = key
    if "gaps" in block:
        block = in_order(block)
        renamed = dict(zip((gap["key"] for gap in block["gaps"]), letters(9), strict=False))
        block["text"] = {
            language: GAP.sub(lambda found: f"[{renamed[found[1]]}]", text) for language, text in block["text"].items()
        }
        block["gaps"] = [{**gap, "key": renamed[gap["key"]]} for gap in block["gaps"]]
    return block


def in_order(block: Block) -> Block:
    """Return missing words in the order of the sentence."""
    if "gaps" not in block:
        return block
    (text,) = block["text"].values()
    words = {gap["key"]: gap for gap in block["gaps"]}
    return {**block, "gaps": [words[key] for key in GAP.findall(text)]}


def held_by_qti(block: Block) -> Block | None:
    kept = {name: value for name, value in block.items() if name != "sound"}
    if "options" in kept or "items" in kept or "places" in kept or "pairs" in kept:
        return kept
    return in_order(kept) if "question" in block else None


def held_by_moodle(block: Block) -> Block | None:
    if block.get("card") == "text":
        return {name: value for name, value in block.items() if name != "sound"}
    if "question" not in block or block["question"] == "hotspot":
        return None
    return {name: value for name, value in relettered(block).items() if name != "sound"}


def held_by_gift(block: Block) -> Block | None:
    if block.get("question") not in ("single", "multiple", "true_false", "numeric", "matching"):
        return None
    kept = relettered({name: one for name, one in block.items() if name not in ("sound", "picture", "points", "unit")})
    feedback = dict(kept["feedback"])
    if kept["question"] == "single":
        right = next(option for option in kept["options"] if option.get("correct"))
        right["feedback"] = feedback["correct"] = right.get("feedback") or feedback["correct"]
    elif kept["question"] in ("multiple", "matching"):
        feedback["correct"] = feedback["incorrect"]
    if kept["question"] == "multiple" and sum(option.get("correct", False) for option in kept["options"]) == 1:
        kept["question"] = "single"
        right = next(option for option in kept["options"] if option.get("correct"))
        feedback["correct"] = right.get("feedback") or feedback["correct"]
    for pair in kept.get("pairs", ()):
        pair["left"] = {language: text.replace("->", "→") for language, text in pair["left"].items()}
    return {**kept, "feedback": feedback}


HELD: dict[str, Callable[[Block], Block | None]] = {
    "qti": held_by_qti,
    "moodlexml": held_by_moodle,
    "gift": held_by_gift,
}


@pytest.mark.parametrize("name", HELD)
@settings(max_examples=40)
@given(document=documents())
def test_a_module_comes_back_as_far_as_the_format_holds_it(name: str, document: dict[str, Any]) -> None:
    check(document, name)


def check(document: dict[str, Any], name: str) -> None:
    written, read, language = there_and_back(document, name)
    content = ModuleContent.model_validate(document)
    plain = content.model_dump(mode="json", exclude_defaults=True)["blocks"]
    wanted = []
    for block in plain:
        held = HELD[name](in_one(block, language, content.languages))
        if held is None:
            assert named(written, block["key"]) == {"export.kind"}
        else:
            assert "sound" not in block or "export.sound" in named(written, block["key"])
            wanted.append(_with_defaults(held))
    assert [told(_with_defaults(found.block), read) for found in read.found] == [told(block) for block in wanted]
    assert read.left == ()
    assert not wanted or read.stated == len(wanted)


def _with_defaults(block: Block) -> Block:
    """Say of each answer whether it is right, and of each number how far off it may be."""
    made = dict(block)
    for name in ("options", "places"):
        if name in made:
            made[name] = [{"correct": False, **one} for one in made[name]]
    return {"tolerance": 0.0, **made} if made.get("question") == "numeric" else made


@pytest.mark.parametrize("name", HELD)
def test_the_module_of_every_kind(name: str) -> None:
    check(whole(), name)


def test_each_format_names_what_it_cannot_hold() -> None:
    document = whole()
    lost = {name: {(one.path, one.code) for one in there_and_back(document, name)[0].left if one.path} for name in HELD}
    cards = {("read", "export.kind"), ("look", "export.kind"), ("page", "export.kind")}
    assert cards <= lost["qti"]
    assert cards - {("read", "export.kind")} <= lost["moodlexml"]
    assert ("where", "export.kind") in lost["moodlexml"]
    assert {("much", "export.unit"), ("some", "export.points"), ("order", "export.kind")} <= lost["gift"]


def test_the_module_file_holds_everything() -> None:
    content = ModuleContent.model_validate(whole())
    written = exports.FORMATS["module"].write(content, "fr", picture_of)
    assert written.left == ()
    with ZipFile(io.BytesIO(written.data)) as packed:
        assert "module.yaml" in packed.namelist()


def test_a_question_of_two_right_feedbacks_loses_one_in_gift_and_says_so() -> None:
    document = whole()
    (block,) = [block for block in document["blocks"] if block["key"] == "one"]
    block["options"][0]["feedback"] = {"fr": "Car.", "en": "Because."}
    written, _read, _language = there_and_back(document, "gift")
    assert "export.feedback" in named(written, "one")
