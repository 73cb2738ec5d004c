"""Rows that are read to be written are locked until the transaction is over; whoever only reads waits for nobody."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select


def locked(connection: Connection, rows: Select[Any]) -> Select[Any]:
    """Return the question that also locks what it finds, unless this connection is for reading only."""
    return rows if connection.get_execution_options().get("reading") else _locking(rows)


@lru_cache(maxsize=64)
def _locking(rows: Select[Any]) -> Select[Any]:
    """Return a question that locks, written once for those that are asked again and again."""
    return rows.with_for_update()
