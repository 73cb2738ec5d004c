"""Agents are chosen in a thread of its own after callers' turns: a caller does not wait for their choice."""

import threading

from switchboard.choose_agents import choose_agents
from switchboard.house import House, log

AFTER_A_FAILURE_SECONDS = 0.5


class Chooser:
    """Chooses whenever it was woken since it last began. What it leaves undone, a turn or the ticker finds again."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._woken = threading.Event()
        threading.Thread(target=self._run, name="chooser", daemon=True).start()

    def wake(self) -> None:
        self._woken.set()

    def _run(self) -> None:
        while True:
            self._woken.wait()
            self._woken.clear()
            try:
                choose_agents(self._house)
            except Exception:  # noqa: BLE001 (the database may be away: those who wait are found again)
                log.exception("choosing.failed")
                self._woken.wait(AFTER_A_FAILURE_SECONDS)
