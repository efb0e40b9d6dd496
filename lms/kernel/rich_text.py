"""Safe HTML: the only module that knows how HTML is cleaned.

Everything is cleaned when it is written, never when it is shown. What `clean` and
`from_markdown` return is the only HTML that pages put in as it is; a strict content
security policy is the second line.
"""

import re
import unicodedata
from functools import cache
from html import unescape
from typing import Any

from markupsafe import Markup

from lms.kernel.later import Later
from lms.kernel.refusals import Refusal, TextFault

sanitizer = Later("bleach.sanitizer")
markdown_it = Later("markdown_it")

LONGEST = 8000
"""In characters; the time bleach takes on hostile nesting grows with the square of it."""

TAGS = frozenset({"p", "strong", "em", "ul", "ol", "li", "a", "br"})
SCHEMES = frozenset({"http", "https", "mailto"})

_CODE = re.compile(r"<(/?)(script|style)\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|th|blockquote|pre|br)\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"[<>&\0]")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_ADDRESS = re.compile(r"(?:https?://[^\s/\\]|mailto:[^\s/\\])[^\s\\]*", re.IGNORECASE)


class RichTextTooLong(Refusal):
    """A text is longer than a card can hold."""


def clean(html: str) -> Markup:
    """Return the HTML with the listed tags and safe links only, mended where it was badly nested.

    Script and style go with their text, other unlisted tags leave theirs. Raises
    RichTextTooLong over 8,000 characters.
    """
    return _cleaned(_short(html), TAGS)


def to_text(html: str) -> str:
    """Return the words of some HTML on one line, for what holds no markup."""
    if not _MARKUP.search(_short(html)):
        return _SPACES.sub(" ", html).strip()  # A bank of questions holds ten thousand texts without markup.
    apart = _BREAKS.sub(" ", _without_code(html))
    # Not `split()`: French puts narrow spaces, which must stay, before some signs.
    return _SPACES.sub(" ", unescape(_cleaned(apart, frozenset()))).strip()


def kept(html: str) -> Markup:
    """Mark HTML that `clean` or `from_markdown` made before it was stored."""
    return Markup(html)  # noqa: S704  (cleaned when it was written)


def safe_address(address: str) -> str | None:
    """Return a web or mail address that may be followed, or None.

    Nothing invisible may hide in it, in any of its spellings, and it must be absolute.
    """
    plain = address.strip()
    decoded = unicodedata.normalize("NFKC", unescape(plain))
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} for letter in decoded):
        return None
    return plain if _ADDRESS.fullmatch(plain) and _ADDRESS.fullmatch(decoded) else None


def from_markdown(source: str, *, links: bool = True) -> Markup:
    """Return Markdown as safe HTML; without `links`, their words alone stay.

    What `faults_in` finds is left out. Raises RichTextTooLong over 8,000 characters.
    """
    html = _markdown().render(_short(source))
    return _cleaned(html, TAGS if links else TAGS - {"a"})


def faults_in(source: str) -> list[TextFault]:
    """Return what a Markdown text holds beside paragraphs, emphasis, lists and safe links."""
    return [fault for token in _markdown().parse(_short(source)) for fault in _faults(token, _first_line(token))]


def marks_in(source: str) -> list[list[str]]:
    """Return, for each paragraph or item of a Markdown text, what opens and closes in it, such as `strong_open`."""
    return [
        [child.type for child in token.children or () if child.nesting]
        for token in _markdown().parse(_short(source))
        if token.type == "inline"
    ]


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise RichTextTooLong(length=len(text), limit=LONGEST)
    return text


def _cleaned(html: str, tags: frozenset[str]) -> Markup:
    # A Cleaner is not safe to share between threads.
    cleaner = sanitizer.Cleaner(tags=tags, attributes={"a": _keeps}, protocols=SCHEMES, strip=True)
    return kept(cleaner.clean(_without_code(html)))


def _keeps(tag: str, name: str, value: str) -> bool:
    return name == "href" and safe_address(value) is not None


def _without_code(html: str) -> str:
    """Drop script and style elements with their text; one that never closes keeps its text.

    This decides tidiness, never safety: bleach runs last.
    """
    kept_parts, start, opened = [], 0, None
    for found in _CODE.finditer(html):
        closing, name = found[1], found[2].lower()
        if opened is None:
            kept_parts.append(html[start : found.start()])
            start, opened = found.end(), None if closing else name
        elif closing and name == opened:
            start, opened = found.end(), None
    return "".join(kept_parts) + html[start:]


@cache
def _markdown() -> Any:
    reader = markdown_it.MarkdownIt("commonmark", {"html": True})
    reader.disable("reference")
    # `faults_in` and `clean` judge addresses: dropped here, a forbidden link would go unnoticed.
    reader.validateLink = lambda url: True
    return reader


_ALLOWED = re.compile(r"(?:paragraph|bullet_list|ordered_list|list_item|strong|em|link)_(?:open|close)")
_PLAIN = frozenset({"inline", "text", "text_special", "softbreak", "hardbreak"})
_NAMES = {
    "heading_open": "heading",
    "fence": "code",
    "code_block": "code",
    "code_inline": "code",
    "hr": "line",
    "blockquote_open": "quotation",
}


def _first_line(token: Any) -> int:
    return token.map[0] + 1 if token.map else 1


def _faults(token: Any, line: int) -> list[TextFault]:
    if token.type in ("html_block", "html_inline"):
        return [TextFault("markdown.html", line, token.content.strip().split("\n")[0])]
    if token.type == "link_open" and safe_address(str(token.attrGet("href"))) is None:
        return [TextFault("markdown.link", line, unescape(str(token.attrGet("href"))))]
    if token.type == "image":
        return [TextFault("markdown.picture", line, token.content)]
    if token.type in _NAMES:
        return [TextFault(f"markdown.{_NAMES[token.type]}", line, token.content.strip().split("\n")[0])]
    found = []
    for child in token.children or ():
        found += _faults(child, line)
        line += child.type in ("softbreak", "hardbreak")
    return found
