"""The telephone network as tests see it: dial in, find ringing phones, move time, misbehave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from wsgiref.types import WSGIApplication

from simulator import legs
from simulator.calls import Call, Request, Subscription
from simulator.clock import VirtualClock
from simulator.courier import Answer, Delivery
from simulator.exchange import Exchange
from simulator.faults import NetworkError
from simulator.fields import Fields
from simulator.interpreter import follow
from simulator.phone import Phone
from simulator.recording import Recording
from simulator.rest import RestApi
from simulator.room import Room

COMPLETED = frozenset({"completed"})


@dataclass(frozen=True)
class NumberConfig:
    """Where a hosted number, or a TwiML App, sends its calls; absolute URLs."""

    voice_url: str
    status_callback: str | None = None
    fallback_url: str | None = None


class Network:
    """Twilio's part of a call, in virtual time: nothing happens until the agenda is run."""

    def __init__(
        self,
        product: WSGIApplication,
        *,
        clock: VirtualClock,
        account_sid: str,
        auth_token: str,
        calls_per_second: float = 1.0,
        seed: int = 0,
    ) -> None:
        self._exchange = Exchange(product, clock, (account_sid, auth_token), seed=seed, follow=follow)
        self._phones: dict[str, Phone] = {}
        self.numbers: dict[str, NumberConfig] = {}
        self.browser_app: NumberConfig | None = None
        self._api = RestApi(self._exchange, auth_token, calls_per_second)
        self.rest: WSGIApplication = self._api

    # What people do

    def dial(self, from_: str, to: str, parameters: Fields | None = None) -> Phone:
        """Dial a hosted number from outside. `parameters` go into every request about the call.

        A value of None leaves a parameter out, a list repeats it, bytes travel as they are.
        """
        if to not in self.numbers:
            raise KeyError(f"dial: {to!r} is not hosted here; expected one of {', '.join(sorted(self.numbers))}")
        call = self._exchange.new_call(from_, to, "inbound")
        call.overrides = dict(parameters or {})
        return self._arrive(call, self.numbers[to], {})

    def browser_dials(self, identity: str, parameters: Mapping[str, str]) -> Phone:
        """Let a browser client call out; its parameters reach the first request only, and cannot forge Twilio's own."""
        if self.browser_app is None:
            raise ValueError("browser_dials: network.browser_app is not set")
        call = self._exchange.new_call(f"client:{identity}", parameters.get("To", ""), "inbound")
        own = call.standard_fields()
        return self._arrive(call, self.browser_app, {k: v for k, v in parameters.items() if k not in own})

    def ringing(self, address: str) -> list[Phone]:
        """Return the legs now ringing at "client:name", "sip:user@host" or "+82...", oldest first."""
        wanted = plain(address)
        calls = self._exchange.calls.values()
        return [
            self.phone(c) for c in calls if c.status == "ringing" and c.direction != "inbound" and plain(c.to) == wanted
        ]

    def phone(self, call: Call) -> Phone:
        return self._phones.setdefault(call.sid, Phone(self._exchange, call))

    def _arrive(self, call: Call, config: NumberConfig, fields: Fields) -> Phone:
        call.status = "ringing"
        call.started_at = self._exchange.now()
        call.fallback_url = config.fallback_url or ""
        if config.status_callback:
            call.subscription = Subscription(config.status_callback, COMPLETED)
        start = Request(config.voice_url, fields=fields)
        self._exchange.soon(lambda: legs.run(self._exchange, call, start))
        phone = self.phone(call)
        self._exchange.agenda.run_due()
        return phone

    # Time

    def next_at(self) -> datetime | None:
        return self._exchange.agenda.next_at()

    def run_next(self) -> None:
        """Move the clock to the next agenda item and run it."""
        self._exchange.agenda.run_next()

    def run_until(self, at: datetime) -> None:
        """Run all items due up to `at`, then move the clock to `at`."""
        self._exchange.agenda.run_until(at)

    # Misbehaviour

    def duplicate_callbacks(self, times: int) -> None:
        """From now on deliver each callback `times` more times; 0 ends it."""
        self._exchange.callbacks.copies = times

    def reorder_callbacks(self, rng_seed: int) -> None:
        """From now on deliver each callback at a random moment within one second."""
        self._exchange.callbacks.shuffle(rng_seed)

    def drop_callbacks(self, times: int) -> None:
        """Lose the next `times` callbacks."""
        self._exchange.callbacks.dropped = times

    def duplicate_requests(self, times: int) -> None:
        """From now on post each voice request `times` more times; `repeated_answers` keeps the pairs."""
        self._exchange.request_copies = times

    def lose_answers(self, times: int) -> None:
        """Let the product handle the next `times` voice requests and lose its answers, as a time-out does."""
        self._exchange.lost_answers = times

    def lose_rest_replies(self, times: int) -> None:
        """Carry out the next `times` REST requests, then break the connection (ConnectionResetError)."""
        self._api.lost_replies = times

    # Inspection

    @property
    def phones(self) -> dict[str, Phone]:
        return {call.sid: self.phone(call) for call in self._exchange.calls.values()}

    @property
    def calls(self) -> dict[str, Call]:
        return self._exchange.calls

    @property
    def conferences(self) -> dict[str, Room]:
        return self._exchange.rooms

    @property
    def recordings(self) -> dict[str, Recording]:
        return self._exchange.recordings

    @property
    def errors(self) -> list[NetworkError]:
        return self._exchange.errors

    @property
    def deliveries(self) -> list[Delivery]:
        """Every request made to the product, in order."""
        return self._exchange.courier.deliveries

    @property
    def repeated_answers(self) -> list[tuple[Answer, Answer]]:
        """First and repeated answer of each duplicated voice request."""
        return self._exchange.repeated

    @property
    def strict(self) -> bool:
        """Whether a fault of the TwiML is raised; otherwise it goes to the fallback URL as at Twilio."""
        return self._exchange.strict

    @strict.setter
    def strict(self, value: bool) -> None:
        self._exchange.strict = value


def plain(address: str) -> str:
    """Return an address without `tel:` and without a client's or SIP URI's parameters."""
    return address.removeprefix("tel:").split("?", maxsplit=1)[0].split(";", maxsplit=1)[0]
