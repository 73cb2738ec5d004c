"""Callers who dial at a rate and agents who answer them, driven from one thread over the network's control."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

import requests
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from simulator.remote import ControlError, RemotePhone
from store import tables
from tests.faults.processes import wait_until
from tests.faults.rig import Rig

PER_SECOND = 6  # real calls: what two cores carry beside the network, the callers and the agents, who run on them too
LOOK_EVERY_SECONDS = 0.03
AGAIN_AFTER_SECONDS = 0.4  # real; an agent whose click came to nothing clicks again
LAST_WORDS = {"callback", "out_of_hours", "voicemail"}  # after which it is the line that ends a call
STALE_SECONDS = 3600.0  # the state of all phones comes with one request


@dataclass
class Caller:
    phone: RemotePhone
    answered_question: object = None
    talks_since: float | None = None
    hung_up: bool = False
    states: list[str] = field(default_factory=list)


@dataclass
class Crowd:
    """Dials `calls` calls, `per_second` real ones; each asks for a person, talks, and hangs up."""

    rig: Rig
    calls: int
    per_second: float
    talk_seconds: float = 0.4  # real
    numbers: Callable[[int], str] = lambda number: f"0101000{number:04d}"
    agents_answer: bool = True
    callers: list[Caller] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.network = self.rig.network
        self.network.fresh_seconds = STALE_SECONDS
        self._clicked: dict[int, float] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="crowd", daemon=True)
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(timeout=20)

    def all_dialed(self) -> bool:
        return len(self.callers) == self.calls

    def all_over(self) -> bool:
        return self.all_dialed() and all(caller.phone.known_to_be_over for caller in self.callers)

    def dialed(self, share: float) -> None:
        wait_until(lambda: len(self.callers) >= share * self.calls, f"{share:.0%} of the callers have dialed", 300)

    def finishes(self, most_seconds: float = 90) -> None:
        """Wait until every caller has dialed and put the phone down, or was put down; then until the rows rest."""
        self.dialed(1)
        wait_until(self.all_over, "every call is over", most_seconds)
        self.rig.comes_to_rest()
        assert not self.trouble, self.trouble[0]

    @property
    def sids(self) -> set[str]:
        return {caller.phone.sid for caller in self.callers}

    @property
    def lost(self) -> list[str]:
        """The callers who were cut off: neither they nor the line's own last words ended the call."""
        ended = {row["id"]: row["outcome"] for row in self.rig.rows("calls")}
        return [
            caller.phone.sid
            for caller in self.callers
            if caller.phone.sid not in ended or (not caller.hung_up and ended[caller.phone.sid] not in LAST_WORDS)
        ]

    def told_of_the_lost(self) -> str:
        """Return what the log and the network say of them."""
        lines = [line[:400] for line in self.rig.log_lines() if any(sid in line for sid in self.lost)]
        errors = [str(error) for error in self.network.errors() if any(sid in str(error) for sid in self.lost)]
        return "\n".join([*lines, *errors])

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_SECONDS):
            try:
                self._look()
            except (ControlError, SQLAlchemyError, requests.RequestException, KeyError):
                continue  # the database or the product is away; that is what is tested
            except Exception as error:
                self.trouble.append(repr(error))
                raise

    def _look(self) -> None:
        due = min(self.calls, int((time.monotonic() - self._began) * self.per_second) + 1)
        while len(self.callers) < due:
            self.callers.append(Caller(self.network.dial(self.numbers(len(self.callers)), "1379")))
        self.network.refresh()
        states = self._states()
        for caller in self.callers:
            if not caller.phone.known_to_be_over:
                with suppress(ControlError):
                    self._act(caller, states.get(caller.phone.sid))
        if self.agents_answer:
            self._answer()

    def _states(self) -> dict[str, str]:
        with self.rig.database.reading() as connection:
            calls = tables.calls
            return dict(connection.execute(select(calls.c.id, calls.c.state).where(calls.c.state != "ended")).all())

    def _act(self, caller: Caller, state: str | None) -> None:
        phone = caller.phone
        if state == "menu" and phone.listening and phone.question != caller.answered_question:
            caller.answered_question = phone.question
            phone.press("0")
        if phone.in_conference and phone.connected_to:
            caller.talks_since = caller.talks_since or time.monotonic()
            if time.monotonic() - caller.talks_since >= self.talk_seconds:
                caller.hung_up = True
                phone.hang_up()
        else:
            caller.talks_since = None

    def _answer(self) -> None:
        """Click on every card that shows, once; again when the click came to nothing."""
        now = time.monotonic()
        offers = tables.offers
        with self.rig.database.reading() as connection:
            shown = connection.execute(select(offers.c.id, offers.c.station).where(offers.c.state == "ringing")).all()
        for offer_id, station in shown:
            if now - self._clicked.get(offer_id, 0) >= AGAIN_AFTER_SECONDS:
                self._clicked[offer_id] = now
                self.network.browser_dials(station.partition(":")[2], {"offer": str(offer_id)})
