"""Where in an audit's document a rule is broken."""

from dataclasses import dataclass

from lms.audit.document import section_path


@dataclass(frozen=True)
class Fault:
    """A rule that the document breaks, at a path within it."""

    path: tuple[str | int, ...]
    code: str
    facts: dict[str, object]


def place_of(section: str, place: int, *field: str | int) -> tuple[str | int, ...]:
    """Return the path of a field of the entry at that place of the section."""
    return (*section_path(section), place, *field)
