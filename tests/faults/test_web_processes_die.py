"""Web processes die in the middle of everything; the rows are the truth, and whoever is left or comes next goes on."""

import os
import random
import signal
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
import requests

from commands.clock import set_clock
from tests.faults.conftest import FULL
from tests.faults.crowd import PER_SECOND, Crowd
from tests.faults.processes import wait_until
from tests.faults.rig import Rig, paths, ringing, sid

THREADS = 24  # of one web process: more requests are never under way in it


@pytest.mark.fault(0)
@pytest.mark.skipif(not FULL, reason="every other test holds more than this one; app.py faults --full")
def test_without_any_fault_nothing_is_broken(line, size, figures):
    line.sign_in()

    with Crowd(line, calls=size.of(1200, 24), per_second=size.of(PER_SECOND, 16)) as crowd:
        crowd.finishes()

    figures.update(calls=len(crowd.callers), lost=len(crowd.lost), hand_over_p95=hand_over_p95(line))
    assert not crowd.lost
    line.check(crowd.sids)


def hand_over_p95(line: Rig) -> float:
    """Return how many real seconds passed from a place in the queue to the first offer, for 95 of 100 callers."""
    first: dict[int, float] = {}
    entered = {entry["id"]: entry["entered_at"] for entry in line.rows("queue_entries")}
    for offer in line.rows("offers"):
        first.setdefault(offer["entry_id"], (offer["made_at"] - entered[offer["entry_id"]]).total_seconds())
    waited = sorted(first.values())
    return round(waited[int(len(waited) * 0.95)] / line.speed, 2) if waited else 0.0


@pytest.mark.fault(1)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"] if FULL else ["postgresql"])
def test_one_web_process_dies_again_and_again(lines, size, figures, request, kind):
    url = request.getfixturevalue("migrated_copy") if kind == "postgresql" else None
    line = lines(url, web_processes=1 if kind == "sqlite" else 2).start()
    line.sign_in()
    kills = size.of(12, 2)

    with Crowd(line, calls=size.of(1200, 24), per_second=size.of(PER_SECOND, 12)) as crowd:
        for kill in range(1, kills + 1):
            crowd.dialed(kill / (kills + 1))
            victim = random.choice(line.web_workers)
            began = line.clock.now()
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda: set(line.web_workers) - {victim}, "another process takes its place")
            line.wait_until_ready()
            line.outages.append((began, line.clock.now() + line.slack))
        crowd.finishes()

    errors = line.network.errors()
    figures.update(kills=kills, calls=len(crowd.callers), lost=len(crowd.lost), failed_webhooks=len(errors))
    assert not crowd.lost
    assert len(errors) <= kills * THREADS
    assert not [status for status in line.network.statistics()["by_status"] if status.startswith("5")]
    line.check(crowd.sids)
    assert repeats_differ(line) == []


def repeats_differ(line: Rig) -> list[str]:
    """Post every turn of every caller once more; return those that are not answered with the very same bytes."""
    differ = []
    calls = {call["id"]: call for call in line.rows("calls")}
    for row in line.rows("turns"):
        call = calls.get(row["call_id"])
        if call is None or not row["turn"].isdigit():
            continue
        turn = int(row["turn"])
        path = paths.turn(call["line"], call["id"], turn) if turn else paths.first_turn(call["line"])
        if line.post(path, ringing(call["id"], call["caller_raw"])).content != row["document"]:
            differ.append(f"{call['id']} {turn}")
    return differ


@pytest.mark.fault(2)
def test_all_web_processes_die_and_waiting_callers_are_offered_again_in_their_order(lines, size, figures):
    line = lines().start()
    line.sign_in(*(f"icg_{number}" for number in range(1, 5)))
    waiting = size.of(40, 8)
    with Crowd(line, calls=4 + waiting, per_second=8, talk_seconds=3600) as crowd:
        wait_until(lambda: len(states(line, "talking")) == 4, "four callers talk")
        crowd.dialed(1)
        wait_until(lambda: len(states(line, "waiting")) == waiting, "the others wait")
        set_clock(line.clock_file, line.clock.now(), 1)
        before = places(line)
        crowd.agents_answer = False
        for caller in crowd.callers:
            if caller.phone.sid in states(line, "talking"):
                caller.hung_up = True
                caller.phone.hang_up()
        wait_until(lambda: not states(line, "talking"), "the four talks are over and written up")
        gone = next(caller for caller in reversed(crowd.callers) if caller.phone.sid in states(line, "waiting"))

        began = line.clock.now()
        line.web.kill_all()
        gone.hung_up = True
        gone.phone.hang_up()  # the report of it reaches nobody
        set_clock(line.clock_file, line.clock.now(), 20)  # the wrap-ups end while nobody is there to see it
        wait_until(lambda: (line.clock.now() - began).total_seconds() > 45, "45 seconds pass on the line's clock")
        set_clock(line.clock_file, line.clock.now(), 1)
        line.serve()
        wait_until(lambda: port_is_open(line), "the port opens")
        opened = line.clock.now()
        wait_until(lambda: len(live_offers(line)) == 4, "four waiting callers are offered again")
        offered_after = (max(offer["made_at"] for offer in live_offers(line)) - opened).total_seconds()
        line.outages.append((began, opened + line.slack))
        offered = [offer["entry_id"] for offer in live_offers(line)]

        set_clock(line.clock_file, line.clock.now(), line.speed)
        crowd.talk_seconds, crowd.agents_answer = 0.3, True
        line.sign_in()
        crowd.finishes()

    figures.update(waiting=waiting, lost=len(crowd.lost), offered_again_after=round(offered_after, 2))
    assert offered_after <= 3
    assert sorted(offered) == [entry for entry, _, state in before if state == "waiting"][:4]
    assert {entry: place for entry, place, _ in before}.items() <= {e: p for e, p, _ in places(line)}.items()
    assert not crowd.lost
    line.check(crowd.sids)


def states(line: Rig, state: str) -> set[str]:
    return {call["id"] for call in line.rows("calls") if call["state"] == state}


def places(line: Rig) -> list[tuple]:
    return [(entry["id"], entry["entered_at"], entry["state"]) for entry in line.rows("queue_entries")]


def live_offers(line: Rig) -> list[dict]:
    return [offer for offer in line.rows("offers") if offer["ended_at"] is None]


def port_is_open(line: Rig) -> bool:
    with suppress(requests.RequestException):
        return requests.get(line.base + "/health/live", timeout=5).ok
    return False


@pytest.mark.fault(10)
def test_a_power_cut_at_any_moment_loses_no_call_that_was_answered(lines, size, figures):
    line = lines()
    cuts, answered, moment = size.of(200, 3), set(), random.Random(10)
    numbers = iter(range(1, 10_000_000))
    well = 0
    for _ in range(cuts):
        line.serve()
        line.wait_until_ready()
        with ThreadPoolExecutor(4) as callers:
            dying, before = Event(), len(answered)
            for _ in range(4):
                callers.submit(dial_until, line, dying, numbers, answered)
            try:
                wait_until(lambda: len(answered) > before, "calls are answered, however busy the machine")
                dying.wait(moment.uniform(0.0, 0.5))
                line.web.kill_all()
            finally:
                dying.set()
        with sqlite3.connect(line.data_dir.parent / "line.db") as database:
            well += database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = {call["id"] for call in line.rows("calls")}

    figures.update(cuts=cuts, integrity_ok=well, answered=len(answered), missing=len(answered - kept))
    assert well == cuts
    assert len(answered) >= cuts
    assert not answered - kept


def dial_until(line: Rig, dying: Event, numbers: Iterator[int], answered: set[str]) -> None:
    """Announce calls until the line dies, noting those whose 200 came."""
    while not dying.is_set():
        call = sid(next(numbers))
        with suppress(requests.RequestException):
            if line.post(paths.first_turn("1379"), ringing(call), timeout=5).status_code == 200:
                answered.add(call)
