"""From slides (PPTX) to cards: title, text, tables, notes and pictures of each slide that is shown.

What lies outside a card's reach (charts, sound, video, drawings that no browser shows) is named with
its slide. The text of SmartArt is read from its own part, since no shape holds it.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lms.authoring.imports import blocks, prose, xml
from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.pictures import Gallery
from lms.authoring.imports.reading import Found, Left, Reading
from lms.catalogue.fields import LONGEST_LINE, on_one_line
from lms.kernel.archives import Limits, check_zip
from lms.kernel.jobs.kinds import Report, silent
from lms.kernel.languages import gettext as _
from lms.kernel.languages import speaking
from lms.kernel.later import Later
from lms.kernel.refusals import FileRefused, Problem

pptx = Later("pptx")
shape_types = Later("pptx.enum.shapes")

LIMITS = Limits(entries=8_000, each=64_000_000, whole=300_000_000)
_ENDING = re.compile(r"\.pptx$", re.IGNORECASE)
_DIAGRAM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


@dataclass
class _Slide:
    """What a slide holds, as far as it was read."""

    number: int
    title: str = ""
    texts: list[tuple[int, str]] = field(default_factory=list)
    """Paragraphs with their level, from 0; -1 for one that is no list."""
    tables: list[list[list[str]]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    """Names within the module, and what they show."""
    notes: str = ""
    lost: list[str] = field(default_factory=list)


def read(source: bytes, file: str, language: str = "fr", report: Report = silent) -> Reading:
    """Return the cards of a deck; raises FileRefused for what is no deck or has no slide."""
    check_zip(io.BytesIO(source), file, LIMITS)
    try:
        deck = pptx.Presentation(io.BytesIO(source))
        slides = list(deck.slides)
    except Exception as error:
        # Whatever a malformed part makes the reader raise (KeyError, XMLSyntaxError, ValueError…) means one thing.
        raise FileRefused([Problem("slide.broken", file)]) from error
    if not slides:
        raise FileRefused([Problem("slide.none", file)])
    reader = _Reader(language)
    for number, slide in enumerate(slides, start=1):
        report(number - 1, len(slides))
        reader.add(number, slide, file)
    return Reading(
        Kind.PPTX,
        file,
        _ENDING.sub("", file),
        language,
        tuple(reader.found),
        tuple(reader.left),
        media=reader.gallery.files,
        stated=len(slides),
        counts=dict(reader.counts),
    )


class _Reader:
    """The slides of one deck, their keys and their pictures."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.found: list[Found] = []
        self.left: list[Left] = []
        self.gallery = Gallery()
        self.counts: Counter[str] = Counter()
        self._keys = blocks.key_giver()

    def add(self, number: int, slide: Any, file: str) -> None:
        """Make cards of a slide, and name what is left out of it."""
        held = _Slide(number)
        hidden = slide._element.get("show") in ("0", "false")
        self.counts["hidden"] += hidden
        try:
            self._gather(slide, held)
        except Exception as error:
            raise FileRefused([Problem("slide.broken", file, number)]) from error
        self.counts["with_notes"] += slide.has_notes_slide
        if hidden:
            self.left.append(Left(number, held.title, "slide.hidden"))
            return
        cards = list(self._cards(held))
        self.found += [Found(number, card) for card in cards]
        self.left += [Left(number, held.title, code) for code in dict.fromkeys(held.lost)]
        if not cards and not held.lost:
            self.left.append(Left(number, held.title, "slide.empty"))

    def _gather(self, slide: Any, held: _Slide) -> None:
        title = slide.shapes.title
        # Where the title belongs somebody may have put a picture.
        title = title if title is not None and title.has_text_frame else None
        held.title = on_one_line(title.text_frame.text.replace("\v", " ").replace("\n", " ")) if title else ""
        for shape in _flat(slide.shapes):
            if title and shape.shape_id == title.shape_id:
                continue
            try:
                self._shape(shape, slide, held)
            except Exception:  # noqa: BLE001  (one malformed shape does not spoil a deck; it is named)
                held.lost.append("slide.shape")
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            held.notes = slide.notes_slide.notes_text_frame.text.replace("\v", "\n").strip()

    def _shape(self, shape: Any, slide: Any, held: _Slide) -> None:
        kind = _kind_of(shape)
        if kind == "media":
            held.lost.append("slide.media")
        elif kind == "picture":
            self._picture(shape, held)
        elif kind == "table":
            rows = [[on_one_line(cell.text.replace("\v", " ")) for cell in row.cells] for row in shape.table.rows]
            held.tables.append(rows)
            self.counts["tables"] += 1
        elif kind == "chart":
            held.lost.append("slide.chart")
            self.counts["charts"] += 1
        elif kind == "object":
            held.lost.append("slide.object")
        elif kind == "diagram":
            held.texts += [(0, text) for text in _diagram(shape, slide)]
        elif shape.has_text_frame and not _is_furniture(shape):
            held.texts += _paragraphs(shape)
        self._filled(shape, slide, held)

    def _picture(self, shape: Any, held: _Slide) -> None:
        self.counts["pictures"] += 1
        try:
            data = shape.image.blob
        except (ValueError, KeyError, AttributeError):  # A link to a file elsewhere.
            held.lost.append("slide.picture")
            return
        crop = (shape.crop_left, shape.crop_top, shape.crop_right, shape.crop_bottom)
        kept = self.gallery.add(f"slide-{held.number}", data, crop)
        if kept is None:
            held.lost.append("slide.picture")
        else:
            held.pictures.append((kept, _alt(shape)))

    def _filled(self, shape: Any, slide: Any, held: _Slide) -> None:
        """Take the picture that fills a shape which is no picture."""
        if _kind_of(shape) == "picture" or not hasattr(shape, "_element"):
            return
        for blip in shape._element.iter(_PICTURE):
            part = slide.part.related_part(blip.get(_EMBEDDED)) if blip.get(_EMBEDDED) else None
            kept = self.gallery.add(f"slide-{held.number}", part.blob) if part is not None else None
            if kept:
                held.pictures.append((kept, _alt(shape)))
            else:
                held.lost.append("slide.picture")

    def _cards(self, held: _Slide) -> Iterator[dict[str, Any]]:
        written = _body(held)
        title = held.title or (held.texts[0][1] if held.texts else "")
        if not title:
            with speaking(self.language):
                title = _("Slide %(number)s", number=held.number)
        named = self._titled(title, held.number)
        first, *others = [*held.pictures, None]
        texts = list(prose.pieces(written))
        if texts:
            yield self._card("text", named, first, texts[0])
            for text in texts[1:]:
                yield self._card("text", named, None, text)
        elif first:
            yield self._card("picture", named, first, "")
        elif held.title:
            yield self._card("text", named, None, prose.escaped(held.title))
        for picture in others:
            if picture:
                yield self._card("picture", named, picture, "")

    def _titled(self, title: str, number: int) -> tuple[str, dict[str, str]]:
        line = on_one_line(title)
        short = line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
        return f"slide-{number}", {self.language: short}

    def _card(
        self, kind: str, named: tuple[str, dict[str, str]], picture: tuple[str, str] | None, body: str
    ) -> dict[str, Any]:
        otherwise, title = named
        card: dict[str, Any] = {"key": self._keys(title[self.language], otherwise), "card": kind, "title": title}
        if body:
            card["body"] = {self.language: body}
        if picture:
            file, shows = picture
            card["picture"] = {"file": file, **({"alt": {self.language: shows}} if shows else {})}
        return card


def _flat(shapes: Any) -> Iterator[Any]:
    """Yield shapes in reading order, those of groups too."""
    for shape in shapes:
        if shape.shape_type == shape_types.MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _kind_of(shape: Any) -> str:
    types = shape_types.MSO_SHAPE_TYPE
    if getattr(shape, "has_table", False):
        return "table"
    if getattr(shape, "has_chart", False):
        return "chart"
    element = getattr(shape, "_element", None)
    if element is not None and element.xpath(
        ".//*[local-name()='videoFile' or local-name()='audioFile' "
        "or local-name()='wavAudioFile' or local-name()='quickTimeFile']"
    ):
        return "media"
    if shape.shape_type in (types.PICTURE, types.LINKED_PICTURE) or hasattr(shape, "image"):
        return "picture"
    if shape.shape_type in (types.EMBEDDED_OLE_OBJECT, types.LINKED_OLE_OBJECT, types.OLE_CONTROL_OBJECT):
        return "object"
    if element is not None and element.xpath(".//*[local-name()='relIds']"):
        return "diagram"
    return "text"


def _is_furniture(shape: Any) -> bool:
    """Whether a shape is a slide's number, date or footer."""
    if not shape.is_placeholder:
        return False
    types = shape_types.PP_PLACEHOLDER
    return shape.placeholder_format.type in (types.SLIDE_NUMBER, types.DATE, types.FOOTER, types.HEADER)


def _alt(shape: Any) -> str:
    """Return what whoever made the slide says the picture shows."""
    found = shape._element.xpath(".//*[local-name()='cNvPr']/@descr")
    return blocks.alt(str(found[0])) if found else ""


def _paragraphs(shape: Any) -> Iterator[tuple[int, str]]:
    listed = shape.is_placeholder and len([one for one in shape.text_frame.paragraphs if one.text.strip()]) > 1
    for paragraph in shape.text_frame.paragraphs:
        text = on_one_line(paragraph.text.replace("\v", " "))
        if text.strip():
            bulleted = bool(paragraph._p.xpath("./a:pPr/a:buChar | ./a:pPr/a:buAutoNum"))
            plain = bool(paragraph._p.xpath("./a:pPr/a:buNone"))
            yield (paragraph.level if (listed or bulleted) and not plain else -1), text


def _diagram(shape: Any, slide: Any) -> Iterator[str]:
    """Yield the texts of SmartArt."""
    (identifier,) = shape._element.xpath(".//*[local-name()='relIds']/@*[local-name()='dm']")[:1] or ("",)
    relation = slide.part.rels.get(identifier) if identifier else None
    if relation is None or relation.reltype != _DIAGRAM:
        return
    root = xml.parse(relation.target_part.blob, "")
    for paragraph in root.iter(_PARAGRAPH):
        text = on_one_line("".join(one.text or "" for one in paragraph.iter(_TEXT)))
        if text.strip():
            yield text


def _body(held: _Slide) -> str:
    """Return the text of a slide in Markdown: paragraphs and lists, tables row by row, then the notes."""
    long = held.title and len(held.title) > LONGEST_LINE
    parts: list[str] = [prose.escaped(held.title)] if long else []
    first = held.texts[:1] if not held.title else []
    texts = held.texts[1:] if first and len(first[0][1]) <= LONGEST_LINE else held.texts
    run: list[str] = []
    for level, text in texts:
        if level < 0:
            parts += ["\n".join(run)] if run else []
            run = []
            parts.append(prose.escaped(text))
        else:
            run.append(f"{'  ' * min(level, 3)}- {prose.escaped(text)}")
    parts += ["\n".join(run)] if run else []
    parts += [table for table in map(_table, held.tables) if table]
    parts += [prose.paragraphs(held.notes.split("\n"))] if held.notes else []
    return "\n\n".join(part for part in parts if part)


def _table(rows: list[list[str]]) -> str:
    return prose.items(" – ".join(cell for cell in row if cell) for row in rows)
