"""What this provider can do, as directories ask before they begin (RFC 7643, 5 to 7; RFC 7644, 4)."""

from typing import Any

from flask import Response

from lms.kernel.refusals import NotFound
from lms.people.permissions import Permission
from lms.people.scim.rules import ENTERPRISE, GROUP, MOST, USER
from lms.web.scim import answers
from lms.web.scim.urls import PREFIX
from lms.web.shared.bearer import bears
from lms.web.shared.looking import names_nobody

_of_attributes = names_nobody("it says which attributes there are, of nobody")
_CORE = "urn:ietf:params:scim:schemas:core:2.0"


@bears(Permission.MANAGE_PEOPLE)
@_of_attributes
def service_provider_config() -> Response:
    """Say what is supported."""
    return answers.plain(
        {
            "schemas": [f"{_CORE}:ServiceProviderConfig"],
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MOST},
            "changePassword": {"supported": False},
            "sort": {"supported": False},
            "etag": {"supported": True},
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "Bearer token",
                    "description": "flask token create --role hr --name NAME",
                }
            ],
            "meta": {"resourceType": "ServiceProviderConfig", "location": f"{PREFIX}/ServiceProviderConfig"},
        }
    )


@bears(Permission.MANAGE_PEOPLE)
@_of_attributes
def resource_types() -> Response:
    """Say which kinds of resource there are."""
    return answers.listed(list(_RESOURCE_TYPES.values()), len(_RESOURCE_TYPES))


@bears(Permission.MANAGE_PEOPLE)
@_of_attributes
def resource_type(name: str) -> Response:
    """Say what one kind of resource is."""
    return answers.plain(_found(_RESOURCE_TYPES, name))


@bears(Permission.MANAGE_PEOPLE)
@_of_attributes
def schemas() -> Response:
    """Say which attributes there are."""
    return answers.listed(list(_SCHEMAS.values()), len(_SCHEMAS))


@bears(Permission.MANAGE_PEOPLE)
@_of_attributes
def schema(name: str) -> Response:
    """Say which attributes one schema has."""
    return answers.plain(_found(_SCHEMAS, name))


def _found(known: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    if name not in known:
        raise NotFound()
    return known[name]


def _attribute(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    usual = {"multiValued": False, "required": False, "mutability": "readWrite", "returned": "default"}
    return {"name": name, "type": kind, **usual, "uniqueness": "none", **more}


def _list(name: str, *inner: str, **more: Any) -> dict[str, Any]:
    return _attribute(name, "complex", multiValued=True, subAttributes=[_attribute(one) for one in inner], **more)


def _schema(identifier: str, name: str, *attributes: dict[str, Any]) -> dict[str, Any]:
    meta = {"resourceType": "Schema", "location": f"{PREFIX}/Schemas/{identifier}"}
    return {
        "schemas": [f"{_CORE}:Schema"],
        "id": identifier,
        "name": name,
        "attributes": list(attributes),
        "meta": meta,
    }


def _type(name: str, endpoint: str, identifier: str, *extensions: str) -> dict[str, Any]:
    return {
        "schemas": [f"{_CORE}:ResourceType"],
        "id": name,
        "name": name,
        "endpoint": endpoint,
        "schema": identifier,
        "schemaExtensions": [{"schema": one, "required": False} for one in extensions],
        "meta": {"resourceType": "ResourceType", "location": f"{PREFIX}/ResourceTypes/{name}"},
    }


_RESOURCE_TYPES = {
    "User": _type("User", "/Users", USER, ENTERPRISE),
    "Group": _type("Group", "/Groups", GROUP),
}
_NAMES = [_attribute("givenName"), _attribute("familyName"), _attribute("formatted", mutability="readOnly")]
_SCHEMAS = {
    USER: _schema(
        USER,
        "User",
        _attribute("userName", required=True, uniqueness="server"),
        _attribute("externalId", uniqueness="server"),
        _attribute("name", "complex", subAttributes=_NAMES),
        _attribute("displayName", mutability="readOnly"),
        _attribute("active", "boolean"),
        _attribute("preferredLanguage"),
        _list("emails", "value", "type", "primary"),
        _list("groups", "value", "display", "type", mutability="readOnly"),
    ),
    ENTERPRISE: _schema(ENTERPRISE, "EnterpriseUser", _attribute("employeeNumber", uniqueness="server")),
    GROUP: _schema(
        GROUP,
        "Group",
        _attribute("displayName", required=True),
        _attribute("externalId", uniqueness="server"),
        _list("members", "value", "display", "type"),
    ),
}
