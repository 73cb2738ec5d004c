"""Published versions of the directory: the newest that read well is in force until a better one replaces it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select, update

from store import tables
from store.inserts import insert_if_new


def publish(connection: Connection, version: str, files: Mapping[str, str], at: datetime) -> None:
    """Keep a version's files as the newest; publishing an older version again is how one rolls back."""
    table = tables.directory_versions
    values = {"version": version, "files": dict(files), "published_at": at}
    if not insert_if_new(connection, table, values):
        connection.execute(update(table).where(table.c.version == version).values(published_at=at))


def newest(connection: Connection) -> Mapping[str, str] | None:
    """Return the files of the version published last, or None when there is none."""
    versions = tables.directory_versions
    files = connection.scalar(select(versions.c.files).order_by(versions.c.published_at.desc()).limit(1))
    return None if files is None else {str(name): str(text) for name, text in files.items()}
