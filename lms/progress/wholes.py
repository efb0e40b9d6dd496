"""Whole numbers by the hundred thousand, read from the database in columns.

The database joins each column into one text, which is read in one step: a third of the time
that it takes to make every number of every row an object first. Columns are of four bytes a number:
whoever shifts or multiplies them makes them of eight.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, cast, func, select

from lms.kernel.later import Later
from lms.kernel.prepared import Prepared

numpy = Later("numpy")


class Wholes:
    """A query of whole numbers, none of them nothing, whose values are all bound by name."""

    def __init__(self, query: Any) -> None:
        rows = query.subquery()
        self._joined = Prepared(lambda dialect: select(*(_joined(column, dialect) for column in rows.c)))

    def read(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the columns, as arrays as long as there are rows."""
        texts = list(self._joined.bare(values)[0])
        # Each text goes when it was read: all of them take as much as all columns.
        return [numpy.fromstring(texts.pop(0) or "", numpy.int32, sep=",") for _ in range(len(texts))]


def _joined(column: Any, dialect: str) -> Any:
    joined = func.group_concat(column) if dialect == "sqlite" else func.string_agg(cast(column, String), ",")
    return joined.label(column.name)
