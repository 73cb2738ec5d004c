"""`worker`: does the slow work, apart from the processes that answer calls."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from commands.building import build_house, carrier_of, clock_of, opened_database
from commands.environment import settings_now
from commands.parent import die_with_parent
from commands.settings import Settings
from jobs.job import HouseOpener
from jobs.queue_server import ensure_queue_server
from jobs.worker import run_worker
from store.database import Database
from store.unit_of_work import DatabaseStore
from switchboard.doors import Clock
from switchboard.house import House


@click.command()
@click.option("--die-with-parent", "parent", type=int, help="End when the process of this number does.")
def worker(parent: int | None) -> None:
    """Do the slow work until told to stop; the job in hand is finished first."""
    if parent:
        die_with_parent(parent)
    settings = settings_now()
    work_until_told(settings, house_opener(settings, clock_of(settings)))


def work_until_told(settings: Settings, opener: HouseOpener) -> None:
    """Work until a signal ends it; the children it forks for jobs end with this process, whatever ends it."""
    here = os.getpid()
    os.register_at_fork(after_in_child=lambda: die_with_parent(here))
    run_worker(lambda: ensure_queue_server(settings.data_dir, settings.redis_url).url, opener)


def house_opener(settings: Settings, clock: Clock) -> HouseOpener:
    """Build the house once, and return how to enter it: each process with database connections of its own."""
    with opened_database(settings) as database:
        built = build_house(settings, database, clock, carrier_of(settings))

    @contextmanager
    def opened() -> Iterator[House]:
        database = Database(settings.database_url)
        try:
            yield replace(built, store=DatabaseStore(database))
        finally:
            database.close()

    return opened
