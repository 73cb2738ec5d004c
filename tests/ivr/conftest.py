"""The directory, the main flow and a caller who walks it."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from directory.reading import files_in as directory_files
from directory.reading import read_directory
from ivr.facts import TicketFacts
from ivr.flow import files_in, read_flow
from ivr.walk import CallerFacts, End, Keys, Recorded, Silence, Speech, begin, looked_up, walk

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def directory():
    return read_directory(directory_files(ROOT / "directory" / "data"))


@pytest.fixture(scope="session")
def sources():
    return files_in(ROOT / "callflows")


@pytest.fixture(scope="session")
def flow(sources, directory):
    return read_flow(sources, directory.desks)


TICKET = TicketFacts("26-000123-3", "ticket_in_progress", "한국생산기술연구원", date(2026, 11, 27), None)


@dataclass
class Caller:
    """Walks the flow the way a telephone would: every step's position and intake go through plain data."""

    flow: object
    directory: object
    facts: CallerFacts
    rows: list = field(default_factory=list)  # what the house finds, look-up by look-up; then nothing more

    def __post_init__(self):
        self.walk = begin(self.flow, self.directory, self.facts)
        self.opening = self.walk

    def hears(self, answer):
        self.walk = walk(self.flow, self.directory, self.facts, self.walk.position, self.walk.intake, answer)
        while self.walk.end is End.LOOK_UP:
            self.looks_up(self.rows.pop(0) if self.rows else "refused")
        return self

    def looks_up(self, found):
        """Answer a look-up as the house does: a proven ticket is known from then on."""
        intake = self.walk.intake
        if found == "proven":
            intake = replace(intake, ticket=TICKET.number)
        self.facts = replace(self.facts, ticket=TICKET if found == "proven" else None)
        self.walk = looked_up(self.flow, self.directory, self.facts, self.walk, found, intake)

    def leaves_note(self, seconds=12, key="#"):
        return self.hears(Recorded(seconds, key))

    def presses(self, *keys):
        for key in keys:
            self.hears(Keys(key))
        return self

    def says(self, *words):
        for said in words:
            self.hears(Speech(said, 0.9))
        return self

    def is_silent(self, times=1):
        for _ in range(times):
            self.hears(Silence())
        return self

    @property
    def step(self):
        return self.walk.position.step

    @property
    def intake(self):
        return self.walk.intake

    @property
    def waits(self):
        return self.walk.end is End.WAIT

    @property
    def prompts(self):
        return [spoken.prompt for spoken in (*self.walk.notices, *self.walk.prompts)]

    @property
    def text(self):
        return " ".join(spoken.text for spoken in (*self.walk.notices, *self.walk.prompts))


@pytest.fixture
def dials(flow, directory):
    """Return a function that starts a call: from a mobile, in opening hours, unless told otherwise."""

    def start(kind="mobile", region=None, can_call_back=True, is_open=True):
        return Caller(flow, directory, CallerFacts(kind, region, can_call_back, is_open))

    return start
