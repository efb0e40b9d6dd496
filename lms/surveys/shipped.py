"""The instruments that come with the house: one YAML file each, read once."""

from functools import cache
from pathlib import Path

from lms.kernel.documents import check, read_yaml
from lms.surveys.content import InstrumentContent

FOLDER = Path(__file__).parent / "instruments"


@cache
def shipped() -> dict[str, InstrumentContent]:
    """Return the shipped instruments by code, in the order of their codes."""
    found = [_read(file) for file in sorted(FOLDER.glob("*.yaml"))]
    return {content.code: content for content in sorted(found, key=lambda content: content.code)}


def _read(file: Path) -> InstrumentContent:
    data, lines = read_yaml(file.read_bytes(), file.name)
    return check(InstrumentContent, data, file.name, lines)
