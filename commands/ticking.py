"""The ticker as a thread: it sleeps until the next row is due, at most a second, and wakes when rows have changed."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from switchboard.clock_watch import PAUSE_SECONDS, ClockWatch
from switchboard.doors import Command
from switchboard.house import House, log
from switchboard.put_right import keep_order_after_step, put_right_after_step
from switchboard.send_commands import claim_commands, send_command
from switchboard.ticker import next_due, run_due

LONGEST_SLEEP_SECONDS = 1.0
SHORTEST_SLEEP_SECONDS = 0.02  # when a due row cannot be taken just now, somebody else is at it
AFTER_A_FAILURE_SECONDS = 0.5
WHILE_PAUSED_SECONDS = 0.2
SENDERS = 8  # commands to the carrier under way at once in one process
ROUND_EVERY = timedelta(minutes=1)


class Ticker:
    """Runs due rows in this process until it is stopped. Any number of processes may have one."""

    def __init__(
        self, house: House, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._house = house
        self._clocks = wall, steady
        self._watch = ClockWatch(wall(), steady())
        self._woken = threading.Event()
        self._stopping = False
        self._senders = ThreadPoolExecutor(SENDERS + 1, thread_name_prefix="carrier")  # one makes the rounds
        self._free = threading.BoundedSemaphore(SENDERS)
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)
        self._looked = time.monotonic()
        self._round: Future[object] | None = None
        self._round_at: datetime | None = None

    def start(self, make_round: Callable[[], object]) -> None:
        """Begin to tick, and to make a round that nobody should wait for: now, and once a minute from then on."""
        self._make_round = make_round
        self._thread.start()

    def wake(self) -> None:
        """Look at the rows again now; something may have fallen due."""
        self._woken.set()

    def stop(self, wait_seconds: float = 0) -> None:
        """Look no more; whoever takes the database away next waits until the look under way is over."""
        self._stopping = True
        self._woken.set()
        self._senders.shutdown(wait=False, cancel_futures=True)
        if wait_seconds and self._thread.is_alive():
            self._thread.join(wait_seconds)

    def looked_within(self, seconds: float) -> bool:
        """Say whether the rows were looked at lately; a ticker that hangs is no ticker."""
        return time.monotonic() - self._looked <= seconds

    def _run(self) -> None:
        while not self._stopping:
            try:
                pause = self._look()
            except Exception:  # noqa: BLE001 (the database may be away: look again, and say so each time)
                log.exception("ticker.failed")
                pause = AFTER_A_FAILURE_SECONDS
            self._woken.wait(pause)
            self._woken.clear()

    def _look(self) -> float:
        """Do what is due and return how long to sleep."""
        self._go_round()
        expires = self._clock_is_right()
        run_due(self._house, self._send_due, expires=expires)
        self._looked = time.monotonic()
        if not expires:
            return WHILE_PAUSED_SECONDS
        due = next_due(self._house)
        if due is None:
            return LONGEST_SLEEP_SECONDS
        wait = (due - self._house.now()) / timedelta(seconds=1)
        return min(max(wait, SHORTEST_SLEEP_SECONDS), LONGEST_SLEEP_SECONDS)

    def _clock_is_right(self) -> bool:
        """Say whether due times may be believed; a step of the wall clock is warned of, and put right after a pause."""
        wall, steady = self._clocks
        step = self._watch.look(wall(), steady())
        if step is not None:
            log.error("clock.stepped", seconds=round(step, 3), expiry_paused_seconds=PAUSE_SECONDS)
            keep_order_after_step(self._house)
        if self._watch.resumes():
            put_right_after_step(self._house)
        return not self._watch.is_paused()

    def _go_round(self) -> None:
        """Begin the minute's round, unless the one before is still under way."""
        now = self._house.now()
        is_due = self._round_at is None or abs(now - self._round_at) >= ROUND_EVERY
        if is_due and (self._round is None or self._round.done()):
            self._round_at = now
            self._round = self._senders.submit(self._make_round_safely)

    def _make_round_safely(self) -> None:
        try:
            self._make_round()
        except Exception:  # noqa: BLE001 (the next round comes in a minute)
            log.exception("round.failed")

    def _send_due(self, house: House) -> None:
        """Hand each due command to a sender that is free; the others stay due."""
        for command in claim_commands(house, self._slot_is_free):
            self._senders.submit(self._send, command)

    def _slot_is_free(self) -> bool:
        return self._free.acquire(blocking=False)

    def _send(self, command: Command) -> None:
        try:
            send_command(self._house, command)
        except Exception:  # noqa: BLE001 (the row stays due and is sent again)
            log.exception("command.broken", command=command.kind, call=command.call_id)
        finally:
            self._free.release()
            self.wake()
