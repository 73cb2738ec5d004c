"""Over real HTTP against gunicorn: forgers, floods and nonsense change no row and hinder no caller."""

import json
import random
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
import requests
from urllib3 import HTTPConnectionPool

from commands.settings import SIMULATED_TOKEN
from simulator.fields import encode, flatten
from tests.faults.processes import resident_bytes
from tests.faults.rig import Rig, paths, ringing, sid
from tests.web.test_fields import FIELDS, HOSTILE, NUMBERS
from tests.web.test_signature import STRANGERS, forgeries

FIRST = paths.first_turn("1379")
GROWTH = 50 * 1024 * 1024
numbers = count(1)


def row_counts(line: Rig) -> dict[str, int]:
    return {
        name: len(line.rows(name)) for name in ("calls", "turns", "tickets", "records", "offers", "legs", "recordings")
    }


@pytest.mark.fault(26)
def test_a_forged_signature_is_refused_at_the_door(shared_line, size, figures):
    line, before = shared_line, row_counts(shared_line)
    forged = list(forgeries(line.base, SIMULATED_TOKEN))
    tried = forged if size.full else forged[:: len(forged) // 60]
    body = encode(flatten(ringing(sid(26))))
    pool = HTTPConnectionPool("127.0.0.1", line.port)
    statuses: Counter[int] = Counter()
    for signature in tried:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature.encode("latin-1"),
        }
        statuses[pool.urlopen("POST", FIRST, body=body, headers=headers, retries=False).status] += 1
    for name, value in STRANGERS.items():
        header = name.removeprefix("HTTP_").replace("_", "-")
        statuses[pool.urlopen("POST", FIRST, body=body, headers={header: value}, retries=False).status] += 1

    figures.update(variants=statuses.total(), **{f"http_{status}": number for status, number in statuses.items()})
    assert set(statuses) <= {400, 403, 431}  # gunicorn itself refuses a header that is no header
    assert statuses[403] > 0.9 * statuses.total()
    assert statuses.total() >= size.of(500, 60)
    assert row_counts(line) == before


def takes_calls(line: Rig, calls: int = 5) -> float:
    """Announce calls as the network does; return how long the slowest was in being answered."""
    slowest = 0.0
    for _ in range(calls):
        answer = line.post(FIRST, ringing(sid(1 << 70 | next(numbers))), timeout=20)
        assert (answer.status_code, b"<Gather" in answer.content) == (200, True)
        slowest = max(slowest, answer.elapsed.total_seconds())
    return slowest


FLOODS = {
    "50 MB form": lambda line: refused(line, b"a=" + b"x" * 50_000_000),
    "100,000 fields": lambda line: refused(line, b"&".join(b"f%d=1" % number for number in range(100_000))),
    "64 KB header": lambda line: refused(line, b"a=1", {"X-Long": "x" * 65_536}),
    "500 headers": lambda line: refused(line, b"a=1", {f"X-{number}": "x" for number in range(500)}),
    "deep JSON": lambda line: refused(line, b"[" * 400_000 + b"]" * 400_000, {"Content-Type": "application/json"}),
    "long address": lambda line: refused(line, b"a=1", path=FIRST + "?" + "x" * 100_000),
}


def refused(line: Rig, body: bytes, headers: dict[str, str] | None = None, path: str = FIRST) -> tuple[int, float]:
    """Return the status, 0 when the connection was cut, and how long that took."""
    began = time.monotonic()
    try:
        status = requests.post(line.base + path, data=body, headers=headers, timeout=20).status_code
    except requests.ConnectionError:
        status = 0
    return status, time.monotonic() - began


@pytest.mark.fault(33)
def test_oversized_requests_are_refused_at_once_and_hinder_nobody(shared_line, size, figures):
    line = shared_line
    takes_calls(line)
    before, rows = resident_bytes(line.web_workers), row_counts(line)["calls"]
    seen: dict[str, tuple[int, float]] = {}

    with ThreadPoolExecutor(4) as floods:
        running = {name: [floods.submit(flood, line) for _ in range(size.of(10, 2))] for name, flood in FLOODS.items()}
        slowest = takes_calls(line, 20)
        for name, several in running.items():
            seen[name] = max((one.result() for one in several), key=lambda told: told[1])

    growth = resident_bytes(line.web_workers) - before
    alone = {name: flood(line) for name, flood in FLOODS.items()}
    figures.update(growth_mb=round(growth / 2**20, 1), slowest_call=round(slowest, 2))
    figures.update({name: f"{status} in {seconds:.2f} s" for name, (status, seconds) in alone.items()})
    assert {status for status, _ in [*seen.values(), *alone.values()]} <= {0, 400, 403, 408, 411, 413, 414, 431}
    assert max(seconds for _, seconds in alone.values()) <= 1
    assert growth <= GROWTH
    assert slowest <= 5
    assert row_counts(line)["calls"] == rows + 20


@pytest.mark.fault(33)
def test_bodies_that_never_come_hinder_nobody(shared_line, size, figures):
    line = shared_line
    head = f"POST {FIRST} HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: x\r\nContent-Length: 5000\r\n\r\na="
    slow = [socket.create_connection(("127.0.0.1", line.port)) for _ in range(size.of(80, 40))]
    try:
        for connection in slow:
            connection.sendall(head.encode())
        began = time.monotonic()
        try:
            slowest = takes_calls(line, 3)
        except requests.RequestException:
            slowest = time.monotonic() - began
        figures.update(slow_bodies=len(slow), slowest_call=round(slowest, 1))
        assert slowest < 10
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.fault(33)
def test_heads_that_never_end_hinder_nobody(shared_line, size, figures):
    line = shared_line
    slow = [socket.create_connection(("127.0.0.1", line.port)) for _ in range(size.of(80, 40))]
    try:
        for connection in slow:
            connection.sendall(f"POST {FIRST} HTTP/1.1\r\nHost: x\r\n".encode())
        began = time.monotonic()
        try:
            slowest = takes_calls(line, 3)
        except requests.RequestException:
            slowest = time.monotonic() - began
        figures.update(slow_heads=len(slow), slowest_call=round(slowest, 1))
        assert slowest < 10
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.fault(34)
def test_whatever_the_fields_hold_the_caller_reaches_a_desk(shared_line, size, figures):
    line, chance = shared_line, random.Random(34)
    line.sign_in()
    values = [*HOSTILE.values(), *NUMBERS, "+266696687", "1" * 40, "sip:a@b", "anonymous", "%FF", "\u202e010"]
    statuses: Counter[int] = Counter()
    nowhere = []
    for number in range(size.of(5000, 30)):
        call = sid(1 << 80 | number)
        odd = {
            name: chance.choice(values)
            for name in FIELDS
            if name not in {"CallSid", "Digits"} and chance.random() < 0.4
        }
        fields = {**ringing(call, chance.choice(values) or ""), **odd}
        statuses[line.post(FIRST, fields).status_code] += 1
        answer = line.post(paths.turn("1379", call, 1), {**fields, "Digits": "0", "SpeechResult": ""})
        statuses[answer.status_code] += 1
        nowhere += [] if b"<Gather" in answer.content or b"<Hangup" in answer.content else [number]
    wild = size.of(1000, 20)
    for _ in range(wild):
        answer = line.post(FIRST, {chance.choice(FIELDS): chance.choice(values) for _ in range(4)})
        statuses[answer.status_code] += 1

    tickets = {ticket["call_id"] for ticket in line.rows("tickets")}
    figures.update(
        webhooks=statuses.total(), without_a_ticket=len(nowhere), **{f"http_{s}": n for s, n in statuses.items()}
    )
    assert not [status for status in statuses if status >= 500]
    assert not nowhere
    assert not [n for n in range(size.of(5000, 30)) if sid(1 << 80 | n) not in tickets]
    assert not line.logged("call.broken"), json.dumps(line.logged("call.broken")[-1:])
