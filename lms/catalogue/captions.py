"""Captions of a video: read from WebVTT or SubRip, written as WebVTT.

What other programs put into such files and no kiosk shows (styles, notes, positions, fonts,
colours, names of speakers as tags) is left out: times and words stay. Sources: WebVTT, W3C
Candidate Recommendation, 4 April 2019, sections 4 and 6 (times, cues, escapes); SubRip has no
standard, and is read as players do.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.kernel import encodings
from lms.kernel.refusals import FileRefused, Problem

LARGEST = 1_000_000
"""In bytes."""
MOST_CUES = 1_000
LONGEST_CUE = 300
"""In characters: more cannot be read while it stands there."""
LATEST = 24 * 3_600_000
"""In milliseconds."""

_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?")
_ARROW = "-->"
_TAG = re.compile(r"</?[a-zA-Z0-9_.][^<>]*>|\{\\[^{}]*\}")
_BLOCKS_LEFT_OUT = ("NOTE", "STYLE", "REGION")
_NOT_TEXT = (
    encodings.EncodingUnknown,
    encodings.EncodingWrong,
    encodings.ControlCharacters,
    encodings.LineTooLong,
)


@dataclass(frozen=True)
class Cue:
    """Words that stand under a video from `start` to `end`, in milliseconds; lines of text are parted by newlines."""

    start: int
    end: int
    text: str


def read(data: bytes, name: str = "") -> list[Cue]:
    """Return the cues of a WebVTT or SubRip file in the order of their beginning; those without words are left out.

    Raises FileRefused, each fault with its line: `captions.too_large`, `captions.not_text`, `captions.time`,
    `captions.backwards`, `captions.no_time`, `captions.too_long`, `captions.too_many`.
    """
    if len(data) > LARGEST:
        raise FileRefused([Problem("captions.too_large", name, facts={"limit": LARGEST // 1_000_000})])
    try:
        lines = [line.rstrip("\r\n") for line in encodings.lines(data, encodings.detect(data))]
    except _NOT_TEXT as error:
        raise FileRefused([Problem("captions.not_text", name)]) from error
    cues, faults = [], []
    for number, block in _blocks(lines):
        try:
            cue = _cue(number, block)
        except _Fault as fault:
            faults.append(Problem(fault.code, name, line=fault.line, facts=fault.facts))
            continue
        if cue and cue.text:
            cues.append(cue)
    if len(cues) > MOST_CUES:
        faults.append(Problem("captions.too_many", name, facts={"limit": MOST_CUES}))
    if faults:
        raise FileRefused(faults)
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def as_webvtt(cues: Sequence[Cue]) -> bytes:
    """Return the cues as a WebVTT file."""
    return "\n".join(["WEBVTT\n", *map(_written, cues)]).encode()


def _written(cue: Cue) -> str:
    text = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{_clock(cue.start)} {_ARROW} {_clock(cue.end)}\n{text}\n"


def _clock(at: int) -> str:
    seconds, rest = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


class _Fault(Exception):
    """A line that cannot be read as what must stand there."""

    def __init__(self, code: str, line: int, **facts: object) -> None:
        super().__init__(code)
        self.code, self.line, self.facts = code, line, facts


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between empty lines, each with the number of its first line.

    Where an empty line was forgotten, another time begins another block, with the number above it.
    """
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if _ARROW in line and any(_ARROW in before for before in block):
            taken = [block.pop()] if block[-1].strip().isdigit() else []
            yield number - len(taken) - len(block), block
            block = taken
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> Cue | None:
    """Read one block: its number or name if it has one, its times, its words."""
    at = next((at for at, line in enumerate(block) if _ARROW in line), None)
    word = block[0].split()[0]
    if word in _BLOCKS_LEFT_OUT or (at is None and word == "WEBVTT" and number == 1):
        return None
    if at is None or (at > 1 and word != "WEBVTT"):
        raise _Fault("captions.no_time", number, given=block[0].strip()[:40])
    start, end = _times(block[at], number + at)
    text = _plain("\n".join(block[at + 1 :]))
    if len(text) > LONGEST_CUE:
        raise _Fault("captions.too_long", number + at, limit=LONGEST_CUE)
    return Cue(start, end, text)


def _times(line: str, number: int) -> tuple[int, int]:
    # What follows the second time says where on the screen; a kiosk puts captions where they do not hide its keys.
    before, after = line.split(_ARROW, 1)
    start, end = (_milliseconds(part.strip(), number) for part in (before, (after.split() or [""])[0]))
    if end <= start:
        raise _Fault("captions.backwards", number)
    return start, end


def _milliseconds(written: str, number: int) -> int:
    found = _TIME.fullmatch(written)
    hours, minutes, seconds, rest = found.groups() if found else (None, "60", "60", None)
    at = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((rest or "0").ljust(3, "0"))
    if int(minutes) > 59 or int(seconds) > 59 or at > LATEST:
        raise _Fault("captions.time", number, given=written[:40])
    return at


def _plain(text: str) -> str:
    """Return the words of a cue: without tags, entities as what they stand for, lines trimmed."""
    plain = html.unescape(_TAG.sub("", text))
    return "\n".join(line for part in plain.split("\n") if (line := re.sub(r"[ \t]+", " ", part).strip(" ")))
