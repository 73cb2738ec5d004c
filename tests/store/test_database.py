"""Every commit is durable, writers take turns, and an address that does not work is named without its password."""

from contextlib import suppress

import pytest
from sqlalchemy.exc import IntegrityError

from store.database import Database, DatabaseError


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)]
)
def test_sqlite_is_set_to_be_durable_on_every_connection(sqlite, pragma, value):
    with sqlite.reading() as one, sqlite.transaction() as other:
        assert one.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        assert other.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_postgresql_commits_durably(swept_postgresql):
    database = Database(swept_postgresql)
    with database.transaction() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
    database.close()


def test_a_row_cannot_hang_in_the_air(database):
    with pytest.raises(IntegrityError), database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO queue_entries (call_id, ticket, state, entered_at, priority_seconds)"
            " VALUES ('CA404', '26-000001-6', 'waiting', 0, 0)"
        )


def test_what_raises_is_rolled_back(database):
    with suppress(ZeroDivisionError), database.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO ticket_sequences (year, last) VALUES (2026, 1)")
        raise ZeroDivisionError

    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM ticket_sequences").scalar() == 0


def test_threads_that_read_and_then_write_on_sqlite_lose_no_update_and_are_never_locked_out(sqlite, at_once):
    with sqlite.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO ticket_sequences (year, last) VALUES (2026, 0)")

    def count(_number) -> None:
        for _ in range(100):
            with sqlite.transaction() as connection:
                last = connection.exec_driver_sql("SELECT last FROM ticket_sequences").scalar()
                connection.exec_driver_sql("UPDATE ticket_sequences SET last = ?", (last + 1,))

    at_once(4, count)

    with sqlite.reading() as connection:
        assert connection.exec_driver_sql("SELECT last FROM ticket_sequences").scalar() == 400


def test_a_reader_of_sqlite_waits_for_no_writer_and_sees_one_moment(sqlite):
    with sqlite.transaction() as writer:
        writer.exec_driver_sql("INSERT INTO ticket_sequences (year, last) VALUES (2026, 7)")
        with sqlite.reading() as reader:
            assert reader.exec_driver_sql("SELECT count(*) FROM ticket_sequences").scalar() == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "line.db",
        "postgresql//line:s3cret@db.example/line",
        "postgresql://line:s3cret@db.example:port/line",
        "postgresql://line:s3/c@ret@db.example:port/line",
        "postgresql+nosuch://line:s3cret@db.example/line",
        "postgresql+psycopg2://line:s3cret@db.example/line",
        "postgres://line:s3cret@db.example/line",
        "mysql://line:s3cret@db.example/line",
    ],
)
def test_an_address_that_is_none_is_refused_with_what_was_expected_and_without_its_password(url):
    with pytest.raises(DatabaseError, match=r"^DATABASE_URL.*expected sqlite.*postgresql") as refused:
        Database(url)

    assert "s3" not in str(refused.value)
    assert "ret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://line:s3cret@127.0.0.1:1/line",
        "postgresql://line@127.0.0.1:1/line?password=s3cret",
        "postgresql://line:s3cret@/line?host=/nowhere/at/all",
        "sqlite:////nowhere/at/all/line.db",
    ],
)
def test_a_database_that_does_not_answer_is_named_without_its_password(url):
    database = Database(url)

    with pytest.raises(DatabaseError, match="does not answer") as refused:
        database.check()

    shown = str(refused.value)
    assert shown.startswith(f"DATABASE_URL {url.partition(':')[0]}")
    assert "line" in shown
    assert "s3cret" not in shown
    assert "\n" not in shown


def test_a_file_that_is_no_database_does_not_answer_either(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("안산 센터 전화번호부\n" * 100, encoding="utf-8")

    with pytest.raises(DatabaseError, match=r"notes\.txt.*does not answer .*not a database"):
        Database(f"sqlite:///{file}").check()


def test_several_who_open_a_new_sqlite_file_together_are_not_locked_out(tmp_path, at_once):
    def open_new(_number) -> list[int]:
        answers = []
        for nth in range(20):
            database = Database(f"sqlite:///{tmp_path / f'{nth}.db'}")
            with database.transaction() as connection:
                answers.append(connection.exec_driver_sql("SELECT 1").scalar())
            database.close()
        return answers

    assert at_once(4, open_new) == [[1] * 20] * 4
