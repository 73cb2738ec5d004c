"""A house whose slow work can be watched, and a real queue server."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from rq import Queue, SimpleWorker
from sqlalchemy import select

from calls.call import Call, CallId, CallState
from calls.telephone_number import TelephoneNumber, read_number
from commands import building
from commands.house_only import NoNetwork
from directory.model import POOL
from directory.reading import files_in, read_directory
from ivr.intake import Intake
from jobs.bell import QUEUE, RqBell
from jobs.job import work_in
from jobs.queue_server import QueueServer, QueueServerError, ensure_queue_server
from store import tables
from store.database import Database
from store.unit_of_work import DatabaseStore
from switchboard import do_outbox
from switchboard.dispatch_outbox import dispatch_outbox
from switchboard.doors import MessageNotSent, Task
from switchboard.house import House
from switchboard.open_ticket import open_ticket
from tickets.ticket import Ticket

WORKING_DAY_AT_10 = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Korea
MOBILE = "01012345678"


@dataclass
class Clock:
    at: datetime = WORKING_DAY_AT_10

    def now(self) -> datetime:
        return self.at

    def passes(self, **time_passed: float) -> None:
        self.at += timedelta(**time_passed)


@dataclass
class NotingMessenger:
    """Notes what it is given, or refuses it."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    works: bool = True

    def send(self, to: TelephoneNumber, text: str) -> None:
        if not self.works:
            raise MessageNotSent("the provider is away")
        self.sent.append((to.national, text))

    def tell(self, to: str, text: str) -> None:
        if not self.works:
            raise MessageNotSent("the provider is away")
        self.sent.append((to, text))


@dataclass
class Line:
    """The house, and a look at its rows."""

    house: House
    clock: Clock
    messenger: NotingMessenger
    database: Database

    def owes(self, kind: str = "note", subject: str = "1") -> bool:
        with self.house.store.work() as work:
            return work.outbox.add(kind, subject, self.clock.at)

    def due(self) -> list[Task]:
        with self.house.store.reading() as work:
            return list(work.outbox.due(self.clock.at, 1000))

    def opens_ticket(self, number: str = MOBILE, name: str = "CA1", intake: Intake | None = None) -> Ticket:
        call = Call(
            id=CallId(name),
            line="1379",
            dialed="1379",
            number=read_number(number, {}),
            state=CallState.MENU,
            turn=0,
            position={},
            intake=Intake().to_data(),
            started_at=self.clock.at,
            directory_version="d1",
            flow_version="f1",
        )
        with self.house.store.work() as work:
            work.calls.add(call)
            return open_ticket(self.house, work, call, intake or Intake(), POOL)

    def rows(self, table: str) -> list:
        found = tables.metadata.tables[table]
        with self.database.reading() as connection:
            return list(connection.execute(select(found).order_by(found.c.id)))

    def records(self, kind: str) -> list:
        return [row for row in self.rows("records") if row.kind == kind]


@pytest.fixture(scope="session")
def built():
    """The directory and the flow, read once."""
    directory = read_directory(files_in(building.DIRECTORY_FOLDER))
    return directory, building.read_main_flow(directory)


def _opened(url: str, built) -> Iterator[Line]:
    database, clock, messenger = Database(url), Clock(), NotingMessenger()
    directory, flow = built
    house = House(DatabaseStore(database), clock, NoNetwork(), directory, flow, None, messenger)
    yield Line(house, clock, messenger, database)
    database.close()


@pytest.fixture
def line(line_url, built) -> Iterator[Line]:
    """The line on both kinds of database."""
    yield from _opened(line_url, built)


@pytest.fixture
def sqlite_line(copied_sqlite, built) -> Iterator[Line]:
    """The line on SQLite, where what is tested is the queue."""
    yield from _opened(copied_sqlite, built)


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """The subjects of tasks of the kind "note", in the order in which they were done."""
    subjects: list[str] = []
    works_as(monkeypatch, "note", lambda _house, subject: subjects.append(subject))
    return subjects


def works_as(monkeypatch, kind: str, does: Callable[[House, str], None]) -> None:
    monkeypatch.setattr(do_outbox, "WORK", {**do_outbox.WORK, kind: does})


@pytest.fixture
def start_server(tmp_path):
    """Start a queue server of the test's own."""
    started: list[QueueServer] = []

    def start(folder=tmp_path) -> QueueServer:
        server = _ensured(folder)
        started.append(server)
        return server

    yield start
    for server in started:
        if server.process and server.process.poll() is None:
            server.process.send_signal(signal.SIGCONT)
            server.stop()


@pytest.fixture(scope="session")
def server_of_session(tmp_path_factory) -> Iterator[QueueServer]:
    server = _ensured(tmp_path_factory.mktemp("queue"))
    yield server
    server.stop()


def _ensured(folder) -> QueueServer:
    try:
        return ensure_queue_server(folder)
    except QueueServerError as error:
        pytest.skip(f"the queue server is missing: {error}")


class BurstWorker(SimpleWorker):
    """RQ's worker that does its jobs in this process."""

    def subscribe(self) -> None:
        """Take no orders, as our own worker; leaving such a subscription takes a second."""


@dataclass
class Workers:
    """The queue server, a bell on it, and a worker that takes what is there and leaves."""

    url: str

    def __post_init__(self) -> None:
        self.redis = Redis.from_url(self.url)
        self.queue = Queue(QUEUE, connection=self.redis, serializer="json")
        self.bell = RqBell(self.url)

    def ring(self, line: Line) -> int:
        return dispatch_outbox(line.house, self.bell)

    def work(self, line: Line) -> None:
        @contextmanager
        def opened():
            yield line.house

        work_in(opened)
        BurstWorker([self.queue], connection=self.redis, serializer="json").work(burst=True, logging_level="ERROR")


@pytest.fixture
def workers(server_of_session) -> Iterator[Workers]:
    workers = Workers(server_of_session.url)
    workers.redis.flushall()
    yield workers
    workers.bell.close()
    workers.redis.close()


def _wait_until(holds: Callable[[], object], seconds: float = 15) -> None:
    """Wait for another process; there is no clock of ours to step."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, "it did not come to that"
        time.sleep(0.01)


def _is_running(pid: int) -> bool:
    """Say whether a process does anything; one that only waits to be buried does not."""
    try:
        with open(f"/proc/{pid}/stat") as status:  # noqa: PTH123 (no file of ours)
            return status.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def until() -> Callable:
    return _wait_until


@pytest.fixture
def running() -> Callable[[int], bool]:
    return _is_running


@pytest.fixture
def path_without_setpriv(tmp_path) -> str:
    """A PATH like this one, where setpriv is not installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for program in ("python3", "env"):
            found = shutil.which(program, path=place)
            if found and not (folder / program).exists():
                (folder / program).symlink_to(found)
    return str(folder)
