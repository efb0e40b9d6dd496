"""Files of statements, read a piece at a time: memory stays small whatever their size.

JSON lines (one statement a line), or, for a name that ends in `.json`, one document: a
statement or a list of them. Either may be compressed with gzip; its first bytes tell.
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from lms.kernel.refusals import Problem, Refusal
from lms.records.rules import NewRecord
from lms.records.xapi.parsing import decoded, items, parse
from lms.records.xapi.reading import read
from lms.records.xapi.shapes import Fault

LONGEST_LINE = 1_000_000
"""In bytes; far beyond any statement, and a bound on what a hostile file can make us hold."""
LARGEST_DOCUMENT = 16_000_000
"""In bytes; whoever has more statements than that has them in lines."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Told = tuple[int, NewRecord | Problem]
"""The line where a statement begins, and the record it tells of or what is wrong with it."""


class FileDamaged(Refusal):
    """A compressed file is damaged or cut off, so that what it would give is not all that was meant."""


def statements(file: Path) -> Iterator[Told]:
    """Yield what each statement of the file comes to; raises FileDamaged before anything is yielded."""
    _read_through(file)
    with _opened(file) as source:
        yield from _document(source) if ".json" in file.suffixes[-2:] else _lines(source)


def _opened(file: Path) -> IO[bytes]:
    with file.open("rb") as source:
        compressed = source.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(file)) if compressed else file.open("rb")


def _read_through(file: Path) -> None:
    with _opened(file) as source:
        try:
            while source.read(1 << 20):
                pass
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FileDamaged() from error


def _lines(source: IO[bytes]) -> Iterator[Told]:
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            _skip_rest(source, line)
            yield number, _problem(Fault("line_too_long", limit=LONGEST_LINE), number)
            continue
        text = line.removeprefix(BYTE_ORDER_MARK).strip() if number == 1 else line.strip()
        if text:
            yield number, _told(text, number)


def _skip_rest(source: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = source.readline(LONGEST_LINE)


def _told(text: bytes, number: int) -> NewRecord | Problem:
    try:
        return read(parse(text))
    except Fault as fault:
        return _problem(fault, number)


def _document(source: IO[bytes]) -> Iterator[Told]:
    whole = source.read(LARGEST_DOCUMENT + 1)
    line, counted = 1, 0
    try:
        if len(whole) > LARGEST_DOCUMENT:
            raise Fault("document_too_large", limit=LARGEST_DOCUMENT)
        text = decoded(whole.removeprefix(BYTE_ORDER_MARK))
        for position, document in items(text):
            line += text.count("\n", counted, position)
            counted = position
            yield line, _read(document, line)
    except Fault as fault:
        line = fault.facts.get("line", line)  # type: ignore[assignment]
        yield line, _problem(fault, line)


def _read(document: Any, line: int) -> NewRecord | Problem:
    try:
        return read(document)
    except Fault as fault:
        return _problem(fault, line)


def _problem(fault: Fault, line: int) -> Problem:
    return Problem(f"xapi.{fault.code}", line=line, path=fault.path, facts=fault.facts)
