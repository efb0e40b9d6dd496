"""Files as they come: hostile, damaged, large, compressed, pretty."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.refusals import Problem
from lms.records.rules import NewRecord
from lms.records.xapi.lines import LONGEST_LINE, FileDamaged, statements
from lms.records.xapi.parsing import parse, parse_slowly
from lms.records.xapi.shapes import Fault
from tests.records.xapi.strategies import anything

GOOD = b'{"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"a:did"},"object":{"id":"a:thing"}}'


def outcome(file: Path) -> list[tuple[int, str]]:
    return [(line, told.code if isinstance(told, Problem) else "read") for line, told in statements(file)]


def written(folder: Path, content: bytes, name: str = "x.jsonl") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hostile_duplicate_keys.json", [(1, "xapi.key_twice")]),
        ("hostile_invalid_utf8.json", [(1, "xapi.not_utf8")]),
        ("hostile_number_overflow.json", [(1, "xapi.number_too_large")]),
        ("hostile_script_strings.json", [(1, "xapi.not_iri")]),  # the IRI; the script in a text would pass
        ("yet_completion.json", [(1, "read")]),
        ("yet_simple.json", [(1, "read")]),  # has line breaks within a text
        ("xapi_spec_examples.json", [(2, "read"), (19, "read"), (38, "read"), (72, "xapi.unknown_key"), (89, "read")]),
        ("lrsql_calibration_insert.json", [(1, "xapi.unknown_key")]),  # no statement at all
    ],
)
def test_files_of_others(shared: Path, name: str, expected: list[tuple[int, str]]) -> None:
    file = shared / "fixtures/xapi" / name
    assert outcome(file) == expected
    lines = file.read_text(errors="replace").splitlines()
    assert all("{" in lines[line - 1] for line, _ in expected), "the line is where the statement begins"


LINES = [
    (b"\xef\xbb\xbf" + GOOD + b"\r\n\r\n" + GOOD, [(1, "read"), (3, "read")], "a byte order mark, an empty line"),
    (GOOD + b"\nnonsense\n" + GOOD, [(1, "read"), (2, "xapi.not_json"), (3, "read")], "a line that is not JSON"),
    (b"[" + GOOD + b"]", [(1, "xapi.not_object")], "a list in one line"),
    (GOOD + GOOD, [(1, "xapi.not_json")], "two in one line"),
    (b"[" * 100_000, [(1, "xapi.unreasonable_json")], "too deep"),
    (b"1" * 5000, [(1, "xapi.unreasonable_json")], "thousands of digits"),
    (b'{"a":NaN}', [(1, "xapi.not_json_number")], "not a JSON number"),
    (GOOD.replace(b"a@", b"\\ud800@"), [(1, "xapi.half_a_pair")], "a lone surrogate"),
    (b"x" * (3 * LONGEST_LINE) + b"\n" + GOOD, [(1, "xapi.line_too_long"), (2, "read")], "a very long line"),
    (b"", [], "nothing"),
]


@pytest.mark.parametrize(("content", "expected", "why"), LINES, ids=[case[2] for case in LINES])
def test_lines(tmp_path: Path, content: bytes, expected: list[tuple[int, str]], why: str) -> None:
    assert outcome(written(tmp_path, content)) == expected
    assert outcome(written(tmp_path, gzip.compress(content), "x.jsonl.gz")) == expected


DOCUMENTS = [
    (b"[]", [], "an empty list"),
    (b"[" + GOOD + b",\n" + GOOD + b"\n]\n", [(1, "read"), (2, "read")], "a list"),
    (b"[" + GOOD + b",\n" + GOOD + b"\n", [(1, "read"), (2, "read"), (3, "xapi.not_json")], "a list cut off"),
    (b"[" + GOOD + b",\n{\n\n oops", [(1, "read"), (4, "xapi.not_json")], "a statement cut off"),
    (b"[" + GOOD + b"] more", [(1, "read"), (1, "xapi.not_json")], "something after the end"),
    (b"", [(1, "xapi.not_json")], "nothing"),
]


@pytest.mark.parametrize(("content", "expected", "why"), DOCUMENTS, ids=[case[2] for case in DOCUMENTS])
def test_documents(tmp_path: Path, content: bytes, expected: list[tuple[int, str]], why: str) -> None:
    assert outcome(written(tmp_path, content, "x.json")) == expected


def test_a_file_cut_off_yields_nothing(tmp_path: Path) -> None:
    whole = gzip.compress(GOOD * 1000)
    for damaged in (whole[:-20], whole[:60] + b"\0\0\0\0" + whole[64:], whole[:-4] + b"\0\0\0\1"):
        with pytest.raises(FileDamaged):
            next(statements(written(tmp_path, damaged, "x.jsonl.gz")))


def test_memory_stays_small_whatever_the_size(tmp_path: Path) -> None:
    bomb = written(tmp_path, gzip.compress(b"\0" * 200_000_000, 1), "x.jsonl.gz")
    tracemalloc.start()
    assert outcome(bomb) == [(1, "xapi.line_too_long")]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), anything), st.booleans())
def test_the_fast_way_reads_what_the_slow_way_reads(document: dict[str, object], compact: bool) -> None:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":") if compact else None).encode()
    assert json.dumps(parse(text)) == json.dumps(parse_slowly(text)) == json.dumps(document)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=4))
def test_a_key_given_twice_is_refused_at_any_depth(pairs: list[tuple[str, int]]) -> None:
    inner = ",".join(f'"{key}":{value}' for key, value in pairs)
    text = f'{{"x":[{{{inner}}}]}}'.encode()
    if len(dict(pairs)) == len(pairs):
        assert parse(text) == {"x": [dict(pairs)]}
    else:
        with pytest.raises(Fault, match="key_twice"):
            parse(text)


def test_a_statement_without_an_id_has_the_same_one_each_time(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD + b"\n" + GOOD.replace(b"did", b"saw"))
    first, again = ([told.id for _, told in statements(file) if isinstance(told, NewRecord)] for _ in range(2))
    assert first == again
    assert len(set(first)) == 2
