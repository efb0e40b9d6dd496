"""Whether a colour can be read where our pages write in it (pure). WCAG 2.2, contrast ratio and relative luminance."""

import re
from dataclasses import dataclass

from lms.kernel.refusals import Refusal

DESK, KIOSK = 4.5, 7.0
"""The least contrast at a desk (WCAG 1.4.3, AA) and at a kiosk (1.4.6, AAA): bright halls, old eyes, dusty screens."""
BEHIND = ("#ffffff", "#f5f3ee", "#ebe8e0", "#e9f3fa")
"""White writing upon the colour, and what lies behind writing in it: `--paper`, `--paper-deep`, `--blue-tint`."""

Channels = tuple[int, int, int]


class ColourUnknown(Refusal):
    """This is no colour of six hexadecimal digits."""


class ContrastTooLow(Refusal):
    """The colour cannot be read: `measured` lies under `needed`; `nearest` is the nearest that can."""


@dataclass(frozen=True)
class Colour:
    """A colour by its channels, each from 0 to 255."""

    channels: Channels

    def __str__(self) -> str:
        return "#" + "".join(f"{channel:02x}" for channel in self.channels)

    def darker(self, share: float) -> "Colour":
        """Return the colour with that share of black mixed in: the same hue."""
        red, green, blue = (round(channel * (1 - share)) for channel in self.channels)
        return Colour((red, green, blue))


def parse(text: str) -> Colour:
    """Return the colour of `#rrggbb`, the sign left out or not. Raises ColourUnknown."""
    found = re.fullmatch(r"#?([0-9a-fA-F]{6})", text.strip())
    if found is None:
        raise ColourUnknown(colour=text[:20])
    red, green, blue = bytes.fromhex(found[1])
    return Colour((red, green, blue))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: Colour) -> float:
    """Return the contrast where it is lowest on our pages."""
    return min(contrast(colour, parse(behind)) for behind in BEHIND)


def nearest(colour: Colour, needed: float) -> Colour:
    """Return the colour itself, or the first of its hue, made darker step by step, that can be read."""
    steps = (colour.darker(step / 1000) for step in range(1001))
    return next(one for one in steps if least_contrast(one) >= needed)


def check(colour: Colour, needed: float) -> None:
    """Raise ContrastTooLow unless the colour can be read everywhere on our pages."""
    measured = least_contrast(colour)
    if measured < needed:
        # Rounded down: what is refused at 4.49 must not read as 4.5.
        told = int(measured * 100) / 100
        raise ContrastTooLow(colour=str(colour), measured=told, needed=needed, nearest=str(nearest(colour, needed)))


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour.channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
