"""Resources, lists and errors as SCIM writes them, with their versions (ETag)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Response, json, request, url_for

from lms.kernel.refusals import Refusal
from lms.people import rules as people
from lms.people.scim import rules
from lms.people.scim.filters import Conditions, parse
from lms.people.scim.queries import Found
from lms.people.scim.rules import MOST, ChangedMeanwhile, ValueNotUnderstood
from lms.web.shared.looking import looked_at

TYPE = "application/scim+json"
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_ALWAYS = frozenset({"schemas", "id", "meta"})

_TYPES: dict[type[Refusal], str] = {
    people.RegistrationTaken: "uniqueness",
    people.EmailTaken: "uniqueness",
    people.CodeTaken: "uniqueness",
    people.NameMissing: "invalidValue",
    people.WrongEmail: "invalidValue",
    rules.FilterNotUnderstood: "invalidFilter",
    rules.PathNotUnderstood: "invalidPath",
    rules.ValueNotUnderstood: "invalidValue",
}
_STATUSES = {"uniqueness": 409, "invalidValue": 400, "invalidFilter": 400, "invalidPath": 400}
"""RFC 7644, 3.12 has its own for these."""


def asked() -> tuple[Conditions, int, int]:
    """Return the filter, the first resource (counted from 1) and how many of this request."""
    first, count = _number("startIndex", 1), _number("count", MOST)
    text = request.args.get("filter", "").strip()
    return parse(text) if text else (), max(first, 1), min(max(count, 0), MOST)


def body() -> dict[str, Any]:
    """Return what was sent. Raises ValueNotUnderstood."""
    sent = request.get_json(force=True, silent=True)
    if not isinstance(sent, dict):
        raise ValueNotUnderstood(attribute="body")
    return sent


def check_version(resource: Mapping[str, Any]) -> None:
    """Raise ChangedMeanwhile unless the request speaks of the resource as it is (If-Match)."""
    wanted = request.headers.get("If-Match")
    if wanted and wanted != "*" and resource["meta"]["version"] not in [one.strip() for one in wanted.split(",")]:
        raise ChangedMeanwhile()


def one(resource: Mapping[str, Any], status: int = 200) -> Response:
    """Answer with a resource; 304 when the caller has it already."""
    version = resource["meta"]["version"]
    held = [one.strip() for one in request.headers.get("If-None-Match", "").split(",")]
    shown = _located(resource)
    known = request.method == "GET" and version in held
    if known:
        looked_at(())  # It holds the person, or the team, already.
    answer = Response(status=304) if known else _json(_chosen(shown), status)
    answer.headers["ETag"] = version
    if status == 201:
        answer.headers["Location"] = shown["meta"]["location"]
    return answer


def many(found: Found, first: int) -> Response:
    """Answer with some resources of a list."""
    looked_at(())
    return listed([_chosen(_located(one)) for one in found.resources], found.total, first)


def listed(resources: Sequence[Mapping[str, Any]], total: int, first: int = 1) -> Response:
    """Answer with a list as it stands."""
    page = {"totalResults": total, "startIndex": first, "itemsPerPage": len(resources)}
    return _json({"schemas": [_LIST], **page, "Resources": list(resources)})


def plain(document: Mapping[str, Any]) -> Response:
    """Answer with a document that describes something."""
    return _json(document)


def error(status: int, message: str, refusal: Refusal | None) -> Response:
    """Answer with what is refused, in the caller's language."""
    kind = _TYPES.get(type(refusal)) if refusal else None
    status = _STATUSES.get(kind or "", status)
    answer = _json({"schemas": [_ERROR], "status": str(status), "detail": message}, status, kind)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _json(document: Mapping[str, Any], status: int = 200, kind: str | None = None) -> Response:
    return Response(json.dumps({**document, **({"scimType": kind} if kind else {})}), status, content_type=TYPE)


def _located(resource: Mapping[str, Any]) -> dict[str, Any]:
    kind = resource["meta"]["resourceType"]
    location = url_for(f"scim.{kind.lower()}", number=int(resource["id"]), _external=True)
    return {**resource, "meta": {**resource["meta"], "location": location}}


def _chosen(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that were asked for (RFC 7644, 3.9), by their first names, and keep who is shown."""
    wanted, unwanted = _names("attributes"), _names("excludedAttributes")
    chosen = {
        name: value
        for name, value in resource.items()
        if name in _ALWAYS or ((not wanted or name.lower() in wanted) and name.lower() not in unwanted)
    }
    looked_at(_people_in(chosen))
    return chosen


def _people_in(chosen: Mapping[str, Any]) -> Iterator[int]:
    """Yield who a user is, told by number alone too (a filter may have named them), or the members of a group."""
    is_user = chosen["meta"]["resourceType"] == "User"
    yield from [int(chosen["id"])] if is_user else (int(member["value"]) for member in chosen.get("members", ()))


def _names(parameter: str) -> set[str]:
    return {part.strip().split(".")[0].lower() for part in request.args.get(parameter, "").split(",") if part.strip()}


def _number(parameter: str, usual: int) -> int:
    try:
        return int(request.args.get(parameter, usual))
    except ValueError as error:
        raise ValueNotUnderstood(attribute=parameter) from error
