"""Brings a database to the newest shape; migrations form one line and run in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from store.database import CHOOSING_LOCK, Database
from store.impatience import taking_its_time

FOLDER = Path(__file__).parent / "migrations"


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def migrate(database: Database) -> None:
    """Bring the database up to date; of several processes that start together one does the work."""
    with database.transaction() as connection, taking_its_time(connection):
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHOOSING_LOCK + 1})
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def heads() -> tuple[str, ...]:
    """Return the newest revisions; more than one means the migrations no longer form one line."""
    return tuple(ScriptDirectory.from_config(configuration()).get_heads())
