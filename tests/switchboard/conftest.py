"""A house on the real store with a carrier that only takes notes: use cases can be called from many threads at once."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from agents.agent import Agent, Presence, can_be_offered
from agents.station import Station
from agents.work_state import WorkState
from calls.answer import Answer
from calls.call import Call, CallId, CallState
from calls.telephone_number import read_number
from commands import building
from directory.model import AgentId, DeskId, Seat, agent_desk
from directory.reading import files_in, read_directory
from ivr.intake import Category, Intake
from ivr.walk import Keys, Silence
from routing.choosing import Choice, choose
from routing.crew import Crew, IdleAgent, Rules
from routing.head import Head
from routing.offer import LIVE, Offer
from store import tables
from store.database import Database
from store.unit_of_work import DatabaseStore
from switchboard.accept_offer import Accepting, accept_by_browser
from switchboard.answer_call import Ringing, answer_call
from switchboard.assign_ticket import assign_ticket
from switchboard.change_presence import change_presence
from switchboard.house import House
from switchboard.open_ticket import open_ticket
from switchboard.take_turn import take_turn
from switchboard.ticker import run_due

WORKING_DAY_AT_10 = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Korea
STEP_SECONDS = 0.0005
BUSY = {CallState.TALKING, CallState.DIALING}  # states of a call for which an agent is there
FAR_OFF = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass
class Clock:
    at: datetime = WORKING_DAY_AT_10

    def now(self) -> datetime:
        return self.at


@dataclass
class NotingCarrier:
    """Does what it is asked at once, and notes it."""

    numbers: Iterator[int] = field(default_factory=itertools.count)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def document(self, answer: Answer) -> bytes:
        return repr(answer).encode()

    def ring(self, station: Station, *, path: str, status_path: str, seconds: int) -> CallId:
        self.asked.append(("ring", str(station)))
        return CallId(f"CArung{next(self.numbers)}")

    def call(self, number: str, *, shown: str, path: str, status_path: str, seconds: int) -> CallId:
        self.asked.append(("call", number))
        return CallId(f"CAcustomer{next(self.numbers)}")

    def being_called(self, number: str) -> CallId | None:
        return None

    def move(self, call_id: CallId, path: str) -> None:
        self.asked.append(("move", call_id))

    def end(self, call_id: CallId) -> None:
        self.asked.append(("end", call_id))


@dataclass
class Line:
    """The line on a working day at 10:00; callers press 0 and stand at the main center."""

    house: House
    clock: Clock
    turns: dict[CallId, int] = field(default_factory=dict)
    numbers: dict[CallId, str] = field(default_factory=dict)

    def caller(self, name: str, number: str = "01012345678") -> CallId:
        call = CallId(name)
        self.numbers[call] = number
        answer_call(self.house, self._ringing(call))
        self.turns[call] = 0
        self.takes_turn(call, "0")
        return call

    def takes_turn(self, call: CallId, keys: str = "") -> bytes:
        self.turns[call] += 1
        heard = Keys(keys) if keys else Silence()
        return take_turn(self.house, self._ringing(call), self.turns[call], heard)

    def _ringing(self, call: CallId) -> Ringing:
        return Ringing(call, "1379", self.numbers.get(call, "01012345678"), "1379")

    def signs_in(self, *agents: str) -> None:
        for agent in agents:
            self.is_now(agent, Presence.AVAILABLE)

    def is_now(self, agent: str, presence: Presence) -> None:
        change_presence(self.house, AgentId(agent), presence)

    def accepts(self, offer: Offer, leg: str) -> bool:
        """Say whether the agent got the caller."""
        accepting = Accepting(CallId(leg), str(offer.station), offer.id)
        return b"Talk(" in accept_by_browser(self.house, accepting)

    def passes(self, seconds: float) -> None:
        self.clock.at += timedelta(seconds=seconds)
        run_due(self.house)

    def rest(self, seconds: float, *agents: str) -> None:
        """Let idle agents rest a while, so that callers can gather."""
        with self.house.store.work() as work:
            for agent in agents:
                until = {"not_before": self.clock.now() + timedelta(seconds=seconds)}
                work.agents.keep(Agent(**(vars(work.agents.get(AgentId(agent))) | until)))

    def agent(self, agent: str) -> Agent:
        with self.house.store.reading() as work:
            return work.agents.get(AgentId(agent))

    def call(self, call: str) -> Call:
        with self.house.store.reading() as work:
            return work.calls.get(CallId(call))

    def offers(self, call: str) -> list[Offer]:
        with self.house.store.reading() as work:
            return list(work.offers.of_call(CallId(call)))

    def live_offers(self, calls: list[CallId]) -> list[Offer]:
        return [offer for call in calls for offer in self.offers(call) if offer.state in LIVE]

    def has_nobody_stuck(self) -> bool:
        """Say whether each agent is idle, or busy with something that is still there."""
        with self.house.store.reading() as work:
            calls = [*work.calls.unended(), *(entry.call_id for entry in work.callbacks.live())]
            taken = [offer for call in calls if (offer := work.offers.accepted_of_call(call))]
            talking = {offer.agent_id for offer in taken if work.calls.get(offer.call_id).state in BUSY}
            return all(
                (agent.work_state is WorkState.IDLE)
                or (agent.work_state is WorkState.WRAPPING and agent.wrap_until is not None)
                or (agent.work_state is WorkState.TALKING and agent.id in talking)
                or (agent.work_state in {WorkState.RESERVED, WorkState.RINGING} and _may_be_offered(work, agent))
                for agent in work.agents.all()
            )


def next_choice(house: House) -> Choice | None:
    """Return what the chooser makes of everyone who waits and everyone who is idle, looked at one by one."""
    staff, lines, offers = house.directory.staff, tables.queue_lines, tables.offers
    with house.store.reading() as work:
        crew = Crew(
            IdleAgent(agent.id, (*staff[agent.id].seats, Seat(agent_desk(agent.id), 1)), agent.idle_since)
            for agent in work.agents.all()
            if can_be_offered(agent, house.now())
        )
        rows = work._connection.execute(  # noqa: SLF001 (no use case reads every line)
            select(lines).where(lines.c.waiting, lines.c.opened_at.is_not(None) | lines.c.may_lend)
        ).all()
        passed = work._connection.execute(  # noqa: SLF001
            select(offers.c.entry_id, offers.c.agent_id).where(offers.c.again_at.is_not(None))
        ).all()
    heads = [
        Head(
            row.entry_id,
            row.desk,
            row.tier,
            row.place,
            row.opens_at if row.opened_at is None else None,
            avoid=frozenset(agent for entry, agent in passed if entry == row.entry_id),
        )
        for row in rows
    ]
    return choose(heads, crew, house.now(), Rules(house.directory.routing))


def _may_be_offered(work, agent: Agent) -> bool:
    offer = work.offers.live_of_agent(agent.id)
    return offer is not None and agent.presence is Presence.AVAILABLE and work.calls.get(offer.call_id).outcome is None


@pytest.fixture(scope="session")
def directory_and_flow() -> tuple:
    directory = read_directory(files_in(building.DIRECTORY_FOLDER))
    return directory, building.read_main_flow(directory)


@pytest.fixture(scope="session")
def open_line(directory_and_flow) -> Callable[[Database], Line]:
    directory, flow = directory_and_flow

    def opened(database: Database) -> Line:
        clock = Clock()
        return Line(House(DatabaseStore(database), clock, NotingCarrier(), directory, flow, None), clock)

    return opened


@pytest.fixture
def line(line_url, open_line) -> Iterator[Line]:
    database = Database(line_url)
    yield open_line(database)
    database.close()


@dataclass
class Cases:
    """Opens cases, and looks at them."""

    line: Line

    @property
    def house(self) -> House:
        return self.line.house

    def opened(self, name="CA1", caller="0317801234", **intake):
        wish = Intake(**{"category": Category.TECHNICAL_DIFFICULTY, "consent": True, **intake})
        call = Call(
            CallId(name), "1379", "1379", read_number(caller, {}), CallState.MENU, 0, {}, wish.to_data(),
            self.line.clock.now(), "d1", "f1",
        )  # fmt: skip
        with self.house.store.work() as work:
            work.calls.add(call)
            return open_ticket(self.house, work, call, wish, DeskId("center:ICG")).number

    def owned(self, *args, **intake):
        number = self.opened(*args, **intake)
        assign_ticket(self.house, number, AgentId("icg_1"), AgentId("icg_1"))
        return number

    def ticket(self, number):
        with self.house.store.reading() as work:
            return work.tickets.get(number)

    def all_of(self, number) -> list:
        """Return everything kept of a case, to see that nothing of it changed."""
        with self.house.store.reading() as work:
            kept = (work.referrals.of(number), work.notes.of(number), work.follow_ups.of(number))
            return [work.tickets.get(number), *kept, work.records.of_ticket(number), work.outbox.due(FAR_OFF, 99)]

    def records(self, number) -> list[str]:
        with self.house.store.reading() as work:
            return [record.kind for record in work.records.of_ticket(number)]

    def referrals(self, number) -> dict:
        with self.house.store.reading() as work:
            return {one.institute: one.state for one in work.referrals.of(number)}


@pytest.fixture
def cases(line) -> Cases:
    return Cases(line)


@pytest.fixture
def at_once() -> Callable:
    """Start several things at the same moment in threads, and return what each returned.

    `shift` varies from round to round which of them comes a little later: a race is found by trying many moments.
    """

    def run(*actions: Callable[[], object], shift: int = 0) -> list:
        together = threading.Barrier(len(actions), timeout=30)

        def start(number: int) -> object:
            together.wait()
            time.sleep(STEP_SECONDS * (shift // len(actions)) * (shift % len(actions) == number))
            return actions[number]()

        with ThreadPoolExecutor(len(actions)) as pool:
            return [future.result() for future in [pool.submit(start, number) for number in range(len(actions))]]

    return run
