"""What a form asks for, read from the model that will check the answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from flask_wtf import FlaskForm
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

LONG = 300
"""A text that may be longer than this is asked for in several lines."""


FEW = 10
"""A number within fewer than this is chosen, not typed."""


class Kind(StrEnum):
    """How something is asked for."""

    WORDS = "words"
    SEVERAL = "several"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    REFERENCE = "reference"
    NUMBER = "number"
    DECIMAL = "decimal"
    LINES = "lines"
    """Words, one a line."""
    ROWS = "rows"
    """Several things of a few fields each."""
    PART = "part"
    """One thing of a few fields, or nothing."""
    DAY = "day"
    LINE = "line"
    TEXT = "text"


@dataclass(frozen=True)
class Question:
    """One field of a model, as a form asks for it."""

    name: str
    kind: Kind
    required: bool
    """Without an answer the model refuses."""
    blank: bool
    """Nothing may be chosen, or nothing is chosen yet."""
    values: tuple[str, ...] = ()
    """What may be chosen, where the model names it."""
    longest: int | None = None
    """In characters."""
    parts: tuple["Question", ...] = ()
    """What is asked of each of ROWS, or of a PART."""

    @property
    def field(self) -> str:
        """What its field is called: a form keeps some names, `process` for one, for itself."""
        return f"{self.name}_" if hasattr(FlaskForm, self.name) else self.name


def questions(model: type[BaseModel], names: Collection[str], references: Collection[str]) -> list[Question]:
    """Return a question for each of the model's fields in `names`; `references` hold codes of other entries.

    Whether something is known is asked last, once it has been said.
    """
    asked = [_question(name, info, name in references) for name, info in model.model_fields.items() if name in names]
    return sorted(asked, key=lambda question: question.name == "provenance")


def parts_of(wanted: Any) -> type[BaseModel] | None:
    """Return the model of what a field holds, by itself or in a list; None where it holds none."""
    inner = get_args(wanted)[0] if get_origin(wanted) is list else wanted
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _question(name: str, info: FieldInfo, is_reference: bool) -> Question:
    wanted, limits = _bare(info)
    model = parts_of(wanted)
    if model is not None:
        parts = tuple(questions(model, model.model_fields, ()))
        return Question(name, Kind.ROWS if get_origin(wanted) is list else Kind.PART, False, False, parts=parts)
    if get_origin(wanted) is list and not is_reference:
        return Question(name, Kind.LINES, False, False)
    values = _values(wanted, limits)
    longest = next((limit for limit in map(_longest, limits) if limit), None)
    kind = Kind.REFERENCE if is_reference and wanted is str else _kind(wanted, values, longest)
    required = info.is_required() and kind not in (Kind.YES_NO, Kind.SEVERAL)
    return Question(name, kind, required, required or info.default is None, values, longest)


def _bare(info: FieldInfo) -> tuple[Any, list[Any]]:
    """Return the type without None and without annotations, and the limits that these set."""
    wanted, limits = info.annotation, list(info.metadata)
    if get_origin(wanted) in (Union, UnionType):
        wanted = next(part for part in get_args(wanted) if part is not NoneType)
    if get_origin(wanted) is Annotated:
        wanted, *more = get_args(wanted)
        limits += [limit for one in more for limit in (one.metadata if isinstance(one, FieldInfo) else [one])]
    return wanted, limits


def _values(wanted: Any, limits: list[Any]) -> tuple[str, ...]:
    if get_origin(wanted) is Literal:
        return tuple(sorted(get_args(wanted), key=bool))  # Nothing said comes first, the others as they are.
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return tuple(member.value for member in wanted)
    least, most = _bound(limits, Ge, "ge"), _bound(limits, Le, "le")
    if wanted is int and least is not None and most is not None and most - least < FEW:
        return tuple(map(str, range(least, most + 1)))
    return ()


def _bound(limits: list[Any], kind: type, name: str) -> int | None:
    return next((getattr(limit, name) for limit in limits if isinstance(limit, kind)), None)


def _longest(limit: Any) -> int | None:
    return limit.max_length if isinstance(limit, StringConstraints | MaxLen) else None


def _kind(wanted: Any, values: tuple[str, ...], longest: int | None) -> Kind:
    if values:
        return Kind.ONE_OF
    if wanted is str:
        return Kind.TEXT if longest and longest > LONG else Kind.LINE
    named = {
        dict: Kind.WORDS,
        list: Kind.SEVERAL,
        bool: Kind.YES_NO,
        int: Kind.NUMBER,
        float: Kind.DECIMAL,
        date: Kind.DAY,
    }
    return named[get_origin(wanted) or wanted]
