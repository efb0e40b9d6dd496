"""Drawings keep what draws and nothing else."""

import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalogue.svg import ATTRIBUTES, ELEMENTS, NotDrawable, clean

MODULES = Path(__file__).resolve().parents[2] / "lms/demonstration/modules"


def drawing(inside: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">' + inside + "</svg>"
    ).encode()


def cleaned(inside: str) -> str:
    return re.sub(r"</?svg[^>]*>", "", clean(drawing(inside)).data.decode()).replace(" />", "/>")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<script>alert(1)</script><path d='M0 0'/>", '<path d="M0 0"/>'),
        ("<g onload='alert(1)' fill='red'/>", '<g fill="red"/>'),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", ""),
        ("<a href='javascript:alert(1)'><text>x</text></a>", ""),
        ("<image href='https://elsewhere.example/x.png'/>", ""),
        ("<animate attributeName='href' to='javascript:x'/><set attributeName='onload' to='x'/>", ""),
        ("<style>@import url(https://elsewhere.example)</style>", ""),
        ("<use href='https://elsewhere.example/x.svg#a'/>", "<use/>"),
        ("<g id='a'/><use href='#a'/>", '<g id="a"/><use href="#a"/>'),
        ("<path fill='url(https://elsewhere.example/#a)'/>", "<path/>"),
        ("<path fill='u\\72l(https://elsewhere.example)'/>", "<path/>"),  # the same, escaped
        ("<path fill='url(&#39;#a&#39;)'/>", "<path fill=\"url('#a')\"/>"),
        ("<path style='fill:red; behavior:url(x); background:url(y)'/>", '<path fill="red"/>'),
        ("<text>a<script>b</script>c<tspan>d</tspan><b/>e</text>", "<text>ac<tspan>d</tspan>e</text>"),
        ("<g id='a'><use href='#b'/></g><g id='b'/><use href='#a'/>", '<g id="a"><use href="#b"/></g><g id="b"/>'),
        ("<path xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'/>", "<path/>"),
    ],
)
def test_clean(inside: str, expected: str) -> None:
    assert cleaned(inside) == expected


def test_it_says_what_it_took_out() -> None:
    assert clean(drawing("<script/><g onload='x' style='fill:red'/>")).removed == ("onload", "script")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",  # no namespace: a browser draws nothing
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg"/>',
        drawing("<g>" * 61 + "</g>" * 61),
        drawing("<g/>" * 20_000),
        drawing("&nbsp;"),
    ],
)
def test_refusals(data: bytes) -> None:
    with pytest.raises(NotDrawable):
        clean(data)


NAMES = ["g", "path", "use", "script", "style", "image", "foreignObject", "text", "set", "a"]
VALUES = ["#a", "url(#a)", "url(http://x)", "javascript:x", "red", "\\75rl(x)", "URL( x )", "fill:url(x);stroke:red"]
elements = st.recursive(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["href", "xlink:href", "fill", "style", "onload", "id"]),
        st.sampled_from(VALUES),
        st.just(""),
    ),
    lambda inner: st.tuples(
        st.sampled_from(NAMES), st.just("fill"), st.sampled_from(VALUES), st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


def written(element: tuple[str, str, str, object]) -> str:
    name, attribute, value, inside = element
    return f'<{name} {attribute}="{value}">t{"".join(map(written, inside))}</{name}>u'


@given(elements)
def test_only_what_is_listed_stays(element: tuple[str, str, str, object]) -> None:
    once = clean(drawing(written(element))).data
    assert clean(once).data == once
    for found in fromstring(once).iter():
        assert found.tag.split("}")[1] in ELEMENTS
        for name, value in found.attrib.items():
            assert name.split("}")[-1] in ATTRIBUTES | {"href"}
            assert not name.endswith("href") or value == "#a"
            assert not re.search(r"url\((?!#a\))", value)


def test_our_own_drawings_lose_nothing() -> None:
    drawings = sorted(MODULES.rglob("*.svg"))
    assert drawings
    for file in drawings:
        assert clean(file.read_bytes()).removed == (), file
