"""What a program asks, checked, and what it is answered, described: once for the view and for the description."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar

from flask import Response, request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from lms.kernel.refusals import FileRefused, Problem

MOST = 500
"""Rows of one answer."""


class QueryRefused(FileRefused):
    """A question has parameters that are not described, or with values that they cannot have."""


def _written_as_iso(given: Any) -> Any:
    """Let no number pass for a day: pydantic would take it for seconds since 1970."""
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        raise PydanticCustomError("date_from_datetime_parsing", "not a day")
    return given


Day = Annotated[date, BeforeValidator(_written_as_iso)]
"""A day as ISO 8601 writes it."""


class Question(BaseModel):
    """Parameters of an address; unknown ones are refused, so that a typing error narrows nothing silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Question):
    """Which part of the rows is asked for."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="Rows of one answer, at most.")] = 100
    cursor: Annotated[str, Field(max_length=400, description="`next` of the answer before; empty for the first.")] = ""


Row = TypeVar("Row", bound=BaseModel)


class Page(BaseModel, Generic[Row]):
    """Some rows, and where the others are."""

    items: list[Row]
    next: Annotated[str | None, Field(description="`cursor` of the next rows; null when there are none.")]


@dataclass(frozen=True)
class Described:
    """What the description says of a view."""

    summary: str
    question: type[Question]
    answer: type[BaseModel]


def asks(summary: str, question: type[Question], answer: type[BaseModel]) -> Callable[[Callable[..., Any]], Any]:
    """Give the view its question, read from the address, and send its answer as JSON."""

    def describing(view: Callable[..., BaseModel]) -> Callable[..., Response]:
        @wraps(view)
        def asked() -> Response:
            return Response(view(_read(question)).model_dump_json(), content_type="application/json")

        asked.described = Described(summary, question, answer)  # type: ignore[attr-defined]
        return asked

    return describing


def _read(question: type[Question]) -> Any:
    given = request.args.to_dict(flat=True)
    twice = [name for name in given if len(request.args.getlist(name)) > 1]
    if twice:
        raise QueryRefused([Problem("document.duplicate_key", path=name, facts={"key": name}) for name in twice])
    try:
        return question.model_validate(given)
    except ValidationError as error:
        raise QueryRefused([_fault(one) for one in error.errors(include_url=False)]) from error


def _fault(error: Any) -> Problem:
    return Problem(
        error["type"],
        path=".".join(map(str, error["loc"])),
        facts={"given": str(error["input"])[:80], **error.get("ctx", {})},
    )


def paged(rows: Sequence[Any], key: Callable[[Any], str], asked: Paged) -> tuple[Sequence[Any], str | None]:
    """Return the rows after the cursor, and the next cursor; `key` is what the rows are ordered by, each its own."""
    after = read_cursor(asked.cursor)
    left = [row for row in rows if after is None or key(row) > after]
    shown = left[: asked.limit]
    return shown, cursor(key(shown[-1])) if len(left) > len(shown) else None


def cursor(key: str) -> str:
    """Return the cursor that begins after a row."""
    return base64.urlsafe_b64encode(key.encode()).decode()


def read_cursor(text: str) -> str | None:
    """Return the key of the row after which a cursor begins, None from the beginning; raises QueryRefused."""
    if not text:
        return None
    try:
        return base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (UnicodeError, binascii.Error) as error:
        raise QueryRefused([Problem("api.cursor", path="cursor")]) from error
