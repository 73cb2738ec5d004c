"""The figures of routing: the choice alone, the hand-over over HTTP, the burst, and due times."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, cycle, islice
from typing import Any
from wsgiref.types import WSGIApplication

import requests

from agents.agent import Presence
from commands.bench_client import BenchError
from commands.bench_figure import Figure, Rounds, Times, beside_floor
from commands.bench_processes import Place, running, wait_until_ready
from commands.bench_webhooks import FULL, Work, alternating, bare_commits, timed
from commands.building import build_house, carrier_of, clock_of, opened_database
from commands.environment import start_log
from commands.listening import listen
from commands.serve import Server, build_worker
from commands.settings import SIMULATED_ACCOUNT, SIMULATED_TOKEN, Settings, read_settings
from commands.ticking import Ticker
from directory.model import AgentId
from simulator.parcel import Parcel, seal
from store.crowd import busy, everyone_talks, fill, free, idle_since, ringing, wrap_up
from store.database import Database
from switchboard import paths
from switchboard.change_presence import change_presence
from switchboard.choose_agents import choose_agents
from switchboard.house import House

WAITING = (10, 100, 1_000, 10_000)
QUICK_WAITING = (10, 1_000)
MOST_P50_MS, MOST_P95_MS, MOST_SLOPE = 20.0, 100.0, 1.5
MOST_COMMITS = 10.0  # of the same database in the same run
MOST_LAST_MS = {"postgresql": 200.0, "sqlite": 400.0}
BURST_AGENTS, BURST_WAITING = 48, 480
MOST_LATE_MS = 50.0
GAP_SECONDS = 0.05
HANG_UPS = 48
FIRST_TALK = 100_000  # entries of those who wait have lower numbers
NO_QUEUE = "redis://127.0.0.1:9/0"  # nobody there: slow work is no part of a hand-over


def choice_inside(place: Place, work: Work) -> Iterator[Figure]:
    """Choose for one free agent while a thousand wait, in a transaction of its own, beside one bare commit."""
    with _house(place) as (house, database), bare_commits(place) as commit:
        agents = cycle(house.directory.staff)
        fill(database, house.directory, WAITING[2], house.now())

        def one_round() -> Times:
            seconds = []
            for agent in islice(agents, 40 if work is FULL else 8):
                free(database, [agent], house.now())
                began = time.perf_counter()
                choose_agents(house)
                seconds.append(time.perf_counter() - began)
                _require(database, 1)
                busy(database)
            return Times(seconds, sum(seconds))

        one_round()
        pair = alternating(work.rounds, one_round, lambda: timed([commit] * 200))
    ratio = pair[0].p50_ms / pair[1].p50_ms
    yield beside_floor("choice_inside", place.db, pair, ratio, MOST_COMMITS, ratio <= MOST_COMMITS)


def burst(place: Place, work: Work) -> Iterator[Figure]:
    """Let 48 agents be free at once while 480 wait; the last offer counts."""
    with _house(place) as (house, database):
        agents = list(house.directory.staff)[:BURST_AGENTS]
        seconds = []
        for _ in range(work.rounds):
            fill(database, house.directory, BURST_WAITING, house.now())
            free(database, agents, house.now())
            began = time.perf_counter()
            choose_agents(house)
            seconds.append(time.perf_counter() - began)
            _require(database, BURST_AGENTS)
            busy(database)
    times = Rounds([Times(seconds, sum(seconds))])
    limit = MOST_LAST_MS[place.db]
    yield _in_ms("burst", place.db, times, times.p50_ms, limit, ok=times.p50_ms <= limit)


def hand_over(place: Place, work: Work) -> Iterator[Figure]:
    """From the report of an agent's hang-up, over HTTP, to the next offer committed: the answer comes after it."""
    medians = {}
    with _house(place) as (house, database), _served(place), bare_commits(place) as commit:
        floor = Rounds([timed([commit] * 200)])
        for waiting in WAITING if work is FULL else QUICK_WAITING:
            each = min(HANG_UPS, waiting // 2)  # so that there is always somebody to be offered
            rounds = []
            for _ in range((2 * HANG_UPS if work is FULL else each) // each):
                fill(database, house.directory, waiting, house.now())
                rounds.append(_hang_ups(place, house, database, each))
            times = Rounds([Times([one for round_ in rounds for one in round_.seconds], 1)])
            medians[waiting] = times.p50_ms
            p95 = times.rounds[0].at(0.95)
            good = times.p50_ms <= MOST_P50_MS and p95 <= MOST_P95_MS
            told = _in_ms(f"hand_over_{waiting}", place.db, times, times.p50_ms, MOST_P50_MS, ok=good)
            yield replace(told, floor_p50_ms=floor.p50_ms, floor_p99_ms=floor.p99_ms, p95_ms=p95)
    slope = medians[max(medians)] / medians[min(medians)]
    yield Figure("hand_over_slope", place.db, len(medians), slope, "times slower", MOST_SLOPE, slope <= MOST_SLOPE)


def due_times(place: Place, work: Work) -> Iterator[Figure]:
    """Let wrap-ups end at moments of their own, and see how late each was over."""
    with _house(place) as (house, database):
        agents = list(house.directory.staff)[: 60 if work is FULL else 10]
        ticker = Ticker(house)
        first = house.now() + timedelta(seconds=1)
        due = {agent: first + timedelta(seconds=GAP_SECONDS * n) for n, agent in enumerate(agents)}
        wrap_up(database, due)
        ticker.start(make_round=lambda: None)
        try:
            late = _lateness(database, due)
        finally:
            ticker.stop(wait_seconds=10)
    times = Rounds([Times(late, sum(late))])
    p95 = times.rounds[0].at(0.95)
    yield _in_ms("due_times", place.db, times, p95, MOST_LATE_MS, ok=p95 <= MOST_LATE_MS)


def _lateness(database: Database, due: dict[AgentId, datetime]) -> list[float]:
    """Return how late each agent was idle, by their records."""
    give_up = time.monotonic() + GAP_SECONDS * len(due) + 20
    while len(idle := idle_since(database)) < len(due):
        if time.monotonic() > give_up:
            raise BenchError(f"{len(due) - len(idle)} wrap-ups never ended")
        time.sleep(GAP_SECONDS)
    return [(idle[agent] - at).total_seconds() for agent, at in due.items()]


def _hang_ups(place: Place, house: House, database: Database, most: int) -> Times:
    """Let each agent hang up, one after the other, and then their caller; the hand-over is the first of both."""
    legs = everyone_talks(database, house.directory, FIRST_TALK, house.now())
    session, numbers, seconds = requests.Session(), count(FIRST_TALK), []
    for agent, leg in islice(legs.items(), most):  # those of the centers stand first, and serve the pool as well
        caller = f"CAtalking{next(numbers)}"
        seconds.append(_report(place, session, leg))
        if agent not in ringing(database):
            raise BenchError(f"{agent} hung up and was offered nobody")
        _report(place, session, caller)
    return Times(seconds, sum(seconds))


def _report(place: Place, session: requests.Session, party: str) -> float:
    fields: dict[str, Any] = {
        "CallSid": party,
        "AccountSid": SIMULATED_ACCOUNT,
        "CallStatus": "completed",
        "From": "client:agent",
        "To": "1379",
        "Direction": "inbound",
        "CallDuration": "60",
    }
    url = place.settings().public_base_url + paths.CALL_STATUS
    sealed = seal(Parcel(url, "POST", fields, party), SIMULATED_TOKEN)
    at = f"http://127.0.0.1:{place.port}{paths.CALL_STATUS}"
    began = time.perf_counter()
    answer = session.post(at, data=sealed.body, headers={**sealed.headers, "Host": url.split("/")[2]}, timeout=30)
    took = time.perf_counter() - began
    if answer.status_code != requests.codes.no_content:
        raise BenchError(f"{party}: the report of its end was answered {answer.status_code}")
    return took


@contextmanager
def _house(place: Place) -> Iterator[tuple[House, Database]]:
    """Give a house with the whole staff signed in at browsers."""
    settings = place.settings()
    with opened_database(settings) as database:
        house = build_house(settings, database, clock_of(settings), carrier_of(settings))
        for agent_id in house.directory.staff:
            change_presence(house, agent_id, Presence.AVAILABLE)
        busy(database)
        yield house, database


def _require(database: Database, offers: int) -> None:
    made = len(ringing(database))
    if made != offers:
        raise BenchError(f"{made} offers were made, expected {offers}")


def _in_ms(name: str, db: str, times: Rounds, value: float, limit: float, *, ok: bool) -> Figure:
    return Figure(name, db, times.n, value, "ms", limit, ok, p50_ms=times.p50_ms, p99_ms=times.p99_ms)


@contextmanager
def _served(place: Place) -> Iterator[None]:
    command = [sys.executable, "-m", "commands.bench_handover"]
    with running(command, place.environment(), place) as process:
        wait_until_ready(process, f"http://127.0.0.1:{place.port}/health/live", place)
        yield


class NoWrapUp(Server):
    """`serve` on a day when nobody has anything to write up."""

    def load(self) -> WSGIApplication:
        return build_worker(self._settings, self._queue_url, without_wrap_up)


def without_wrap_up(house: House) -> House:
    desks = {name: replace(desk, wrap_up_seconds=0) for name, desk in house.directory.desks.items()}
    return replace(house, directory=replace(house.directory, desks=desks))


def main(settings: Settings) -> None:
    start_log(settings.data_dir)
    NoWrapUp(settings, listen(settings), queue_url=NO_QUEUE, parent=os.getppid()).run()


if __name__ == "__main__":
    main(read_settings(os.environ))
