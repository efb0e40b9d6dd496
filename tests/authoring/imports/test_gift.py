"""From GIFT to our questions: what maps, what is lost, what is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.imports.gift import plain, read
from lms.authoring.imports.gift_syntax import Text
from lms.authoring.imports.reading import Reading
from lms.kernel.refusals import FileRefused


def one(source: str) -> dict:
    (found,) = read(source.encode(), "q.gift").found
    return found.block


def skipped(source: str) -> list[str]:
    return [found.reason for found in read(source.encode(), "q.gift").left]


def test_single_choice() -> None:
    block = one("::Scrap::What do you do?{~Hide it#It comes back. =Set it apart#So nobody uses it. ####See the rule.}")
    assert block == {
        "key": "scrap",
        "prompt": {"fr": "What do you do?"},
        "question": "single",
        "options": [
            {"key": "a", "text": {"fr": "Hide it"}, "correct": False, "feedback": {"fr": "It comes back."}},
            {"key": "b", "text": {"fr": "Set it apart"}, "correct": True, "feedback": {"fr": "So nobody uses it."}},
        ],
        "feedback": {"correct": {"fr": "So nobody uses it."}, "incorrect": {"fr": "See the rule."}},
    }


def test_weights_make_a_multiple_choice() -> None:
    block = one("Which two?{~%50%a ~%50%b ~%-100%c}")
    assert block["question"] == "multiple"
    assert [option["correct"] for option in block["options"]] == [True, True, False]
    assert "feedback" not in block, "the draft will list it as missing"


@pytest.mark.parametrize(
    ("written", "answer", "tolerance"),
    [
        ("{#4}", 4, 0),
        ("{#3.1415:0.0005}", 3.1415, 0.0005),
        ("{#3.141..3.142}", 3.1415, 0.0005),
        ("{#-5..5}", 0, 5),
        ("{#=1822:0 =%50%1822:2}", 1822, 0),  # partial credit is dropped, and said so
        ("{#3:2~#Completely wrong}", 3, 2),  # Moodle's own example
    ],
)
def test_numbers(written: str, answer: float, tolerance: float) -> None:
    block = one(f"How many? {written}")
    assert (block["answer"], block["tolerance"]) == (answer, tolerance)


def test_matching_loses_its_distractor_and_says_so() -> None:
    (found,) = read(b"Match.{=A -> 1 =B -> 2 = -> 3}", "q.gift").found
    assert [(pair["left"]["fr"], pair["right"]["fr"]) for pair in found.block["pairs"]] == [("A", "1"), ("B", "2")]
    assert found.warnings == ("item.distractor_dropped",)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Explain.{}", "item.essay"),
        ("Two plus two?{=four =4}", "item.short_answer"),
        ("Which?{=a =b ~c}", "item.several_right"),  # either would do: our questions have one right answer
        ("Which?{~a ~b}", "item.none_right"),
        ("Which?{=a ~b ~c ~d ~e ~f ~g}", "item.too_many_options"),
        (f"{'long ' * 61}?{{T}}", "item.too_long"),
        ("[html]<img src\\='x.png'>{T}", "item.no_text"),
    ],
)
def test_what_does_not_map_is_named(source: str, reason: str) -> None:
    assert skipped(source) == [reason]


def test_a_text_that_asks_nothing_becomes_a_card() -> None:
    assert one("::Before you start::[html]<p>Read <b>this</b>.</p><ul><li>a</li></ul>") == {
        "key": "before-you-start",
        "card": "text",
        "title": {"fr": "Before you start"},
        "body": {"fr": "Read **this**.\n\n- a"},
    }


def test_keys_are_never_given_twice() -> None:
    found = read(b"::Q::a{T}\n\n::Q::b{F}\n\n::?::c{T}", "q.gift").found
    assert [question.block["key"] for question in found] == ["q", "q-2", "line-5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (Text("html", "<p>a</p><p>b &amp; c</p>"), "a b & c"),
        (Text("moodle", "a<br>b"), "a b"),
        (Text("markdown", "**Who** is\nthere?"), "Who is there?"),
        (Text("plain", "a <b> c"), "a <b> c"),
        (Text("html", "<p>x<script>alert(1)</script></p><style>.a{}</style>"), "x"),
        (Text("html", "&lt;script&gt;"), "<script>"),  # text, shown escaped
    ],
)
def test_markup_leaves_its_words(text: Text, expected: str) -> None:
    assert plain(text) == expected


def fixture(shared: Path, name: str) -> Reading:
    return read((shared / "fixtures" / name).read_bytes(), name)


def test_encodings_give_the_right_letters(shared: Path) -> None:
    latin = fixture(shared, "security/gift_latin1.gift.txt")
    assert [q.block["prompt"]["fr"] for q in latin.found] == ["Wie heißt die Straße?", "Où est l'été ?"]
    assert latin.notes[0].code == "gift.other_encoding"
    windows = fixture(shared, "gift/moodle_encoding_windows-1252.gift.txt")
    assert "aödf" in str([question.block for question in windows.found])
    bom = fixture(shared, "security/gift_utf8_bom_crlf.gift.txt")
    assert sum(bom.counts.values()) == 2
    assert [question.block["key"] for question in bom.found] == ["q2"]  # Q1 is a short answer


@pytest.mark.parametrize(
    ("name", "code", "line"),
    [
        ("gift_empty.gift.txt", "gift.empty", None),
        ("gift_is_png.gift.txt", "gift.not_text", None),
        ("gift_unclosed_brace.gift.txt", "gift.braces", 3),
    ],
)
def test_hostile_files_are_refused(shared: Path, name: str, code: str, line: int | None) -> None:
    with pytest.raises(FileRefused) as refused:
        fixture(shared, f"security/{name}")
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [(code, line)]


@given(st.text(alphabet="ab{}=~#:\\\n%1.$->[]t", max_size=80))
def test_nothing_but_a_refusal_comes_out_of_noise(source: str) -> None:
    with suppress(FileRefused):
        found = read(source.encode(), "noise.gift")
        assert sum(found.counts.values()) == len(found.found) + len(found.left)
