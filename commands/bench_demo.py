"""How long `demo` takes from its start to the first words the line speaks, once everything is set up."""

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from commands.bench_client import BenchError
from commands.bench_figure import Figure
from commands.bench_processes import INHERITED, free_port
from commands.building import HERE

MOST_SECONDS = 5.0
SPOKEN = re.compile(r"\d\d:\d\d:\d\d +1379 ")  # a line of the transcript that the line says


def first_answers(folder: Path, times: int) -> Iterator[Figure]:
    seconds = [taken for number in range(times) if (taken := first_answer(folder / f"demo-{number}")) is not None]
    if not seconds:
        return
    middle = statistics.median(seconds)
    yield Figure(
        name="demo_first_answer",
        db="sqlite",
        n=len(seconds),
        value=middle,
        unit="s",
        limit=MOST_SECONDS,
        ok=middle <= MOST_SECONDS,
        p50_ms=1000 * middle,
        p99_ms=1000 * max(seconds),
    )


def first_answer(folder: Path) -> float | None:
    """Return the seconds from the start of `demo --once` to the line's first words; None when its port was taken."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    port = str(free_port())
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, str(HERE / "app.py"), "demo", "--once"],
        cwd=HERE,
        env={**kept, "DATA_DIR": str(folder), "PORT": port},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as demo:
        taken = next((time.perf_counter() - began for line in demo.stdout or () if SPOKEN.search(line)), None)
        demo.terminate()
        told = demo.stderr.read() if demo.stderr else ""
    if taken is None and port in told:
        click.echo(f"bench: demo_first_answer skipped: port {port} was taken meanwhile", err=True)
    elif taken is None:
        raise BenchError(f"demo: the line said nothing ({told.strip()[-300:]})")
    return taken
