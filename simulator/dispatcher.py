"""Drains the agenda in real time, on one thread on which everything about calls happens."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from threading import Event, Thread
from typing import Protocol, TypeVar

from simulator.agenda import Agenda
from simulator.faults import TwimlError

LONGEST_WAIT_SECONDS = 1.0
T = TypeVar("T")
log = logging.getLogger("simulator")


class RunningClock(Protocol):
    """A clock whose time passes by itself."""

    def now(self) -> datetime: ...
    def move_to(self, at: datetime) -> None: ...
    def seconds_until(self, moment: datetime) -> float: ...


class Dispatcher:
    """The one thread. What an item raises is logged and ends nothing; faults of TwiML are in the error list already."""

    def __init__(self, agenda: Agenda, clock: RunningClock) -> None:
        self._agenda = agenda
        self._clock = clock
        self._bell = Event()
        self._stopped = False
        self._thread = Thread(target=self._run, name="agenda", daemon=True)
        agenda.bell = self._bell.set
        agenda.when_failed = note

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped = True
        self._bell.set()
        self._thread.join(timeout=1)

    def do(self, work: Callable[[], T]) -> T:
        """Do something on the agenda's thread, behind what is due, and return its result or raise what it raised."""
        done: Future[T] = Future()

        def item() -> None:
            try:
                done.set_result(work())
            except Exception as fault:  # noqa: BLE001 - it is raised again where it was asked for
                done.set_exception(fault)

        self._agenda.soon(item)
        return done.result()

    def _run(self) -> None:
        while not self._stopped:
            self._bell.clear()
            due = self._agenda.next_at()
            if due is None:
                self._bell.wait(LONGEST_WAIT_SECONDS)
            elif due <= self._clock.now():
                self._agenda.run_next()
            else:
                self._bell.wait(min(self._clock.seconds_until(due), LONGEST_WAIT_SECONDS))


def note(fault: Exception) -> None:
    if isinstance(fault, TwimlError):
        log.warning("%s", fault)
    else:
        log.error("an item of the agenda failed", exc_info=fault)
