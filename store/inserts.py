"""Rows that are inserted once, however often they are told of; and rows of several tables with one trip."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, TextClause, insert, text
from sqlalchemy.dialects import postgresql, sqlite

from store.columns import in_microseconds

_POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]
Rows = Sequence[Mapping[str, Any]]  # of one table, all with the same columns


def insert_if_new(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is taken; return whether it was inserted."""
    return connection.execute(_statement(connection.dialect.name, table), values).rowcount == 1


@cache
def _statement(dialect: str, table: Table) -> Insert:
    """Return the insert, written once. Both kinds of database word it alike."""
    kind = sqlite if dialect == "sqlite" else postgresql
    statement: Insert = kind.insert(table).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


def insert_together(connection: Connection, *several: tuple[Table, Rows]) -> None:
    """Insert rows of several tables, none of which refers to another; each table's in their order."""
    told = [(table, rows) for table, rows in several if rows]
    if connection.dialect.name == "sqlite":
        for table, rows in told:
            connection.execute(_plain(table), rows)
    elif told:
        statement = _in_one(tuple((table, tuple(rows[0])) for table, rows in told))
        connection.execute(statement, {table.name: json.dumps(rows, default=_in_json) for table, rows in told})


@cache
def _plain(table: Table) -> Insert:
    return insert(table)


@cache
def _in_one(tables: tuple[tuple[Table, tuple[str, ...]], ...]) -> TextClause:
    """Return one statement for all the tables, whose parameters, named as they are, hold the rows as JSON."""
    *others, last = [_from_json(table, columns) for table, columns in tables]
    besides = ", ".join(f"rows_{nth} AS ({words})" for nth, words in enumerate(others))
    return text(f"WITH {besides} {last}" if others else last)


def _from_json(table: Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(columns)
    typed = ", ".join(f"{name} {table.c[name].type.compile(_POSTGRESQL)}" for name in columns)
    rows = f"json_to_recordset(CAST(:{table.name} AS json)) AS told ({typed})"
    return f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {rows}"  # noqa: S608 (names of our own)


def _in_json(value: datetime | bytes) -> int | str:
    """Return what JSON has no word for as PostgreSQL reads it: a moment as it is stored, bytes by their digits."""
    return "\\x" + value.hex() if isinstance(value, bytes) else in_microseconds(value)
