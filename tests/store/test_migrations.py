"""The migrated database is the one the code was written for, and migrations form one line."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from store import tables
from store.database import Database
from store.migrating import configuration, heads, migrate

RECORDINGS = Path(__file__).parent.parent.parent / "recordings_schema.sql"


def shape(connection: Connection, table: str, *, with_collation: bool = True) -> dict:
    """Return a table's columns, keys and indexes as the database itself tells them."""
    seen = inspect(connection)
    primary = seen.get_pk_constraint(table)
    return {
        "columns": [
            (
                column["name"],
                _kind_of(column["type"], connection, with_collation),
                column["nullable"],
                column["default"],
            )
            for column in seen.get_columns(table)
        ],
        "primary key": (primary["name"], primary["constrained_columns"]),
        "foreign keys": sorted(
            (key["name"], key["constrained_columns"], key["referred_table"], key["referred_columns"], key["options"])
            for key in seen.get_foreign_keys(table)
        ),
        "unique": sorted((key["name"], key["column_names"]) for key in seen.get_unique_constraints(table)),
        "indexes": sorted(
            (index["name"], index["column_names"], bool(index["unique"]), _where(index))
            for index in seen.get_indexes(table)
        ),
        "checks": seen.get_check_constraints(table),
    }


def _kind_of(kind, connection, with_collation) -> str:
    written = kind.compile(connection.dialect)
    return written if with_collation else written.split(" COLLATE ")[0]


def _where(index) -> str:
    """Return the condition of a partial index as the database wrote it."""
    options = index.get("dialect_options", {})
    return str(options.get("postgresql_where", options.get("sqlite_where", "")))


def test_migrations_form_one_line():
    scripts = list(ScriptDirectory.from_config(configuration()).walk_revisions())

    assert len(heads()) == 1
    assert [script.down_revision for script in scripts][-1] is None
    assert all(isinstance(script.down_revision, str) for script in scripts[:-1])
    assert [script.revision for script in reversed(scripts)] == [f"{n:04}" for n in range(1, len(scripts) + 1)]


def test_a_migrated_database_lacks_nothing_the_tables_have(database):
    with database.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

        assert compare_metadata(context, tables.metadata) == []


def test_a_migrated_database_is_column_by_column_the_one_the_tables_would_make(database_url):
    database = Database(database_url)
    with database.transaction() as connection:
        tables.metadata.create_all(connection)
        drawn = {table: shape(connection, table) for table in tables.metadata.tables}
        tables.metadata.drop_all(connection)
    migrate(database)

    with database.reading() as connection:
        assert {table: shape(connection, table) for table in tables.metadata.tables} == drawn
    database.close()


def test_the_readable_recordings_schema_is_the_migrated_table(database_url):
    written = Database(database_url)
    with written.transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE calls (id TEXT PRIMARY KEY)")
        for statement in RECORDINGS.read_text(encoding="utf-8").split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        expected = shape(connection, "recordings", with_collation=False)
        connection.exec_driver_sql("DROP TABLE recordings")
        connection.exec_driver_sql("DROP TABLE calls")
    migrate(written)

    with written.transaction() as connection:
        assert shape(connection, "recordings", with_collation=False) == expected
    written.close()


def test_migrating_again_changes_nothing(database):
    migrate(database)

    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == list(heads())


def test_processes_that_start_together_migrate_once(database_url, at_once):
    def start(_number):
        process = Database(database_url)
        migrate(process)
        process.close()

    at_once(3, start)

    database = Database(database_url)
    with database.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {*tables.metadata.tables, "alembic_version"}
    database.close()


def test_every_text_column_of_postgresql_compares_by_code_point(migrated_postgresql):
    database = Database(migrated_postgresql)
    with database.reading() as connection:
        others = connection.exec_driver_sql(
            "SELECT table_name, column_name, collation_name FROM information_schema.columns WHERE data_type = 'text'"
            " AND table_schema = 'public' AND collation_name IS DISTINCT FROM 'C'"
        ).all()
    database.close()  # it is copied by later tests, and nobody may be connected then

    assert others == []
