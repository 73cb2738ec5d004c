"""The load of the bench: requests made ready beforehand, each on a connection of its own, from one thread."""

import random
import re
import selectors
import socket
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from commands.bench_calls import Turn
from commands.bench_figure import Times

MOST_SECONDS = 30.0  # without any answer
READ = 65_536
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class BenchError(Exception):
    """Nothing can be measured: what was asked for was not answered as it should be."""


def in_a_row(port: int, calls: Iterable[Turn], at_once: int, *, checked: bool) -> Times:
    """Play calls, `at_once` at a time and each turn as soon as the one before is answered: how much goes through."""
    client, more = Client(port, checked), iter(calls)
    seconds: list[float] = []
    began = time.perf_counter()
    for first in islice(more, at_once):
        client.send(first, time.perf_counter())
    while client.in_flight:
        for turn, took in client.answers(MOST_SECONDS):
            seconds.append(took)
            following = turn.then or next(more, None)
            if following:
                client.send(following, time.perf_counter())
    times = Times(seconds, time.perf_counter() - began)
    client.close()
    return times


def at_a_rate(port: int, turns: Sequence[Turn], per_second: float, *, checked: bool) -> Times:
    """Send turns at random moments, so many a second whether or not others are answered; each counts from its moment.

    The moments are the same in every round. A turn whose caller still waits for the one before counts from its answer.
    """
    client = Client(port, checked)
    seconds: list[float] = []
    unheard: set[Turn] = {turn.then for turn in turns if turn.then}  # their callers have not heard the question yet
    held: set[Turn] = set()

    def hear(most_seconds: float, *, idle: bool) -> None:
        for turn, took in client.answers(most_seconds, idle=idle):
            seconds.append(took)
            if turn.then:
                unheard.remove(turn.then)
            if turn.then in held:
                held.remove(turn.then)
                client.send(turn.then, time.perf_counter())

    gaps = random.Random(1379)  # noqa: S311 (the same moments each time, on purpose)
    began = due = time.perf_counter()
    for turn in turns:
        due += gaps.expovariate(per_second)
        while (left := due - time.perf_counter()) > 0:
            hear(left, idle=True)
        if turn in unheard:
            held.add(turn)
        else:
            client.send(turn, due)
    while client.in_flight:
        hear(MOST_SECONDS, idle=False)
    times = Times(seconds, time.perf_counter() - began)
    client.close()
    return times


@dataclass(eq=False)
class Link:
    """A connection, and the turn it waits for."""

    socket: socket.socket
    turn: Turn
    due: float
    got: bytes = b""


class Client:
    def __init__(self, port: int, checked: bool) -> None:
        self._port = port
        self._checked = checked
        self._selector = selectors.DefaultSelector()
        self.in_flight = 0

    def send(self, turn: Turn, due: float) -> None:
        """Send a turn whose time counts from `due`."""
        link = self._open(turn, due)
        self.in_flight += 1
        link.socket.sendall(turn.message)

    def answers(self, most_seconds: float, *, idle: bool = False) -> list[tuple[Turn, float]]:
        """Return the turns answered next and how long each took. Raises BenchError for a wrong answer, or for none."""
        ready = self._selector.select(most_seconds)
        if not ready and not idle:
            raise BenchError(f"no answer within {most_seconds:.0f} s")
        return [answered for key, _ in ready if (answered := self._read(key.data))]

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            key.data.socket.close()
        self._selector.close()

    def _open(self, turn: Turn, due: float) -> Link:
        made = socket.create_connection(("127.0.0.1", self._port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link = Link(made, turn, due)
        self._selector.register(made, selectors.EVENT_READ, link)
        return link

    def _read(self, link: Link) -> tuple[Turn, float] | None:
        try:
            chunk = link.socket.recv(READ)
        except ConnectionError:
            chunk = b""
        link.got += chunk
        if chunk and not is_whole(link.got):
            return None
        took = time.perf_counter() - link.due
        self._selector.unregister(link.socket)
        link.socket.close()
        self.in_flight -= 1
        self._refuse_wrong(link.turn, link.got)
        return link.turn, took

    def _refuse_wrong(self, turn: Turn, got: bytes) -> None:
        if not got.startswith(b"HTTP/1.1 2") or (self._checked and turn.expects not in got):
            told = got.decode("utf-8", "replace")[-600:]
            raise BenchError(f"{turn.sealed.url}: expected {turn.expects!r}, was answered {told!r}")


def is_whole(got: bytes) -> bool:
    """Say whether an answer has come to its end; one without a length has no body."""
    head, end, body = got.partition(b"\r\n\r\n")
    if not end:
        return False
    length = _LENGTH.search(head)
    return length is None or len(body) >= int(length[1])
