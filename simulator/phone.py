"""A handset on one call leg: what a person does with it and what they heard."""

from collections.abc import MutableMapping
from functools import partial

from simulator import legs
from simulator.calls import RECORDING, Call, Heard
from simulator.exchange import Exchange
from simulator.fields import Value
from simulator.script import Event, Hush, Key, Speech

KEYS = frozenset("0123456789*#")


class Phone:
    """One party's phone. Each act runs what is due now, so its effect shows when it returns."""

    def __init__(self, exchange: Exchange, call: Call) -> None:
        self._exchange = exchange
        self._call = call

    def __repr__(self) -> str:
        return f"<Phone {self._call.from_} to {self._call.to}: {self.status}, hears {self.hears!r}>"

    @property
    def sid(self) -> str:
        return self._call.sid

    @property
    def to(self) -> str:
        return self._call.to

    @property
    def call(self) -> Call:
        return self._call

    @property
    def status(self) -> str:
        return self._call.status

    @property
    def ended(self) -> bool:
        return self._call.ended

    @property
    def listening(self) -> bool:
        """Whether a Gather is open, its nested prompt included."""
        return self._call.gather is not None

    @property
    def question(self) -> object | None:
        """The open Gather, to tell one question from the next; None when the line does not listen."""
        return self._call.gather

    @property
    def in_conference(self) -> bool:
        return bool(self._call.conference_sid)

    @property
    def held(self) -> bool:
        return self._is_in_conference_and("hold")

    @property
    def muted(self) -> bool:
        return self._is_in_conference_and("muted")

    @property
    def fetching(self) -> bool:
        """Whether the product is being asked what comes next."""
        return self._call.script is not None and self._call.script.fetching

    def _is_in_conference_and(self, flag: str) -> bool:
        room = self._exchange.room_of(self._call)
        return room is not None and bool(getattr(room.participants.get(self.sid), flag, False))

    @property
    def connected_to(self) -> set[str]:
        """The sids of the others in the bridge, or in the conference once that has started."""
        if self._call.bridged_with is not None:
            return {self._call.bridged_with.sid}
        room = self._exchange.room_of(self._call)
        return set() if room is None or room.started_at is None else set(room.participants) - {self.sid}

    @property
    def hears(self) -> str:
        """The words or the URL of what plays right now, "ringing", or "" for silence or a conversation."""
        return self._call.ear

    @property
    def transcript(self) -> list[Heard]:
        return self._call.transcript

    @property
    def lost(self) -> list[Heard]:
        """Keys and speech that reached nobody."""
        return self._call.lost

    @property
    def said(self) -> list[str]:
        """Everything the line said to this phone, in order."""
        return [heard.text for heard in self._call.transcript if heard.who == "line" and heard.text]

    @property
    def parameters(self) -> MutableMapping[str, Value]:
        """Parameters added to every request about this call, as the carrier or an attacker would send them."""
        return self._call.overrides

    @property
    def custom_parameters(self) -> dict[str, str]:
        """What `<Parameter>` or `client:name?key=value` brought to a browser."""
        return self._call.custom

    def press(self, keys: str) -> None:
        """Press keys one after another; those no Gather takes are lost, since Twilio keeps none for later."""
        if not keys or not set(keys) <= KEYS:
            raise ValueError(f"press: {keys!r} is not one or more of 0-9, * or #")
        self._call.transcript.append(Heard(self._exchange.now(), "caller", keys=keys))
        for key in keys:
            self._exchange.soon(partial(self._give, Key(key), Heard(self._exchange.now(), "caller", keys=key)))
        self._exchange.agenda.run_due()

    def say(self, text: str, confidence: float | None = 0.9) -> None:
        """Speak; the recogniser answers at once with the whole of it. Twilio may leave the confidence out: None."""
        heard = Heard(self._exchange.now(), "caller", speech=text)
        self._call.transcript.append(heard)
        self._exchange.soon(partial(self._give, Speech(text, confidence), heard))
        self._exchange.agenda.run_due()

    def stay_silent(self) -> None:
        """Let the open Gather time out, or the Record notice the silence, running the agenda forward to that.

        ValueError when neither is open.
        """
        if self._call.ear == RECORDING:
            self.fall_silent()
            while self._call.ear == RECORDING and self._exchange.agenda.next_at() is not None:
                self._exchange.agenda.run_next()
            return
        gather = self._call.gather
        if gather is None:
            raise ValueError(f"{self!r}: no Gather is open, so silence reaches nobody")
        while self._call.gather is gather and self._exchange.agenda.next_at() is not None:
            self._exchange.agenda.run_next()
        self._exchange.agenda.run_due()

    def fall_silent(self) -> None:
        """Stop speaking into a Record; it ends after its `timeout`. In a Gather one is silent without saying so."""
        self._exchange.soon(partial(self._give, Hush(), None))
        self._exchange.agenda.run_due()

    def wait_until_listening(self, most_seconds: float = 120) -> None:
        """Run the agenda forward until a Gather opens; TimeoutError when none does in time."""
        agenda = self._exchange.agenda
        began = agenda.now()
        while not self.listening:
            due = agenda.next_at()
            if self.ended or due is None or (due - began).total_seconds() > most_seconds:
                raise TimeoutError(f"{self!r}: no Gather opened within {most_seconds} s")
            agenda.run_next()

    def hang_up(self) -> None:
        """Put the receiver down; on a leg still ringing here this is a refusal. A second time changes nothing."""
        self._exchange.soon(self._put_down)
        self._exchange.agenda.run_due()

    def answer(self) -> None:
        """Pick up a leg that rings; ValueError when it does not."""
        self._require_ringing("answer")
        self._exchange.soon(lambda: legs.answer(self._exchange, self._call))
        self._exchange.agenda.run_due()

    def decline(self) -> None:
        """Refuse a leg that rings: it ends busy; ValueError when it does not ring."""
        self._require_ringing("decline")
        self._exchange.soon(lambda: self._refuse("busy"))
        self._exchange.agenda.run_due()

    def fail(self) -> None:
        """Break a ringing leg as an unreachable phone does: it ends failed."""
        self._require_ringing("fail")
        self._exchange.soon(lambda: self._refuse("failed"))
        self._exchange.agenda.run_due()

    def _require_ringing(self, act: str) -> None:
        if self._call.status != "ringing" or not self._call.direction.startswith("outbound"):
            raise ValueError(f"{self!r}: cannot {act}, expected a ringing leg to this phone")

    def _refuse(self, status: str) -> None:
        if self._call.status == "ringing":
            legs.end(self._exchange, self._call, status)

    def _put_down(self) -> None:
        unanswered = "canceled" if self._call.direction == "inbound" else "busy"
        legs.end(self._exchange, self._call, "completed" if self._call.answered_at else unanswered)

    def _give(self, event: Event, heard: Heard | None) -> None:
        script = self._call.script
        if (script is None or not script.wake(event)) and heard is not None:
            self._call.lost.append(heard)
