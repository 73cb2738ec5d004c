"""Rows that are read to be written are locked until the transaction is over; whoever only reads waits for nobody."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select


def locked(connection: Connection, rows: Select[Any]) -> Select[Any]:
    """Return the question that also locks what it finds, unless this connection is for reading only."""
    return rows if is_only_read(connection) else _locking(rows)


def is_only_read(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reading"))


@lru_cache(maxsize=64)
def _locking(rows: Select[Any]) -> Select[Any]:
    """Return a question that locks, written once for those that are asked again and again."""
    return rows.with_for_update()
