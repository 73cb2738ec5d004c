"""The workers of slow work die, and Redis is away or forgets everything: no call notices, and no task is lost."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from functools import partial

import pytest

from tests.faults.crowd import PER_SECOND, Crowd
from tests.faults.processes import children, wait_until
from tests.faults.queue_server import Redises
from tests.faults.rig import Rig, paths, ringing, sid
from tests.faults.test_web_processes_die import hand_over_p95


@pytest.fixture
def redis(tmp_path):
    (tmp_path / "redis").mkdir()
    redis = Redises(tmp_path / "redis")
    yield redis
    redis.close()


@pytest.fixture
def line(lines, redis) -> Rig:
    return lines(more={"REDIS_URL": redis.url}).start()


def in_hand_or_done(line: Rig, redis: Redises, number: int, known: set[str]) -> set[str]:
    done = {task["subject"] for task in tasks(line, "done")}
    return (
        redis.jobs_in_hand() - known
        or {ticket["number"] for ticket in line.rows("tickets") if ticket["call_id"] == sid(number)} & done
    )


def tasks(line: Rig, *states: str) -> list[dict]:
    return [task for task in line.rows("outbox") if task["kind"] == "confirm_ticket" and task["state"] in states]


def sent(line: Rig) -> Counter[str]:
    """Return how often each ticket's number was sent, by the file that stands for the provider."""
    path = line.data_dir / "messages.log"
    return (
        Counter(text.split()[5].rstrip(".") for text in path.read_text().splitlines()) if path.exists() else Counter()
    )


def all_done(line: Rig, count: int) -> bool:
    return len(tasks(line, "done")) == count


@pytest.mark.fault(3)
def test_a_worker_killed_in_its_jobs_loses_none_and_repeats_none(lines, redis, size, figures):
    line = lines(more={"REDIS_URL": redis.url}, speed=1)
    line.serve()
    line.wait_until_ready()
    line.sign_in("icg_1")
    jobs, moment = size.of(50, 2), random.Random(3)
    killed: Counter[str] = Counter()
    in_hand: set[str] = set()
    worker = line.work()
    for number in range(1, jobs + 1):
        caller = f"0101000{number:04d}"
        line.post(paths.first_turn("1379"), ringing(sid(number), caller))
        line.post(paths.turn("1379", sid(number), 1), ringing(sid(number), caller, Digits="0"))
        taken = partial(in_hand_or_done, line, redis, number, in_hand)
        job = wait_until(taken, "the new job is in hand, or was done between two looks").pop()
        in_hand.add(job)
        time.sleep(moment.uniform(0, 0.15))  # before it is claimed, in the middle of it, or just after
        child = next(iter(children(worker.pid)), 0)
        victim = (worker.pid if number % 2 else child) if job in redis.jobs_in_hand() else 0
        if victim:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        killed["worker" if victim == worker.pid else "child" if victim else "a job just done"] += 1
        if victim == worker.pid:
            worker.process.wait()
            worker = line.work()
    wait_until(lambda: all_done(line, jobs), f"all {jobs} are done; {len(tasks(line, 'waiting'))} wait", 120)

    done, times = tasks(line, "done"), sent(line)
    took = [(round((task["done_at"] - task["made_at"]).total_seconds(), 1), task["attempts"]) for task in done]
    latest, attempts = max(took)
    messages = Counter(message["state"] for message in line.rows("messages"))
    figures.update(jobs=jobs, killed=dict(killed), messages=dict(messages), latest=latest, attempts=attempts)
    figures["repeated"] = len([ticket for ticket, often in times.items() if often > 1])
    assert killed.total() == jobs == len(done) == len(line.rows("tickets"))
    assert messages.total() == jobs
    assert messages["sent"] + messages["claimed"] == jobs, "of those only claimed nobody knows whether they left"
    assert set(times.values()) <= {1}
    assert latest <= 30


@pytest.mark.fault(4)
def test_without_redis_calls_go_on_and_the_work_is_done_when_it_is_back(line, redis, size, figures):
    line.work()
    line.sign_in()

    with Crowd(line, calls=size.of(1200, 24), per_second=size.of(PER_SECOND, 12)) as crowd:
        crowd.dialed(0.2)
        redis.is_away()
        crowd.dialed(1)
        crowd.finishes()
    away = tasks(line, "waiting")
    redis.is_back()
    began = time.monotonic()
    wait_until(lambda: tasks(line, "done"), "the first message was seen to", 60)
    back_after = time.monotonic() - began
    wait_until(lambda: all_done(line, len(crowd.callers)), "every message was seen to", 120)

    statuses = line.network.statistics()["by_status"]
    figures.update(calls=len(crowd.callers), lost=len(crowd.lost), hand_over_p95=hand_over_p95(line))
    figures.update(waited=len(away), back_after=round(back_after, 1), all_after=round(time.monotonic() - began, 1))
    assert away
    assert back_after <= size.of(5, 20)  # the small size runs beside other tests, and says only that it comes back
    assert not crowd.lost
    assert not [status for status in statuses if status.startswith("5")]
    assert figures["hand_over_p95"] <= size.of(2, 10)
    line.check(crowd.sids)


@pytest.mark.fault(5)
def test_redis_may_forget_everything(line, redis, size, figures):
    line.work()
    line.sign_in()

    with Crowd(line, calls=size.of(1200, 24), per_second=size.of(PER_SECOND, 12)) as crowd:
        for share in (0.3, 0.6, 1):
            crowd.dialed(share)
            redis.forgets_everything()
        redis.is_away()
        for file in redis.folder.glob("queue/*.rdb"):
            file.unlink()
        redis.is_back()
        crowd.finishes()
    began = time.monotonic()
    wait_until(lambda: all_done(line, len(crowd.callers)), "every message was seen to", 90)

    figures.update(calls=len(crowd.callers), lost=len(crowd.lost), tickets=len(line.rows("tickets")))
    figures["done_after"] = round(time.monotonic() - began, 1)
    assert not crowd.lost
    assert not [ticket for ticket, times in sent(line).items() if times > 1]
    line.check(crowd.sids)
