"""Waiting is free: what callers cost who stand in line while nothing happens, beyond their turns."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from commands.bench_figure import Figure
from commands.bench_processes import Place, children, memory_mb, served
from commands.bench_webhooks import FULL, Work
from commands.building import build_house, carrier_of, clock_of, opened_database
from store.crowd import busy, fill

CALLERS = 1_000
MOST_PERCENT = 2.0  # of a core
MOST_KIB = 8.0  # of each caller
SECONDS = 20.0
SETTLED_SECONDS = 3.0  # after the crowd has come, until every process has looked at it
TICKS = os.sysconf("SC_CLK_TCK")


def waiting_is_free(place: Place, work: Work) -> Iterator[Figure]:
    """Let nobody wait for a while, and then a thousand, in front of the line as it is served."""
    settings = place.settings()
    seconds = SECONDS if work is FULL else SECONDS / 10
    with served(place) as master, opened_database(settings) as database:
        house = build_house(settings, database, clock_of(settings), carrier_of(settings))
        busy(database)
        time.sleep(SETTLED_SECONDS)
        before = max(memory_mb(child)[0] for child in children(master))
        alone = _percent_of_a_core(master, seconds)
        fill(database, house.directory, CALLERS, house.now())
        time.sleep(SETTLED_SECONDS)
        with_callers = _percent_of_a_core(master, seconds)
        after = max(memory_mb(child)[0] for child in children(master))
    percent = max(with_callers - alone, 0.0)
    told = f"% of a core for {CALLERS} callers, over {alone:.1f} % for nobody"
    yield Figure("waiting_cpu", place.db, CALLERS, percent, told, MOST_PERCENT, percent <= MOST_PERCENT)
    kib = max(after - before, 0.0) * 1024 / CALLERS
    yield Figure("waiting_memory", place.db, CALLERS, kib, "KiB for each caller", MOST_KIB, kib <= MOST_KIB)


def _percent_of_a_core(master: int, seconds: float) -> float:
    """Return what the processes of the line use of one core, over so many seconds. Linux only."""
    began, used = time.monotonic(), _ticks(master)
    time.sleep(seconds)
    return (_ticks(master) - used) / TICKS / (time.monotonic() - began) * 100


def _ticks(master: int) -> int:
    stats = [Path(f"/proc/{process}/stat").read_text() for process in (master, *children(master))]
    return sum(sum(map(int, stat.rpartition(")")[2].split()[11:13])) for stat in stats)
