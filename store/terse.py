"""A cursor on PostgreSQL that says of its columns what is asked, and no more."""

from typing import Any

import psycopg


class Terse(psycopg.Cursor[Any]):
    """Describes columns by name and type alone: nobody asks for more, and it is looked up at every statement."""

    @property
    def description(self) -> list[Any] | None:
        result = self.pgresult
        if result is None or not result.nfields:
            return None
        return [
            ((result.fname(nth) or b"").decode(), result.ftype(nth), None, None, None, None, None)
            for nth in range(result.nfields)
        ]
