"""The network in a process of its own: REST and control on one port, webhooks to the product, in real time."""

import signal
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server

from simulator.clock import WallClock
from simulator.control import Control
from simulator.dispatcher import Dispatcher, RunningClock
from simulator.file_clock import ClockFileError, FileClock
from simulator.http_courier import HttpCourier
from simulator.network import Network, NumberConfig
from simulator.parent_death import die_with_parent

ERRORS_KEPT = 10_000
ENDED_CALLS_KEPT = 5_000
FORGET_EVERY_SECONDS = 60.0
NOW = struct.pack("ii", 1, 0)  # linger for no time: closing resets the connection


@dataclass(frozen=True)
class Settings:
    """What a service needs to know; `port` 0 takes a free one."""

    account_sid: str
    auth_token: str
    numbers: Mapping[str, NumberConfig]
    browser_app: NumberConfig | None = None
    host: str = "127.0.0.1"
    port: int = 0
    clock_file: Path | None = None
    calls_per_second: float = 1.0
    seed: int = field(default_factory=time.time_ns)
    strict: bool = False  # a fault of the TwiML ends the call at once, instead of going to the fallback as at Twilio
    parent: int | None = None  # end with the process of this id, which started this one


class Service:
    """Starts listening when made (OSError for a taken port), works from `start` to `stop`."""

    def __init__(self, settings: Settings) -> None:
        clock: RunningClock = FileClock(settings.clock_file) if settings.clock_file else WallClock()
        self._socket = listening(settings.host, settings.port)
        self._courier = HttpCourier(clock, settings.auth_token)
        self.network = Network(
            self._courier,
            clock=clock,
            account_sid=settings.account_sid,
            auth_token=settings.auth_token,
            calls_per_second=settings.calls_per_second,
            seed=settings.seed,
        )
        self.network.numbers.update(settings.numbers)
        self.network.browser_app = settings.browser_app
        self.network.strict = settings.strict
        self.network.errors = deque(maxlen=ERRORS_KEPT)
        self._dispatcher = Dispatcher(self.network.agenda, clock)
        self.network.carry_out_rest(self._dispatcher.do, time.sleep)
        host, port = self._socket.getsockname()[:2]
        self.url = f"http://{host}:{port}"
        application = front(self.network.rest, Control(self.network, clock, self._dispatcher))
        self._server = make_server(
            host, port, application, threaded=True, request_handler=Handler, fd=self._socket.fileno()
        )
        self._serving = Thread(target=self._server.serve_forever, args=(0.05,), name="server", daemon=True)

    def start(self) -> None:
        self._dispatcher.start()
        self._serving.start()
        self._forget_old_calls()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._socket.close()
        self._courier.close()
        self._dispatcher.stop()

    def _forget_old_calls(self) -> None:
        self.network.forget_ended_calls(ENDED_CALLS_KEPT)
        self.network.agenda.after(FORGET_EVERY_SECONDS, self._forget_old_calls)


def serve(settings: Settings) -> int:
    """Run the network until SIGTERM or SIGINT; return 2, after one line on stderr, when it cannot start."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    if settings.parent is not None:
        die_with_parent(settings.parent)
    try:
        service = Service(settings)
    except OSError as fault:
        print(f"simulator: port {settings.port} at {settings.host}: {fault.strerror}", file=sys.stderr)  # noqa: T201
        return 2
    except ClockFileError as fault:
        print(f"simulator: {fault}", file=sys.stderr)  # noqa: T201
        return 2
    service.start()
    print(f"simulator: listening on {service.url}", flush=True)  # noqa: T201
    stopped.wait()
    service.stop()
    return 0


def listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    made.listen(512)
    return made


def front(rest: WSGIApplication, control: WSGIApplication) -> WSGIApplication:
    """Send /control to people and tests, the rest to the REST API; a reply lost on command resets the connection."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/control/"):
            return control(environ, start_response)
        try:
            return rest(environ, start_response)
        except ConnectionResetError:
            connection: socket.socket = environ["werkzeug.socket"]
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
            connection.shutdown(socket.SHUT_RD)
            raise

    return application


class Handler(WSGIRequestHandler):
    """Keeps connections open between requests, and says nothing about each."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write no line per request."""

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:  # noqa: ARG002
        self.close_connection = True
