"""Statements that run with every answer: compiled once, with little between them and the driver.

What SQLAlchemy does around each execution of a small statement costs three times the
statement itself. A prepared statement is still written in SQLAlchemy, converts values as
the types of its columns do, and runs in the transaction of `db.session`. Its failures are
those of any other statement.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select
from sqlalchemy.engine import Dialect

from lms.kernel.database import db, told

Convert = Callable[[Any], Any]
_CONNECTION = "connection_of_prepared_statements"
"""In a session's `info`: its transaction, the driver's connection and the dialect."""


def each(query: Select[Any]) -> Iterator[Any]:
    """Return the rows of a query of any length, a few thousand in memory at a time, as named tuples.

    Their fields are read ten times as quickly as those of SQLAlchemy's own rows.
    """
    row = _row_type(tuple(column.key for column in query.selected_columns))
    return map(row._make, db.session.execute(query.execution_options(yield_per=2000)))


class Prepared:
    """A statement whose values are all bound by name.

    `statement` may be a function of the dialect's name, for statements that differ. As with a
    query of the session, objects that wait to be written are written first; what a prepared
    statement writes, objects read before do not learn.
    """

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._compiled: WeakKeyDictionary[Dialect, _Compiled] = WeakKeyDictionary()

    def rows(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows found, as named tuples."""
        connection, compiled = self._ready()
        try:
            cursor = connection.execute(compiled.sql, compiled.bound(values))
            return [compiled.row(row, cursor.description) for row in cursor.fetchall()]
        except compiled.error as error:
            raise told(error, compiled.sql, compiled.error) from error

    def bare(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows as the driver gives them: of whole numbers by the hundred thousand, and to be compared."""
        connection, compiled = self._ready()
        try:
            return connection.execute(compiled.sql, compiled.bound(values)).fetchall()  # type: ignore[no-any-return]
        except compiled.error as error:
            raise told(error, compiled.sql, compiled.error) from error

    def run(self, values: Mapping[str, Any]) -> int:
        """Run a statement that writes; return how many rows it touched."""
        connection, compiled = self._ready()
        try:
            return connection.execute(compiled.sql, compiled.bound(values)).rowcount
        except compiled.error as error:
            raise told(error, compiled.sql, compiled.error) from error

    def run_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that writes once for each of the rows, each with a value for every name."""
        connection, compiled = self._ready()
        try:
            connection.cursor().executemany(compiled.sql, compiled.all_bound(rows))
        except compiled.error as error:
            raise told(error, compiled.sql, compiled.error) from error

    def _ready(self) -> "tuple[Any, _Compiled]":
        session = db.session()
        if session.autoflush:
            session.flush()
        # To ask the session for its connection takes as long as a small statement.
        transaction, known = session.get_transaction(), session.info.get(_CONNECTION)
        if known is None or transaction is None or known[0] is not transaction or not transaction.is_active:
            connection = session.connection()
            known = session.get_transaction(), connection.connection.dbapi_connection, connection.dialect
            session.info[_CONNECTION] = known
        compiled = self._compiled.get(known[2])
        if compiled is None:
            compiled = self._compiled[known[2]] = _Compiled(self._statement, known[2])
        return known[1], compiled


class _Compiled:
    """A statement in one database's words, and the conversions of its values and columns."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        statement = statement(dialect.name) if callable(statement) else statement
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self.error: type[Exception] = dialect.loaded_dbapi.Error
        """What the driver raises."""
        self._places = getattr(compiled, "positiontup", None)
        self._names = tuple(self._places or compiled.binds)
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._binds = [
            (name, convert)
            for name, bind in compiled.binds.items()
            if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect))
        ]
        self._dialect = dialect
        self._columns = list(getattr(statement, "selected_columns", ()))
        self._named = _row_type(tuple(column.key for column in self._columns))
        self._results: list[tuple[int, Convert]] | None = None

    def bound(self, values: Mapping[str, Any]) -> Any:
        given = {**self._fixed, **values}
        for name, convert in self._binds:
            if given[name] is not None:
                given[name] = convert(given[name])
        return tuple([given[name] for name in self._places]) if self._places is not None else given

    def all_bound(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        # Column by column: half the time of row by row.
        converts = dict(self._binds)
        columns = [_converted([row[name] for row in rows], converts.get(name)) for name in self._names]
        bound = zip(*columns, strict=True)
        return list(bound) if self._places is not None else [dict(zip(self._names, row, strict=True)) for row in bound]

    def row(self, found: Sequence[Any], description: Sequence[Any]) -> Any:
        if self._results is None:
            self._results = self._conversions(description)
        if not self._results:
            return self._named._make(found)
        values = list(found)
        for place, convert in self._results:
            values[place] = convert(values[place])
        return self._named._make(values)

    def _conversions(self, description: Sequence[Any]) -> list[tuple[int, Convert]]:
        # How a column is converted may depend on the type that the driver reports.
        dialect = self._dialect
        return [
            (place, convert)
            for place, column in enumerate(self._columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, description[place][1]))
        ]


def _converted(column: list[Any], convert: Convert | None) -> list[Any]:
    if convert is None or not column:
        return column
    if all(value is column[0] for value in column):
        # Nothing at all, or the moment at which all of them are stored.
        return [None if column[0] is None else convert(column[0])] * len(column)
    return [None if value is None else convert(value) for value in column]


@lru_cache
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)  # noqa: PYI024  (the names are known only now)
