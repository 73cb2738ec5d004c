"""Threads that are started when needed and end with the process, whatever they wait for."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread


class Pool:
    """Runs tasks on at most `most` threads, in the order given."""

    def __init__(self, most: int, name: str) -> None:
        self._most = most
        self._name = name
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = Lock()
        self._threads = 0
        self._open = 0  # tasks given and not finished

    def submit(self, task: Callable[[], None]) -> None:
        with self._lock:
            self._open += 1
            grows = self._open > self._threads and self._threads < self._most
            self._threads += grows
        self._tasks.put(task)
        if grows:
            Thread(target=self._work, name=self._name, daemon=True).start()

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            try:
                task()
            finally:
                with self._lock:
                    self._open -= 1
