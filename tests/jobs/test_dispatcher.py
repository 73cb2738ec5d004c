"""The dispatcher rings in a thread of its own, whatever becomes of the bell or the house."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from structlog.testing import capture_logs

from jobs import dispatcher
from jobs.dispatcher import Dispatcher


class BrokenOnce:
    """A bell that breaks the first time and rings the second."""

    def __init__(self) -> None:
        self.rings: list[int] = []
        self.rang = threading.Event()

    def ring(self, tasks) -> int:
        self.rings.append(len(tasks))
        if len(self.rings) == 1:
            raise RuntimeError("the database is away")
        self.rang.set()
        return len(tasks)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(dispatcher, "PAUSE_SECONDS", 0.01)


def test_it_goes_on_after_whatever_goes_wrong(sqlite_line):
    sqlite_line.owes()
    bell = BrokenOnce()
    ringing = Dispatcher(sqlite_line.house, bell)

    with capture_logs() as logs:
        ringing.start()
        assert bell.rang.wait(timeout=10)
        ringing.stop()

    assert "dispatcher.failed" in [entry["event"] for entry in logs]


def test_many_dispatchers_make_one_job_of_one_attempt(sqlite_line, workers):
    for number in range(20):
        sqlite_line.owes(subject=str(number))

    with ThreadPoolExecutor(6) as pool:
        rung = sum(pool.map(lambda _: workers.bell.ring(sqlite_line.due()), range(6)))

    assert rung == 20
    assert len(workers.queue.job_ids) == 20
