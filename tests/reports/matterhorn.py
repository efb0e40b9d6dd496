"""What of PDF/UA-1 a program can see in a file: failure conditions of the Matterhorn Protocol 1.1.

Each function yields the faults it finds, with the number of their condition in the protocol of
the PDF Association. Whoever writes the file (typst, told `ua-1`) has a check of its own; this one
reads what came out and shares nothing with it.

Not looked at, since no tag, attribute or operator of a file tells: whether tags and their order
mean what one sees (01-001, 01-002, 01-006, 09-001 to 09-003), colour and contrast (04), whether
words for pictures and titles say enough (06-004, 13-001 to 13-003, 28-003), languages of single
words (11-007), what ought to be a heading or a header of a table (14-001, 15-001, 15-002).
Not looked at, since it takes reading the fonts themselves: whether every glyph is there and as
wide as said (31-011 to 31-016), sets of characters of subsets (31-018). Flickering, sound, forms,
scripts, layers and embedded files have conditions that the absence of such things meets; their
absence is looked at.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
from pypdf.generic import BooleanObject, ContentStream, DictionaryObject, IndirectObject

Faults = Iterator[str]
Check = Callable[[pypdf.PdfReader], Faults]

STANDARD = {
    "/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI", "/Index", "/NonStruct",
    "/Private", "/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR",
    "/TH", "/TD", "/THead", "/TBody", "/TFoot", "/Span", "/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link",
    "/Annot", "/Ruby", "/RB", "/RT", "/RP", "/Warichu", "/WT", "/WP", "/Figure", "/Formula", "/Form",
}  # fmt: skip
"""Structure types of ISO 32000-1, 14.8.4."""
WITHIN = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"}, "/TH": {"/TR"}, "/TD": {"/TR"}, "/THead": {"/Table"},
    "/TBody": {"/Table"}, "/TFoot": {"/Table"}, "/LI": {"/L"}, "/Lbl": {"/LI"}, "/LBody": {"/LI"},
}  # fmt: skip
"""What may only stand in what: a table and a list are made of their parts."""
MADE_OF = {
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"}, "/THead": {"/TR"}, "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"}, "/L": {"/LI", "/Caption", "/L"}, "/LI": {"/Lbl", "/LBody"},
}  # fmt: skip
PAINTING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"BI"}
ABSENT = {"/OCProperties": "20", "/AcroForm": "24, 25", "/AF": "21", "/OpenAction": "29", "/AA": "29"}


def faults(reader: pypdf.PdfReader) -> list[str]:
    """Return every fault of a file."""
    return [fault for check in CHECKS for fault in check(reader)]


def plain(found: Any) -> Any:
    """Return what a reference refers to."""
    return found.get_object() if isinstance(found, IndirectObject) else found


def root(reader: pypdf.PdfReader) -> DictionaryObject:
    """Return the catalogue of the file."""
    return plain(reader.trailer["/Root"])


def role(reader: pypdf.PdfReader, element: DictionaryObject) -> str:
    """Return what an element is by the standard's names, or the name where the map ends."""
    mapped, seen = root(reader)["/StructTreeRoot"].get("/RoleMap", {}), set()
    name = str(element["/S"])
    while name in mapped and name not in seen:
        seen.add(name)
        name = str(mapped[name])
    return name


def elements(reader: pypdf.PdfReader) -> Iterator[tuple[DictionaryObject | None, DictionaryObject]]:
    """Yield each element of the structure after the one it stands in."""

    def below(above: DictionaryObject | None, found: Any) -> Iterator[tuple[Any, DictionaryObject]]:
        found = plain(found)
        if isinstance(found, list):
            for part in found:
                yield from below(above, part)
        elif isinstance(found, DictionaryObject) and "/S" in found:
            yield above, found
            yield from below(found, found.get("/K", []))

    yield from below(None, root(reader)["/StructTreeRoot"]["/K"])


def attribute(element: DictionaryObject, name: str) -> Any:
    """Return an attribute of an element, whatever owns it."""
    given = plain(element.get("/A", []))
    owned = [plain(one) for one in (given if isinstance(given, list) else [given])]
    return next((one[name] for one in owned if isinstance(one, DictionaryObject) and name in one), None)


def numbered(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a number tree."""
    tree = plain(tree)
    numbers = tree.get("/Nums", [])
    yield from zip(map(int, numbers[::2]), map(plain, numbers[1::2]), strict=True)
    for kid in tree.get("/Kids", []):
        yield from numbered(kid)


def document(reader: pypdf.PdfReader) -> Faults:
    """Metadata, title, language, nothing that would need more: 01-007, 06, 07, 11-006, 20 to 26, 29."""
    catalogue = root(reader)
    marked = catalogue.get("/MarkInfo", {})
    if not _set(marked, "/Marked") or _set(marked, "/Suspects"):
        yield "01-007: not tagged for certain"
    metadata = plain(catalogue.get("/Metadata"))
    said = metadata.get_data().decode() if metadata is not None else ""
    if "<pdfuaid:part>1<" not in said:
        yield "06-002: it does not say that it is PDF/UA-1"
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", said, re.S):
        yield "06-003: no title in the metadata"
    if not _set(catalogue.get("/ViewerPreferences", {}), "/DisplayDocTitle"):
        yield "07-001: the title is not shown"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", str(catalogue.get("/Lang", ""))):
        yield "11-006: no language"
    if reader.is_encrypted:
        yield "26-001: encrypted"
    yield from (f"{condition}: the file has {name}" for name, condition in ABSENT.items() if name in catalogue)
    if "/EmbeddedFiles" in catalogue.get("/Names", {}):
        yield "21-001: embedded files"


def _set(found: DictionaryObject, name: str) -> bool:
    """Whether a flag is there and true: an object of the reader is true whatever it says."""
    return name in found and plain(found[name]) == BooleanObject(True)


def content(reader: pypdf.PdfReader) -> Faults:
    """Everything painted is tagged or an artifact, never both, and known to the structure: 01-003 to 01-005."""
    known = dict(numbered(root(reader)["/StructTreeRoot"]["/ParentTree"]))
    for number, page in enumerate(reader.pages, start=1):
        parents = known.get(int(page.get("/StructParents", -1)), [])
        open_: list[str] = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BMC", b"BDC"):
                kind = _marked(operands, parents)
                if {kind, *open_} >= {"artifact", "tagged"}:
                    yield f"01-003, 01-004: page {number} has an artifact and tagged content in each other"
                if kind == "unknown":
                    yield f"01-005: page {number} has marked content that no element holds"
                open_.append(kind)
            elif operator == b"EMC":
                open_.pop()
            elif (operator in PAINTING or operator == b"INLINE IMAGE") and not {"artifact", "tagged"} & set(open_):
                yield f"01-005: page {number} paints something that is neither tagged nor an artifact"


def _marked(operands: list[Any], parents: list[Any]) -> str:
    """Return what marked content is: an artifact, tagged, neither, or tagged for nobody."""
    if operands[0] == "/Artifact":
        return "artifact"
    properties = operands[1] if len(operands) > 1 else {}
    if not isinstance(properties, DictionaryObject) or "/MCID" not in properties:
        return "neither"
    place = int(properties["/MCID"])
    return "tagged" if place < len(parents) and plain(parents[place]) is not None else "unknown"


def roles(reader: pypdf.PdfReader) -> Faults:
    """Every type is a standard one or stands for one; no standard type for another: 02-001, 02-003, 02-004."""
    for name in root(reader)["/StructTreeRoot"].get("/RoleMap", {}):
        if name in STANDARD:
            yield f"02-004: {name} is a standard type and stands for another"
    for _above, element in elements(reader):
        if role(reader, element) not in STANDARD:
            yield f"02-001: {element['/S']} stands for no standard type"


def nesting(reader: pypdf.PdfReader) -> Faults:
    """Tables and lists are made of their parts: 09-004, 09-005."""
    for above, element in elements(reader):
        own, outer = role(reader, element), role(reader, above) if above is not None else "/StructTreeRoot"
        if outer not in WITHIN.get(own, {outer}) or own not in MADE_OF.get(outer, {own}):
            yield f"09-004, 09-005: {own} stands in {outer}"


def words(reader: pypdf.PdfReader) -> Faults:
    """Pictures and formulas are said in words: 13-004, 17-002."""
    for _above, element in elements(reader):
        if role(reader, element) in ("/Figure", "/Formula"):
            if not str(element.get("/Alt") or element.get("/ActualText") or "").strip():
                yield f"13-004, 17-002: {element['/S']} without words"
            if attribute(element, "/BBox") is None:
                yield f"13-004: {element['/S']} does not say where it is"


def headings(reader: pypdf.PdfReader) -> Faults:
    """The first heading is H1, no level is skipped on the way down, levels are numbered: 14-002, 14-003, 14-007."""
    found = [name for _above, element in elements(reader) if re.fullmatch(r"/H\d?", name := role(reader, element))]
    if "/H" in found and len(set(found)) > 1:
        yield "14-007: headings with and without a level"
    levels = [int(name[2:]) for name in found if name != "/H"]
    if levels and levels[0] != 1:
        yield f"14-002: the first heading is of level {levels[0]}"
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"14-003: a heading of level {after} after one of level {before}"


def tables(reader: pypdf.PdfReader) -> Faults:
    """Each table has headers, each header says what it heads, each cell is headed: 15-003."""
    heads, bodies = 0, 0
    for _above, element in elements(reader):
        kind = role(reader, element)
        heads += kind == "/TH"
        bodies += kind == "/Table"
        if kind == "/TH" and str(attribute(element, "/Scope")) not in ("/Row", "/Column", "/Both"):
            yield "15-003: a header without scope"
        if kind == "/TD" and not attribute(element, "/Headers"):
            yield "15-003: a cell without header"
    if heads < bodies:
        yield "15-003: a table without header"


def annotations(reader: pypdf.PdfReader) -> Faults:
    """Annotations stand in the structure, links in Link, with words, in the order of tags: 28."""
    known = dict(numbered(root(reader)["/StructTreeRoot"]["/ParentTree"]))
    for number, page in enumerate(reader.pages, start=1):
        found = [plain(one) for one in page.get("/Annots", [])]
        if found and page.get("/Tabs") != "/S":
            yield f"28-008, 28-009: page {number} is not gone through in the order of its tags"
        for one in found:
            holder = known.get(int(one.get("/StructParent", -1)))
            if holder is None:
                yield f"28-002: page {number} has an annotation outside the structure"
            elif one["/Subtype"] == "/Link" and role(reader, holder) != "/Link":
                yield f"28-011: page {number} has a link that is not within Link"
            if not str(one.get("/Contents") or (holder or {}).get("/Alt") or "").strip():
                yield f"28-004, 28-012: page {number} has an annotation without words"
            if one["/Subtype"] not in ("/Link",):
                yield f"28: page {number} has an annotation of another kind, {one['/Subtype']}"


def fonts(reader: pypdf.PdfReader) -> Faults:
    """Every font is embedded, and every code of it is a letter: 10-001, 31-004, 31-009, 31-027 to 31-030."""
    for name, font in sorted(_fonts(reader).items()):
        inner = [plain(one) for one in font.get("/DescendantFonts", [font])]
        described = [plain(one.get("/FontDescriptor", {})) for one in inner]
        if not all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one) for one in described):
            yield f"31-009: {name} is not embedded"
        if any(one.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in one for one in inner):
            yield f"31-004: {name} does not say which glyph is which"
        if "/ToUnicode" not in font:
            yield f"10-001, 31-027: {name} does not say which letters it has"
        elif re.search(r"<\w+>\s*<(0000|FEFF|FFFE)>", plain(font["/ToUnicode"]).get_data().decode("latin-1"), re.I):
            yield f"31-028 to 31-030: {name} has letters that are none"


def _fonts(reader: pypdf.PdfReader) -> dict[str, DictionaryObject]:
    """Return every font by name, those of forms within pages included."""
    found: dict[str, DictionaryObject] = {}
    waiting, seen = [plain(page["/Resources"]) for page in reader.pages], set()
    while waiting:
        resources = waiting.pop()
        if id(resources) in seen:
            continue
        seen.add(id(resources))
        found |= {str(font["/BaseFont"]): font for font in map(plain, plain(resources.get("/Font", {})).values())}
        forms = map(plain, plain(resources.get("/XObject", {})).values())
        waiting += [plain(form["/Resources"]) for form in forms if "/Resources" in form]
    return found


def forms(reader: pypdf.PdfReader) -> Faults:
    """No drawing refers to another file: 30-001."""
    for number, page in enumerate(reader.pages, start=1):
        for form in map(plain, plain(page["/Resources"]).get("/XObject", {}).values()):
            if "/Ref" in form:
                yield f"30-001: page {number} refers to another file"


CHECKS: tuple[Check, ...] = (
    document, content, roles, nesting, words, headings, tables, annotations, fonts, forms,
)  # fmt: skip
