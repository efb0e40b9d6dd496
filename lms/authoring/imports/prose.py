"""Texts of several lines as Markdown: what HTML or a plain text says, within what a card may hold. Pure."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from lms.authoring.imports.blocks import Unmapped
from lms.kernel import rich_text

_MARKS = re.compile(r"([\\`*_\[\]<&])")
_LISTED = re.compile(r"(?:-|\d+\.) ")
_BLOCKS = re.compile(r"</?(?:h[1-6]|div|tr|table|blockquote|pre)\b[^<>]*>", re.IGNORECASE)
_NAMES = {"b": "strong", "i": "em"}
_OLD = re.compile(r"<(/?)(b|i)>", re.IGNORECASE)
_FIRST = re.compile(r"^(\s*)(?:([-+#>=~|])|(\d{1,9})([.)]))", re.M)


def escaped(text: str) -> str:
    """Return a plain text as Markdown that says the same and nothing more."""
    marked = _MARKS.sub(r"\\\1", text)
    return _FIRST.sub(lambda one: f"{one[1]}\\{one[2]}" if one[2] else f"{one[1]}{one[3]}\\{one[4]}", marked)


def paragraphs(texts: Iterable[str]) -> str:
    """Return plain paragraphs as Markdown."""
    return "\n\n".join(escaped(text) for text in texts if text.strip())


def items(texts: Iterable[str]) -> str:
    """Return plain texts as a list in Markdown."""
    return "\n".join(f"- {escaped(text)}" for text in texts if text.strip())


def pieces(text: str) -> Iterator[str]:
    """Yield Markdown in pieces that a card can hold, cut between paragraphs, else between words."""
    piece = ""
    for paragraph in (part for whole in text.split("\n\n") for part in _short(whole)):
        joined = f"{piece}\n\n{paragraph}" if piece else paragraph
        if len(joined) > rich_text.LONGEST:
            yield piece
            joined = paragraph
        piece = joined
    if piece.strip():
        yield piece


def _short(paragraph: str) -> Iterator[str]:
    while len(paragraph) > rich_text.LONGEST:
        at = max(paragraph.rfind(" ", 0, rich_text.LONGEST), paragraph.rfind("\n", 0, rich_text.LONGEST))
        at = at if at > 0 else rich_text.LONGEST
        yield paragraph[:at]
        paragraph = paragraph[at:].lstrip()
    yield paragraph


def from_html(html: str) -> str:
    """Return HTML as Markdown: paragraphs, bold, italic, lists, safe links; raises Unmapped over 8,000 characters."""
    try:
        named = _OLD.sub(lambda tag: f"<{tag[1]}{_NAMES[tag[2].lower()]}>", _BLOCKS.sub("<p>", html))
        cleaned = rich_text.clean(named)
    except rich_text.RichTextTooLong as error:
        raise Unmapped("item.too_long") from error
    writer = _Writer()
    writer.feed(str(cleaned))
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    """Writes the few tags that cleaning leaves."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = [""]
        self._lists: list[int | None] = []
        self._addresses: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag begins."""
        if tag == "p":
            self._break()
        elif tag in ("ul", "ol"):
            self._break()
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "br":
            self._parts[-1] += " "
        elif tag in ("strong", "em"):
            self._parts[-1] += _SIGNS[tag]
        elif tag == "a":
            self._addresses.append(dict(attrs).get("href"))
            self._parts[-1] += "[" if self._addresses[-1] else ""

    def handle_endtag(self, tag: str) -> None:
        """End what a tag ends."""
        if tag in ("p", "ul", "ol"):
            self._break()
            if tag != "p" and self._lists:
                self._lists.pop()
        elif tag in ("strong", "em"):
            self._parts[-1] += _SIGNS[tag]
        elif tag == "a" and self._addresses:
            address = self._addresses.pop()
            self._parts[-1] += f"](<{address}>)" if address else ""

    def handle_data(self, data: str) -> None:
        """Write words, at the beginning of a line as well as within it."""
        folded = re.sub(r"[ \t\r\n]+", " ", data)
        part = self._parts[-1]
        self._parts[-1] += escaped(folded.lstrip(" ") if not part or part.endswith(" ") else folded)

    def text(self) -> str:
        """Return what was written."""
        written = ""
        for part in (one.strip(" ") for one in self._parts):
            if not part or re.fullmatch(r"-|\d+\.|\**", part):
                continue
            within = _LISTED.match(part) and _LISTED.match(written.rpartition("\n")[2])
            written += ("\n" if within else "\n\n" if written else "") + part
        return written

    def _break(self) -> None:
        if self._parts[-1].strip():
            self._parts.append("")

    def _item(self) -> None:
        self._break()
        number = self._lists[-1] if self._lists else None
        self._parts[-1] = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1


_SIGNS = {"strong": "**", "em": "*"}
