"""How fast the line understands, how long it takes to be ready for it, and what it keeps in memory."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from commands.bench_client import BenchError
from commands.bench_figure import Figure, Rounds, Times
from commands.building import DIRECTORY_FOLDER, HERE
from directory.reading import files_in as directory_files
from directory.reading import read_directory
from ivr.learning.corpus import files_in, read_corpus
from ivr.understanding import understand

MOST_MS, MOST_MB, MOST_READY_MS = 1.0, 50.0, 1000.0
ROUNDS, QUICK_ROUNDS = 10, 1  # times the labelled calls are said
READY = """
import gc, json, os, pathlib, time
from directory.reading import files_in, read_directory
directory = read_directory(files_in(pathlib.Path("directory/data")))
def mb():
    gc.collect()
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
before, began = mb(), time.perf_counter()
from ivr.understanding import understand
understand(directory, "안산인데 도금이 자꾸 벗겨져요")
taken = 1000 * (time.perf_counter() - began)
print(json.dumps({"ms": taken, "mb": mb() - before}))
"""  # in a process of its own, after what every command needs anyway


def understanding(*, quick: bool) -> Iterator[Figure]:
    said = rounds(QUICK_ROUNDS if quick else ROUNDS)
    yield Figure(
        name="understanding_p50",
        db=None,
        n=said.n,
        value=said.p50_ms,
        unit="ms",
        limit=MOST_MS,
        ok=said.p50_ms < MOST_MS,
        p50_ms=said.p50_ms,
        p99_ms=said.p99_ms,
    )
    yield Figure("understanding_throughput", None, said.n, said.per_second, "utterances a second", None, ok=True)
    ready = readiness()
    yield Figure("understanding_start", None, 1, ready["ms"], "ms", MOST_READY_MS, ok=ready["ms"] < MOST_READY_MS)
    yield Figure("understanding_memory", None, 1, ready["mb"], "MB", MOST_MB, ok=ready["mb"] < MOST_MB)


def rounds(times: int) -> Rounds:
    """Say every labelled call, again and again, each timed by the processor's clock: no neighbour moves that one."""
    directory = read_directory(directory_files(DIRECTORY_FOLDER))
    calls = [call.utterance for call in read_corpus(files_in()).shipped]
    understand(directory, calls[0])
    measured = []
    for _ in range(times):
        began, taken = time.perf_counter(), []
        for call in calls:
            at = time.thread_time()
            understand(directory, call)
            taken.append(time.thread_time() - at)
        measured.append(Times(taken, time.perf_counter() - began))
    return Rounds(measured)


def readiness() -> dict[str, float]:
    """Return the milliseconds from nothing to the first utterance understood, and the megabytes that stay."""
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", READY], cwd=HERE, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BenchError(f"understanding: {done.stderr.strip()[-300:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found
