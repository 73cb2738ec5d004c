"""The one way a state changes: a conditional update, so that of two who try at once exactly one succeeds."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, Update, bindparam, literal, update

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
    changes = changes or {}
    sources = tuple(sorted(map(str, life.sources(event))))
    statement = _statement(table, column, sources, str(life.target(event)), tuple(sorted(changes)))
    if only_if is not None:
        statement = statement.where(only_if)
    moved = connection.execute(statement, {"moved": row} | {f"new_{name}": value for name, value in changes.items()})
    return moved.rowcount == 1


@cache
def _statement(table: Table, column: str, sources: tuple[str, ...], target: str, changed: tuple[str, ...]) -> Update:
    """Return the update, written once for each kind of move: to write a statement costs more than to run it."""
    return (
        update(table)
        .where(table.c.id == bindparam("moved"), table.c[column].in_([literal(source) for source in sources]))
        .values({column: target} | {name: bindparam(f"new_{name}") for name in changed})
    )
