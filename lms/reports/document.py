"""A report as data: sections of blocks, already in words, drawn by the page and by the print.

Nothing below this knows where a figure comes from, nothing above it how it is drawn: so a
screen, a file and a print show the same.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Cell:
    """A table's cell; `verdict` draws its sign, `anchor` leads to a section of the report."""

    text: str
    verdict: str = ""
    anchor: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is a day in words, which is read as one word."""
        return _DAY.fullmatch(self.text) is not None


_DAY = re.compile(r"\d{1,2}(er)? [^\W\d]+\.? \d{4}")


@dataclass(frozen=True)
class Column:
    """A table's column."""

    label: str
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first cell names the row."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    kind: ClassVar[str] = "paragraph"
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Items:
    """A list of sentences."""

    kind: ClassVar[str] = "items"
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """Terms and what is said of them."""

    kind: ClassVar[str] = "pairs"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Heading:
    """A heading under a section's; `anchor` is where cells lead to."""

    kind: ClassVar[str] = "heading"
    text: str
    anchor: str


@dataclass(frozen=True)
class Picture:
    """A drawing by its Vega-Lite specification, said in words; a table beneath it has the same figures."""

    kind: ClassVar[str] = "picture"
    name: str
    spec: dict[str, Any]
    label: str
    caption: str


@dataclass(frozen=True)
class Link:
    """Where more is said: a section or heading of the same report, by its anchor."""

    kind: ClassVar[str] = "link"
    text: str
    anchor: str


Block = Table | Paragraph | Items | Pairs | Heading | Picture | Link


@dataclass(frozen=True)
class Section:
    """A chapter."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    """Begins a page in print."""


@dataclass(frozen=True)
class Report:
    """A whole report in one language."""

    language: str
    title: str
    subtitle: str
    banner: str
    """What every page says of figures that are not the plant's own; empty when they are."""
    footer: tuple[str, ...]
    sections: tuple[Section, ...]
    large: bool = False
    """In large type: to be read standing, or from a wall."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Return the drawings, in order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Picture))
