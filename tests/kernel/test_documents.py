"""YAML with the line of every fault."""

from datetime import date

import pytest
from pydantic import BaseModel

from lms.kernel.documents import Place, check, read_yaml
from lms.kernel.refusals import FileRefused


class Thing(BaseModel):
    name: str
    sizes: list[int]


CASES = [
    (b"name: a\nname: b\n", "document.duplicate_key", 2),
    (b"a: &x 1\nb: *x\n", "document.alias", 1),
    (b"a: [1\nb: 2\n", "document.syntax", 2),
    (b"a: 1\nb: \xff\n", "document.not_utf8", 2),
    (b"? [1, 2]\n: 3\n", "document.key_not_text", 1),
    (b"[" * 100_000, "document.too_deep", 1),  # refused before anything recurses
    (b"a: " + b"x" * 2_000_001, "document.too_large", None),
    (b"a: 2026-99-99\n", "document.syntax", None),  # a date that is none
    (b"a: !!python/object:os.system x\n", "document.syntax", 1),
    (b"a: \x07\n", "document.syntax", None),
    (b"a: 1\n---\nb: 2\n", "document.syntax", 2),  # two documents in one file
]


@pytest.mark.parametrize(("source", "code", "line"), CASES)
def test_faulty_files(source: bytes, code: str, line: int | None) -> None:
    with pytest.raises(FileRefused) as refused:
        read_yaml(source, "thing.yaml")
    assert [(problem.code, problem.line) for problem in refused.value.problems] == [(code, line)]


def test_keys_are_texts() -> None:
    assert read_yaml(b"no: 1\n2: x\n", "f")[0] == {"no": 1, "2": "x"}  # Norwegian is not false


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Yes", "Yes"),
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("-12", -12),
        ("010", "010"),
        ("3.5", 3.5),
        ("1e3", 1000.0),
        ("3,5", "3,5"),
        ("~", None),
        ("2026-03-31", date(2026, 3, 31)),
    ],
)
def test_values_are_what_people_mean(written: str, value: object) -> None:
    assert read_yaml(f"a: {written}".encode(), "f")[0] == {"a": value}


def test_all_faults_at_once_each_at_its_line() -> None:
    data, lines = read_yaml(b"name:\n  - 1\nsizes:\n- 1\n- two\n", "thing.yaml")
    with pytest.raises(FileRefused) as refused:
        check(Thing, data, "thing.yaml", lines)
    assert [(p.code, p.line, p.path) for p in refused.value.problems] == [
        ("string_type", 1, "name"),
        ("int_parsing", 5, "sizes.1"),
    ]


def test_the_place_of_a_text() -> None:
    lines = read_yaml(b"a: x\nb: |\n  y\nc:\n  - 'z'\n", "f")[1]
    assert lines.texts == {("a",): Place("f", 1), ("b",): Place("f", 3), ("c", 0): Place("f", 5)}
