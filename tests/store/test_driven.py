"""A statement handed to the driver gives and tells what the library would, on both kinds of database."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import bindparam, insert, literal, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from store import tables
from store.database import Database
from store.driven import Driven

NOW = datetime(2026, 11, 24, 1, 0, 0, 123456, tzinfo=UTC)
_records, _turns = tables.records, tables.turns
RECORD = {
    "at": NOW,
    "kind": 'it\'s "100%" :odd {} \\',
    "call_id": None,
    "ticket": "26-000001-6",
    "agent_id": "icg_1",
    "desk": "center:ICG",
    "fields": {"wish": "도금 100%", "none": None, "list": [1, "\\"]},
}
NOWHERE = Driven(text("SELECT nothing FROM nowhere"))
FOUND = select(_records, literal("as told").label("how")).where(_records.c.kind == bindparam("a_kind"))


def written(connection):
    columns = {name: bindparam(name, type_=_records.c[name].type) for name in RECORD}
    return Driven(insert(_records).values(columns)).count(connection, RECORD)


def write_and_then(database, act):
    with database.transaction() as connection:
        written(connection)
        act(connection)


def test_values_go_there_and_come_back_as_with_the_library(database):
    with database.transaction() as connection:
        assert written(connection) == 1

    with database.reading() as connection:
        (driven,) = Driven(FOUND).rows(connection, {"a_kind": RECORD["kind"]})
        by_the_library = connection.execute(FOUND, {"a_kind": RECORD["kind"]}).one()
    assert tuple(driven) == tuple(by_the_library)
    assert (driven.at, driven.fields, driven.how) == (NOW, RECORD["fields"], "as told")


def test_words_with_columns_are_typed_as_told(database):
    asked = Driven(
        text("SELECT CAST(:moment AS bigint) AS at, 'a' AS word").columns(
            at=_records.c.at.type, word=_turns.c.turn.type
        )
    )

    with database.reading() as connection:
        (row,) = asked.rows(connection, {"moment": 1})

    assert (row.at, row.word) == (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=1), "a")


def test_a_key_that_is_taken_is_told_as_by_the_library_and_keeps_nothing(database):
    values = {"call_id": "CA1", "turn": "1", "taken_at": NOW, "document": b"<a/>"}
    take = Driven(insert(_turns).values({name: bindparam(name, type_=_turns.c[name].type) for name in values}))

    with database.transaction() as connection:
        take.count(connection, values)
    with pytest.raises(IntegrityError):
        write_and_then(database, lambda connection: take.count(connection, values))


def test_no_value_is_told_with_what_went_wrong(database):
    with pytest.raises(DBAPIError) as wrong, database.reading() as connection:
        Driven(text("SELECT nothing FROM nowhere WHERE secret = :secret")).rows(connection, {"secret": "01012345678"})

    assert "01012345678" not in str(wrong.value)


def test_connections_that_broke_are_forgotten_all_at_once(fresh_postgresql):
    """The server was restarted: one caller notices it, not one for each connection."""
    url, one = fresh_postgresql(), Driven(select(literal(1).label("one")))
    database = Database(url)
    with ExitStack() as at_once:
        for connection in [at_once.enter_context(database.reading()) for _ in range(3)]:
            assert one.rows(connection, {})[0].one == 1
    with psycopg.connect(url, autocommit=True) as outside:
        outside.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )

    with pytest.raises(OperationalError), database.reading() as connection:
        one.rows(connection, {})

    for _ in range(3):
        with database.reading() as connection:
            assert one.rows(connection, {})[0].one == 1
    database.close()


def test_what_nobody_ended_is_undone_before_the_next_uses_the_connection(database):
    begin = Driven(text("BEGIN"))
    with database.engine.connect() as connection:
        begin.count(connection, {})
        written(connection)

    with database.reading() as connection:
        assert Driven(FOUND).rows(connection, {"a_kind": RECORD["kind"]}) == []


@pytest.mark.parametrize("wrong", [lambda connection: NOWHERE.rows(connection, {}), lambda _: 1 // 0])
def test_a_transaction_that_fails_leaves_nothing_to_the_next_who_uses_its_connection(database, wrong):
    with pytest.raises((DBAPIError, ZeroDivisionError)):
        write_and_then(database, wrong)

    with database.transaction() as connection:
        assert Driven(FOUND).rows(connection, {"a_kind": RECORD["kind"]}) == []
