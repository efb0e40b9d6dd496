"""JSON for storing and for digests: fast where it can be, exact where it must be."""

import json
from typing import Any

import orjson


def to_json(value: Any, *, sort_keys: bool = False) -> bytes:
    """Return the value as compact UTF-8 JSON; moments and UUIDs are written as texts.

    Whole numbers beyond 64 bits, which the fast writer refuses, are written in full by the
    other: what a value is alone decides which of the two writes it.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS if sort_keys else None)
    except TypeError:
        return json.dumps(value, sort_keys=sort_keys, separators=(",", ":"), allow_nan=False, default=str).encode()


def to_json_text(value: Any) -> str:
    """Return the value as compact JSON text, for a column."""
    return to_json(value).decode()
