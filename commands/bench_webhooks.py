"""The figures of webhooks: throughput, tail and memory over HTTP beside an empty handler, and the turn without HTTP."""

import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from agents.agent import Presence
from commands.bench_calls import Turn, calls, interleaved, menus, turns_of
from commands.bench_client import BenchError, at_a_rate, in_a_row
from commands.bench_figure import Figure, Rounds, Times, beside_floor
from commands.bench_processes import Place, children, entered, floor_served, memory_mb, served
from commands.building import build_house, carrier_of, clock_of, front_desk, opened_database
from simulator.courier import call as call_wsgi
from simulator.courier import environment
from switchboard.change_presence import change_presence
from web.app import create_app

LEAST_THROUGHPUT = 0.25  # of the floor's
MOST_P99 = 10.0  # times the floor's
MOST_MEMORY_MB = 150.0
CONNECTIONS = 8
PER_SECOND = 50.0
CALLERS_AT_ONCE = 25  # so that a caller's next turn comes half a second after the one before
TURNS_BEFORE_WEIGHING = 1000


@dataclass(frozen=True)
class Work:
    """How much is measured: so many rounds of so many calls. A call has eight turns."""

    rounds: int
    calls: int  # of ours in a round of throughput; the floor, being faster, plays more
    floor_calls: int
    rate_calls: int  # in a round at a rate; a multiple of CALLERS_AT_ONCE
    warm_up: int


FULL = Work(rounds=5, calls=60, floor_calls=200, rate_calls=50, warm_up=25)
QUICK = Work(rounds=2, calls=8, floor_calls=20, rate_calls=CALLERS_AT_ONCE, warm_up=5)


@dataclass(frozen=True)
class Side:
    """The line or its floor, warm."""

    port: int
    checked: bool

    def in_a_row(self, of: Callable[[int], list[Turn]], count: int) -> Times:
        """Play so many new calls, several at once and each turn as soon as the one before is answered."""
        return in_a_row(self.port, of(count), CONNECTIONS, checked=self.checked)


@contextmanager
def both_sides(place: Place, work: Work) -> Iterator[tuple[Side, Side, int]]:
    """Run the line with its whole staff at work, and its floor; give both and the master process of the line."""
    with served(place) as master, floor_served(place) as floor_port:
        everyone_signs_in(place)
        ours, floor = Side(place.port, checked=True), Side(floor_port, checked=False)
        for side in (floor, ours):
            side.in_a_row(calls, work.warm_up)
        yield ours, floor, master


def everyone_signs_in(place: Place) -> None:
    """Let all be at work, so that every turn looks for an agent among as many as there are in the morning."""
    with entered(place) as house:
        for agent_id in house.directory.staff:
            change_presence(house, agent_id, Presence.AVAILABLE)


def throughput(place: Place, work: Work) -> Iterator[Figure]:
    """Play callers who are in the menu, each turn with its one durable commit; and then whole calls.

    Of eight requests of a call one opens a ticket, takes a place and chooses an agent, in two transactions and many
    rows, and one ends the call and lets the agent go: what a whole call costs is told, beside what a turn does.
    """
    with both_sides(place, work) as (ours, floor, _):
        for name, of, limit in (("webhook_throughput", menus, LEAST_THROUGHPUT), ("call_throughput", calls, None)):
            pair = alternating(
                work.rounds, partial(ours.in_a_row, of, work.calls), partial(floor.in_a_row, of, work.floor_calls)
            )
            ratio = pair[0].per_second / pair[1].per_second
            yield beside_floor(name, place.db, pair, ratio, limit, ok=limit is None or ratio >= limit)


def tail(place: Place, work: Work) -> Iterator[Figure]:
    def at_rate(side: Side) -> Callable[[], Times]:
        def one_round() -> Times:
            turns = interleaved(calls(work.rate_calls), CALLERS_AT_ONCE)
            return at_a_rate(side.port, turns, PER_SECOND, checked=side.checked)

        return one_round

    with both_sides(place, work) as (ours, floor, _):
        pair = alternating(work.rounds, at_rate(ours), at_rate(floor))
    ratio = pair[0].p99_ms / pair[1].p99_ms
    yield beside_floor("webhook_p99", place.db, pair, ratio, MOST_P99, ratio <= MOST_P99)


def memory(place: Place, work: Work) -> Iterator[Figure]:
    turns = TURNS_BEFORE_WEIGHING * place.processes if work is FULL else TURNS_BEFORE_WEIGHING // 10
    with served(place) as master:
        everyone_signs_in(place)
        each = sum(1 for _ in turns_of(calls(1)[0]))
        played = in_a_row(place.port, calls(-(-turns // each)), CONNECTIONS, checked=True)
        weights = [memory_mb(child) for child in children(master)]
    resident = max(rss for rss, _ in weights)
    yield Figure(
        name="web_memory",
        db=place.db,
        n=len(played.seconds),
        value=resident,
        unit=f"MB resident, the largest process (proportional {max(pss for _, pss in weights):.0f} MB)",
        limit=MOST_MEMORY_MB,
        ok=resident < MOST_MEMORY_MB,
    )


def inside(place: Place, work: Work) -> Iterator[Figure]:
    """Take turns in this process, beside one bare durable commit of the same database: what is left is our work."""
    settings = place.settings()
    with opened_database(settings) as database, bare_commits(place) as commit:
        house = build_house(settings, database, clock_of(settings), carrier_of(settings))
        for agent_id in house.directory.staff:
            change_presence(house, agent_id, Presence.AVAILABLE)
        app = create_app(front_desk(house, settings)).wsgi_app

        def take(turn: Turn) -> None:
            sealed = turn.sealed
            environ = environment(sealed.url, sealed.method, sealed.body)
            environ["HTTP_X_TWILIO_SIGNATURE"] = sealed.headers["X-Twilio-Signature"]
            answer = call_wsgi(app, environ)
            if answer.status >= 300 or turn.expects not in answer.body:
                raise BenchError(f"{sealed.url}: answered {answer.status} {answer.body!r}")

        def one_round() -> Times:
            turns = [turn for first in calls(work.calls) for turn in turns_of(first)]
            return timed([lambda turn=turn: take(turn) for turn in turns])  # type: ignore[misc] # mypy knows no default

        one_round()
        pair = alternating(work.rounds, one_round, lambda: timed([commit] * (work.calls * 8)))
    yield beside_floor("turn_inside", place.db, pair, pair[0].p50_ms / pair[1].p50_ms, None, ok=True)


@contextmanager
def bare_commits(place: Place) -> Iterator[Callable[[], None]]:
    """Give one insert and its durable commit, by the driver alone, in the same kind of database on the same disk."""
    numbers = itertools.count(1)
    if place.db == "sqlite":
        connection = sqlite3.connect(Path(place.folder) / "floor.db", isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE bare (number INTEGER)"):
            connection.execute(statement)

        def commit() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare VALUES (?)", (next(numbers),))
            connection.execute("COMMIT")

        yield commit
        connection.close()
        return
    with psycopg.connect(place.database_url) as other:
        other.execute("CREATE TABLE bare (number INTEGER)")

        def commit_there() -> None:
            other.execute("INSERT INTO bare VALUES (%s)", (next(numbers),))
            other.commit()

        yield commit_there


def timed(acts: list[Callable[[], None]]) -> Times:
    seconds = []
    began = time.perf_counter()
    for act in acts:
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return Times(seconds, time.perf_counter() - began)


def alternating(count: int, ours: Callable[[], Times], floor: Callable[[], Times]) -> tuple[Rounds, Rounds]:
    """Measure floor and figure in turns, so that a noisy moment of the machine meets both."""
    pairs = [(floor(), ours()) for _ in range(count)]
    return Rounds([mine for _, mine in pairs]), Rounds([bare for bare, _ in pairs])
