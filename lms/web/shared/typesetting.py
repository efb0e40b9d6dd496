"""Spaces that French wants not to break at a line's end. Pure.

Catalogues are written with plain spaces, as people type them; what is shown has the spaces of the
*Lexique des règles typographiques en usage à l’Imprimerie nationale*: narrow before ; ! ? and between
thousands, wide before : and inside « », and one between a number and its unit.
"""

import re

WIDE, NARROW = "\u00a0", "\u202f"
_SPACE = f"[ {WIDE}{NARROW}]"
_UNITS = "min|h|s|ms|Ko|Mo|Go|To|px|mm|cm|kg|pt|Hz|kHz|°C|€"
_NUMBER = r"(?:(?<=\d)|(?<=\)s)|(?<=\)d))"
"""After a number, or after what will be one."""
_RULES = (
    (re.compile(f"(?<=\\S){_SPACE}(?=[;!?])"), NARROW),
    (re.compile(f"(?<=\\d){_SPACE}(?=\\d{{3}}(?!\\d))"), NARROW),
    (re.compile(f"(?<=\\S){_SPACE}(?=:(?![\\w:]))"), WIDE),
    (re.compile(f"(?<=«){_SPACE}|{_SPACE}(?=»)"), WIDE),
    (re.compile(f"{_NUMBER}{_SPACE}(?=%(?!\\())"), WIDE),
    (re.compile(f"{_NUMBER}{_SPACE}(?=(?:{_UNITS})(?![\\w’'.]))"), WIDE),
)


def french(text: str) -> str:
    """Return a text with the spaces that do not break; once more changes nothing, and no placeholder is touched."""
    for found, space in _RULES:
        text = found.sub(space, text)
    return text
