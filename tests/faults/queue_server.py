"""A queue server that a test may kill, empty and start again at the same address."""

import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from rq import Worker

from jobs.queue_server import QueueServer, QueueServerError, ensure_queue_server


@dataclass
class Redises:
    """One server after the other in one folder."""

    folder: Path

    def __post_init__(self) -> None:
        self.server = self._start()
        self.url = self.server.url

    def _start(self) -> QueueServer:
        try:
            return ensure_queue_server(self.folder)
        except QueueServerError as error:
            pytest.skip(f"the queue server is missing: {error}")

    def is_away(self) -> None:
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait()

    def is_back(self) -> None:
        self.server = self._start()

    def forgets_everything(self) -> None:
        with Redis.from_url(self.url) as connection:
            connection.flushall()

    def jobs_in_hand(self) -> set[str]:
        """Return the first attempts that some worker has begun with, a dead one's too."""
        with Redis.from_url(self.url) as connection:
            jobs = {worker.get_current_job_id() for worker in Worker.all(connection=connection)}
        return {job for job in jobs if job and job.endswith("-0")}

    def close(self) -> None:
        self.server.stop()
