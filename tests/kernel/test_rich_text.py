"""Nothing that acts survives cleaning, and nothing is lost that may stay."""

import json
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.rich_text import (
    LONGEST,
    SCHEMES,
    TAGS,
    RichTextTooLong,
    clean,
    faults_in,
    from_markdown,
    safe_address,
    to_text,
)

CASES = [
    ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
    ("<style>.a{}</style><p>Texte collé</p>", "<p>Texte collé</p>"),
    ('<p>a<script>if(a<b){x("<em>y</em>")}</script>b</p>', "<p>ab</p>"),
    ("<svg><script>alert(1)</script><p>x</p></svg>", "<p>x</p>"),
    ("<p>a<script src=x>jj", "<p>ajj</p>"),  # never closed: it keeps its text
    ("<p onclick=x style=y class=z>a</p>", "<p>a</p>"),
    ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
    ('<a href="jav&#x09;ascript:alert(1)">a</a>', "<a>a</a>"),
    ('<a href="javascript\u200b:alert(1)">a</a>', "<a>a</a>"),
    ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
    ('<a href="//elsewhere.example/x">a</a>', "<a>a</a>"),
    ('<a href="/admin">a</a>', "<a>a</a>"),
    ('<a href="https://a.example/?b=1&amp;c=2" target=_blank>a</a>', '<a href="https://a.example/?b=1&amp;c=2">a</a>'),
    ("<p>3 < 5 & 7", "<p>3 &lt; 5 &amp; 7</p>"),
    ("<strong>a<em>b</strong>c", "<strong>a<em>b</em></strong><em>c</em>"),
    ("a<!-- b -->c", "ac"),
]
"""The first five stand in the interface reference, section 3.1."""


@pytest.mark.parametrize(("html", "expected"), CASES)
def test_clean(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b#c", True),
        ("HTTP://example.org", True),
        ("mailto:a@example.org", True),
        ("mailto:", False),
        ("https:///x", False),
        ("https:\\\\example.org", False),
        ("javascript:alert(1)//https://example.org", False),
        ("https://exa\u202emple.org", False),  # written backwards
        ("ｈttps://example.org", False),  # letters that only look like it
        ("ftp://example.org", False),
        ("https&colon;//example.org", False),
        ("", False),
    ],
)
def test_safe_address(address: str, safe: bool) -> None:
    assert (safe_address(address) is not None) is safe


def unlisted(html: str) -> list[str]:
    """What a browser would find in the HTML beside what is listed."""
    found = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in TAGS:
            found.append(str(element.tag))
        found += [name for name in element.attrib if (element.tag, name) != ("a", "href")]
        address = element.attrib.get("href")
        if address is not None and address.strip().split(":")[0].lower() not in SCHEMES:
            found.append(address)
    return found


PIECES = [
    *(
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg>",
        "<math>",
        "<p>",
        "</p>",
        "<a href='",
        "javascript:",
        "'>",
        "<",
    ),
    *(
        ">",
        "&",
        "&#x3c;",
        "x",
        "<!--",
        "-->",
        "<noscript>",
        "<img src=x onerror=alert(1)>",
        "\u200b",
        "\x00",
        "<table><td>",
    ),
    *(
        "<ul><li>",
        "https://a.b/",
        '"',
        "<br>",
        "<template>",
        "<textarea>",
        "]]>",
        "<![CDATA[",
        "&colon;",
        "<em>",
        "<b/",
    ),
]
hostile = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(hostile)
def test_only_what_is_listed_stays(html: str) -> None:
    assert unlisted(clean(html)) == []
    assert unlisted(from_markdown(html)) == []


@given(hostile)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    once = clean(html)
    assert clean(once) == once


@given(hostile)
def test_a_text_stands_on_one_line(html: str) -> None:
    text = to_text(html)
    assert text == " ".join(text.split())


def test_known_payloads_leave_nothing(shared: Path) -> None:
    payloads = [row["payload"] for row in json.loads((shared / "fixtures/security/xss_payloads.json").read_text())]
    assert len(payloads) == 453
    for payload in payloads:
        assert unlisted(clean(payload)) == [], payload
        assert unlisted(from_markdown(payload)) == [], payload
        assert clean(clean(payload)) == clean(payload), payload


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("x<div>a</div><div>b</div>", "x a b"),  # blocks do not glue words
        ("<table><tr><td>1<td>2</table>", "1 2"),
        ("<p>a&nbsp;b &lt; c</p><script>x</script>", "a\xa0b < c"),  # it keeps a question mark on its line
        ("a <b>bold</b> word", "a bold word"),
    ],
)
def test_to_text(html: str, text: str) -> None:
    assert to_text(html) == text


def test_long_texts_are_refused_before_they_cost() -> None:
    for judge in (clean, from_markdown, to_text, faults_in):
        with pytest.raises(RichTextTooLong):
            judge("x" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("A **bold** and *slanted*\nword", "<p>A <strong>bold</strong> and <em>slanted</em>\nword</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. c", "<ol>\n<li>c</li>\n</ol>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("[x](https://a.example)", '<p><a href="https://a.example">x</a></p>\n'),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>\n"),
    ],
)
def test_markdown(source: str, html: str) -> None:
    assert from_markdown(source) == html
    assert faults_in(source) == []


def test_a_kiosk_has_no_way_out() -> None:
    assert from_markdown("[x](https://a.example)", links=False) == "<p>x</p>\n"


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("a\n\n<script>x</script>", [("markdown.html", 3)]),
        ("a\nb <i>c</i>", [("markdown.html", 2), ("markdown.html", 2)]),
        ("- a\n- [b](javascript:x)", [("markdown.link", 2)]),
        ("[b](/admin)", [("markdown.link", 1)]),
        ("![a](b.png)", [("markdown.picture", 1)]),
        ("# a", [("markdown.heading", 1)]),
        ("a\n\n    b", [("markdown.code", 3)]),
        ("`a`", [("markdown.code", 1)]),
        ("> a", [("markdown.quotation", 1)]),
        ("a\n\n***", [("markdown.line", 3)]),
        ("&lt;script&gt; \\<b>", []),
    ],
)
def test_faults_in_markdown(source: str, faults: list[tuple[str, int]]) -> None:
    assert [(fault.code, fault.line) for fault in faults_in(source)] == faults
