"""The bell on RQ: one job for each attempt of a task, told to whichever worker is free."""

import time
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
MOST_REMEMBERED = 10_000
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
        self._look_again_at: dict[str, float] = {}  # by job, on the monotonic clock

    def ring(self, tasks: Sequence[Task]) -> int:
        if not tasks:
            return 0
        try:
            there, queued = self._there(tasks)
            unheard = [task for task in tasks if _job_of(task) not in queued]
            rung = sum(
                self._ring(task) for task in unheard if _job_of(task) not in there or self._is_time_to_look(task)
            )
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

    def _there(self, tasks: Sequence[Task]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the jobs the server has, and of these the ones that wait for a worker.

        Two trips, however many there are: while the workers are away they are many.
        """
        asked = self._connection.pipeline(transaction=False)
        for task in tasks:
            asked.exists(Job.key_for(_job_of(task)))
        answers = asked.execute()
        there = frozenset(_job_of(task) for task, is_there in zip(tasks, answers, strict=True) if is_there)
        return there, there & frozenset(self._queue.get_job_ids())

    def _is_time_to_look(self, task: Task) -> bool:
        """Say whether to see if a job was lost: no sooner after the last look than it could have been."""
        now, job_id = time.monotonic(), _job_of(task)
        if now < self._look_again_at.get(job_id, 0.0):
            return False
        if len(self._look_again_at) > MOST_REMEMBERED:
            self._look_again_at.clear()
        self._look_again_at[job_id] = now + self._lost_after_seconds
        return True

    def _ring(self, task: Task) -> bool:
        """Make the job of this attempt unless it is there; the same one again when it was lost on its way."""
        job_id = _job_of(task)
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


def _job_of(task: Task) -> str:
    return f"outbox-{task.id}-{task.attempts}"
