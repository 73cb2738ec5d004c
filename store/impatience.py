"""A PostgreSQL that takes what it is asked and answers nothing is given up on: no webhook may wait without end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection

CONNECT_SECONDS = 3
ANSWER_SECONDS = 3.0  # with one new connection after it, less than half of what the carrier gives us


class Impatient(psycopg.Connection[Any]):
    """Closes itself when a statement is not answered in time, which tells the pool to forget all it holds."""

    answer_seconds: float | None = ANSWER_SECONDS

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or self.answer_seconds)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:  # no word of the server's own
                self.close()
            raise


@contextmanager
def taking_its_time(connection: Connection) -> Iterator[None]:
    """Wait for each statement as long as it takes, as a migration needs."""
    driven = connection.connection.driver_connection
    if not isinstance(driven, Impatient):  # SQLite
        yield
        return
    driven.answer_seconds = None
    try:
        yield
    finally:
        driven.answer_seconds = ANSWER_SECONDS
