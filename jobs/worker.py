"""The worker: waits for the bell and does each task in a child of its own, which may crash or hang for itself."""

import logging
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from redis import ConnectionError as NoConnection
from redis import Redis, RedisError
from redis import TimeoutError as NoAnswer
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue, Worker
from rq.exceptions import StopRequested
from rq.job import Job

from jobs.bell import QUEUE, RqBell
from jobs.job import HouseOpener, work_in
from switchboard.dispatch_outbox import dispatch_outbox
from switchboard.house import log

WORKER_SECONDS = 30  # a worker that has not been heard of for so long is taken for dead
MONITORING_SECONDS = 5
MAINTENANCE_SECONDS = 30
TRY_AGAIN_SECONDS = 1.0


class LineWorker(Worker):
    """RQ's worker with forked jobs. A server that goes away ends its work quietly: `run_worker` looks for the next."""

    log_result_lifespan = False

    def subscribe(self) -> None:
        """Take no orders over the server: whoever can write there could stop our jobs."""

    def heartbeat(self, *arguments: Any, **named: Any) -> None:
        try:
            super().heartbeat(*arguments, **named)
        except (NoConnection, NoAnswer):
            raise StopRequested from None

    def execute_job(self, job: Job, queue: Queue) -> None:
        try:
            super().execute_job(job, queue)
        except (NoConnection, NoAnswer):
            raise StopRequested from None

    @property
    def was_told_to_stop(self) -> bool:
        return self._shutdown_requested_date is not None


def run_worker(find_server: Callable[[], str], open_house: HouseOpener) -> None:
    """Work until SIGTERM or SIGINT, then finish the job in hand. Without a server it waits, and looks for one again.

    `find_server` returns the server's address; a QueueServerError of its own is not caught here.
    """
    work_in(open_house)
    logging.getLogger("rq.worker").addFilter(
        lambda record: "could not connect" not in str(record.msg)
    )  # told once, below
    with suppress(StopRequested):  # RQ's own way to end, which its handlers keep for a moment after its work
        _work_until_told(find_server, open_house)


def _work_until_told(find_server: Callable[[], str], open_house: HouseOpener) -> None:
    missing = False
    while True:
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, _leave)
        try:
            if _work(find_server(), open_house):
                return
            missing = False
        except RedisError as error:
            if not missing:
                log.warning("worker.waits", error=str(error))
            missing = True
        time.sleep(TRY_AGAIN_SECONDS)


def _work(url: str, open_house: HouseOpener) -> bool:
    """Work for as long as the server is there; return whether the end was asked for."""
    connection = Redis.from_url(url, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))
    connection.ping()
    bell = RqBell(url)
    with open_house() as house:
        dispatch_outbox(house, bell)
    bell.close()
    worker = LineWorker(
        [Queue(QUEUE, connection=connection, serializer="json")],
        connection=connection,
        serializer="json",
        worker_ttl=WORKER_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
        log_job_description=False,
    )
    log.info("worker.started", name=worker.name)
    try:
        worker.work(logging_level="WARNING")
    except RedisError:
        if not worker.was_told_to_stop:
            raise
    finally:
        connection.close()
    log.info("worker.stopped", name=worker.name, told=worker.was_told_to_stop)
    return worker.was_told_to_stop


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
