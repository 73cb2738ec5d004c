"""The one way a state changes: a conditional update, so that of two who try at once exactly one succeeds."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, true, update

from records.life import Life

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


def move(  # noqa: PLR0913 (the parts of one statement)
    connection: Connection,
    table: Table,
    row: str | int,
    life: Life[State, Event],
    event: Event,
    *,
    column: str = "state",
    changes: Mapping[str, Any] | None = None,
    only_if: ColumnElement[bool] | None = None,
) -> bool:
    """Move a row by an event of its life; return False, and change nothing, when its state does not take the event."""
    taken_from = table.c[column].in_([str(state) for state in life.sources(event)])
    moved = connection.execute(
        update(table)
        .where(table.c.id == row, taken_from, true() if only_if is None else only_if)
        .values({column: str(life.target(event)), **(changes or {})})
    )
    return moved.rowcount == 1
