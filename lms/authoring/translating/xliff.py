"""Translations as XLIFF 2.1 (OASIS Standard, 13 February 2018), its core alone, out and in.

One file holds one module in one language beside the original. A text is a unit, each of its paragraphs
and items a segment, what stands between them is ignorable. Marks are `pc` and `ph`, with what they
stand for in `originalData`; they come back once each, or the unit is refused. The version attribute of
2.1 goes with the namespace of 2.0: 2.1 kept it (section 1.1.1 of the standard).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lms.authoring.imports.xml import Element, etree, local, parse
from lms.authoring.translating import codes
from lms.authoring.translating.codes import Code, Part, Piece, Segment
from lms.authoring.translating.offers import Asked, Offer, Offered, fault_of, offered
from lms.authoring.translating.states import State
from lms.authoring.translating.units import Unit
from lms.kernel.languages import direction
from lms.kernel.refusals import FileRefused, Problem

SPACE = "urn:oasis:names:tc:xliff:document:2.0"
OURS = "etabli"
MOST_BYTES = 20_000_000
_XML = "http://www.w3.org/XML/1998/namespace"
_NOT_IN_XML = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff])")
"""What XML 1.0 cannot hold; XLIFF writes it as `cp`."""
_TYPES = {"strong": ("fmt", "xlf:b"), "em": ("fmt", "xlf:i"), "link": ("link", None), "gap": ("other", "etabli:gap")}
_ON_A_LINE = {"file", "unit", "notes", "note", "originalData", "data", "segment", "ignorable"}
"""Elements after which a line ends, so that faults have lines; nothing that is translated stands there."""
_SURE = {"translated", "reviewed", "final"}


def write(asked: Asked) -> bytes:
    """Return a module as a file for translators."""
    root = _element("xliff", version="2.1", srcLang=asked.original, trgLang=asked.language)
    root.set(f"{{{_XML}}}space", "preserve")
    sides = {"srcDir": direction(asked.original), "trgDir": direction(asked.language)}
    file = _element("file", root, id="module", original=f"{OURS}:{asked.code}", canResegment="no", **sides)
    for unit in asked.units.values():
        _write_unit(_element("unit", file, id=unit.id, canResegment="no"), unit, asked)
    if not asked.units:
        _element("group", file, id="empty")
    for element in root.iter():
        if local(element) in _ON_A_LINE:
            element.tail = "\n"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _write_unit(element: Element, unit: Unit, asked: Asked) -> None:
    source = codes.split(unit.texts[asked.original], unit.shape)
    existing = unit.texts.get(asked.language)
    target = None if existing is None else codes.fitted(source, codes.split(existing, unit.shape))
    notes = _element("notes", element)
    _text(_element("note", notes, category="place"), f"{unit.block} · {unit.path}")
    _text(_element("note", notes, category="limit"), str(unit.limit))
    if existing is not None and target is None:
        _text(_element("note", notes, category="translation laid out otherwise"), existing)
    data = _Data(element)
    stands = asked.standing[unit.id] if target is not None else State.MISSING
    for number, part in enumerate(source, start=1):
        if isinstance(part, str):
            ignorable = _element("ignorable", element, id=f"i{number}")
            _text(_element("source", ignorable), part)
            if target is not None:
                _text(_element("target", ignorable), part)
            continue
        segment = _element("segment", element, id=f"s{number}", **_state(stands))
        _write_pieces(_element("source", segment), part.pieces, data)
        if target is not None:
            translated = target[number - 1]
            _write_pieces(_element("target", segment), translated.pieces, data)  # type: ignore[union-attr]


def _state(stands: State) -> dict[str, str]:
    if stands is State.OUTDATED:
        return {"state": "initial", "subState": f"{OURS}:outdated"}
    return {"state": "translated" if stands is State.DONE else "initial"}


class _Data:
    """What marks stand for, each written once."""

    def __init__(self, unit: Element) -> None:
        self._unit = unit
        self._element: Element | None = None
        self._ids: dict[str, str] = {}

    def of(self, text: str) -> str:
        if self._element is None:
            self._element = _element("originalData")
            self._unit.insert(1, self._element)  # After the notes, as the standard has it.
        if text not in self._ids:
            self._ids[text] = f"d{len(self._ids) + 1}"
            _text(_element("data", self._element, id=self._ids[text]), text)
        return self._ids[text]


def _write_pieces(parent: Element, pieces: Sequence[Piece], data: "_Data") -> None:
    for piece in pieces:
        if isinstance(piece, str):
            _text(parent, piece)
            continue
        kind, sub = _TYPES[piece.kind]
        told = {"id": piece.id, "type": kind, **({"subType": sub} if sub else {}), "canCopy": "no", "canDelete": "no"}
        if piece.end is None:
            _element("ph", parent, **told, dataRef=data.of(piece.start), disp=piece.start)
        else:
            ends = {"dataRefStart": data.of(piece.start), "dataRefEnd": data.of(piece.end)}
            _write_pieces(_element("pc", parent, **told, **ends), piece.inside, data)


def _element(name: str, parent: Element | None = None, **attributes: str) -> Element:
    if parent is None:
        return etree.Element(f"{{{SPACE}}}{name}", attributes, nsmap={None: SPACE})
    return etree.SubElement(parent, f"{{{SPACE}}}{name}", attributes)


def _text(parent: Element, text: str) -> None:
    """Put a text after what an element holds already."""
    for place, piece in enumerate(_NOT_IN_XML.split(text)):
        if place % 2:
            _element("cp", parent, hex=f"{ord(piece):04X}")
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        else:
            parent.text = (parent.text or "") + piece


def read(source: bytes, name: str, asked: Asked) -> Offer:
    """Return what a file would change; raises FileRefused for what is no file for this module and language."""
    if len(source) > MOST_BYTES:
        raise FileRefused([Problem("import.too_large", name, facts={"limit": MOST_BYTES // 1_000_000})])
    root = parse(source, name)
    _check_root(root, name, asked)
    known = asked.units
    found: dict[str, Offered] = {}
    faults: list[Problem] = []
    unchanged = 0
    for element in root.iter(f"{{{SPACE}}}unit"):
        unit = known.get(element.get("id", ""))
        try:
            if unit is None:
                raise _Refused("translation.unknown", named=element.get("id", ""))
            one = _offered(element, unit, asked)
        except _Refused as refused:
            faults.append(replace(refused.problem, file=name, line=element.sourceline, path=element.get("id", "")))
            continue
        if one is None:
            unchanged += 1
        else:
            found[unit.id] = one
    return Offer(name, tuple(found[key] for key in known if key in found), tuple(faults), unchanged)


class _Refused(Exception):
    """A unit cannot be taken."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, facts=facts)


def _check_root(root: Element, name: str, asked: Asked) -> None:
    """Raise FileRefused for a file of something else, with the first thing that is wrong."""
    if etree.QName(root).localname != "xliff":
        raise FileRefused([Problem("xliff.not", name)])
    if etree.QName(root).namespace != SPACE:
        raise FileRefused([Problem("xliff.version", name, facts={"version": root.get("version", "?")})])
    for attribute, mine, code in (
        ("srcLang", asked.original, "xliff.other_original"),
        ("trgLang", asked.language, "xliff.other_language"),
    ):
        if root.get(attribute, "").lower() != mine.lower():
            facts = {"found": root.get(attribute, "–"), "wanted": mine}
            raise FileRefused([Problem(code, name, root.sourceline, facts=facts)])
    for file in root.iter(f"{{{SPACE}}}file"):
        if file.get("original") != f"{OURS}:{asked.code}":
            facts = {"found": file.get("original", "–").removeprefix(f"{OURS}:"), "wanted": asked.code}
            raise FileRefused([Problem("translation.other_module", name, file.sourceline, facts=facts)])


def _offered(element: Element, unit: Unit, asked: Asked) -> Offered | None:
    data = {one.get("id"): _plain(one) for one in element.iter(f"{{{SPACE}}}data")}
    parts = [child for child in element if local(child) in ("segment", "ignorable")]
    sources = [_pieces(child.find(f"{{{SPACE}}}source"), data) for child in parts]
    source = "".join(codes.written(pieces or ()) for pieces in sources)
    expected = codes.split(source, unit.shape)
    if [isinstance(part, Segment) for part in expected] != [local(child) == "segment" for child in parts]:
        raise _Refused("xliff.segments")
    segments = [child for child in parts if local(child) == "segment"]
    targets = [child.find(f"{{{SPACE}}}target") for child in segments]
    empty = [target is None or not (len(target) or (target.text or "").strip(" \t\r\n")) for target in targets]
    if all(empty):
        return None
    if any(empty):
        raise _Refused("xliff.part_missing")
    texts = iter(_back(target, part, data) for target, part in zip(targets, _segments(expected), strict=True))
    text = "".join(part if isinstance(part, str) else next(texts) for part in expected)
    fault = fault_of(unit, text, source)
    if fault is not None:
        raise _Refused(fault.code, **fault.facts)
    if not codes.is_plain(source, expected) and codes.fitted(expected, codes.split(text, unit.shape)) is None:
        raise _Refused("xliff.marks")
    sure = all(child.get("state") in _SURE for child in segments)
    return offered(asked, unit, text, source=source, confirmed=sure)


def _segments(parts: Sequence[Part]) -> Iterator[Segment]:
    return (part for part in parts if isinstance(part, Segment))


def _back(target: Element, segment: Segment, data: dict[str | None, str]) -> str:
    """Return a translated segment with the marks of its original, each of which must be there once."""
    marks = {code.id: code for code in codes.codes_in(segment.pieces)}
    pieces = _pieces(target, data) or ()
    found = [code.id for code in codes.codes_in(pieces)]
    lost = [code.start for key, code in marks.items() if key not in found]
    if lost:
        raise _Refused("xliff.lost", marks=" ".join(lost))
    if len(found) != len(set(found)) or set(found) != set(marks):
        raise _Refused("xliff.added")
    return codes.written(tuple(_restored(piece, marks) for piece in pieces))


def _restored(piece: Piece, marks: dict[str, Code]) -> Piece:
    if isinstance(piece, str):
        return piece
    mine = marks[piece.id]
    if (mine.end is None) != (piece.end is None):
        raise _Refused("xliff.added")
    inside = tuple(_restored(one, marks) for one in piece.inside)
    return Code(mine.id, mine.kind, mine.start, mine.end, inside)


def _pieces(element: Element | None, data: dict[str | None, str]) -> tuple[Piece, ...] | None:
    """Return what a source or target holds; markers that a program put in are looked through."""
    if element is None:
        return None
    pieces: list[Piece] = [element.text or ""]
    for child in element:
        name = local(child)
        if name == "cp":
            pieces.append(_plain_of(child))
        elif name == "ph":
            pieces.append(Code(child.get("id", ""), "", data.get(child.get("dataRef"), ""), None))
        elif name == "pc":
            start, end = (data.get(child.get(side), "") for side in ("dataRefStart", "dataRefEnd"))
            pieces.append(Code(child.get("id", ""), "", start, end, _pieces(child, data) or ()))
        elif name == "mrk":
            pieces += _pieces(child, data) or ()
        elif name not in ("sm", "em"):
            raise _Refused("xliff.added")
        pieces.append(child.tail or "")
    return tuple(piece for piece in pieces if piece != "")


def _plain(element: Element) -> str:
    return (element.text or "") + "".join(_plain_of(child) + (child.tail or "") for child in element)


def _plain_of(element: Element) -> str:
    try:
        return chr(int(element.get("hex", ""), 16))
    except (ValueError, OverflowError) as error:
        raise _Refused("xliff.added") from error
