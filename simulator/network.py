"""The telephone network as tests see it: dial in, find ringing phones, move time, misbehave."""

from collections.abc import Callable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from wsgiref.types import WSGIApplication

from simulator import legs
from simulator.agenda import Agenda
from simulator.answer_times import AnswerTimes
from simulator.calls import Call, Request, Subscription, plain
from simulator.clock import Clock
from simulator.courier import Courier, WsgiCourier
from simulator.exchange import Exchange
from simulator.faults import NetworkError
from simulator.fields import Fields
from simulator.interpreter import follow
from simulator.misbehaviour import Misbehaviour
from simulator.parcel import Answer, Delivery
from simulator.phone import Phone
from simulator.recording import Recording
from simulator.rest import Reply, RestApi
from simulator.room import Room

COMPLETED = frozenset({"completed"})
SHUFFLE_SECONDS = 1.0


@dataclass(frozen=True)
class NumberConfig:
    """Where a hosted number, or a TwiML App, sends its calls; absolute URLs."""

    voice_url: str
    status_callback: str | None = None
    fallback_url: str | None = None
    json_callbacks: bool = False  # status callbacks as JSON instead of a form


class Network:
    """Twilio's part of a call: nothing happens until the agenda is run.

    `product` is its WSGI application, or a courier that reaches it elsewhere.
    """

    def __init__(
        self,
        product: WSGIApplication | Courier,
        *,
        clock: Clock,
        account_sid: str,
        auth_token: str,
        calls_per_second: float = 1.0,
        seed: int = 0,
    ) -> None:
        courier = product if isinstance(product, Courier) else WsgiCourier(product, clock, auth_token)
        self._exchange = Exchange(courier, clock, account_sid, seed=seed, follow=follow)
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
        return [phone for phone in self.all_ringing() if plain(phone.to) == wanted]

    def all_ringing(self) -> list[Phone]:
        """Return every leg that rings at some phone, oldest first."""
        calls = self._exchange.live.values()
        return [self.phone(c) for c in calls if c.status == "ringing" and c.direction != "inbound"]

    def live_phones(self) -> list[Phone]:
        """Return the phones of all calls that have not ended, oldest first."""
        return [self.phone(call) for call in self._exchange.live.values()]

    def phone(self, call: Call) -> Phone:
        return self._phones.setdefault(call.sid, Phone(self._exchange, call))

    def _arrive(self, call: Call, config: NumberConfig, fields: Fields) -> Phone:
        call.status = "ringing"
        call.started_at = self._exchange.now()
        call.fallback_url = config.fallback_url or ""
        if config.status_callback:
            as_json = config.json_callbacks
            call.subscription = Subscription(config.status_callback, COMPLETED, as_json=as_json)
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

    @property
    def agenda(self) -> Agenda:
        return self._exchange.agenda

    def carry_out_rest(self, run: Callable[[Callable[[], Reply]], Reply], hang: Callable[[float], None]) -> None:
        """Let REST requests be carried out by `run`, on the one thread that owns the calls, and hang by `hang`."""
        self._api.run, self._api.hang = run, hang

    def forget_ended_calls(self, most: int) -> None:
        """Keep only the latest `most` of the calls that have ended."""
        ended = [sid for sid, call in self.calls.items() if call.ended]
        for sid in ended[: max(len(ended) - most, 0)]:
            del self.calls[sid]
            self._phones.pop(sid, None)

    # Misbehaviour

    @property
    def misbehaviour(self) -> Misbehaviour:
        """All that can go wrong; the methods below set the usual ones."""
        return self._exchange.misbehaviour

    def duplicate_callbacks(self, times: int, gap_seconds: float = 0.2) -> None:
        """From now on deliver each callback `times` more times; 0 ends it."""
        faults = self.misbehaviour.callbacks
        faults.copies, faults.copy_gap_seconds = times, gap_seconds

    def reorder_callbacks(self, rng_seed: int) -> None:
        """From now on deliver each callback at a random moment within one second."""
        self.delay_callbacks(0, SHUFFLE_SECONDS, rng_seed)

    def drop_callbacks(self, times: int) -> None:
        """Lose the next `times` callbacks."""
        self.misbehaviour.callbacks.drop_next = times

    def delay_callbacks(self, least_seconds: float, most_seconds: float, rng_seed: int = 0) -> None:
        """From now on send each callback after a random time between the two; 0 and 0 end it."""
        self.misbehaviour.callbacks = replace(
            self.misbehaviour.callbacks,
            least_delay_seconds=least_seconds,
            most_delay_seconds=most_seconds,
            seed=rng_seed,
        )

    def lose_callbacks(self, *, every: int = 0, chance: float = 0.0, rng_seed: int = 0) -> None:
        """From now on lose each n-th callback, or each with a chance; without arguments none."""
        kept = self.misbehaviour.callbacks
        self.misbehaviour.callbacks = replace(kept, drop_every=every, drop_chance=chance, seed=rng_seed)

    def duplicate_requests(self, times: int, *, at_once: bool = False) -> None:
        """From now on post each voice request `times` more times; `repeated_answers` keeps the pairs."""
        self.misbehaviour.requests = replace(self.misbehaviour.requests, copies=times, at_once=at_once)

    def lose_answers(self, times: int, *, late_seconds: float = 0.0) -> None:
        """Let the product handle the next `times` voice requests and lose its answers, as a time-out does.

        The call goes on after `late_seconds`; at Twilio those are 15.
        """
        kept = self.misbehaviour.requests
        self.misbehaviour.requests = replace(kept, lose_answers=times, late_seconds=late_seconds)

    def break_legs(self, address: str, status: str | None) -> None:
        """Let each call to an address end as `busy`, `failed` or `no-answer` instead of ringing; None ends it."""
        if status is None:
            self.misbehaviour.legs.pop(plain(address), None)
            return
        if status not in {"busy", "failed", "no-answer"}:
            raise ValueError(f"break_legs: {status!r} is not one of busy, failed, no-answer")
        self.misbehaviour.legs[plain(address)] = status

    def lose_rest_replies(self, times: int) -> None:
        """Carry out the next `times` REST requests, then break the connection (ConnectionResetError)."""
        self.misbehaviour.rest.lose_replies = times

    def refuse_rest(self, times: int, status: int) -> None:
        """Answer the next `times` REST requests with 429 or 5xx and do nothing."""
        faults = self.misbehaviour.rest
        faults.refuse_next, faults.refuse_status = times, status

    def hang_rest(self, times: int, seconds: float) -> None:
        """Carry out the next `times` REST requests and answer late; in one process the client's patience is over."""
        faults = self.misbehaviour.rest
        faults.hang_next, faults.hang_seconds = times, seconds

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
    def errors(self) -> Sequence[NetworkError]:
        return self._exchange.errors

    @errors.setter
    def errors(self, kept: MutableSequence[NetworkError]) -> None:
        self._exchange.errors = kept

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """Every request made to the product, in order."""
        return self._exchange.courier.deliveries

    @property
    def answer_times(self) -> AnswerTimes:
        """How fast the product answered, in real time."""
        return self._exchange.courier.times

    def reset_statistics(self) -> None:
        self._exchange.courier.times.reset()

    @property
    def error_count(self) -> int:
        """How many errors there ever were, also those no longer kept."""
        return self._exchange.error_count

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
