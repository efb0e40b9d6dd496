"""A report as a Word file that screen readers follow: real headings, header rows, alternative texts.

Used by `draw`, in its own process; the bytes are the same for the same report.
"""

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

Block = dict[str, Any]
LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001  (a time of no place: the first that a zip can hold)
SIGNS = {"met": "●", "not_met": "✕", "inconclusive": "○", "not_measurable": "◌", "outside_pilot": "◌"}
WIDTH = Cm(17)
SOFT = RGBColor(0x43, 0x51, 0x5C)


def word_file(report: Block, pictures: dict[str, bytes]) -> bytes:
    """Return the file of a report and its drawings (PNG by name)."""
    file = _Writer(report, pictures).written()
    return _without_times(file)


class _Writer:
    def __init__(self, report: Block, pictures: dict[str, bytes]) -> None:
        self.report, self.pictures = report, pictures
        self.document = Document()
        self.bookmarks = 0
        self.anchors = {section["anchor"] for section in report["sections"]} | {
            block["anchor"]
            for section in report["sections"]
            for block in section["blocks"]
            if block["kind"] == "heading"
        }

    def written(self) -> bytes:
        """Write everything and return the bytes."""
        self._set_up()
        self.document.add_heading(self.report["title"], level=0)
        self.document.add_paragraph(self.report["subtitle"])
        for section in self.report["sections"]:
            if section["new_page"]:
                self.document.add_page_break()
            self._bookmark(self.document.add_heading(section["title"], level=1), section["anchor"])
            for block in section["blocks"]:
                getattr(self, f"_{block['kind']}")(block)
        held = io.BytesIO()
        self.document.save(held)
        return held.getvalue()

    def _set_up(self) -> None:
        report, core = self.report, self.document.core_properties
        core.title, core.language, core.author, core.comments = report["title"], report["language"], "", ""
        core.created = core.modified = LONG_AGO
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(15 if report["large"] else 10)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), {"fr": "fr-FR", "en": "en-GB"}.get(report["language"], report["language"]))
        properties = normal.element.get_or_add_rPr()
        properties.append(language)
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.header.paragraphs[0].text = report["banner"]
        page.footer.paragraphs[0].text = " · ".join(report["footer"])

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        self.bookmarks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self.bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), _name(anchor))
            paragraph._p.append(mark)

    def _heading(self, block: Block) -> None:
        self._bookmark(self.document.add_heading(block["text"], level=2), block["anchor"])

    def _paragraph(self, block: Block) -> None:
        self.document.add_paragraph().add_run(block["text"]).bold = block["strong"]

    def _items(self, block: Block) -> None:
        for text in block["texts"]:
            self.document.add_paragraph(text, style="List Bullet")

    def _link(self, block: Block) -> None:
        self._led(self.document.add_paragraph(), block["text"], block["anchor"])

    def _pairs(self, block: Block) -> None:
        for term, said in block["pairs"]:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(
                f"{term}\u00a0: " if self.report["language"] == "fr" else f"{term}: "
            ).font.color.rgb = SOFT
            paragraph.add_run(said)

    def _picture(self, block: Block) -> None:
        self.document.add_picture(io.BytesIO(self.pictures[block["name"]]), width=WIDTH)
        described = self.document.inline_shapes[-1]._inline.docPr
        described.set("descr", block["label"])
        described.set("name", block["name"])
        self.document.add_paragraph(block["caption"], style="Caption")

    def _table(self, block: Block) -> None:
        caption = self.document.add_paragraph(block["caption"], style="Caption")
        caption.paragraph_format.keep_with_next = True
        columns = block["columns"]
        table = self.document.add_table(rows=1, cols=len(columns), style="Table Grid")
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(column["label"]).bold = True
        _mark(table.rows[0], "w:tblHeader")
        for row in block["rows"]:
            added = table.add_row()
            _mark(added, "w:cantSplit")
            for place, (cell, held) in enumerate(zip(added.cells, row, strict=True)):
                self._cell(cell.paragraphs[0], held, right=columns[place]["number"])
        for row in table.rows:
            for cell in row.cells:
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(8)
        self.document.add_paragraph()

    def _cell(self, paragraph: Any, held: Block, *, right: bool) -> None:
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if held["verdict"]:
            paragraph.add_run(f"{SIGNS[held['verdict']]} {held['text']}").bold = True
        else:
            self._led(paragraph, held["text"], held["anchor"])

    def _led(self, paragraph: Any, text: str, anchor: str) -> None:
        """Write a text that leads to a bookmark, or plainly where there is none."""
        run = paragraph.add_run(text)
        if anchor in self.anchors:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _name(anchor))
            run.font.underline = True
            paragraph._p.replace(run._r, link)
            link.append(run._r)


def _name(anchor: str) -> str:
    """Return a bookmark's name: a letter first, no hyphen, at most 40 characters."""
    return "b_" + anchor.replace("-", "_")[:38]


def _mark(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _without_times(file: bytes) -> bytes:
    """Return the zip with every time set to the same."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as read, zipfile.ZipFile(held, "w") as write:
        for entry in read.infolist():
            told = zipfile.ZipInfo(entry.filename, LONG_AGO.timetuple()[:6])
            write.writestr(told, read.read(entry), zipfile.ZIP_DEFLATED)
    return held.getvalue()
