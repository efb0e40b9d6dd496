"""Slides and procedures: what becomes a card, with which pictures, and what is named."""

import io
from typing import Any

import docx
import pptx
import pytest
from docx.shared import Inches
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from lms.authoring.drafts import faults
from lms.authoring.imports import docx as documents
from lms.authoring.imports import pptx as decks
from lms.authoring.imports.reading import Reading
from lms.catalogue.pictures import NotShown, shown
from lms.kernel.jobs.kinds import JobCancelled
from lms.kernel.refusals import FileRefused
from tests.authoring.imports.pictures import PNG, drawn
from tests.authoring.imports.test_module_file import DRAWING, zipped

pytestmark = pytest.mark.usefixtures("languages")


def saved(made: Any) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def deck() -> tuple[Any, Any]:
    """A deck, and a layout with a title and a body."""
    made = pptx.Presentation()
    return made, made.slide_layouts[1]


def read_deck(made: Any) -> Reading:
    return decks.read(saved(made), "deck.pptx", "en")


def cards(read: Reading) -> list[dict[str, Any]]:
    return [found.block for found in read.found]


def test_a_slide_becomes_a_card_with_its_text_table_notes_and_picture() -> None:
    made, layout = deck()
    slide = made.slides.add_slide(layout)
    slide.shapes.title.text = "Winding"
    slide.placeholders[1].text = "Look\nMeasure"
    table = slide.shapes.add_table(2, 2, 0, 0, 100, 100).table
    for place, text in enumerate(("Width", "110 mm", "Core", "76 mm")):
        table.cell(place // 2, place % 2).text = text
    slide.shapes.add_picture(io.BytesIO(PNG), 0, 0)
    slide.notes_slide.notes_text_frame.text = "Say why *first*."
    read = read_deck(made)
    (card,) = cards(read)
    assert (card["card"], card["title"]) == ("text", {"en": "Winding"})
    assert card["body"] == {"en": "- Look\n- Measure\n\n- Width – 110 mm\n- Core – 76 mm\n\nSay why \\*first\\*."}
    assert read.media[card["picture"]["file"]].data == PNG


def test_further_pictures_are_cards_of_their_own_and_what_is_cut_off_stays_off() -> None:
    made, layout = deck()
    slide = made.slides.add_slide(layout)
    slide.shapes.title.text = "Two"
    slide.shapes.add_picture(io.BytesIO(PNG), 0, 0)
    cut = slide.shapes.add_picture(io.BytesIO(drawn(size=(60, 20))), 0, 0)
    cut.crop_left = cut.crop_right = 0.25
    read = read_deck(made)
    assert [card["card"] for card in cards(read)] == ["picture", "picture"]
    (_one, other) = (read.media[card["picture"]["file"]].data for card in cards(read))
    assert Image.open(io.BytesIO(other)).size == (30, 20)


def test_what_a_card_cannot_show_is_named_with_its_slide() -> None:
    made, layout = deck()
    made.slides.add_slide(made.slide_layouts[6])
    charted = made.slides.add_slide(layout)
    charted.shapes.title.text = "Chart"
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", (1,))
    charted.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 100, 100, data)
    hidden = made.slides.add_slide(layout)
    hidden.shapes.title.text = "Old"
    hidden._element.set("show", "0")
    read = read_deck(made)
    assert [(left.line, left.title, left.reason) for left in read.left] == [
        (1, "", "slide.empty"),
        (2, "Chart", "slide.chart"),
        (3, "Old", "slide.hidden"),
    ]
    assert (read.stated, read.named) == (3, 3)
    assert [card["title"]["en"] for card in cards(read)] == ["Chart"]


def test_every_card_of_a_deck_is_complete_but_for_the_words_of_its_pictures() -> None:
    made, layout = deck()
    for number in range(3):
        slide = made.slides.add_slide(layout)
        slide.shapes.title.text = "1. <b>Same</b> title " + "x" * 400 * (number == 2)
        slide.placeholders[1].text = f"# {number}\n- a [b](javascript:x) `c`"
        slide.shapes.add_picture(io.BytesIO(PNG), 0, 0)
    read = read_deck(made)
    head = {"format": "etabli-module/1", "code": "a", "languages": ["en"], "minutes": 3}
    whole = head | {"title": {"en": "A"}, "summary": {"en": "A"}, "blocks": cards(read)}
    missing = {(one.code, one.path.rpartition(".")[2]) for one in faults(whole, dict.fromkeys(read.media, "x"))}
    assert missing <= {("missing", "alt")}


@pytest.mark.parametrize("source", [b"PK\x03\x04", zipped({"ppt/presentation.xml": b"<a/>"}).getvalue()])
def test_what_is_no_deck_is_refused(source: bytes) -> None:
    for reader in (decks, documents):
        with pytest.raises(FileRefused):
            reader.read(source, "x", "en")


def procedure() -> Any:
    made = docx.Document()
    made.add_heading("Change a blade", 0)
    made.add_heading("Before", 1)
    made.add_paragraph("Stop the machine.")
    made.add_paragraph("gloves", style="List Bullet")
    made.add_heading("Do it", 1)
    for step in ("Open the guard", "Take the blade out", "Put the new one in"):
        made.add_paragraph(step, style="List Number")
    made.paragraphs[-1].add_run().add_picture(io.BytesIO(PNG), Inches(1))
    made.add_paragraph("Close the guard.")
    return made


def test_headings_begin_cards_and_numbers_are_steps() -> None:
    read = documents.read(saved(procedure()), "p.docx", "en")
    before, steps, after = cards(read)
    assert read.title == "Change a blade"
    assert before["body"] == {"en": "Stop the machine.\n\n- gloves"}
    assert [step["text"]["en"] for step in steps["steps"]] == [
        "Open the guard",
        "Take the blade out",
        "Put the new one in",
    ]
    assert read.media[steps["steps"][2]["picture"]["file"]].data == PNG
    assert (after["title"], after["body"]) == ({"en": "Do it"}, {"en": "Close the guard."})


def test_steps_numbered_by_hand_and_many_of_them() -> None:
    made = docx.Document()
    made.add_heading("Clean", 1)
    for number in range(1, 10):
        made.add_paragraph(f"{number}. Part {number}")
    runs = [len(card["steps"]) for card in cards(documents.read(saved(made), "p.docx", "en"))]
    assert runs == [5, 4]


def test_a_document_names_what_it_loses() -> None:
    made = docx.Document()
    made.add_heading("Empty", 1)
    made.add_heading("Linked", 1)
    paragraph = made.add_paragraph("See.")
    paragraph._p.append(
        paragraph._p.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}footnoteReference", {})
    )
    read = documents.read(saved(made), "p.docx", "en")
    assert [(left.title, left.reason) for left in read.left] == [
        ("Empty", "document.nothing"),
        ("Linked", "document.footnote"),
    ]
    with pytest.raises(FileRefused):
        documents.read(saved(docx.Document()), "p.docx", "en")


def test_a_photo_is_turned_made_small_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x8825] = {1: "N"}
    made = shown(drawn("JPEG", (3840, 480), exif=exif))
    written = Image.open(io.BytesIO(made.file.data))
    assert (made.ending, written.size, dict(written.getexif())) == (".jpg", (240, 1920), {})


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_pictures_of_other_kinds_become_one_that_is_shown(kind: str) -> None:
    assert shown(drawn(kind)).ending == ".png"


def test_a_drawing_is_cleaned_and_no_picture_is_refused() -> None:
    hostile = DRAWING.replace(b"<path", b"<script>x</script><path onload='x'")
    assert b"script" not in shown(hostile).file.data
    for data in (b"", b"\xd7\xcd\xc6\x9a" + b"\0" * 50, PNG[:60], b"<html>"):
        with pytest.raises(NotShown):
            shown(data)


def test_a_procedure_that_nobody_waits_for_is_not_called_broken() -> None:
    def stopped(done: int, whole: int) -> None:
        raise JobCancelled()

    with pytest.raises(JobCancelled):
        documents.read(saved(procedure()), "p.docx", "en", stopped)
