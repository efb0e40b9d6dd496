"""Filters of SCIM (pure): `attribute eq value`, several joined by `and`; what directories ask in fact.

RFC 7644, 3.4.2.2.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from lms.people.scim.rules import ENTERPRISE, GROUP, USER, FilterNotUnderstood

Conditions = tuple[tuple[str, object], ...]
"""Attributes in lower case, without their schema, each with the value it has."""

_ATTRIBUTE = r"(?P<name>[A-Za-z][\w.:$-]*)"
_VALUE = r'(?P<value>"(?:[^"\\]|\\.)*"|true|false|null|-?\d+)'
_INNER = rf"\[(?P<inner>[^\]]*)\](?P<sub>\.\w+\s+eq\s+{_VALUE.replace('value', 'outer')})?"
_EQUALS = re.compile(rf"\s*{_ATTRIBUTE}(?:\s+eq\s+{_VALUE}|{_INNER})\s*", re.I)
_AND = re.compile(r"and\b", re.I)


def parse(text: str) -> Conditions:
    """Return what a filter asks. Raises FilterNotUnderstood."""
    conditions: list[tuple[str, object]] = []
    at = 0
    while True:
        found = _EQUALS.match(text, at)
        if found is None:
            raise FilterNotUnderstood(filter=text[:200])
        conditions += _conditions(found)
        at = found.end()
        if at == len(text):
            return tuple(conditions)
        joined = _AND.match(text, at)
        if joined is None:
            raise FilterNotUnderstood(filter=text[:200])
        at = joined.end()


def attribute(name: str) -> str:
    """Return an attribute's name as it is compared: in lower case, without the schema before it."""
    folded = name.lower()
    for schema in (USER, GROUP, ENTERPRISE):
        folded = folded.removeprefix(f"{schema.lower()}:")
    return folded


def fits(resource: Mapping[str, Any], conditions: Conditions) -> bool:
    """Whether a resource is as a filter asks."""
    return all(any(_same(one, value) for one in values(resource, name)) for name, value in conditions)


def values(resource: Mapping[str, Any], name: str) -> Iterable[object]:
    """Yield every value that an attribute has in a resource, `members.value` for example."""
    first, _, rest = name.partition(".")
    for key, held in {**resource, **resource.get(ENTERPRISE, {})}.items():
        if key.lower() != first:
            continue
        for one in held if isinstance(held, list) else [held]:
            if rest and isinstance(one, Mapping):
                yield from values(one, rest)
            elif isinstance(one, Mapping):
                yield one.get("value")
            else:
                yield one


def _conditions(found: re.Match[str]) -> list[tuple[str, object]]:
    name = attribute(found["name"])
    if found["inner"] is None:
        return [(name, json.loads(found["value"].lower() if found["value"][0] != '"' else found["value"]))]
    inner = [(f"{name}.{sub}", value) for sub, value in parse(found["inner"])]
    if found["sub"]:
        sub = found["sub"].lstrip(".").split()[0].lower()
        inner.append((f"{name}.{sub}", json.loads(found["outer"])))
    return inner


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return one == other
