"""The engine: SQLite or PostgreSQL behind one face, every commit durable."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Boolean, Connection, Engine, column, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError

from store.driven import Driven
from store.impatience import ANSWER_SECONDS, CONNECT_SECONDS, Impatient
from store.terse import Terse

CHOOSING_LOCK = 1379  # the advisory lock under which PostgreSQL lets one process choose at a time
CONNECTIONS, CONNECTIONS_APART = 16, 2  # of a process to PostgreSQL; half as many again of the first at times
CACHE_KB = 512  # of each connection, of which there are as many as threads; the machine keeps the file's pages anyway
BUSY_SECONDS = 10  # how long SQLite waits for another writer
TRUSTED_SECONDS = 1.0  # a connection used so lately is taken to be alive
_BEGIN = {True: Driven(text("BEGIN IMMEDIATE")), False: Driven(text("BEGIN"))}  # on SQLite, and on PostgreSQL
_WAIT_TO_CHOOSE = Driven(text(f"SELECT pg_advisory_xact_lock({CHOOSING_LOCK})"))
_BEGIN_CHOOSING = Driven(text(f"BEGIN; SELECT pg_advisory_xact_lock({CHOOSING_LOCK})"))  # one trip for both
_BEGIN_CHOOSING_AT_ONCE = Driven(
    text(f"BEGIN; SELECT pg_try_advisory_xact_lock({CHOOSING_LOCK}) AS alone").columns(column("alone", Boolean))
)
_UNDER_WAY = {TransactionStatus.INTRANS, TransactionStatus.INERROR}
T = TypeVar("T")
_EXPECTED = "sqlite:///FILE or postgresql://USER@HOST/NAME"


class DatabaseError(Exception):
    """The database cannot be used: its address is wrong, or nobody answers there."""


class Database:
    """Connections and transactions, begun in so many words: neither driver begins one by itself.

    A SQLite writer locks at BEGIN, so what it read is still true when it writes.
    """

    def __init__(self, url: str) -> None:
        self._url = _read_url(url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self.engine = _engine(self._url, CONNECTIONS, CONNECTIONS // 2)
        self._reading = self.engine.execution_options(reading=True)  # the same connections
        self._apart = None if self.is_sqlite else _engine(self._url, CONNECTIONS_APART, 0)
        self._choosing = threading.Lock()
        self._writing = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is committed at the end, or rolled back when anything is raised.

        SQLite lets one write at a time. Threads take turns here: there, each would look again after a growing sleep.
        """
        with self._begun(_BEGIN[self.is_sqlite]) as connection:
            yield connection

    @contextmanager
    def _begun(self, begin: Driven) -> Iterator[Connection]:
        with self._writing, self.engine.begin() as connection:
            begin.count(connection, {})
            yield connection

    @contextmanager
    def at_once(self) -> Iterator[Connection]:
        """Give a connection for one change; on PostgreSQL for one statement, which is a transaction by itself there."""
        with self.transaction() if self.is_sqlite else self.engine.connect() as connection:
            yield connection

    @contextmanager
    def apart(self, connection: Connection) -> Iterator[Connection]:
        """Give a connection for one statement that is kept whatever becomes of the transaction on `connection`.

        On PostgreSQL it is none of the others': whoever has one of them would wait for a second that nobody gives back.
        On SQLite it is the same, whose writer is alone.
        """
        if self._apart is None:
            yield connection
            return
        with self._apart.connect() as alone:
            yield alone

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading only; on SQLite it waits for no writer.

        PostgreSQL begins no transaction for it: there each question sees what is committed anyway.
        """
        with self._reading.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def choosing(self) -> Iterator[Connection]:
        """Give the transaction in which agents are chosen: one at a time in the whole house.

        Two at once would each miss what the other is about to commit, and a caller could wait beside an idle agent.
        """
        with (
            self.alone_to_choose(),
            self.transaction() if self.is_sqlite else self._begun(_BEGIN_CHOOSING) as connection,
        ):
            yield connection

    @contextmanager
    def alone_to_choose(self) -> Iterator[None]:
        """Be the one of this process who chooses, or is about to."""
        if not self._choosing.acquire(timeout=ANSWER_SECONDS):
            raise DatabaseError("whoever is choosing has not come back: the database does not answer")
        try:
            yield
        finally:
            self._choosing.release()

    @contextmanager
    def choosing_if(self, look: Callable[[Connection], T]) -> Iterator[tuple[Connection, T] | None]:
        """Give the same transaction to one who is alone here, with what a look found; None when it found nothing.

        The look is before the transaction, or most who find nothing would hold up others; on PostgreSQL it is looked
        again when another process was choosing then. On SQLite what has changed meanwhile is found out by the offers.
        """
        if self.is_sqlite:
            with self.reading() as connection:
                found = look(connection)
            if not found:
                yield None
                return
            with self.transaction() as connection:
                yield connection, found
            return
        with self.engine.connect() as connection:
            found = look(connection)
            if not found:
                yield None
                return
            with connection.begin():
                if not _BEGIN_CHOOSING_AT_ONCE.rows(connection, {})[0].alone:
                    _WAIT_TO_CHOOSE.count(connection, {})
                    found = look(connection)
                yield connection, found

    def check(self) -> None:
        """Raise DatabaseError, naming the address without its password, when the database does not answer."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise DatabaseError(f"DATABASE_URL {_shown(self._url)}: the database does not answer ({cause})") from None

    def takes_writes(self) -> bool:
        """Say whether a write is kept now: a full disk is noticed only at a commit. Year 0 counts the looks."""
        with self.transaction() as connection:
            connection.execute(
                text(
                    "INSERT INTO ticket_sequences (year, last) VALUES (0, 1)"
                    " ON CONFLICT (year) DO UPDATE SET last = (ticket_sequences.last + 1) % 1000000"
                )
            )
        return True

    def close(self) -> None:
        self.engine.dispose()
        if self._apart:
            self._apart.dispose()


def _read_url(url: str) -> URL:
    try:
        read = make_url(url)
        read.get_dialect().import_dbapi()
    except (ValueError, ArgumentError, ImportError):  # a port that is no number, a driver that is not here
        shown = f"…@{url.rpartition('@')[2]}" if "@" in url else url  # what stands before may hold a password anywhere
        raise DatabaseError(f'DATABASE_URL: "{shown}" is no address (expected {_EXPECTED})') from None
    if read.get_backend_name() not in {"sqlite", "postgresql"}:
        raise DatabaseError(f'DATABASE_URL: "{read.drivername}" is not kept here (expected {_EXPECTED})')
    if read.get_backend_name() == "sqlite" and read.database in {None, "", ":memory:"}:
        raise DatabaseError('DATABASE_URL: "sqlite" without a file forgets everything (expected sqlite:///FILE)')
    return read


def _shown(url: URL) -> str:
    """Return an address without its password, wherever in it the password stands."""
    return url.difference_update_query(["password"]).render_as_string(hide_password=True)


def _engine(url: URL, connections: int, more_at_times: int) -> Engine:
    if url.get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=connections,
            max_overflow=more_at_times,
            pool_timeout=ANSWER_SECONDS,
            pool_reset_on_return=None,  # the listener below does it where there is anything to end
            isolation_level="AUTOCOMMIT",
            connect_args={"connect_timeout": CONNECT_SECONDS, "cursor_factory": Terse},
        )
        event.listen(engine, "checkin", _take_back)
        event.listen(engine, "checkout", _ping_when_rested)
        event.listen(engine, "do_connect", lambda _dialect, _record, args, named: Impatient.connect(*args, **named))
        return engine
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _take_back(connection: Any, record: Any) -> None:
    """Note when a connection was used, and end what nobody ended: the next must not go on in another's transaction."""
    record.info["used"] = time.monotonic()
    if connection is not None and connection.pgconn.transaction_status in _UNDER_WAY:
        connection.rollback()


def _ping_when_rested(connection: Any, record: Any, _proxy: Any) -> None:
    """Let a connection answer before it is used again, unless it did so a moment ago: most turns need no such trip."""
    if time.monotonic() - record.info.get("used", 0.0) < TRUSTED_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
    except psycopg.Error:
        raise DisconnectionError from None  # the pool opens another


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # it begins when told to
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"cache_size=-{CACHE_KB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. Two who open a new file together are refused without waiting, so they try again."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return
