"""JSON read strictly: no key twice, no number beyond a float, no half of a surrogate pair."""

import json
import math
from collections.abc import Iterator
from json.decoder import WHITESPACE  # type: ignore[attr-defined]
from typing import Any, NoReturn

import orjson

from lms.records.xapi.shapes import Fault


def parse(source: bytes) -> Any:
    """Return what one JSON text says; raises Fault.

    What a fast reader reads and writes back byte for byte cannot hold a key twice; all
    else goes the slow way, which looks.
    """
    try:
        document = orjson.loads(source)
        if orjson.dumps(document) == source:
            return document
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        pass
    return parse_slowly(source)


def parse_slowly(source: bytes) -> Any:
    """Do as `parse` does, looking at each key."""
    text = decoded(source)
    document, end = _parsed(text, _after_space(text, 0))
    _nothing_after(text, end)
    return document


def items(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the position and value of each item of a JSON list, or of the one value there is.

    Raises Fault where the text stops being JSON, with the line in its facts.
    """
    start = _after_space(text, 0)
    if text[start : start + 1] != "[":
        document, end = _parsed(text, start)
        yield start, document
    else:
        end = start + 1
        if text[_after_space(text, end) :][:1] != "]":
            while True:
                position = _after_space(text, end)
                document, end = _parsed(text, position)
                yield position, document
                end = _after_space(text, end)
                if text[end : end + 1] != ",":
                    break
                end += 1
        end = _after_space(text, end)
        if text[end : end + 1] != "]":
            raise _not_json(text, end)
        end += 1
    _nothing_after(text, end)


def decoded(source: bytes) -> str:
    """Return UTF-8 bytes as text; raises Fault with the line where they stop being that."""
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        raise Fault("not_utf8", line=source[: error.start].count(b"\n") + 1) from None


def _parsed(text: str, start: int) -> tuple[Any, int]:
    try:
        document, end = _decoder.raw_decode(text, start)
        if "\\u" in text[start:end]:
            json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Fault("not_json", line=error.lineno) from None
    except UnicodeEncodeError:
        raise Fault("half_a_pair") from None
    except (RecursionError, ValueError):
        # Too many brackets within brackets, or a number of thousands of digits.
        raise Fault("unreasonable_json") from None
    return document, end


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise Fault("key_twice", key=next(key for key in keys if keys.count(key) > 1))
    return found


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise Fault("number_too_large")
    return value


def _constant(text: str) -> NoReturn:
    raise Fault("not_json_number", word=text)


# Not strict about line breaks within texts: published examples have them.
_decoder = json.JSONDecoder(object_pairs_hook=_distinct, parse_float=_float, parse_constant=_constant, strict=False)


def _after_space(text: str, position: int) -> int:
    return WHITESPACE.match(text, position).end()


def _nothing_after(text: str, end: int) -> None:
    end = _after_space(text, end)
    if end < len(text):
        raise _not_json(text, end)


def _not_json(text: str, position: int) -> Fault:
    return Fault("not_json", line=text.count("\n", 0, position) + 1)
