"""Tables in and out: any usual CSV, workbooks, hostile ones, and nothing a spreadsheet would run."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lms.kernel import tables
from lms.kernel.encodings import CHOICES, ControlCharacters, EncodingWrong, LineTooLong
from lms.kernel.languages import speaking
from lms.kernel.refusals import Refusal
from lms.kernel.tables import NotATable, QuotesBroken, TooManyColumns, read_table, write_csv, write_xlsx
from lms.kernel.workbooks import WorkbookBroken, WorkbookProtected, WorkbookTooLarge

WESTERN = "Matricule;Nom;Prénom\n1;Lefèvre;Hélène\n2;Núñez;François\n3;Weiß;Jürgen\n"
POLISH = "Imię;Nazwisko\nŁukasz;Wójcik\nMałgorzata;Wiśniewska\nGrażyna;Dąbrowska\n"
RUSSIAN = "Имя;Фамилия\nИван;Петров\nОльга;Сидорова\nДмитрий;Кузнецов\n"


def cells(source: bytes, **given: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(source, **given).rows()]


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "utf-8-sig", "utf-8-sig"),
        (WESTERN, "utf-16", "utf-16-le"),  # Python writes the mark
        (WESTERN, "utf-16-le", "utf-16-le"),  # without one
        (WESTERN, "utf-16-be", "utf-16-be"),
        (WESTERN, "cp1252", "cp1252"),
        (WESTERN, "iso8859_15", "cp1252"),  # the same bytes
        (WESTERN, "cp850", "cp850"),  # DOS
        (WESTERN, "mac_roman", "mac_roman"),
        (POLISH, "cp1250", "cp1250"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        ("a;b\n1;2\n", "ascii", "utf-8"),
    ],
)
def test_encodings_are_found(text: str, written: str, found: str) -> None:
    table = read_table(text.encode(written))
    assert table.encoding == found
    assert [";".join(row.cells) for row in table.rows()] == text.splitlines()


@pytest.mark.parametrize(
    ("source", "delimiter", "width"),
    [
        (b"a;b;c\n1,5;2,5;3\n1,5;2;3\n", ";", 3),  # decimals with a comma
        (b'a,b,c\n"x;y",2,3\n', ",", 3),
        (b"a\tb\n1\t2\n", "\t", 2),
        (b"a|b|c\n1|2|3\n", "|", 3),
        (b"sep=|\r\na|b,c\r\n1|2\r\n", "|", 2),  # what Excel puts first
        (b"name\nA\nB\n", ";", 1),
        (b"Nom;Remarque\nA;un, deux, trois\nB;un, deux, trois\n", ";", 2),
    ],
)
def test_delimiters_are_found(source: bytes, delimiter: str, width: int) -> None:
    table = read_table(source)
    assert table.delimiter == delimiter
    assert [len(row.cells) for row in table.rows()] == [width] * len(list(table.rows()))


def test_a_reader_may_choose_both() -> None:
    assert cells("é,a;b\n".encode("cp850"), encoding="cp850", delimiter=",") == [("é", "a;b")]


def test_lines_are_those_of_an_editor() -> None:
    source = b'name,note\r\n\r\nA,"two\r\nlines"\r\n ,\r\nB,one\r\n'
    assert [(row.line, row.cells[0]) for row in read_table(source).rows()] == [(1, "name"), (3, "A"), (6, "B")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_one(end: str) -> None:
    assert cells(end.join(["a;b", "1;2", ""]).encode()) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize(
    ("source", "refusal", "line"),
    [
        (b"a,b\n1,\x00\n", ControlCharacters, 2),
        (b'a,b\n1,"open\n2,3\n', QuotesBroken, 2),
        (b'a,b\n1,"x" y\n', QuotesBroken, 2),
        (b'a,b\n1,"' + b"x\n" * 40_000, QuotesBroken, 2),  # a quote that swallows the file
        (b"a,b\n" + b"x" * 300_000, LineTooLong, 2),
        (b"a,b\n" + b"," * 300, TooManyColumns, 2),
        (b"\xff\n", EncodingWrong, 1),
        ("é".encode() * 20 + b"\n\xff", EncodingWrong, 2),
    ],
)
def test_faults_are_told_with_their_line(source: bytes, refusal: type[Refusal], line: int) -> None:
    with pytest.raises(refusal) as refused:
        cells(source, encoding="utf-8", delimiter=",")
    assert refused.value.facts["line"] == line


def test_ctrl_z_of_old_programs_ends_a_file() -> None:
    assert cells(b"a;b\r\n1;2\r\n\x1a") == [("a", "b"), ("1", "2")]


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        (b"%PDF-1.7 ...", NotATable),
        (zipped(word__document_dot_xml="<x/>"), NotATable),
        (b"PK\x03\x04 cut off", NotATable),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100, WorkbookProtected),
        (zipped(xl__workbook_dot_xml="<broken"), WorkbookBroken),
        (zipped(xl__workbook_dot_xml='<!DOCTYPE x [<!ENTITY a "b">]><x/>'), WorkbookBroken),
        (zipped(xl__workbook_dot_xml="<x/>", xl__big_dot_xml=" " * (301 * 2**20)), WorkbookTooLarge),
    ],
)
def test_what_is_no_table_is_refused(source: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        cells(source)


def test_a_workbook_reads_as_typed() -> None:
    book = Workbook()
    hidden, sheet = book.active, book.create_sheet("people")
    hidden.sheet_state = "hidden"
    sheet.append(["Matricule", "Depuis", "Part", "Chef", "Formule"])
    sheet.append([42.0, datetime(2026, 1, 31), 0.5, True, "=1+1"])
    sheet.append([])
    sheet.append(["007", date(2026, 2, 1), None, False, "#N/A"])
    made = io.BytesIO()
    book.save(made)
    assert [(row.line, *row.cells) for row in read_table(made.getvalue()).rows()] == [
        (1, "Matricule", "Depuis", "Part", "Chef", "Formule"),
        (2, "42", "2026-01-31", "0.5", "TRUE", "=1+1"),
        (4, "007", "2026-02-01", "", "FALSE", "#N/A"),
    ]


# A table that can be read back: something in each row, no control characters, no lone end of line.
texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)
grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(texts, min_size=width, max_size=width).filter(lambda r: "".join(r).strip()), min_size=1
    )
)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_written_as_csv_reads_back(app: Flask, language: str) -> None:
    @given(grids)
    def holds(grid: list[list[str]]) -> None:
        with app.test_request_context(), speaking(language):
            made = write_csv(grid[0], grid[1:])
        delimiter = ";" if language == "fr" else ","
        wanted = [tuple(tables.neutralised(cell) for cell in row) for row in grid]
        assert cells(made, delimiter=delimiter) == wanted

    holds()


@given(grids)
def test_what_is_written_as_a_workbook_reads_back(grid: list[list[str]]) -> None:
    made = write_xlsx("Suivi [2026]", grid[0], grid[1:])
    width = max(len(row) for row in grid)
    padded = [tuple(row) + ("",) * (width - len(row)) for row in grid]
    found = [row + ("",) * (width - len(row)) for row in cells(made)]
    assert found == padded


@given(st.text(max_size=8))
def test_no_text_of_a_csv_begins_as_a_formula(text: str) -> None:
    assert not tables.neutralised(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_the_formulas_of_a_roster_are_neutralised_on_the_way_out(shared: Path, app: Flask) -> None:
    roster = cells((shared / "fixtures/roster/made_formula_injection.csv").read_bytes())
    with app.test_request_context(), speaking("en"):
        written = write_csv(roster[0], roster[1:]).decode("utf-8-sig")
    assert "'=cmd|' /C calc'!A0,Doe" in written
    assert "\"'=HYPERLINK(" in written
    book = load_workbook(io.BytesIO(write_xlsx("people", roster[0], roster[1:])))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}


def test_numbers_stay_numbers(app: Flask) -> None:
    row = [3, -2, 0.5, None, True, date(2026, 1, 31)]
    with app.test_request_context(), speaking("fr"):
        assert write_csv(["a"], [row]).decode("utf-8-sig").splitlines()[1] == "3;-2;0,5;;True;2026-01-31"
    assert cells(write_xlsx("a", ["a"], [row]))[1] == ("3", "-2", "0.5", "", "True", "2026-01-31")


def test_every_choice_of_encoding_exists() -> None:
    assert all("a".encode(name) for name in CHOICES)


def test_rows_of_a_workbook_are_not_held_in_memory() -> None:
    write_xlsx("x", ["a"], [["1"]])  # What is loaded once does not count.
    rows = ([f"{number} {column}" for column in range(8)] for number in range(1_500))
    tracemalloc.start()
    try:
        book = write_xlsx("x", list("abcdefgh"), rows)
        assert tracemalloc.get_traced_memory()[1] < 1_500_000, "in memory they would be five million bytes"
    finally:
        tracemalloc.stop()
    assert len(list(read_table(book).rows())) == 1_501
