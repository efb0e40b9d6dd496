"""What print needs of a text: spaces that the printing face has. Pure."""

from typing import Any

NARROW, PLAIN = "\u202f", "\u00a0"


def for_print(value: Any) -> Any:
    """Return texts, at any depth, with the narrow no-break space as a plain one: the face lacks it."""
    if isinstance(value, str):
        return value.replace(NARROW, PLAIN)
    if isinstance(value, dict):
        return {key: for_print(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [for_print(part) for part in value]
    return value
