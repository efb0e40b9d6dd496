"""Files of the report: the same figures, and what someone who does not see needs of a document.

A validator of PDF/UA takes Java and cannot be had from the package indices that are used here:
`matterhorn` looks in the prints for the failure conditions that a program can see.
"""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from lms.evaluation.models import Evaluation, Pilot
from lms.kernel.languages import speaking
from lms.reports import drawing, formats
from lms.reports import protocol as readable
from lms.reports.document import Heading, Picture, Report, Table
from lms.reports.pilot.build import build
from lms.reports.pilot.operators import for_operators
from tests.reports import matterhorn

Found = tuple[Pilot, Evaluation]


@pytest.fixture(scope="module")
def report(plant_evaluated: Found) -> Report:
    return build(*plant_evaluated, "fr")


@pytest.fixture(scope="module")
def printed(report: Report, drawn: Path) -> bytes:
    return drawing.pdf(report, drawn)


@pytest.fixture
def print_(printed: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(printed))


def roles(reader: pypdf.PdfReader) -> list[str]:
    """What each element is, by the standard's names."""
    return [matterhorn.role(reader, element) for _above, element in matterhorn.elements(reader)]


@pytest.fixture(scope="module")
def prints(plant_evaluated: Found, drawn: Path, printed: bytes) -> dict[str, pypdf.PdfReader]:
    """Everything that is printed about a pilot."""
    with speaking("fr"):
        protocol = readable.build(plant_evaluated[0], json.loads(plant_evaluated[0].protocol.text))
    more = {"en": build(*plant_evaluated, "en"), "operators": for_operators(*plant_evaluated), "protocol": protocol}
    made = {"fr": printed} | {name: drawing.pdf(report, drawn) for name, report in more.items()}
    return {name: pypdf.PdfReader(io.BytesIO(content)) for name, content in made.items()}


@pytest.mark.parametrize("name", ["fr", "en", "operators", "protocol"])
def test_no_failure_condition_of_pdf_ua_is_met(prints: dict[str, pypdf.PdfReader], name: str) -> None:
    assert matterhorn.faults(prints[name]) == []


def of(reader: pypdf.PdfReader, kind: str) -> DictionaryObject:
    """The first element of a kind."""
    return next(element for _above, element in matterhorn.elements(reader) if element["/S"] == kind)


def rename(reader: pypdf.PdfReader, kind: str, other: str) -> None:
    of(reader, kind)[NameObject("/S")] = NameObject(other)


def unmark(reader: pypdf.PdfReader) -> None:
    reader.pages[0][NameObject("/Contents")] = DecodedStreamObject()
    reader.pages[0]["/Contents"].set_data(b"/Span <</MCID 0>> BDC EMC 0 0 9 9 re f")


def set_aside(reader: pypdf.PdfReader) -> None:
    reader.pages[0][NameObject("/Contents")] = DecodedStreamObject()
    reader.pages[0]["/Contents"].set_data(b"/Artifact BMC /Span <</MCID 0>> BDC EMC EMC")


def blank_font(reader: pypdf.PdfReader) -> None:
    for font in matterhorn.plain(reader.pages[0]["/Resources"]["/Font"]).values():
        del font.get_object()["/ToUnicode"]


Breaking = Callable[[pypdf.PdfReader], object]
BREAKINGS: dict[str, tuple[matterhorn.Check, Breaking]] = {
    "01-003": (matterhorn.content, set_aside),
    "01-005": (matterhorn.content, unmark),
    "01-007": (matterhorn.document, lambda reader: matterhorn.root(reader).pop("/MarkInfo")),
    "02-001": (matterhorn.roles, lambda reader: rename(reader, "/Strong", "/Loud")),
    "06-003": (matterhorn.document, lambda reader: matterhorn.root(reader).pop("/Metadata")),
    "07-001": (matterhorn.document, lambda reader: matterhorn.root(reader).pop("/ViewerPreferences")),
    "09-004": (matterhorn.nesting, lambda reader: rename(reader, "/TD", "/P")),
    "11-006": (matterhorn.document, lambda reader: matterhorn.root(reader).pop("/Lang")),
    "13-004": (matterhorn.words, lambda reader: of(reader, "/Figure").pop("/Alt")),
    "14-002": (matterhorn.headings, lambda reader: rename(reader, "/H1", "/P")),
    "14-003": (matterhorn.headings, lambda reader: rename(reader, "/H2", "/H4")),
    "15-003": (matterhorn.tables, lambda reader: of(reader, "/TH").pop("/A")),
    "28-009": (matterhorn.annotations, lambda reader: reader.pages[0].pop("/Tabs")),
    "28-011": (matterhorn.annotations, lambda reader: rename(reader, "/Link", "/Span")),
    "28-012": (matterhorn.annotations, lambda reader: reader.pages[0]["/Annots"][0].get_object().pop("/Contents")),
    "31-027": (matterhorn.fonts, blank_font),
}


@pytest.mark.parametrize("condition", BREAKINGS)
def test_what_is_broken_in_a_print_is_seen(print_: pypdf.PdfReader, condition: str) -> None:
    check, break_ = BREAKINGS[condition]
    break_(print_)
    assert condition in " ".join(check(print_))


def test_the_print_says_its_title(print_: pypdf.PdfReader, report: Report) -> None:
    assert str(matterhorn.root(print_)["/Lang"]) == "fr"
    assert print_.metadata.title == report.title


def test_every_drawing_of_the_print_is_said_in_words(print_: pypdf.PdfReader, report: Report) -> None:
    said = [str(one["/Alt"]) for _above, one in matterhorn.elements(print_) if one["/S"] == "/Figure"]
    assert [" ".join(one.split()) for one in said] == [" ".join(one.label.split()) for one in report.pictures]


def test_headings_of_the_print_come_in_order(print_: pypdf.PdfReader, report: Report) -> None:
    levels = [int(role[2:]) for role in roles(print_) if re.fullmatch(r"/H\d", role)]
    assert levels.count(1) == 1
    assert levels.count(2) == len(report.sections)
    assert levels.count(3) == sum(isinstance(block, Heading) for one in report.sections for block in one.blocks)


def test_tables_of_the_print_have_headers(print_: pypdf.PdfReader, report: Report) -> None:
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    found = roles(print_)
    assert found.count("/Table") == len(tables)
    assert found.count("/TH") >= sum(len(table.columns) for table in tables)


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
