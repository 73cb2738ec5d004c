"""`serve`: the line over HTTP, in gunicorn. Each process answers webhooks and ticks; any may die at any time."""

import ctypes
import gc
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from wsgiref.types import WSGIApplication

import click
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from commands.building import StartError, build_house, carrier_of, clock_of, front_desk, opened_database
from commands.environment import settings_now
from commands.health_checks import checks_of
from commands.listening import listen
from commands.parent import die_with_parent
from commands.settings import Settings
from commands.ticking import Ticker
from ivr.getting_ready import get_ready
from jobs.bell import RqBell
from jobs.dispatcher import Dispatcher
from jobs.queue_server import ensure_queue_server
from store.database import Database
from switchboard.doors import Clock
from switchboard.house import House
from switchboard.reconcile import reconcile
from web.app import create_app

THREADS = 24  # a turn takes milliseconds; so many may wait on the database at once
GRACE_SECONDS = 3
M_ARENA_MAX = -8  # glibc's name and number
SEEN_OFF_SECONDS = 0.5  # what a client that was refused has to read our answer


@click.command()
@click.option("--die-with-parent", "parent", type=int, metavar="PID", help="End when the process of this number does.")
def serve(parent: int | None) -> None:
    """Answer calls at HOST:PORT until told to stop. CARRIER says whose: simulator or twilio."""
    settings = settings_now()
    if settings.carrier is None:
        raise StartError('CARRIER: "" is not said (expected simulator or twilio)')
    if settings.carrier == "twilio" and settings.fallback_number is None:
        raise StartError('FALLBACK_NUMBER: "" leaves callers without a way out (expected E.164 such as +8231…)')
    with opened_database(settings) as database:  # migrated, and told of in one line when it cannot be used
        house = build_house(settings, database, clock_of(settings), carrier_of(settings))
        _require_time(settings, house.clock)
    listening = listen(settings)
    queue_url = ensure_queue_server(settings.data_dir, settings.redis_url).url  # it ends with this very thread
    Server(settings, listening, queue_url, parent).run()


def _require_time(settings: Settings, clock: Clock) -> None:
    try:
        clock.now()
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = f"{type(error).__name__}: {error}"
        raise StartError(f'CLOCK_FILE: "{settings.clock_file}" cannot be read as a clock ({told})') from None


class Worker(ThreadWorker):
    """gunicorn's, but it waits for a refused client to hang up where the request was handled.

    gunicorn itself waits in its one accepting thread, two seconds for each, while every caller stands behind.
    """

    def handle(self, conn: Any) -> Any:
        goes_on = super().handle(conn)
        if goes_on is False:
            _see_off(conn.sock)
        return goes_on


def _see_off(client: socket.socket) -> None:
    """Let the client read our answer to its end; what it still sends is not wanted."""
    give_up = time.monotonic() + SEEN_OFF_SECONDS
    with suppress(OSError):
        client.shutdown(socket.SHUT_WR)
        client.settimeout(SEEN_OFF_SECONDS)
        while time.monotonic() < give_up and client.recv(65_536):
            pass
    with suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)  # so that gunicorn finds nothing to wait for


def _begin_worker(_arbiter: object, _worker: object) -> None:
    """End with the master."""
    die_with_parent(os.getppid())
    _share_memory()


def _share_memory() -> None:
    """Let all threads take memory from two heaps instead of one each, of which every one keeps what it once needed."""
    with suppress(AttributeError, OSError):  # a C library without it
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


class Server(BaseApplication):
    """gunicorn, told what it needs to know by us and nobody else."""

    def __init__(self, settings: Settings, listening: socket.socket, queue_url: str, parent: int | None) -> None:
        self._settings = settings
        self._queue_url = queue_url
        self._listening = listening
        self._parent = parent
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"fd://{self._listening.fileno()}",
            "workers": self._settings.web_processes,
            "worker_class": Worker,
            "threads": THREADS,
            "graceful_timeout": GRACE_SECONDS,
            "control_socket_disable": True,
            "loglevel": "warning",
            "when_ready": self._follow_parent,
            "post_fork": _begin_worker,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def _follow_parent(self, _arbiter: object) -> None:
        if self._parent is not None:
            die_with_parent(self._parent)

    def load(self) -> WSGIApplication:
        """Build the house in this worker; nothing is shared with another process but the rows."""
        app = build_worker(self._settings, self._queue_url)
        gc.collect()
        gc.freeze()  # directory, flow and modules stay for good: no later collection walks them while a caller waits
        return app


def build_worker(
    settings: Settings, queue_url: str, change: Callable[[House], House] = lambda house: house
) -> WSGIApplication:
    database = Database(settings.database_url)
    house = change(build_house(settings, database, clock_of(settings), carrier_of(settings)))
    get_ready(house.flow, house.directory)
    ticker = Ticker(house)
    app = create_app(front_desk(house, settings, checks_of(database, ticker)))
    house.store.wakes(ticker.wake)
    ticker.start(make_round=lambda: reconcile(house))
    Dispatcher(house, RqBell(queue_url)).start()
    return app
