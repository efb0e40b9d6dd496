"""Files of the report: the same figures, and what someone who does not see needs of a document.

Structure is checked here, in the file itself; a validator of PDF/UA is not at hand. Checked of
the print: tagged, its language and title given and shown, every drawing with its words, headings
in order without a gap, header cells in every table, every page numbered within its structure.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf.generic import DictionaryObject

from lms.evaluation.models import Evaluation, Pilot
from lms.reports import drawing, formats
from lms.reports.document import Heading, Picture, Report, Table
from lms.reports.pilot.build import build
from lms.reports.pilot.operators import for_operators

Found = tuple[Pilot, Evaluation]


@pytest.fixture(scope="module")
def report(plant_evaluated: Found) -> Report:
    return build(*plant_evaluated, "fr")


@pytest.fixture(scope="module")
def print_(report: Report, drawn: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(drawing.pdf(report, drawn)))


def elements(reader: pypdf.PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure, in reading order."""

    def below(found: object) -> Iterator[DictionaryObject]:
        found = found.get_object() if hasattr(found, "get_object") else found
        if isinstance(found, list):
            for part in found:
                yield from below(part)
        elif isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from below(found.get("/K", []))

    yield from below(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def roles(reader: pypdf.PdfReader) -> list[str]:
    """What each element is, by the standard's names."""
    mapped = reader.trailer["/Root"]["/StructTreeRoot"].get("/RoleMap", {})
    return [str(mapped.get(one["/S"], one["/S"])) for one in elements(reader)]


def test_the_print_says_its_language_and_title(print_: pypdf.PdfReader, report: Report) -> None:
    root = print_.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert str(root["/Lang"]).startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert print_.metadata.title == report.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_every_drawing_of_the_print_is_said_in_words(print_: pypdf.PdfReader, report: Report) -> None:
    said = [str(one["/Alt"]) for one in elements(print_) if one["/S"] == "/Figure"]
    assert [" ".join(one.split()) for one in said] == [" ".join(one.label.split()) for one in report.pictures]


def test_headings_of_the_print_come_in_order(print_: pypdf.PdfReader, report: Report) -> None:
    levels = [int(role[2:]) for role in roles(print_) if re.fullmatch(r"/H\d", role)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert levels.count(2) == len(report.sections)
    assert levels.count(3) == sum(isinstance(block, Heading) for one in report.sections for block in one.blocks)


def test_tables_of_the_print_have_headers(print_: pypdf.PdfReader, report: Report) -> None:
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    found = roles(print_)
    assert found.count("/Table") == len(tables)
    assert found.count("/TH") >= sum(len(table.columns) for table in tables)


def test_every_page_is_within_the_structure(print_: pypdf.PdfReader) -> None:
    assert all("/StructParents" in page for page in print_.pages)
    assert all(page["/Tabs"] == "/S" for page in print_.pages if "/Annots" in page)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_the_same_evaluation_gives_the_same_bytes(
    plant_evaluated: Found, drawn: Path, tmp_path: Path, kind: str
) -> None:
    """Drawn anew in another folder."""
    assert formats.written(*plant_evaluated, kind, drawn, "fr") == formats.written(
        *plant_evaluated, kind, tmp_path, "fr"
    )


def test_the_word_file_is_made_for_screen_readers(plant_evaluated: Found, report: Report, drawn: Path) -> None:
    word = Document(io.BytesIO(formats.written(*plant_evaluated, "docx", drawn, "fr")))
    assert word.core_properties.title == report.title
    headings = [(one.style.name, one.text) for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert [text for name, text in headings if name == "Heading 1"] == [section.title for section in report.sections]
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    assert len(word.tables) == len(tables)
    assert all(one.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for one in word.tables)
    assert [one._inline.docPr.get("descr") for one in word.inline_shapes] == [one.label for one in report.pictures]
    assert word.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "fr-FR"
    for table, written in zip(tables, word.tables, strict=True):
        assert [cell.text for cell in written.rows[0].cells] == [column.label for column in table.columns]
        assert len(written.rows) == len(table.rows) + 1


def test_links_of_the_word_file_lead_somewhere(plant_evaluated: Found, drawn: Path) -> None:
    body = Document(io.BytesIO(formats.written(*plant_evaluated, "docx", drawn, "fr"))).element.body
    named = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    led = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert led
    assert led <= named


def test_the_workbook_holds_the_figures_as_numbers(plant_evaluated: Found, drawn: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(formats.written(*plant_evaluated, "xlsx", drawn, "en")))
    assert book.sheetnames == ["Indicators", "Groups", "Sensitivity", "Series", "Protocol"]
    lines = list(book["Indicators"].values)
    for row, line in zip(plant_evaluated[1].results["figures"]["indicators"], lines[1:], strict=True):
        told = dict(zip(lines[0], line, strict=True))
        assert (told["Code"], told["value"], told["n"], told["low"]) == (
            row["code"],
            row["value"],
            row["n"],
            row["low"],
        )
    groups = [line for line in book["Groups"].values if line[0] == "C1"]
    assert [line[3:5] for line in groups] == [(12, 12), (11, 12), (11, 12), (12, 12), (11, 12)]
    assert book["Protocol"]["B2"].value == plant_evaluated[1].protocol_sha256


def test_operators_get_one_page_without_a_word_of_statistics(plant_evaluated: Found, drawn: Path) -> None:
    told = for_operators(*plant_evaluated, "en")
    reader = pypdf.PdfReader(io.BytesIO(drawing.pdf(told, drawn)))
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    assert "60 people were asked to." in text
    assert "Do people finish? Yes. 57 out of 60." in text
    assert "No, not enough. 40 out of 60." in text
    assert not re.search(r"interval|effective|Wilson|ICC|indicator", text)
    assert not any(isinstance(block, Picture) for section in told.sections for block in section.blocks)
