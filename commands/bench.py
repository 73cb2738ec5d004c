"""`bench`: the line's speed on this machine, each figure beside the floor it stands on, measured in the same run."""

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from commands.bench_client import BenchError
from commands.bench_demo import first_answers
from commands.bench_figure import Figure
from commands.bench_handover import burst, choice_inside, due_times, hand_over
from commands.bench_hundred import CALLS, SECONDS, SPEED, hundred_calls
from commands.bench_postgresql import Fresh, NoPostgresql, postgresql
from commands.bench_processes import Place, make_place
from commands.bench_routing import choice_times, routing_quality
from commands.bench_understanding import understanding
from commands.bench_waiting import waiting_is_free
from commands.bench_webhooks import FULL, QUICK, inside, memory, tail, throughput
from commands.environment import start_log

DISK = Path("/var/tmp")  # noqa: S108 (a folder of our own is made there; /tmp may be no disk, and a commit must reach one)
STOPPED = 128 + signal.SIGTERM
DATABASES = ("sqlite", "postgresql")
Measure = Callable[[Place], Iterator[Figure]]


@dataclass(frozen=True)
class Bench:
    """One run: where it keeps things, and how much it does."""

    folder: Path
    fresh: Fresh | None  # makes PostgreSQL databases, when there is a server
    quick: bool

    def figures(self, name: str) -> Iterator[Figure]:
        if name == "demo_first_answer":
            yield from first_answers(self.folder, 1 if self.quick else 3)
            return
        if name in WITHOUT_ROWS:
            yield from WITHOUT_ROWS[name](quick=self.quick)
            return
        for db in DATABASES:
            if db == "sqlite":
                yield from self._measured(name, db, "")
            elif self.fresh:
                yield from self._measured(name, db, self.fresh())

    def _measured(self, name: str, db: str, url: str) -> Iterator[Figure]:
        yield from self._measure(name)(make_place(db, url, self.folder / f"{name}-{db}"))

    def _measure(self, name: str) -> Measure:
        work = QUICK if self.quick else FULL
        ten = partial(hundred_calls, calls=CALLS // 10, seconds=SECONDS / 4, speed=4 * SPEED)
        return {
            "webhook_throughput": partial(throughput, work=work),
            "webhook_p99": partial(tail, work=work),
            "web_memory": partial(memory, work=work),
            "hundred_calls": ten if self.quick else hundred_calls,
            "turn_inside": partial(inside, work=work),
            "choice_inside": partial(choice_inside, work=work),
            "hand_over": partial(hand_over, work=work),
            "burst": partial(burst, work=work),
            "due_times": partial(due_times, work=work),
            "waiting": partial(waiting_is_free, work=work),
        }[name]


WITHOUT_ROWS = {
    "understanding": understanding,
    "routing_choice": choice_times,
    "routing_quality": routing_quality,
}
NAMES = (
    *("webhook_throughput", "webhook_p99", "turn_inside", "web_memory", "hundred_calls"),
    *("choice_inside", "hand_over", "burst", "due_times", "waiting", "demo_first_answer"),
    *WITHOUT_ROWS,
)


@click.command()
@click.option("--only", type=click.Choice(NAMES), help="Measure this figure alone.")
@click.option("--quick", is_flag=True, help="Do a tenth of the work: whether it runs, not how fast.")
def bench(only: str | None, quick: bool) -> int:
    """Measure the line on this machine: one JSON line for each figure. Exit code 1 when one is not met.

    It works in a folder of its own, on free ports, and leaves nothing behind; docs/benchmark.md says what is measured.
    """
    good = True
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))  # as Ctrl-C does: what was started is stopped
    with opened_bench(quick) as opened:
        for name in [only] if only else NAMES:
            try:
                for figure in opened.figures(name):
                    click.echo(figure.line())
                    good = good and figure.ok
            except BenchError as error:
                click.echo(f"bench: {name}: {error}", err=True)
                good = False
    return 0 if good else 1


@contextmanager
def opened_bench(quick: bool) -> Iterator[Bench]:
    disk = DISK if DISK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="line-bench-", dir=disk, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        start_log(folder)
        with ExitStack() as opened:
            fresh: Fresh | None = None
            try:
                fresh = opened.enter_context(postgresql(os.environ, folder))
            except NoPostgresql as why:
                click.echo(f"bench: the figures on PostgreSQL are skipped: {why}", err=True)
            yield Bench(folder, fresh, quick)
