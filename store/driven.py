"""Statements of every turn and every choice: worded by the library once, and on PostgreSQL handed to the driver.

The library's own way there and back costs the caller's process as much as the driver's and the server's answer do.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import Connection, Dialect, Insert, Select, TextClause, TextualSelect
from sqlalchemy.exc import DBAPIError

_Change = Callable[[Any], Any]


class _Wording(NamedTuple):
    """A statement in the driver's words, and how its values go there and come back."""

    words: str
    constants: Mapping[str, Any]
    there: Sequence[tuple[str, _Change]]
    row: Callable[[Sequence[Any]], Any]
    back: Sequence[tuple[int, _Change]]


class Driven:
    """A statement whose parameters all have names, and whose rows' values are attributes.

    Words of our own that give rows must say their columns.
    """

    def __init__(self, statement: Select[Any] | Insert | TextClause | TextualSelect) -> None:
        self._statement = statement
        self._worded: _Wording | None = None

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        if connection.dialect.name == "sqlite":
            return connection.execute(self._statement, values).all()
        cursor = self._run(connection, values)
        while cursor.nextset():  # of several statements the last one gives the rows
            pass
        found = cursor.fetchall()
        _, _, _, row, back = self._wording(connection.dialect)
        if not back:
            return [row(told) for told in found]
        return [row(_changed(list(told), back)) for told in found]

    def count(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Return how many rows were changed."""
        if connection.dialect.name == "sqlite":
            return connection.execute(self._statement, values).rowcount
        return self._run(connection, values).rowcount

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> "psycopg.Cursor[Any]":
        """Run the statement. What goes wrong is told as by the library, which forgets the connections that broke."""
        words, constants, there, _, _ = self._wording(connection.dialect)
        given = {**constants, **values}
        for name, change in there:
            given[name] = change(given[name])
        driven: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        try:
            return driven.execute(words, given or None)
        except psycopg.Error as error:
            if driven.closed:
                connection.exec_driver_sql("SELECT 1")  # fails too, and that is how the library notices
            raise DBAPIError.instance(
                words, None, error, psycopg.Error, hide_parameters=True, dialect=connection.dialect
            ) from error

    def _wording(self, dialect: Dialect) -> _Wording:
        if self._worded is None:
            self._worded = _word(self._statement, dialect)
        return self._worded


def _word(statement: Select[Any] | Insert | TextClause | TextualSelect, dialect: Dialect) -> _Wording:
    compiled = statement.compile(dialect=dialect)
    constants, there = {}, []
    for name, bound in compiled.binds.items():
        change = bound.type.dialect_impl(dialect).bind_processor(dialect)
        if not bound.required:
            constants[name] = change(bound.value) if change else bound.value
        elif change:
            there.append((name, change))
    columns = list(getattr(statement, "selected_columns", ()))
    back = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    row = namedtuple("Row", [column.key for column in columns], rename=True)  # type: ignore[misc] # noqa: PYI024
    return _Wording(
        compiled.string, constants, there, row._make, [(nth, change) for nth, change in enumerate(back) if change]
    )


def _changed(values: list[Any], back: Sequence[tuple[int, _Change]]) -> list[Any]:
    for nth, change in back:
        values[nth] = change(values[nth])
    return values
