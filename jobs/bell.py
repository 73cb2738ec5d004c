"""The bell on RQ: one job for each attempt of a task, told to whichever worker is free."""

from collections.abc import Sequence
from datetime import UTC, datetime

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DuplicateJobError, NoSuchJobError
from rq.job import Job

from jobs.job import DO_TASK
from switchboard.doors import Task
from switchboard.house import log

QUEUE = "line"
JOB_SECONDS = 60
ANSWER_SECONDS = 1.0  # what the server has for a connection, and for each answer
LOST_AFTER_SECONDS = 8.0
KEPT_SECONDS = 60  # how long RQ remembers a job that broke; the row knows more


class RqBell:
    """Safe to ring from many threads and processes at once, and while the server is away."""

    def __init__(self, url: str, lost_after_seconds: float = LOST_AFTER_SECONDS) -> None:
        self._connection = Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._queue = Queue(QUEUE, connection=self._connection, serializer="json")
        self._lost_after_seconds = lost_after_seconds
        self._silent = False

    def ring(self, tasks: Sequence[Task]) -> int:
        try:
            rung = sum(self._ring(task) for task in tasks)
        except RedisError as error:
            if not self._silent:
                log.warning("bell.silent", error=str(error), waiting=len(tasks))
            self._silent = True
            return 0
        if self._silent:
            log.info("bell.rings_again")
        self._silent = False
        return rung

    def close(self) -> None:
        self._connection.close()

    def _ring(self, task: Task) -> bool:
        """Make the job of this attempt unless it is there; the same one again when it was lost on its way."""
        job_id = f"outbox-{task.id}-{task.attempts}"
        try:
            self._enqueue(task, job_id)
        except DuplicateJobError:
            return self._is_lost(job_id) and self._ring_anew(task, job_id)
        return True

    def _enqueue(self, task: Task, job_id: str) -> None:
        self._queue.enqueue(
            DO_TASK,
            task.id,
            job_id=job_id,
            unique=True,
            job_timeout=JOB_SECONDS,
            result_ttl=0,
            failure_ttl=KEPT_SECONDS,
            description=f"{task.kind} {task.subject}",
        )

    def _is_lost(self, job_id: str) -> bool:
        """Say whether a job has left the queue long ago, while its row still waits: its worker died before claiming."""
        try:
            job = Job.fetch(job_id, connection=self._connection, serializer="json")
        except NoSuchJobError:
            return False  # it has just been done
        told = job.enqueued_at or job.created_at
        if (datetime.now(UTC) - told).total_seconds() < self._lost_after_seconds:
            return False
        return self._queue.get_job_position(job_id) is None

    def _ring_anew(self, task: Task, job_id: str) -> bool:
        self._connection.delete(Job.key_for(job_id))
        try:
            self._enqueue(task, job_id)
        except DuplicateJobError:  # somebody else was quicker
            return False
        log.info("bell.rung_anew", job=job_id, kind=task.kind, subject=task.subject)
        return True
