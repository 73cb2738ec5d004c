"""Rows that are inserted once, however often they are told of; and rows of several tables with one trip."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Insert, Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from store.columns import in_microseconds
from store.driven import Driven

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


def insert_together(connection: Connection, several: Mapping[Table, Rows]) -> None:
    """Insert rows of several tables, none of which refers to another; each table's in their order."""
    told = {table: rows for table, rows in several.items() if rows}
    if connection.dialect.name == "sqlite":
        for table, rows in told.items():
            connection.execute(_insert(table), rows)
    elif told:
        statement = _in_one(tuple((table, tuple(rows[0])) for table, rows in told.items()))
        values = {table.name: json.dumps(_plain_rows(table, rows)) for table, rows in told.items()}
        statement.count(connection, values)


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _in_one(tables: tuple[tuple[Table, tuple[str, ...]], ...]) -> Driven:
    """Return one statement for all the tables, whose parameters, named as they are, hold the rows as JSON."""
    *others, last = [_from_json(table, columns) for table, columns in tables]
    besides = ", ".join(f"rows_{nth} AS ({words})" for nth, words in enumerate(others))
    return Driven(text(f"WITH {besides} {last}" if others else last))


def _from_json(table: Table, columns: tuple[str, ...]) -> str:
    types = {name: table.c[name].type.compile(_POSTGRESQL) for name in columns}
    read = ", ".join(f"{name} {'text' if kind == 'JSON' else kind}" for name, kind in types.items())
    given = ", ".join(f"CAST({name} AS json)" if kind == "JSON" else name for name, kind in types.items())
    rows = f"json_to_recordset(CAST(:{table.name} AS json)) AS told ({read})"
    return f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {given} FROM {rows}"  # noqa: S608 (our own names)


def _plain_rows(table: Table, rows: Rows) -> list[dict[str, Any]]:
    """Return rows as JSON has words for them; JSON within is text, which keeps whatever a json column takes."""
    return [{name: _plain(table.c[name].type, value) for name, value in row.items()} for row in rows]


def _plain(kind: TypeEngine[Any], value: Any) -> Any:
    if isinstance(kind, JSON):
        return json.dumps(value)
    if isinstance(value, bytes):
        return "\\x" + value.hex()  # as PostgreSQL reads bytes
    return in_microseconds(value) if isinstance(value, datetime) else value
