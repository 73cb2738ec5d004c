"""Callers and agents for stories: each does what people do, and time moves when a story says so."""

import csv
import functools
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from agents.agent import Agent, Presence
from agents.station import read_station
from calls.call import Call, CallId
from commands import building
from commands.caller import act
from commands.players import Habit, Player
from commands.reports import call_report
from commands.script import Act, Line
from commands.settings import Settings, read_settings
from commands.stage import Stage, opened_stage
from directory.model import AgentId
from directory.reading import files_in, read_directory
from records.record import Record
from routing.offer import Offer
from simulator import Phone
from store import tables
from switchboard.change_presence import change_presence
from tickets.ticket import Ticket

PLATING = "안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요"  # reaches KITECH, whose field it is
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

    def asks_for_a_person(self) -> "Caller":
        """Go straight to the center: that of the number's region, or the main one."""
        return self.dials().presses("0")

    def asks_about_plating(self) -> "Caller":
        """Go to the institute, with consent."""
        return self.dials().says(PLATING).presses("1")

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

    @property
    def offers(self) -> list[tuple[str, str]]:
        """Who was offered this caller, and what became of it."""
        return [(offer["agent"], offer["state"]) for offer in self.report["offers"]]

    def has_heard(self, prompt: str, **values: object) -> int:
        """Count how often the line said these words of its own."""
        return self.phone.said.count(self.stage.house.say(prompt, **values))


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
    def telephone(self) -> Phone:
        """The leg that rings at this agent's station."""
        return self.stage.network.ringing(str(self.row.station))[0]

    @property
    def rings(self) -> bool:
        return bool(self.stage.network.ringing(str(self.row.station)))

    def picks_up(self) -> Phone:
        """Pick up the telephone and press nothing."""
        telephone = self.telephone
        telephone.answer()
        self.stage.settle()
        return telephone

    def clicks_accept(self, offer: int) -> Phone:
        """Take an offer from a browser tab of one's own, whatever has become of the offer."""
        tab = self.stage.network.browser_dials(self.row.station.address, {"offer": str(offer)})
        self.stage.settle()
        return tab

    @property
    def row(self) -> Agent:
        with self.stage.house.store.reading() as work:
            return work.agents.get(self.id)

    @property
    def offer(self) -> Offer | None:
        with self.stage.house.store.reading() as work:
            return work.offers.live_of_agent(self.id)

    def is_offered(self, caller: Caller) -> bool:
        offer = self.offer
        return offer is not None and offer.call_id == caller.phone.sid


@dataclass
class House:
    """The line on a working day at 10:00."""

    stage: Stage

    def caller(self, number: str = "01012345678", **parameters: object) -> Caller:
        return Caller(self.stage, number, parameters)

    def callers_at_the_question(self, count: int) -> list[Caller]:
        """Several callers who heard the opening together and are asked what they want at the same moment."""
        callers = [self.caller(f"010555500{n:02}").dials() for n in range(1, count + 1)]
        self.stage.run(120, unless=lambda: all(caller.phone.listening for caller in callers))
        return callers

    def until(self, holds: Callable[[], bool], seconds: float = 120) -> None:
        """Let time pass until something holds."""
        assert self.stage.run(seconds, unless=holds), f"it did not come to that within {seconds} seconds"

    def agent(self, agent_id: str) -> Counselor:
        return Counselor(self.stage, AgentId(agent_id))

    def passes(self, seconds: float) -> None:
        self.stage.run(seconds)

    def records(self, *kinds: str) -> list[Record]:
        """Return what was written down, in order; of some kinds only, when any are named."""
        with self.stage.house.store._database.reading() as connection:  # noqa: SLF001 (no use case reads records yet)
            rows = connection.execute(select(tables.records).order_by(tables.records.c.id)).all()
        found = [Record(r.kind, r.at, r.call_id, r.ticket, r.agent_id, r.desk, r.fields) for r in rows]
        return [record for record in found if not kinds or record.kind in kinds]


@pytest.fixture(autouse=True, scope="session")
def read_once():
    """Read the call flow and the directory once: their files are the same in every story."""
    flow = building.read_main_flow(read_directory(files_in(building.DIRECTORY_FOLDER)))
    read = functools.cache(lambda files: read_directory(dict(files)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building.reading, "read_directory", lambda files: read(tuple(sorted(files.items()))))
        patch.setattr(building, "read_main_flow", lambda _directory: flow)
        yield


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


@pytest.fixture
def waits_like(monkeypatch, tmp_path):
    """Let the line be opened with other cells in the row of waiting.csv that holds for every desk."""

    def change(**cells: object) -> None:
        folder = tmp_path / "directory"
        shutil.copytree(building.DIRECTORY_FOLDER, folder)
        file = folder / "waiting.csv"
        head, row = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))[:2]
        changed = dict(zip(head, row, strict=True)) | {name: str(value) for name, value in cells.items()}
        file.write_text(f"{','.join(head)}\n{','.join(changed.values())}\n", encoding="utf-8")
        monkeypatch.setattr(building, "DIRECTORY_FOLDER", folder)

    return change
