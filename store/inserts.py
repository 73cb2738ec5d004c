"""Rows that are inserted once, however often they are told of."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_new(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is taken; return whether it was inserted."""
    return connection.execute(_statement(connection.dialect.name, table), values).rowcount == 1


@cache
def _statement(dialect: str, table: Table) -> Insert:
    """Return the insert, written once. Both kinds of database word it alike."""
    kind = sqlite if dialect == "sqlite" else postgresql
    statement: Insert = kind.insert(table).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)
