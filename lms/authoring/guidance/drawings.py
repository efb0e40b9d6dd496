"""What can be measured of the texts in a drawing (SVG), and of the size of pictures. Pure.

Letters in photographs are not looked for: whether they can be read cannot be told by counting. In a drawing a
text's height and colours are written down. What lies behind it is told where only rectangles without
transformation come before it, or nothing; where a path or another shape may lie behind it, nothing is claimed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lms.kernel.later import Later

element_tree = Later("defusedxml.ElementTree")

SHOWN_WIDTH, SHOWN_HEIGHT = 640, 376
"""CSS pixels that a picture has on a card at 1280 x 720 (`kiosk.css`, `.picture img`)."""
LEAST_LETTERS = 12
"""CSS pixels under which letters are hard to read for somebody who stands."""
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3."""
LEAST_PIXELS = 640
"""Under so many on its longer side a photograph is blurred on a card."""
_NAMES = {
    "black": "000000", "white": "ffffff", "red": "ff0000", "green": "008000", "blue": "0000ff", "yellow": "ffff00",
    "orange": "ffa500", "gray": "808080", "grey": "808080", "silver": "c0c0c0", "lightgray": "d3d3d3",
    "lightgrey": "d3d3d3", "darkgray": "a9a9a9", "darkgrey": "a9a9a9", "navy": "000080", "purple": "800080",
}  # fmt: skip
_SHAPES = {"path", "polygon", "polyline", "circle", "ellipse", "use", "pattern"}


@dataclass(frozen=True)
class Lettering:
    """One text of a drawing."""

    text: str
    height: float | None
    """Of its letters on a card, in CSS pixels."""
    contrast: float | None
    """With what lies behind it, 1 to 21; None where that cannot be told."""


@dataclass(frozen=True)
class _Rectangle:
    x: float
    y: float
    width: float
    height: float
    fill: str | None

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def letterings(source: bytes) -> list[Lettering]:
    """Return the texts of a drawing that was cleaned when it came in; none for what is no drawing."""
    try:
        root = element_tree.fromstring(source)
    except (element_tree.ParseError, ValueError):
        return []
    scale = _scale(root)
    seen: list[_Rectangle] = []
    told: list[Lettering] = []
    unsure = False
    for element, given in _walk(root, {"font-size": "16", "fill": "#000000"}):
        name = element.tag.rpartition("}")[2]
        if name == "rect" and not given.get("transform"):
            seen.append(_rectangle(element, given, root))
        elif name in _SHAPES or (name == "rect" and given.get("transform")):
            unsure = unsure or given["fill"] != "none"
        elif name == "text":
            text = " ".join("".join(element.itertext()).split())
            if text:
                told.append(Lettering(text, _height(given, scale), None if unsure else _contrast(element, given, seen)))
    return told


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (RRGGBB), 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _walk(element: Any, inherited: dict[str, str]) -> Iterator[tuple[Any, dict[str, str]]]:
    names = ("font-size", "fill", "transform", "opacity", "fill-opacity")
    given = inherited | {name: element.get(name) for name in names if element.get(name)}
    yield element, given
    for child in element:
        yield from _walk(child, given)


def _scale(root: Any) -> float | None:
    box = [_number(part) for part in (root.get("viewBox") or "").replace(",", " ").split()]
    width, height = box[2:] if len(box) == 4 else (_number(root.get("width")), _number(root.get("height")))
    return min(SHOWN_WIDTH / width, SHOWN_HEIGHT / height) if width and height else None


def _rectangle(element: Any, given: dict[str, str], root: Any) -> _Rectangle:
    x, y = (_number(element.get(side)) or 0.0 for side in ("x", "y"))
    width, height = _size(element, root)
    return _Rectangle(x, y, width, height, _colour(given["fill"]))


def _size(element: Any, root: Any) -> tuple[float, float]:
    box = (root.get("viewBox") or "").replace(",", " ").split()
    whole = [_number(part) or 0.0 for part in box[2:]] if len(box) == 4 else [0.0, 0.0]
    given = [element.get(side) or "" for side in ("width", "height")]
    width, height = (whole[place] if one == "100%" else _number(one) or 0.0 for place, one in enumerate(given))
    return width, height


def _height(given: dict[str, str], scale: float | None) -> float | None:
    size = _number(given["font-size"])
    return None if scale is None or size is None or given.get("transform") else round(size * scale, 1)


def _contrast(element: Any, given: dict[str, str], seen: list[_Rectangle]) -> float | None:
    fill, x, y = _colour(given["fill"]), _number(element.get("x")), _number(element.get("y"))
    if (
        fill is None
        or x is None
        or y is None
        or any(given.get(name) for name in ("transform", "opacity", "fill-opacity"))
    ):
        return None
    behind = next((one.fill for one in reversed(seen) if one.holds(x, y)), "ffffff")
    return None if behind is None else round(contrast(fill, behind), 1)


def _colour(written: str) -> str | None:
    told = written.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}", told):
        return told[1:]
    if re.fullmatch(r"#[0-9a-f]{3}", told):
        return "".join(letter * 2 for letter in told[1:])
    return _NAMES.get(told)


def _number(written: str | None) -> float | None:
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)(?:px)?\s*", written or "")
    return float(found[1]) if found else None
