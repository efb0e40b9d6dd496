"""What differs between two versions of a module, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from lms.authoring.queries import Comparison
from lms.catalogue.comparing import Change, Difference, Piece, marked
from lms.kernel.languages import in_language
from lms.web.studio.labels import KINDS, LEVELS, place_words


@dataclass(frozen=True)
class Row:
    """One value that differs; each side is a text in pieces, or a picture."""

    place: str
    before: list[Piece]
    after: list[Piece]
    before_picture: str | None = None
    """Digest."""
    after_picture: str | None = None


def rows(change: Change, found: Comparison) -> list[Row]:
    """Return what differs in a block that both versions have."""
    return [_row(one, change, found) for one in change.differences]


def _row(one: Difference, change: Change, found: Comparison) -> Row:
    place = _place(one.path)
    if _is_picture(one.path):
        sides = _known(one.before, found.before_media), _known(one.after, found.after_media)
        return Row(place, _plain(one.before, sides[0]), _plain(one.after, sides[1]), *sides)
    before, after = _said(one.before, one.path, change.before), _said(one.after, one.path, change.after)
    if isinstance(one.before, str) and isinstance(one.after, str):
        return Row(place, *marked(before, after))
    return Row(place, [Piece(before, True)], [Piece(after, True)])


def _place(path: str) -> str:
    above, _dot, last = path.rpartition(".")
    if last == "correct" and "feedback" not in above:
        return f"{place_words(above)} · {_('This is right')}"
    return place_words(path)


def _is_picture(path: str) -> bool:
    steps = path.split(".")
    return "poster" in steps or ("file" in steps and "video" not in steps)


def _known(value: Any, media: Mapping[str, str]) -> str | None:
    return value if value in media.values() else None


def _plain(value: Any, digest: str | None) -> list[Piece]:
    return [] if digest else [Piece(_("none") if value is None else str(value), True)]


_UNSAID = {
    "pass_mark": 0.8,
    "points": 1,
    "correct": False,
    "parts_shown": False,
    "confidence": False,
    "reserved": False,
}
"""What it means when a document does not say so."""


def _said(value: Any, path: str, block: dict[str, Any] | None) -> str:
    """Return a value in words."""
    name = path.split(".")[-1]
    value = _UNSAID.get(name) if value is None else value
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(_things(value, name, block))
    if name == "pass_mark":
        return f"{value * 100:g}"
    return str({"level": LEVELS, "card": KINDS, "question": KINDS}.get(name, {}).get(value, value))


def _things(keys: tuple[str, ...], name: str, block: dict[str, Any] | None) -> list[str]:
    """Return what options, items, places… are called, in this order."""
    called = {one["key"]: one.get("text") or one.get("left") or one.get("word") for one in (block or {}).get(name, ())}
    return [in_language(called[key]) if called.get(key) else key for key in keys]
