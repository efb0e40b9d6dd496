"""XML from elsewhere, parsed without being hurt by it: no DTD, no entity, nothing fetched, bounded depth."""

from typing import Any

from lms.kernel.later import Later
from lms.kernel.refusals import FileRefused, Problem

etree = Later("lxml.etree")

Element = Any
"""An element of lxml: its stubs are not installed, and the library is loaded late."""


def parse(source: bytes, file: str, where: str = "") -> Element:
    """Return the root of a document; raises FileRefused with the line of what is wrong.

    The parser itself refuses entities that multiply, a depth over 256 and a text over 10 MB.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused([Problem("xml.syntax", file, error.lineno, where)]) from error
    except ValueError as error:
        raise FileRefused([Problem("xml.syntax", file, path=where)]) from error
    if root.getroottree().docinfo.doctype:
        raise FileRefused([Problem("xml.doctype", file, path=where)])
    return root


def text_of(element: Element | None, name: str = "") -> str:
    """Return the text of a child (of the element itself without a name), "" when there is none."""
    found = element if not name or element is None else element.find(name)
    return "" if found is None else "".join(found.itertext()).strip()


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)
