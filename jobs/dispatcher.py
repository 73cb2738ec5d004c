"""Rings the bell in a thread of its own, so that a queue server that hangs holds up nothing of the line."""

import threading

from switchboard.dispatch_outbox import dispatch_outbox
from switchboard.doors import Bell
from switchboard.house import House, log
from switchboard.reconcile import owe_reconciliation

PAUSE_SECONDS = 1.0


class Dispatcher:
    """Looks for due tasks once a second until it is stopped. Any number of processes may have one."""

    def __init__(self, house: House, bell: Bell) -> None:
        self._house = house
        self._bell = bell
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.wait(PAUSE_SECONDS):
            try:
                owe_reconciliation(self._house)
                dispatch_outbox(self._house, self._bell)
            except Exception:  # noqa: BLE001 (the database may be away: look again, and say so each time)
                log.exception("dispatcher.failed")
