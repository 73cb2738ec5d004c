"""What is only ever added: told one by one, and written together with one trip at the end of its transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table

from store.inserts import insert_together


@dataclass(frozen=True)
class Unwritten:
    """Rows of a transaction that are still to be written; no table's refer to another's."""

    connection: Connection
    _rows: dict[Table, list[Mapping[str, Any]]] = field(default_factory=dict)

    def add(self, table: Table, row: Mapping[str, Any]) -> None:
        self._rows.setdefault(table, []).append(row)

    def holds(self, table: Table) -> bool:
        return table in self._rows

    def write(self) -> None:
        rows = dict(self._rows)
        self._rows.clear()
        insert_together(self.connection, rows)

    def write_those_of(self, table: Table) -> None:
        """Write a table's rows now, because somebody asks for them."""
        insert_together(self.connection, {table: self._rows.pop(table, [])})
