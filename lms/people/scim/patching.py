"""Changes of parts of a resource (pure): RFC 7644, 3.5.2, add, replace and remove.

Tolerant where directories are loose: the operation's name in any case, `"False"` for false, a
value for `members` that is one object instead of a list.
"""

import copy
import re
from collections.abc import Mapping
from typing import Any

from lms.people.scim import filters
from lms.people.scim.rules import ENTERPRISE, PathNotUnderstood, ValueNotUnderstood

_SCHEMA = r"(?:(?P<schema>urn:[\w:.]+):)?"
_PATH = re.compile(_SCHEMA + r"(?P<name>[A-Za-z]\w*)(?:\[(?P<filter>[^\]]*)\])?(?:\.(?P<sub>\w+))?$")


def changed(resource: Mapping[str, Any], operations: object) -> dict[str, Any]:
    """Return what of a resource is another after its changes, in order.

    Raises PathNotUnderstood, ValueNotUnderstood or FilterNotUnderstood.
    """
    after = copy.deepcopy(dict(resource))
    if not isinstance(operations, list) or not operations:
        raise ValueNotUnderstood(attribute="Operations")
    for operation in operations:
        if not isinstance(operation, Mapping):
            raise ValueNotUnderstood(attribute="Operations")
        _apply(after, operation)
    return {name: value for name, value in after.items() if value != resource.get(name)}


def _apply(after: dict[str, Any], operation: Mapping[str, Any]) -> None:
    act, path, value = str(operation.get("op", "")).lower(), operation.get("path"), operation.get("value")
    if act not in ("add", "replace", "remove"):
        raise ValueNotUnderstood(attribute="op")
    if path:
        _at_path(after, act, str(path), value)
    elif act != "remove" and isinstance(value, Mapping):
        for name, one in value.items():
            _whole(after, act, str(name), one)
    else:
        raise PathNotUnderstood(path="")


def _whole(after: dict[str, Any], act: str, name: str, value: Any) -> None:
    """Take one attribute of a change without a path: its name may be a path itself, or a schema."""
    if name == ENTERPRISE and isinstance(value, Mapping):
        for inner, one in value.items():
            _at_path(after, act, f"{ENTERPRISE}:{inner}", one)
    else:
        _at_path(after, act, name, value)


def _at_path(after: dict[str, Any], act: str, path: str, value: Any) -> None:
    found = _PATH.match(path)
    if found is None:
        raise PathNotUnderstood(path=path[:200])
    holder = after.setdefault(ENTERPRISE, {}) if (found["schema"] or "").lower() == ENTERPRISE.lower() else after
    name = next((key for key in holder if key.lower() == found["name"].lower()), found["name"])
    if found["filter"] is not None:
        holder[name] = _within_list(holder.get(name), act, found, value)
    elif found["sub"]:
        _within_object(holder, act, name, found["sub"], value)
    elif act == "remove":
        holder[name] = _without(holder.get(name), value) if value is not None else _nothing(holder.get(name))
    elif act == "add" and isinstance(holder.get(name), list):
        holder[name] = _joined(holder[name], value)
    else:
        holder[name] = value


def _within_object(holder: dict[str, Any], act: str, name: str, sub: str, value: Any) -> None:
    inner = holder.setdefault(name, {})
    if not isinstance(inner, dict):
        raise PathNotUnderstood(path=f"{name}.{sub}")
    key = next((key for key in inner if key.lower() == sub.lower()), sub)
    inner[key] = None if act == "remove" else value


def _within_list(held: Any, act: str, found: re.Match[str], value: Any) -> list[Any]:
    conditions = filters.parse(found["filter"])
    items = list(held or [])
    chosen = [item for item in items if isinstance(item, dict) and filters.fits(item, conditions)]
    if act == "remove" and not found["sub"]:
        return [item for item in items if item not in chosen]
    if not chosen:
        chosen = [dict(conditions)]
        items += chosen
    for item in chosen:
        if found["sub"]:
            item[found["sub"]] = None if act == "remove" else value
        elif isinstance(value, Mapping):
            item.update(value)
    return items


def _joined(held: list[Any], value: Any) -> list[Any]:
    return held + [one for one in _listed(value) if one not in held]


def _without(held: Any, value: Any) -> Any:
    """Take single entries out of a list: some directories name them by value instead of in the path."""
    gone = {str(one.get("value") if isinstance(one, Mapping) else one) for one in _listed(value)}
    return [one for one in held or [] if str(one.get("value") if isinstance(one, Mapping) else one) not in gone]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _nothing(held: Any) -> Any:
    return [] if isinstance(held, list) else None
