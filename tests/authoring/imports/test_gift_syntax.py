"""GIFT as the reference parser gift-pegjs 1.0.2 reads it (fixtures, FACTS.json)."""

import json
from pathlib import Path

import pytest

from lms.authoring.imports.gift import decode
from lms.authoring.imports.gift_syntax import Choice, Entry, Kind, Range, Text, Unreadable, entries

GRAMMAR = (
    "category1 descriptionTitleEscapedColon escapeAll essay1 giftFormatPhpExamples markdown matching1 mc1 mc2 mc5 "
    "mcHTMLComment multiLineFeedback1 numerical1 options1 shortAnswer1 tag_id_and_two_tags tf1 tf2 "
    "totara_moodle_match totara_moodle_multichoice_multi"
).split()


def text(found: Text | None) -> dict | None:
    return found and {"format": found.format, "text": found.text.replace("\xa0", " ")}


def number(found: Range) -> dict:
    middle = (found.low + found.high) / 2
    return {
        "simple": {"type": "simple", "number": found.low},
        "range": {"type": "range", "number": pytest.approx(middle), "range": pytest.approx(found.high - middle)},
        "high-low": {"type": "high-low", "numberHigh": found.high, "numberLow": found.low},
    }[found.written]


def choice(found: Choice) -> dict:
    value = number(found.value) if isinstance(found.value, Range) else text(found.value)
    return {"isCorrect": found.right, "weight": found.weight, "text": value, "feedback": text(found.feedback)}


def as_oracle(entry: Entry) -> dict:
    """The entry in the shape of gift-pegjs, without what it does not keep for the kind."""
    if entry.kind is Kind.CATEGORY:
        return {"type": "Category", "title": entry.title}
    told = {"type": entry.kind.value, "title": entry.title, "stem": text(entry.stem)}
    if entry.kind is Kind.TRUE_FALSE:
        told |= {"isTrue": entry.answer}
    if entry.kind is Kind.MATCHING:
        told["matchPairs"] = [{"subquestion": text(one.value), "subanswer": one.match} for one in entry.choices]
    if entry.kind in (Kind.CHOICE, Kind.SHORT):
        told["choices"] = [choice(one) for one in entry.choices]
    if entry.kind is Kind.NUMERICAL:
        single = len(entry.choices) == 1 and entry.choices[0].feedback is None and entry.choices[0].weight is None
        told["choices"] = number(entry.choices[0].value) if single else [choice(one) for one in entry.choices]
    if entry.kind not in (Kind.DESCRIPTION, Kind.TRUE_FALSE):
        told["globalFeedback"] = text(entry.feedback_all)
    return told


@pytest.mark.parametrize("name", GRAMMAR)
def test_the_reference_reads_it_so(shared: Path, name: str) -> None:
    folder = shared / "fixtures/gift"
    expected = json.loads(
        (folder / f"expected_json/grammar_{name}.json").read_text().replace("\\u00a0", " ").replace("\xa0", " ")
    )
    found = [as_oracle(entry) for entry in entries(decode((folder / f"grammar_{name}.gift").read_bytes(), name)[0])]
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        assert {key: ours[key] for key in ours} == {key: theirs.get(key) for key in ours}


def facts(shared: Path) -> dict[str, dict]:
    known = json.loads((shared / "fixtures/FACTS.json").read_text())
    return {path: fact for path, fact in known.items() if path.startswith("gift/")}


def test_every_file_has_the_questions_that_its_facts_state(shared: Path) -> None:
    for path, fact in facts(shared).items():
        found = list(entries(decode((shared / "fixtures" / path).read_bytes(), path)[0]))
        assert not [one for one in found if isinstance(one, Unreadable)], path
        counted = [one for one in found if one.kind is not Kind.CATEGORY]
        assert len(counted) == fact.get("questions", fact.get("questions_by_gift-pegjs")), path
        if "types" in fact:
            types = {kind: sum(one.kind == kind for one in found) for kind in fact["types"]}
            assert types == fact["types"], path


def test_a_wrong_answer_to_true_false_has_its_own_feedback() -> None:
    (found,) = entries("Water boils at 100 °C.{TRUE#Not at sea level?#Yes.####See the table.}")
    assert (found.feedback_wrong.text, found.feedback_right.text, found.feedback_all.text) == (
        "Not at sea level?", "Yes.", "See the table.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a{T}\n\nb {=x ~y\n\nc{T}", "gift.braces", 3),
        ("a }", "gift.braces", 1),
        ("a {b =c}", "gift.answers", 1),
        ("a {#five}", "gift.not_a_number", 1),
        ("a {=1 {x} }", "gift.braces", 1),
    ],
)
def test_what_is_not_gift_is_named_with_its_line(source: str, code: str, line: int) -> None:
    assert [(one.code, one.line) for one in entries(source) if isinstance(one, Unreadable)] == [(code, line)]
