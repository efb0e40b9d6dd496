"""From procedures (DOCX) to cards: a heading begins a card, a numbered list becomes its steps.

What is struck out, headers, footers and comments are no part of a procedure. Footnotes, formulas and
drawings that no browser shows are named with the heading under which they stand.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lms.authoring.imports import blocks, prose
from lms.authoring.imports.kinds import Kind
from lms.authoring.imports.pictures import Gallery
from lms.authoring.imports.reading import Found, Left, Reading
from lms.authoring.imports.xml import Element, local
from lms.catalogue.fields import LONGEST_LINE, on_one_line
from lms.kernel.archives import Limits, check_zip
from lms.kernel.jobs.kinds import JobCancelled, Report, silent
from lms.kernel.languages import gettext as _
from lms.kernel.languages import speaking
from lms.kernel.later import Later
from lms.kernel.refusals import FileRefused, Problem

docx = Later("docx")

LIMITS = Limits(entries=4_000, each=64_000_000, whole=200_000_000)
MOST_STEPS = 8
_ENDING = re.compile(r"\.docx$", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|titre)\s*(\d)$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titre)$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:list number|liste à numéros)", re.IGNORECASE)
_BULLETED = re.compile(r"(?:list bullet|liste à puces)", re.IGNORECASE)
_TYPED = re.compile(r"\s*(?:\d{1,2}\s*[.)]|(?:étape|step)\s+\d{1,2}\s*[.:)])\s+", re.IGNORECASE)
"""A number that somebody typed in front of a step."""
_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class _Paragraph:
    text: str
    way: str
    """`title`, `heading`, `number`, `bullet`, `plain` or `table`."""
    pictures: tuple[tuple[str, str], ...] = ()


@dataclass
class _Section:
    """A heading and what stands under it."""

    title: str
    held: list[_Paragraph] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def read(source: bytes, file: str, language: str = "fr", report: Report = silent) -> Reading:
    """Return the cards of a document; raises FileRefused for what is no document or holds nothing."""
    check_zip(io.BytesIO(source), file, LIMITS)
    try:
        reader = _Reader(docx.Document(io.BytesIO(source)), language, _ENDING.sub("", file))
        sections = reader.sections(report)
    except JobCancelled:
        raise
    except Exception as error:
        # Whatever a malformed part makes the reader raise means one thing.
        raise FileRefused([Problem("document.broken", file)]) from error
    found, left = [], []
    for number, section in enumerate(sections, start=1):
        cards = list(reader.cards(section, number))
        found += [Found(number, card) for card in cards]
        left += [Left(number, section.title, code) for code in dict.fromkeys(section.lost)]
        if not cards and not section.lost:
            left.append(Left(number, section.title, "document.nothing"))
    if not sections:
        raise FileRefused([Problem("document.empty", file)])
    counts = dict(Counter(card.block["card"] for card in found))
    return Reading(
        Kind.DOCX,
        file,
        reader.title,
        language,
        tuple(found),
        tuple(left),
        media=reader.gallery.files,
        stated=len(sections),
        counts=counts,
    )


class _Reader:
    """One document, its keys and its pictures."""

    def __init__(self, document: Any, language: str, title: str) -> None:
        self.title, self.language = title, language
        self.gallery = Gallery()
        self._document = document
        self._keys = blocks.key_giver()
        self._styles = {style.style_id: style.name or "" for style in document.styles}
        self._formats = dict(_formats(document))

    def sections(self, report: Report) -> list[_Section]:
        """Return the headings in order, each with what stands under it."""
        body = list(self._document.element.body)
        sections = [_Section("")]
        for place, element in enumerate(body):
            report(place, len(body))
            for paragraph in self._read(element, sections[-1]):
                if paragraph.way == "title":
                    self.title = paragraph.text[:LONGEST_LINE]
                elif paragraph.way == "heading":
                    sections.append(_Section(paragraph.text))
                else:
                    sections[-1].held.append(paragraph)
        return [one for one in sections if one.title or one.held or one.lost]

    def _read(self, element: Element, section: _Section) -> Iterator[_Paragraph]:
        name = local(element)
        if name == "p":
            yield from self._paragraph(element, section)
        elif name == "tbl":
            yield from self._table(element, section)
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            for child in element:
                yield from self._read(child, section)

    def _paragraph(self, element: Element, section: _Section) -> Iterator[_Paragraph]:
        text = _words(element)
        pictures = tuple(self._pictures(element, section))
        if element.xpath(".//*[local-name()='footnoteReference' or local-name()='endnoteReference']"):
            section.lost.append("document.footnote")
        if element.xpath(".//*[local-name()='oMath' or local-name()='OLEObject' or local-name()='chart']"):
            section.lost.append("document.object")
        if not text and not pictures:
            return
        way = self._way(element)
        if way in ("title", "heading") and (not text or len(text) > LONGEST_LINE):
            way = "plain"
        if way == "plain" and _TYPED.match(text):
            text, way = _TYPED.sub("", text, count=1), "number"
        yield _Paragraph(text, way, pictures)

    def _way(self, element: Element) -> str:
        style = self._styles.get(_value(element, "pPr/pStyle"), "")
        level = _value(element, "pPr/outlineLvl")
        if _TITLE.match(style):
            return "title"
        if _HEADING.match(style) or level.isdigit() and int(level) < 9:
            return "heading"
        number = _value(element, "pPr/numPr/numId")
        if number and number != "0":
            depth = _value(element, "pPr/numPr/ilvl") or "0"
            return "bullet" if self._formats.get((number, depth), "bullet") in ("bullet", "none") else "number"
        if _NUMBERED.match(style):
            return "number"
        return "bullet" if _BULLETED.match(style) else "plain"

    def _table(self, element: Element, section: _Section) -> Iterator[_Paragraph]:
        for row in element.iterchildren(f"{_W}tr"):
            cells = list(row.iterchildren(f"{_W}tc"))
            texts = [" ".join(filter(None, map(_words, cell.iter(f"{_W}p")))) for cell in cells]
            pictures = tuple(self._pictures(row, section))
            told = " – ".join(text for text in texts if text)
            if told or pictures:
                yield _Paragraph(told, "bullet", pictures)

    def _pictures(self, element: Element, section: _Section) -> Iterator[tuple[str, str]]:
        for one in element.xpath(".//*[local-name()='blip' or local-name()='imagedata']"):
            if _is_fallback(one):
                continue
            identifier = one.get(_EMBEDDED) or one.get(_ID)
            part = self._document.part.related_parts.get(identifier) if identifier else None
            kept = self.gallery.add("picture", part.blob) if part is not None else None
            if kept is None:
                section.lost.append("document.picture")
            else:
                yield kept, _alt(one)

    def cards(self, section: _Section, number: int) -> Iterator[dict[str, Any]]:
        """Yield the cards of a section: prose as text, a run of numbered paragraphs as steps."""
        held: list[_Paragraph] = []
        steps: list[_Paragraph] = []
        for paragraph in [*section.held, None]:
            if paragraph is not None and (paragraph.way == "number" or steps and self._belongs(paragraph)):
                steps.append(paragraph)
                continue
            if len([one for one in steps if one.way == "number"]) > 1:
                yield from self._told(section, number, held)
                yield from self._steps(section, number, steps)
                held = []
            else:
                held += steps
            steps = []
            held += [paragraph] if paragraph is not None else []
        yield from self._told(section, number, held)

    @staticmethod
    def _belongs(paragraph: _Paragraph) -> bool:
        """Whether a paragraph after a step is that step's own picture."""
        return not paragraph.text and bool(paragraph.pictures)

    def _steps(self, section: _Section, number: int, steps: list[_Paragraph]) -> Iterator[dict[str, Any]]:
        merged: list[tuple[str, list[tuple[str, str]]]] = []
        for one in steps:
            if one.text or not merged:
                merged.append((one.text, list(one.pictures)))
            else:
                merged[-1][1].extend(one.pictures)
        long = [text for text, _pictures in merged if len(text) > LONGEST_LINE]
        if long:
            yield from self._told(section, number, steps)
            return
        for run in _runs(merged):
            written = [self._step(text, pictures) for text, pictures in run]
            yield self._card("steps", section, number) | {"steps": written}
        for _text, pictures in merged:
            for picture in pictures[1:]:
                yield self._card("picture", section, number) | {"picture": self._picture(picture)}

    def _step(self, text: str, pictures: list[tuple[str, str]]) -> dict[str, Any]:
        step: dict[str, Any] = {"text": {self.language: text}} if text else {}
        return step | ({"picture": self._picture(pictures[0])} if pictures else {})

    def _told(self, section: _Section, number: int, held: list[_Paragraph]) -> Iterator[dict[str, Any]]:
        pictures = [picture for one in held for picture in one.pictures]
        for text in prose.pieces(_markdown(held)):
            first = {"picture": self._picture(pictures.pop(0))} if pictures else {}
            yield self._card("text", section, number) | {"body": {self.language: text}} | first
        for picture in pictures:
            yield self._card("picture", section, number) | {"picture": self._picture(picture)}

    def _card(self, kind: str, section: _Section, number: int) -> dict[str, Any]:
        title = section.title or self.title
        if not title:
            with speaking(self.language):
                title = _("Part %(number)s", number=number)
        return {"key": self._keys(title, f"part-{number}"), "card": kind, "title": {self.language: title}}

    def _picture(self, picture: tuple[str, str]) -> dict[str, Any]:
        file, shows = picture
        return {"file": file, **({"alt": {self.language: shows}} if shows else {})}


def _runs(steps: list[Any]) -> Iterator[list[Any]]:
    """Yield steps in runs of two to eight, as even as they can be."""
    count = -(-len(steps) // MOST_STEPS)
    size = -(-len(steps) // count)
    runs = [steps[start : start + size] for start in range(0, len(steps), size)]
    if len(runs) > 1 and len(runs[-1]) == 1:
        runs[-1].insert(0, runs[-2].pop())
    yield from runs


def _markdown(held: list[_Paragraph]) -> str:
    parts: list[str] = []
    run: list[str] = []
    for one in held:
        if one.way in ("bullet", "number") and one.text:
            run.append(one.text)
        elif one.text:
            parts += [prose.items(run)] if run else []
            run = []
            parts.append(prose.escaped(one.text))
    parts += [prose.items(run)] if run else []
    return "\n\n".join(parts)


def _words(paragraph: Element) -> str:
    """Return the words of a paragraph: what was inserted counts, what was struck out does not."""
    pieces = []
    for one in paragraph.iter():
        if not isinstance(one.tag, str) or _is_fallback(one):
            continue
        name = local(one)
        if name == "t" and one.tag == f"{_W}t":
            pieces.append(one.text or "")
        elif name in ("tab", "br", "cr") and one.getparent().tag == f"{_W}r":
            pieces.append(" ")
    return on_one_line("".join(pieces)).strip()


def _is_fallback(element: Element) -> bool:
    """Whether an element stands a second time, for programs that do not know the first."""
    return any(local(one) == "Fallback" for one in element.iterancestors() if isinstance(one.tag, str))


def _value(element: Element, path: str) -> str:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return "" if found is None else str(found.get(f"{_W}val") or "")


def _alt(blip: Element) -> str:
    """Return what whoever wrote the document says the picture shows."""
    for one in blip.iterancestors():
        if isinstance(one.tag, str) and local(one) in ("inline", "anchor"):
            found = one.xpath("./*[local-name()='docPr']/@descr")
            return blocks.alt(str(found[0])) if found else ""
    return ""


def _formats(document: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield how lists are numbered, by list and level."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return
    levels = {
        one.get(f"{_W}abstractNumId"): {
            level.get(f"{_W}ilvl"): _value(level, "numFmt") for level in one.iter(f"{_W}lvl")
        }
        for one in numbering.iter(f"{_W}abstractNum")
    }
    for one in numbering.iter(f"{_W}num"):
        for depth, written in levels.get(_value(one, "abstractNumId"), {}).items():
            yield (str(one.get(f"{_W}numId")), str(depth)), written
