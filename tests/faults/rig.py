"""The line as it runs: gunicorn, the simulated network, a fallback, a worker, each a process of its own on one clock."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from sqlalchemy import select

from agents.agent import Presence
from commands.clock import FileClock, set_clock
from commands.house_only import opened_house
from commands.settings import SIMULATED_ACCOUNT, SIMULATED_TOKEN, Settings, read_settings
from simulator.fields import Fields, flatten
from simulator.parcel import Parcel, seal
from simulator.remote import RemoteNetwork
from store import tables
from store.database import Database
from switchboard import paths
from switchboard.change_presence import change_presence
from switchboard.house import House
from tests.faults import processes
from tests.faults.invariants import History, Span, broken
from tests.faults.processes import Program, children, free_port, is_ours, is_running, marked, wait_until

WORKING_DAY_AT_10 = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Korea
REAL_STEP_SECONDS = (
    3.0  # what a step may take on a machine that is busy with other tests; the clock is many times as fast
)
TABLES = ("calls", "tickets", "queue_entries", "queue_lines", "offers", "agents", "legs", "records", "decisions")


@dataclass
class Rig:
    """One line on one database. Nothing runs until it is started; `close` ends everything and finds what is left."""

    folder: Path
    database_url: str
    web_processes: int = 1
    speed: float = 10
    more: Mapping[str, str] = field(default_factory=dict)
    mark: str = field(default_factory=lambda: uuid4().hex)
    outages: list[Span] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.data_dir = self.folder / "var"
        self.clock_file = self.folder / "clock.json"
        self.port, self.network_port, self.fallback_port = free_port(), free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        set_clock(self.clock_file, WORKING_DAY_AT_10, self.speed)
        self.clock = FileClock(self.clock_file)
        self.web: Program | None = None
        self._sessions = threading.local()

    # Processes

    @property
    def environ(self) -> dict[str, str]:
        return {
            processes.MARK: self.mark,
            "CARRIER": "simulator",
            "TWILIO_API_BASE_URL": f"http://127.0.0.1:{self.network_port}",
            "CLOCK_FILE": str(self.clock_file),
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "WEB_PROCESSES": str(self.web_processes),
            **self.more,
        }

    def program(self, name: str, *arguments: str | Path) -> Program:
        program = processes.start(arguments, self.environ, self.folder / f"{name}.log", processes.HERE)
        self.programs.append(program)
        return program

    def start(self) -> "Rig":
        """Start the network, its fallback and the line, and wait until calls are taken."""
        self.start_network()
        self.serve()
        self.wait_until_ready()
        return self

    def start_network(self) -> Program:
        fallback = Path(__file__).with_name("fallback.py")
        self.program("fallback", sys.executable, fallback, str(self.fallback_port))
        network = self.program(
            "network",
            *(sys.executable, "-m", "simulator", "--port", str(self.network_port), "--product-url", self.base),
            *("--auth-token", SIMULATED_TOKEN, "--account-sid", SIMULATED_ACCOUNT),
            *("--clock-file", self.clock_file, "--fallback-url", f"http://127.0.0.1:{self.fallback_port}/"),
        )
        wait_until(lambda: "listening" in network.said, "the network listens")
        return network

    def serve(self, *options: str) -> Program:
        self.web = self.program("serve", *processes.product("serve", *options))
        return self.web

    def work(self) -> Program:
        return self.program("worker", *processes.product("worker"))

    def wait_until_ready(self) -> None:
        wait_until(self.is_ready, f"the line is ready; it said: {self.web.said if self.web else ''}", 30)

    def is_ready(self) -> bool:
        return self.asks_health()[0] == 200

    def asks_health(self) -> tuple[int, list[str]]:
        """Return the status of /health/ready and what it calls wrong; 0 when nobody answers."""
        try:
            answer = requests.get(self.base + "/health/ready", timeout=10)
        except requests.RequestException:
            return 0, []
        return answer.status_code, list(answer.json()["wrong"])

    @property
    def web_workers(self) -> list[int]:
        """Return the processes that answer webhooks; the master may have started a queue server as well."""
        return [pid for pid in children(self.web.pid) if is_running(pid) and is_ours(pid)] if self.web else []

    def is_out_during(self, does: Callable[[], object]) -> None:
        """Do something during which, and until the line is ready again, nobody can be offered anything."""
        began = self.clock.now()
        does()
        self.wait_until_ready()
        self.outages.append((began, self.clock.now() + self.slack))

    def close(self) -> None:
        """End everything, and assert that nothing is left."""
        with suppress(AttributeError):
            del self.network
        for program in reversed(self.programs):
            if program.process.poll() is None:
                program.tell(signal.SIGCONT)
                program.tell(signal.SIGQUIT if program is self.web else signal.SIGTERM)  # gunicorn is quicker so
        try:
            wait_until(lambda: all(p.process.poll() is not None for p in self.programs), "every program ends", 20)
            wait_until(lambda: not marked(self.mark), "nothing they started is left", 20)
        finally:
            self._kill_what_is_left()
            self.house_context.__exit__(None, None, None) if "house_context" in self.__dict__ else None

    def _kill_what_is_left(self) -> None:
        for pid in marked(self.mark):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    # The world outside

    @cached_property
    def network(self) -> RemoteNetwork:
        return RemoteNetwork(f"http://127.0.0.1:{self.network_port}")

    @property
    def _session(self) -> requests.Session:
        """A session for each thread: connections are kept open, as Twilio keeps its own."""
        if not hasattr(self._sessions, "own"):
            self._sessions.own = requests.Session()
        return self._sessions.own

    def post(self, path: str, fields: Fields, *, timeout: float = 30, **headers: str) -> requests.Response:
        """Post one signed webhook, as the network would, without the network."""
        sealed = seal(Parcel(self.base + path, "POST", fields, uuid4().hex), SIMULATED_TOKEN)
        told = {**sealed.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self._session.post(sealed.url, data=sealed.body, headers=told, timeout=timeout)

    # The rows

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.environ)

    @cached_property
    def house_context(self) -> Any:
        return opened_house(self.settings)

    @cached_property
    def house(self) -> House:
        return self.house_context.__enter__()

    @cached_property
    def database(self) -> Database:
        return self.house.store._database  # noqa: SLF001 (rows are looked at as they are, past every use case)

    def sign_in(self, *agents: str) -> list[str]:
        """Let these agents take calls at their browsers; all of the staff when nobody is named."""
        names = list(agents) or sorted(self.house.directory.staff)
        for name in names:
            change_presence(self.house, name, Presence.AVAILABLE)
        return names

    def rows(self, name: str) -> list[dict[str, Any]]:
        table = tables.metadata.tables[name]
        with self.database.reading() as connection:
            found = connection.execute(select(table).order_by(*table.primary_key)).mappings()
            return [dict(row) for row in found]

    @property
    def slack(self) -> timedelta:
        return timedelta(seconds=1 + REAL_STEP_SECONDS * self.speed)

    def history(self, answered: Iterator[str] | set[str] = frozenset()) -> History:
        staff = self.house.directory.staff
        return History(
            **{name: self.rows(name) for name in TABLES},
            answered=frozenset(answered),
            seats={name: frozenset(seat.desk for seat in member.seats) for name, member in staff.items()},
            slack=self.slack,
            outages=self.outages,
        )

    def at_rest(self) -> bool:
        """Say whether all calls are over and everyone is idle."""
        return not self.unrest()

    def unrest(self) -> list[str]:
        """Return whoever is still doing something; a callback that is owed rests until its time."""
        over = {"ended", "promised"}
        busy = [f"call {call['id']} {call['state']}" for call in self.rows("calls") if call["state"] not in over]
        busy += [
            f"{agent['id']} {agent['work_state']}" for agent in self.rows("agents") if agent["work_state"] != "idle"
        ]
        return busy + [f"leg {leg['id']} {leg['state']}" for leg in self.rows("legs") if leg["state"] != "ended"]

    def comes_to_rest(self, most_seconds: float = 30) -> None:
        try:
            wait_until(self.at_rest, "all calls are over and everyone is idle", most_seconds)
        except AssertionError as error:
            told = [line for line in self.log_lines() if "level='info'" not in line][-8:]
            raise AssertionError("\n".join([str(error), *self.unrest(), *told])) from None

    def settles(self) -> None:
        """Wait until nothing is due: what an event made possible has been done."""
        wait_until(self._is_settled, "nothing is due any more", most_seconds=60)

    def _is_settled(self) -> bool:
        with self.house.store.reading() as work:
            due = work.next_due()
        return due is None or due > self.clock.now()

    def check(self, answered: Iterator[str] | set[str] = frozenset()) -> None:
        """Assert every invariant on what the line left behind."""
        problems = broken(self.history(answered))
        assert not problems, "\n".join(problems)

    def log_lines(self) -> list[str]:
        path = self.data_dir / "line.log"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def logged(self, event: str) -> list[str]:
        return [line for line in self.log_lines() if f"event='{event}'" in line]


def ringing(sid: str, number: str = "01012345678", **more: object) -> Fields:
    """The fields of a call's first request."""
    standard = {
        "CallSid": sid,
        "AccountSid": SIMULATED_ACCOUNT,
        "From": number,
        "To": "1379",
        "CallStatus": "ringing",
        "ApiVersion": "2010-04-01",
        "Direction": "inbound",
    }
    return {**standard, **more}


def sid(number: int) -> str:
    return f"CA{number:032x}"


def exported(rig: Rig) -> bytes:
    """Return the rows without the ids the network draws and without times, the same for the same calls in any run."""
    names: dict[str, str] = {call["id"]: call["caller_raw"] for call in rig.rows("calls")}
    texts = []
    for table in TABLES:
        for row in rig.rows(table):
            told = json.dumps(
                {name: _plain(name, value, names) for name, value in row.items()}, sort_keys=True, ensure_ascii=False
            )
            texts.append(f"{table} {told}")
    return "\n".join(sorted(texts)).encode()


DRAWN = {
    *("id", "entry_id", "offer_id", "offer", "entry", "seconds", "waited_seconds", "due_at", "ticket", "number"),
    "took_us",
}


def _plain(name: str, value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, datetime) or name in DRAWN or name.endswith("_at"):
        return None if value is None else "…"
    if isinstance(value, Mapping):
        return {key: _plain(key, inner, names) for key, inner in value.items()}
    if name == "reasons":
        return [[reason.get("rule"), reason.get("verdict"), reason.get("tier")] for reason in value]
    return names.get(value, value) if isinstance(value, str) else value


__all__ = ["Rig", "exported", "flatten", "paths", "ringing", "sid"]
