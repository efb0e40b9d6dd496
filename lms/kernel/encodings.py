"""Which encoding a text file is in, and its lines one by one.

A byte order mark decides; then UTF-16 is known by its zeros, and UTF-8 by being
flawless; then it is a guess, in which Western Europe is preferred to Central Europe
where both would do (charset-normalizer alone takes French and German for Polish).
"""

import codecs
import io
import re
from collections.abc import Iterator

from lms.kernel.later import Later
from lms.kernel.refusals import Refusal

charset_normalizer = Later("charset_normalizer")

CHOICES = (
    "utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "cp850",
    "mac_roman", "koi8_r", "shift_jis", "gb18030", "big5", "euc_kr",
)  # fmt: skip
"""What a reader may choose from."""

MAX_LINE = 200_000
"""Characters of one line; more is no table."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED = [name for name in CHOICES if not name.startswith("utf")]
_SAMPLE = 32_768
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


class EncodingUnknown(Refusal):
    """Nothing tells in which encoding the file is written."""


class EncodingWrong(Refusal):
    """The file is not in the encoding that was chosen."""


class ControlCharacters(Refusal):
    """The file holds characters that no text has: it is no text file."""


class LineTooLong(Refusal):
    """A line is so long that this is no table."""


def detect(source: bytes) -> str:
    """Return the encoding of a text; raises EncodingUnknown."""
    for mark, name in _MARKS:
        if source.startswith(mark):
            return name
    zeros = _utf16_by_zeros(source[:4096])
    if zeros:
        return zeros
    return "utf-8" if _is_utf8(source) else _guess(source)


def lines(source: bytes, encoding: str) -> Iterator[str]:
    """Yield the lines of a text with their ends (Windows, Unix or old Mac), decoding as they are asked for.

    Raises EncodingWrong, ControlCharacters or LineTooLong, each with its `line`.
    """
    text = io.TextIOWrapper(io.BytesIO(source), encoding, errors="strict", newline="")
    number = 0
    try:
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and line[-1] not in "\r\n":
                raise LineTooLong(line=number, limit=MAX_LINE)
            # Old DOS programs end a file with Ctrl-Z.
            line = (line.removeprefix("\ufeff") if number == 1 else line).rstrip("\x1a")
            if _CONTROLS.search(line):
                raise ControlCharacters(line=number)
            yield line
    except UnicodeDecodeError as error:
        raise EncodingWrong(encoding=encoding, line=_line_of_fault(source, encoding)) from error


def _line_of_fault(source: bytes, encoding: str) -> int:
    """Return the line of the first bytes that do not decode (the wrapper above reads ahead)."""
    try:
        return source.decode(encoding).count("\n") + 1
    except UnicodeDecodeError as error:
        before = source[: error.start].decode(encoding, errors="ignore")
        return max(1, len(before.splitlines()) + before.endswith(("\n", "\r")))


def _utf16_by_zeros(sample: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    half = len(sample) // 2
    first, second = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if half and second > 0.4 * half and first < 0.05 * half:
        return "utf-16-le"
    if half and first > 0.4 * half and second < 0.05 * half:
        return "utf-16-be"
    return None


def _is_utf8(source: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(source), 2**20):
            decoder.decode(source[start : start + 2**20])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guess(source: bytes) -> str:
    telling = [line for line in source[: 2**22].splitlines(keepends=True) if not line.isascii()]
    sample = b"".join(telling)[:_SAMPLE]
    best = charset_normalizer.from_bytes(sample, cp_isolation=_GUESSED).best()
    guess = best.encoding if best else "cp1252"
    if guess == "cp1250" and _letters(sample, "cp1252") >= _letters(sample, "cp1250"):
        guess = "cp1252"
    try:
        source.decode(guess)
    except UnicodeDecodeError as error:
        raise EncodingUnknown() from error
    return guess


def _letters(sample: bytes, encoding: str) -> int:
    """Count the letters beyond ASCII that the sample has in an encoding."""
    return sum(letter.isalpha() for letter in sample.decode(encoding, errors="ignore") if letter > "\x7f")
