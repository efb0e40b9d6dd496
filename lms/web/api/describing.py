"""The description of all addresses for programs, as OpenAPI 3.1 has it, made from what the views themselves check."""

from typing import Any

from flask import Response, current_app, jsonify
from pydantic.json_schema import models_json_schema

from lms.kernel.release import VERSION
from lms.web.api.asking import Described
from lms.web.api.problems import TYPE
from lms.web.shared.guards import public

_REFUSED = {"401": "No good token", "403": "The token’s role may not", "422": "The question is not as described"}


@public
def openapi() -> Response:
    """Say what programs may ask."""
    views: dict[str, Any] = dict(current_app.view_functions)
    described = {
        rule.rule: (view.described, view.permissions)
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and hasattr(view := views[rule.endpoint], "described")
    }
    answers = [one.answer for one, _ in described.values()]
    schemas, definitions = models_json_schema(
        [(answer, "serialization") for answer in answers], ref_template="#/components/schemas/{model}"
    )
    return jsonify(
        openapi="3.1.0",
        info={"title": "Établi", "version": VERSION},
        paths={
            path: {"get": _operation(path, one, permissions, schemas[(one.answer, "serialization")])}
            for path, (one, permissions) in sorted(described.items())
        },
        components={
            "schemas": {**definitions.get("$defs", {}), "Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        security=[{"token": []}],
    )


def _operation(path: str, one: Described, permissions: Any, schema: dict[str, Any]) -> dict[str, Any]:
    asked = one.question.model_json_schema(mode="validation")
    refused = {"description": "Refused", "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return {
        "operationId": path.rsplit("/", 1)[-1],
        "summary": one.summary,
        "description": f"For roles that may: {', '.join(permissions)}.",
        "parameters": [_parameter(name, {**found}, asked) for name, found in asked.get("properties", {}).items()],
        "responses": {
            "200": {"description": "The rows", "content": {"application/json": {"schema": schema}}},
            **{status: {**refused, "description": why} for status, why in _REFUSED.items()},
        },
    }


def _parameter(name: str, found: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    words = found.pop("description", "")
    found = _whole(found, asked)
    required = name in asked.get("required", [])
    return {"name": name, "in": "query", "required": required, "description": words, "schema": found}


def _whole(found: Any, asked: dict[str, Any]) -> Any:
    """Return a schema with what it refers to in its place: a parameter's schema stands alone."""
    if isinstance(found, list):
        return [_whole(one, asked) for one in found]
    if not isinstance(found, dict):
        return found
    if "$ref" in found:
        return asked["$defs"][found["$ref"].rsplit("/", 1)[-1]] | {
            key: value for key, value in found.items() if key == "enum"
        }
    return {key: _whole(value, asked) for key, value in found.items()}


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
