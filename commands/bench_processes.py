"""The processes of the bench: the line, its floor and the simulated network, on free ports and in scratch folders."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import requests

from commands.bench_calls import PUBLIC_BASE_URL
from commands.bench_client import BenchError
from commands.building import HERE
from commands.clock import set_clock
from commands.demo import next_morning
from commands.house_only import opened_house
from commands.settings import Settings, read_settings
from switchboard.house import House

READY_SECONDS = 30.0
STOP_SECONDS = 10.0
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Place:
    """Where one line of the bench keeps things: its database, its folder, its port and its clock."""

    db: str
    database_url: str
    folder: Path
    port: int
    processes: int

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock.json"

    @property
    def errors(self) -> Path:
        return self.folder / "errors.log"

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "PUBLIC_BASE_URL": PUBLIC_BASE_URL,
            "WEB_PROCESSES": str(self.processes),
            "CARRIER": "simulator",
            "CLOCK_FILE": str(self.clock_file),
            "TWILIO_API_BASE_URL": "http://127.0.0.1:9",  # nobody there, unless a network is started
            "TWILIO_CALLS_PER_SECOND": "100",
            **more,
        }

    def settings(self, **more: str) -> Settings:
        return read_settings(self.environment(**more))


def make_place(db: str, database_url: str, folder: Path) -> Place:
    """Make the folder, with a clock that shows ten in the morning of a working day and goes as fast as any."""
    folder.mkdir(parents=True)
    place = Place(
        db=db,
        database_url=database_url or f"sqlite:///{folder / 'line.db'}",
        folder=folder,
        port=free_port(),
        processes=web_processes(db),
    )
    set_clock(place.clock_file, next_morning(datetime.now(UTC)), 1.0)
    return place


def web_processes(db: str) -> int:
    """SQLite takes one; PostgreSQL one for each processor, as an operator would set it, but no crowd."""
    return 1 if db == "sqlite" else min(max(os.cpu_count() or 1, 2), 4)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@contextmanager
def served(place: Place, **more: str) -> Iterator[int]:
    """Run `serve`; give the id of its master process."""
    command = [sys.executable, str(HERE / "app.py"), "serve", "--die-with-parent", str(os.getpid())]
    with running(command, place.environment(**more), place) as process:
        wait_until_ready(process, f"http://127.0.0.1:{place.port}/health/ready", place)
        yield process.pid


@contextmanager
def floor_served(beside: Place) -> Iterator[int]:
    """Run the floor of a line, with as many processes and threads as it has; give its port."""
    place = make_place(beside.db, beside.database_url, beside.folder / "floor")
    with running([sys.executable, "-m", "commands.bench_floor"], place.environment(), place) as process:
        wait_until_ready(process, f"http://127.0.0.1:{place.port}/health/live", place)
        yield place.port


@contextmanager
def network_served(place: Place) -> Iterator[str]:
    """Run the simulated network in front of a line that is reached at its own port; give its address."""
    port, settings = free_port(), place.settings()
    command = [sys.executable, "-m", "simulator", "--port", str(port), "--clock-file", str(place.clock_file)]
    command += ["--product-url", f"http://127.0.0.1:{place.port}", "--calls-per-second", "100"]
    command += ["--account-sid", settings.account_sid, "--die-with-parent", str(os.getpid())]
    with running(command, {"TWILIO_AUTH_TOKEN": settings.auth_tokens[0]}, place) as process:
        wait_until_ready(process, f"http://127.0.0.1:{port}/control/time", place)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def entered(place: Place) -> Iterator[House]:
    """Give the house behind a line, to look at rows and to sign people in."""
    with opened_house(place.settings(), place.clock_file) as house:
        yield house


@contextmanager
def running(command: list[str], settings: Mapping[str, str], place: Place) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program of ours with these settings and none of the caller's; stop it in the end."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    with place.errors.open("ab") as errors:
        process = subprocess.Popen(  # noqa: S603 (our own programs)
            command, cwd=HERE, env={**kept, **settings}, stdout=subprocess.DEVNULL, stderr=errors
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(process: "subprocess.Popen[bytes]", url: str, place: Place) -> None:
    give_up = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up:
        if process.poll() is not None:
            told = place.errors.read_text(errors="replace").strip().splitlines()
            raise BenchError(f"{url}: the process ended with {process.returncode} ({told[-1] if told else 'silently'})")
        try:
            if requests.get(url, timeout=1).status_code == requests.codes.ok:
                return
        except requests.RequestException:
            pass  # not yet
        time.sleep(0.05)
    raise BenchError(f"{url}: not ready within {READY_SECONDS:.0f} s")


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def memory_mb(process: int) -> tuple[float, float]:
    """Return the resident and the proportional size of a process in MB. Linux only."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    sizes = dict(re.findall(r"^(Rss|Pss): +([0-9]+) kB", told, re.MULTILINE))
    return int(sizes["Rss"]) / 1024, int(sizes["Pss"]) / 1024
