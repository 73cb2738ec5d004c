"""Callers and agents for stories: each does what people do, and time moves when a story says so."""

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from agents.agent import Agent, Presence
from agents.station import read_station
from calls.call import Call, CallId
from commands.caller import act
from commands.players import Habit, Player
from commands.reports import call_report
from commands.script import Act, Line
from commands.settings import Settings, read_settings
from commands.stage import Stage, opened_stage
from directory.model import AgentId
from switchboard.change_presence import change_presence
from tickets.ticket import Ticket

WORKING_DAY_AT_10 = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Korea


@dataclass
class Caller:
    """A telephone in a company's workshop."""

    stage: Stage
    number: str
    parameters: dict = field(default_factory=dict)

    def dials(self, line: str = "1379") -> "Caller":
        self.phone = self.stage.network.dial(self.number, line, self.parameters or None)
        self.stage.settle()
        return self

    def presses(self, keys: str) -> "Caller":
        return self._acts(Line(0, Act.KEYS, keys))

    def says(self, words: str) -> "Caller":
        return self._acts(Line(0, Act.SAY, words))

    def is_silent(self) -> "Caller":
        return self._acts(Line(0, Act.SILENCE))

    def waits(self, seconds: int) -> "Caller":
        return self._acts(Line(0, Act.WAIT, str(seconds)))

    def hangs_up(self) -> "Caller":
        return self._acts(Line(0, Act.HANGUP))

    def _acts(self, line: Line) -> "Caller":
        act(self.stage, self.phone, line)
        return self

    @property
    def heard(self) -> str:
        return " ".join(self.phone.said)

    @property
    def call(self) -> Call:
        with self.stage.house.store.reading() as work:
            return work.calls.get(CallId(self.phone.sid))

    @property
    def ticket(self) -> Ticket | None:
        with self.stage.house.store.reading() as work:
            return work.tickets.of_call(CallId(self.phone.sid))

    @property
    def report(self) -> dict:
        return call_report(self.stage.house, CallId(self.phone.sid), self.phone.transcript)

    def talks_to(self, agent: "Counselor") -> bool:
        return agent.player.phone is not None and agent.player.phone.sid in self.phone.connected_to


@dataclass
class Counselor:
    """A person who answers, at a browser unless told otherwise."""

    stage: Stage
    id: AgentId

    def __post_init__(self) -> None:
        self.player = Player(self.stage, self.id)
        self.stage.people.append(self.player)

    def signs_in(self, station: str | None = None) -> "Counselor":
        return self._is(Presence.AVAILABLE, station)

    def takes_a_break(self) -> "Counselor":
        return self._is(Presence.BREAK)

    def signs_off(self) -> "Counselor":
        return self._is(Presence.OFFLINE)

    def _is(self, presence: Presence, station: str | None = None) -> "Counselor":
        change_presence(self.stage.house, self.id, presence, read_station(station) if station else None)
        self.stage.settle()
        return self

    def accepts(self) -> "Counselor":
        return self._does(Habit.ACCEPTS)

    def declines(self) -> "Counselor":
        return self._does(Habit.DECLINES)

    def ignores(self) -> "Counselor":
        return self._does(Habit.IGNORES)

    def _does(self, habit: Habit) -> "Counselor":
        self.player.habit = habit
        self.stage.settle()
        return self

    def hangs_up(self) -> "Counselor":
        assert self.player.hang_up(), f"{self.id} is on no call"
        self.stage.settle()
        return self

    @property
    def row(self) -> Agent:
        with self.stage.house.store.reading() as work:
            return work.agents.get(self.id)

    def is_offered(self, caller: Caller) -> bool:
        with self.stage.house.store.reading() as work:
            offer = work.offers.live_of_agent(self.id)
        return offer is not None and offer.call_id == caller.phone.sid


@dataclass
class House:
    """The line on a working day at 10:00."""

    stage: Stage

    def caller(self, number: str = "01012345678", **parameters: object) -> Caller:
        return Caller(self.stage, number, parameters)

    def agent(self, agent_id: str) -> Counselor:
        return Counselor(self.stage, AgentId(agent_id))

    def passes(self, seconds: float) -> None:
        self.stage.run(seconds)


@pytest.fixture
def settings(line_url, tmp_path) -> Settings:
    return read_settings({"DATA_DIR": str(tmp_path), "DATABASE_URL": line_url, "PATH": os.environ["PATH"]})


@pytest.fixture
def open_line(settings):
    """Open the line at any moment."""
    with ExitStack() as stack:
        yield lambda at: House(stack.enter_context(opened_stage(settings, at)))


@pytest.fixture
def line(open_line) -> House:
    return open_line(WORKING_DAY_AT_10)
