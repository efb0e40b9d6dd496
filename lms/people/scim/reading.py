"""What a directory sends of a person or a team, as the house understands it (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.people.roster import cells
from lms.people.scim.rules import ENTERPRISE, ValueNotUnderstood


@dataclass(frozen=True)
class SentUser:
    """What a request says of a person; None where it says nothing, an empty text where it says that there is none."""

    registration: str | None
    given_name: str | None
    family_name: str | None
    email: str | None
    language: str | None
    active: bool | None


@dataclass(frozen=True)
class SentGroup:
    """What a request says of a team."""

    code: str | None
    name: str | None
    members: frozenset[int] | None


def user(body: Mapping[str, Any]) -> SentUser:
    """Return what is said of a person. Raises ValueNotUnderstood."""
    name = _object(body, "name")
    user_name = _text(body, "userName")
    more = _object(body, ENTERPRISE)
    email = _email(body.get("emails"))
    if email is None and user_name and "@" in user_name and "emails" not in body:
        email = user_name
    registration = _text(more, "employeeNumber") or _text(body, "externalId")
    return SentUser(
        registration=registration or (user_name if user_name and "@" not in user_name else None),
        given_name=_text(name, "givenName"),
        family_name=_text(name, "familyName"),
        email=email,
        language=_language(_text(body, "preferredLanguage")),
        active=_flag(body.get("active")),
    )


def group(body: Mapping[str, Any]) -> SentGroup:
    """Return what is said of a team. Raises ValueNotUnderstood."""
    return SentGroup(
        code=_text(body, "externalId"),
        name=_text(body, "displayName"),
        members=_members(body["members"]) if "members" in body else None,
    )


def _members(listed: object) -> frozenset[int]:
    if not isinstance(listed, list | None):
        raise ValueNotUnderstood(attribute="members")
    numbers = [one.get("value") if isinstance(one, Mapping) else one for one in listed or []]
    if not all(str(number).isascii() and str(number).isdigit() for number in numbers):
        raise ValueNotUnderstood(attribute="members")
    return frozenset(int(str(number)) for number in numbers)


def _email(listed: object) -> str | None:
    if listed is None:
        return None
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        raise ValueNotUnderstood(attribute="emails")
    chosen = sorted(listed, key=lambda one: (not one.get("primary"), one.get("type") != "work"))
    return str(chosen[0].get("value") or "") if chosen else ""


def _language(text: str | None) -> str | None:
    return cells.language(text) if text else text


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name) or {}
    if not isinstance(value, Mapping):
        raise ValueNotUnderstood(attribute=name)
    return value


def _text(body: Mapping[str, Any], name: str) -> str | None:
    if name not in body:
        return None
    value = body[name]
    if not isinstance(value, str | int | None) or isinstance(value, bool):
        raise ValueNotUnderstood(attribute=name)
    return " ".join(str(value if value is not None else "").split())


def _flag(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    if str(value).lower() in ("true", "false"):
        return str(value).lower() == "true"
    raise ValueNotUnderstood(attribute="active")
