"""The bell: RQ may lose, repeat or forget what it likes, and each task is done once."""

import signal
import time

import pytest
from structlog.testing import capture_logs

from jobs.bell import RqBell
from jobs.job import DO_TASK
from switchboard.dispatch_outbox import AT_ONCE
from switchboard.keep_house import owe_housekeeping


@pytest.fixture
def line(sqlite_line):
    """The line, with the day's housekeeping out of the way."""
    owe_housekeeping(sqlite_line.house)
    with sqlite_line.house.store.work() as work:
        for task in work.outbox.due(sqlite_line.clock.at, 9):
            work.outbox.done(task.id, sqlite_line.clock.at)
    return sqlite_line


def test_a_task_that_is_rung_for_is_done(line, workers, done):
    line.owes()

    assert workers.ring(line) == 1
    workers.work(line)

    assert done == ["1"]
    assert line.due() == []
    assert workers.redis.keys("rq:job:*") == []


def test_ringing_again_and_again_makes_one_job(line, workers):
    line.owes()

    assert [workers.ring(line) for _ in range(3)] == [1, 0, 0]
    assert workers.queue.job_ids == [f"outbox-{line.due()[0].id}-0"]


def test_nothing_due_asks_nothing_of_the_server(line):
    nowhere = RqBell("unix:///nonexistent/socket")

    with capture_logs() as logs:
        assert nowhere.ring([]) == 0

    assert logs == []


def test_two_jobs_for_one_row_have_one_effect(line, workers, done):
    line.owes()
    workers.ring(line)
    for number in range(3):
        workers.queue.enqueue(DO_TASK, line.due()[0].id, job_id=f"again-{number}")

    workers.work(line)

    assert done == ["1"]


def test_a_server_that_forgets_everything_is_told_everything_again(line, workers, done):
    for subject in "12345":
        line.owes(subject=subject)
    workers.ring(line)

    workers.redis.flushall()
    assert workers.queue.job_ids == []
    assert workers.ring(line) == 5
    workers.work(line)

    assert sorted(done) == ["1", "2", "3", "4", "5"]


def test_a_job_lost_between_the_queue_and_its_row_is_rung_for_anew(line, workers, done):
    line.owes()
    workers.ring(line)
    workers.redis.lpop(workers.queue.key)  # a worker took it and was gone

    assert workers.ring(line) == 0  # it may yet claim the row
    hasty = RqBell(workers.url, lost_after_seconds=0)
    assert hasty.ring(line.due()) == 1
    workers.work(line)

    assert done == ["1"]


def test_a_job_that_waits_its_turn_is_not_taken_for_lost(line, workers):
    line.owes()
    workers.ring(line)
    hasty = RqBell(workers.url, lost_after_seconds=0)

    assert hasty.ring(line.due()) == 0
    assert len(workers.queue.job_ids) == 1


def test_a_long_backlog_is_rung_for_part_by_part(line, workers, done):
    for number in range(AT_ONCE + 20):
        line.owes(subject=f"{number:03}")

    assert workers.ring(line) == AT_ONCE
    assert workers.ring(line) == 0
    workers.work(line)
    assert workers.ring(line) == 20
    workers.work(line)

    assert done == [f"{number:03}" for number in range(AT_ONCE + 20)]


def test_while_the_server_is_away_tasks_wait_and_nobody_is_told_but_once(line, start_server, done):
    server = start_server()
    bell = RqBell(server.url)
    server.stop()
    line.owes()

    with capture_logs() as logs:
        assert [bell.ring(line.due()) for _ in range(3)] == [0, 0, 0]
        start_server()
        assert bell.ring(line.due()) == 1

    assert [entry["event"] for entry in logs] == ["bell.silent", "bell.rings_again"]
    assert len(line.due()) == 1


def test_a_server_that_hangs_holds_nobody_up_for_long(line, start_server):
    server = start_server()
    bell = RqBell(server.url)
    line.owes()
    server.process.send_signal(signal.SIGSTOP)

    began = time.monotonic()
    assert bell.ring(line.due()) == 0

    assert time.monotonic() - began < 2.5
