"""A store on both kinds of database, and rows to stand on."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from agents.agent import Agent, Presence
from agents.station import Station, StationKind
from calls.call import Call, CallId, CallState
from calls.telephone_number import read_number
from directory.model import POOL, AgentId
from ivr.intake import Intake
from routing.giving_way import GivesWay
from routing.offer import Offer
from routing.queue_entry import Stand
from store import tables
from store.database import Database
from store.unit_of_work import DatabaseStore
from switchboard.doors import Work
from tickets.number import TicketNumber

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def database(line_url) -> Iterator[Database]:
    """A migrated database, once of each kind."""
    opened = Database(line_url)
    yield opened
    opened.close()


@pytest.fixture
def store(database) -> DatabaseStore:
    return DatabaseStore(database)


@pytest.fixture
def sqlite(copied_sqlite) -> Iterator[Database]:
    """A migrated SQLite database alone, for what PostgreSQL does by itself."""
    opened = Database(copied_sqlite)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Rows:
    """Makes rows whose details do not matter."""

    store: DatabaseStore
    database: Database

    def call(self, name: str = "CA1") -> CallId:
        with self.store.work() as work:
            return self._call(work, name)

    def entry(
        self,
        name: str = "CA1",
        at: datetime = NOW,
        opens_at: datetime | None = NOW,
        gives_way: GivesWay | None = None,
    ) -> int:
        with self.store.work() as work:
            call, stands = self._call(work, name), [Stand(1, POOL, opens_at)]
            return work.queue.enter(call, TicketNumber("26-000001-6"), at, stands, gives_way=gives_way)

    def offer(self, entry_id: int, agent: str = "icg_1", expires_at: datetime = NOW) -> Offer:
        """Write an offer's row alone; of its caller and its agent nothing changes."""
        offers = tables.offers
        row = {"entry_id": entry_id, "agent_id": agent, "desk": POOL, "tier": 1, "station": f"client:{agent}"}
        moments = {"state": "ringing", "made_at": NOW, "expires_at": expires_at}
        with self.store.work() as work:
            call_id = work.queue.get(entry_id).call_id
        with self.database.transaction() as connection:
            new = insert(offers).values(row | moments | {"call_id": call_id}).returning(offers.c.id)
            offer_id = connection.scalar(new)
        with self.store.reading() as work:
            return work.offers.get(offer_id)

    def agent(self, name: str = "icg_1", presence: Presence = Presence.AVAILABLE, **fields: object) -> AgentId:
        agent = Agent(AgentId(name), Station(StationKind.CLIENT, name), presence, **fields)
        with self.store.work() as work:
            work.agents.keep(agent)
        return agent.id

    def _call(self, work: Work, name: str) -> CallId:
        call = new_call(name)
        work.calls.add(call)
        return call.id


def new_call(name: str) -> Call:
    """Return a call as it stands before the menu."""
    return Call(
        id=CallId(name),
        line="1379",
        dialed="1379",
        number=read_number("01012345678", {}),
        state=CallState.MENU,
        turn=0,
        position={},
        intake=Intake().to_data(),
        started_at=NOW - timedelta(minutes=1),
        directory_version="d1",
        flow_version="f1",
    )


def somebody_waits_for_a_lock(database: Database) -> bool:
    waiting = "datname = current_database() AND wait_event_type = 'Lock'"
    with database.reading() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}")) > 0  # noqa: S608


@pytest.fixture
def rows(store, database) -> Rows:
    return Rows(store, database)


@pytest.fixture
def at_once() -> Callable:
    """Run something in several threads that start at the same moment, and return what each returned."""

    def run(threads: int, action: Callable[[int], object]) -> list:
        together = threading.Barrier(threads, timeout=30)

        def start(number: int) -> object:
            together.wait()
            return action(number)

        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(start, range(threads)))

    return run
