"""What the scripts of a kiosk send and are told: small JSON documents, each of one shape."""

from typing import Any, TypeVar

import orjson
from flask import Response, request
from pydantic import BaseModel, ValidationError

from lms.web.kiosk.wording import MessageMalformed

Message = TypeVar("Message", bound=BaseModel)


def read(kind: type[Message]) -> Message:
    """Return what this request says; raises MessageMalformed."""
    try:
        return kind.model_validate_json(request.get_data())
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise MessageMalformed(field=".".join(map(str, fault["loc"])), fault=fault["msg"]) from error


def reply(said: dict[str, Any]) -> Response:
    """Return what a script is told."""
    return Response(orjson.dumps(said), mimetype="application/json")
