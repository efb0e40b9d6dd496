"""Many rows at once, with little between them and the driver."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.engine import Dialect

from lms.kernel.database import db

Convert = Callable[[Any], Any]


def insert_rows(table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, each with a value for the same columns; the rows are used up.

    Each value is converted as its column's type does it. What SQLAlchemy does besides for
    each row of an `executemany` costs as much as the insert itself.
    """
    connection = db.session.connection()
    sql, places, converts = _prepared(table, tuple(rows[0]), connection.dialect)
    for row in rows:
        for name, convert in converts:
            if row[name] is not None:
                row[name] = convert(row[name])
    if connection.dialect.positional:
        connection.exec_driver_sql(sql, [tuple([row[name] for name in places]) for row in rows])
    else:
        connection.exec_driver_sql(sql, list(rows))


@lru_cache(maxsize=64)
def _prepared(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, Sequence[str], list[tuple[str, Convert]]]:
    compiled = table.insert().compile(dialect=dialect, column_keys=list(names))
    converts: list[tuple[str, Convert]] = [
        (name, convert)
        for name in names
        if (convert := table.columns[name].type.dialect_impl(dialect).bind_processor(dialect))
    ]
    return str(compiled), getattr(compiled, "positiontup", None) or names, converts
