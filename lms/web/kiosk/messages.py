"""What the scripts of a kiosk send and are told: small JSON documents, each of one shape."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import orjson
from flask import Response, request
from pydantic import BaseModel, Field, ValidationError

from lms.web.kiosk.wording import MessageMalformed

Message = TypeVar("Message", bound=BaseModel)
Moment = Annotated[int, Field(ge=0, lt=4_102_444_800_000)]
"""Milliseconds since 1970, up to 2100, by whatever clock the kiosk has."""


def read(kind: type[Message]) -> Message:
    """Return what this request says; raises MessageMalformed."""
    try:
        return kind.model_validate_json(request.get_data())
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise MessageMalformed(field=".".join(map(str, fault["loc"])), fault=fault["msg"]) from error


def moment(milliseconds: int) -> datetime:
    """Return the moment so many milliseconds after 1970 began."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)


def reply(said: dict[str, Any]) -> Response:
    """Return what a script is told."""
    return Response(orjson.dumps(said), mimetype="application/json")
