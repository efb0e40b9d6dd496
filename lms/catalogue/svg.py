"""Drawings made harmless: only what draws is kept.

An SVG file is parsed without DTD or entities and written anew with the listed elements and
attributes. What is not listed goes with all that is inside it: script, `foreignObject`,
style sheets, animation, embedded pictures. So do event attributes, and every reference
that does not point into the drawing itself (`#name`). A `style` attribute becomes the
attributes it stands for. A `use` of something that itself uses goes too: ten levels of
ten are a bomb. The server adds a content security policy that runs nothing, for whoever
opens the file by itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lms.kernel.later import Later

defusedxml = Later("defusedxml")
element_tree = Later("defusedxml.ElementTree")
etree = Later("xml.etree.ElementTree")

Element = Any
"""An element of a drawing: the library is loaded late."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_USE = f"{{{SVG}}}use"
_XLINK_HREF = f"{{{XLINK}}}href"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ELEMENTS = frozenset(
    """svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath
    linearGradient radialGradient stop clipPath mask pattern marker""".split()  # noqa: SIM905  (one a line fills pages)
)
ATTRIBUTES = frozenset(
    """id lang role aria-label aria-hidden viewBox preserveAspectRatio width height x y x1 y1 x2 y2 dx dy cx cy r
    rx ry fx fy d points pathLength transform rotate offset startOffset textLength lengthAdjust
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-dasharray stroke-dashoffset opacity color display visibility overflow vector-effect paint-order
    stop-color stop-opacity clip-path clip-rule mask marker-start marker-mid marker-end
    gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits
    patternUnits patternContentUnits patternTransform markerUnits markerWidth markerHeight refX refY orient
    font-family font-size font-weight font-style font-variant text-anchor text-decoration letter-spacing word-spacing
    dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi
    version""".split()  # noqa: SIM905
)
_INSIDE = re.compile(r"#[\w.-]+")
_REFERENCE = re.compile(r"url\(\s*(['\"]?)(?P<target>[^)'\"]*)\1\s*\)", re.IGNORECASE)

MAX_ELEMENTS = 20_000
MAX_DEPTH = 60


class NotDrawable(Exception):
    """The bytes are no SVG drawing, or one too large to be shown."""


@dataclass(frozen=True)
class CleanDrawing:
    """A drawing as it is kept, and the names of what was taken out of it."""

    data: bytes
    removed: tuple[str, ...]


def clean(data: bytes) -> CleanDrawing:
    """Return the drawing with nothing in it that acts; raises NotDrawable.

    Cleaning twice gives what cleaning once gives.
    """
    root = _parsed(data)
    removed: set[str] = set()
    _keep_listed(root, removed, depth=1)
    _keep_flat_uses(root, removed)
    # Names that written drawings bear, instead of ns0 and ns1.
    etree.register_namespace("", SVG)
    etree.register_namespace("xlink", XLINK)
    return CleanDrawing(etree.tostring(root, encoding="utf-8", xml_declaration=False), tuple(sorted(removed)))


def _parsed(data: bytes) -> Element:
    try:
        root: Element = element_tree.fromstring(data, forbid_dtd=True)
    except (etree.ParseError, defusedxml.DefusedXmlException, ValueError, LookupError) as error:
        raise NotDrawable(str(error)) from error
    if root.tag != f"{{{SVG}}}svg" or sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise NotDrawable("not an SVG drawing, or too large a one")
    return root


def _keep_listed(element: Element, removed: set[str], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotDrawable("too deep")
    _keep_listed_attributes(element, removed)
    _keep_children(element, _element_stays, removed)
    for child in element:
        _keep_listed(child, removed, depth + 1)


def _keep_listed_attributes(element: Element, removed: set[str]) -> None:
    declared = [one.partition(":") for one in element.attrib.pop("style", "").split(";")]
    attributes = [*element.attrib.items(), *((name.strip(), value.strip()) for name, _, value in declared)]
    element.attrib.clear()
    for name, value in attributes:
        if _attribute_stays(name, value):
            element.set(name, value)
        elif name:
            removed.add(_local(name))


def _keep_children(element: Element, stays: Callable[[Element], bool], removed: set[str]) -> None:
    """Keep the children that may stay, and the text that follows the others."""
    kept: list[Element] = []
    for child in element:
        if stays(child):
            kept.append(child)
            continue
        removed.add(_local(child.tag))
        if kept:
            kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
        else:
            element.text = (element.text or "") + (child.tail or "")
    element[:] = kept


def _keep_flat_uses(root: Element, removed: set[str]) -> None:
    parents = {child: parent for parent in root.iter() for child in parent}
    using: set[str | None] = set()
    for use in root.iter(_USE):
        around: Element | None = use
        while around is not None:
            using.add(around.get("id"))
            around = parents.get(around)
    for element in list(root.iter()):
        _keep_children(element, lambda child: child.tag != _USE or _target(child) not in using, removed)


def _target(use: Element) -> str:
    return (use.get("href") or use.get(_XLINK_HREF) or "#").strip()[1:]


def _element_stays(child: Element) -> bool:
    return isinstance(child.tag, str) and child.tag.startswith(f"{{{SVG}}}") and _local(child.tag) in ELEMENTS


def _attribute_stays(name: str, value: str) -> bool:
    if name in ("href", _XLINK_HREF):
        return bool(_INSIDE.fullmatch(value.strip()))
    if name not in ATTRIBUTES and name not in (_XML_LANG, _XML_SPACE):
        return False
    if "\\" in value:  # An escape could spell `url(` in a way that is not seen here.
        return False
    targets = [found["target"].strip() for found in _REFERENCE.finditer(value)]
    return value.lower().count("url(") == len(targets) and all(_INSIDE.fullmatch(target) for target in targets)


def _local(name: object) -> str:
    return name.rsplit("}", 1)[-1] if isinstance(name, str) else "processing instruction"
