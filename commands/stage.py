"""The product and the simulated telephone network in one process, in virtual time: how a call is played."""

import fcntl
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TextIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from carrier.rest import TwilioCarrier
from carrier.wsgi_http import WsgiHttpClient
from commands.building import StartError, build_house, front_desk, opened_database
from commands.settings import Settings
from simulator import Network, NumberConfig, VirtualClock
from switchboard import paths
from switchboard.do_outbox import do_due
from switchboard.end_call import end_lost_calls
from switchboard.house import House
from switchboard.ticker import next_due, run_due
from web.app import create_app


class Person(Protocol):
    """Somebody at a station."""

    def act(self) -> bool:
        """Do what can be done now; say whether anything was."""

    def acts_at(self) -> datetime | None:
        """Return when they will act, if they are making up their mind."""


@dataclass(frozen=True)
class Stage:
    """Moves the network's agenda, the ticker and the people at the stations forward together."""

    house: House
    network: Network
    clock: VirtualClock
    people: list["Person"]

    def now(self) -> datetime:
        return self.clock.now()

    def settle(self) -> None:
        """Do all that is due at this moment, and what falls due at once by doing it."""
        while True:
            run_due(self.house)
            do_due(self.house)
            self.network.run_until(self.now())
            due = next_due(self.house)
            if due is not None and due <= self.now():
                continue
            acted = [person.act() for person in self.people]
            if not any(acted):
                return

    def step(self, until: datetime) -> bool:
        """Move to the next thing that happens before `until` and do it; False, with the time passed, when none does."""
        self.settle()
        wanted = (self.network.next_at(), next_due(self.house), *(person.acts_at() for person in self.people))
        moments = [at for at in wanted if at is not None and at <= until]
        at = min(moments, default=until)
        self.network.run_until(max(at, self.now()))
        self.settle()
        return bool(moments)

    def run(self, seconds: float, *, unless: Callable[[], bool] = lambda: False) -> bool:
        """Let time pass, up to `seconds`; stop early, and return True, as soon as `unless` holds."""
        until = self.now() + timedelta(seconds=seconds)
        self.settle()
        while not unless():
            if self.now() >= until:
                return False
            self.step(until)
        return True


@contextmanager
def opened_stage(settings: Settings, start: datetime) -> Iterator[Stage]:
    """Set up the house on DATA_DIR with a simulated network of its own. One such network at a time plays there."""
    with opened_database(settings) as database, alone(settings):
        clock = VirtualClock(start)
        product = LateProduct()
        network = Network(
            product,
            clock=clock,
            account_sid=settings.account_sid,
            auth_token=settings.auth_tokens[0],
            seed=secrets.randbits(62),
        )
        carrier = TwilioCarrier(
            settings.account_sid, settings.auth_tokens[0], settings.public_base_url, WsgiHttpClient(network.rest)
        )
        house = build_house(settings, database, clock, carrier)
        product.application = create_app(front_desk(house, settings)).wsgi_app
        base = settings.public_base_url
        for line in paths.LINES:
            network.numbers[line] = NumberConfig(base + paths.first_turn(line), base + paths.CALL_STATUS)
        network.browser_app = NumberConfig(base + paths.STATION_CALLS, base + paths.CALL_STATUS)
        end_lost_calls(house)
        yield Stage(house, network, clock, [])


class LateProduct:
    """The product as the network reaches it; it is built after the network, because its carrier is the network."""

    application: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.application(environ, start_response)


@contextmanager
def alone(settings: Settings) -> Iterator[TextIO]:
    path = settings.data_dir / "network.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StartError(f'DATA_DIR: "{settings.data_dir}" is in use by another demo or call') from None
        yield lock
