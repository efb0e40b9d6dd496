"""An entry of an audit as the fields of its form hold it."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from lms.web.audits.questions import Kind, Question


def held(entry: Any, asked: Iterable[Question], prefix: str = "") -> dict[str, Any]:
    """Return what each field of the form holds for the entry; what the entry does not say is left out."""
    found: dict[str, Any] = {}
    for question in asked:
        value = getattr(entry, question.name, None)
        if value is not None:
            found |= _held(question, value, prefix + question.field)
    return found


def _held(question: Question, value: Any, name: str) -> dict[str, Any]:
    match question.kind:
        case Kind.WORDS:
            return {f"{name}-{language}": text for language, text in value.items()}
        case Kind.ROWS:
            rows = [held(row, question.parts, f"{name}-{place}-") for place, row in enumerate(value)]
            return {inner: answer for row in rows for inner, answer in row.items()}
        case Kind.PART:
            return held(value, question.parts, f"{name}-0-")
        case Kind.LINES:
            return {name: "\n".join(value)}
        case Kind.SEVERAL | Kind.YES_NO:
            return {name: value}
    return {name: str(value.value if isinstance(value, Enum) else value)}
