"""Phones on a network in another process, over its control: they look like Network and Phone."""

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from requests import Session
from requests.adapters import HTTPAdapter

from simulator.calls import Heard
from simulator.phone_state import heard_from

TIMEOUT_SECONDS = 10.0
FRESH_SECONDS = 0.05  # how old the state of a phone may be when one of its properties is read
LOOK_EVERY_SECONDS = 0.02


class ControlError(Exception):
    """The network's control refused; the message is its own."""


class RemoteNetwork:
    """The network at `base_url`. A program with many phones calls `refresh` now and then and sets `fresh_seconds` high,
    so that one request brings the state of all.
    """

    def __init__(self, base_url: str, *, fresh_seconds: float = FRESH_SECONDS) -> None:
        self._base = base_url.rstrip("/") + "/control/"
        self._session = Session()
        self._session.mount("http://", HTTPAdapter(pool_maxsize=64))
        self._phones: dict[str, RemotePhone] = {}
        self.fresh_seconds = fresh_seconds

    def dial(self, from_: str, to: str, parameters: Mapping[str, Any] | None = None) -> "RemotePhone":
        return self._known(self.ask("POST", "calls", {"from": from_, "to": to, "parameters": parameters}))

    def browser_dials(self, identity: str, parameters: Mapping[str, str]) -> "RemotePhone":
        return self._known(self.ask("POST", "browser-calls", {"identity": identity, "parameters": dict(parameters)}))

    def ringing(self, address: str) -> list["RemotePhone"]:
        """Return the legs now ringing at an address, oldest first."""
        return [self._known(state) for state in self.ask("GET", "ringing", {"address": address})["phones"]]

    def all_ringing(self) -> list["RemotePhone"]:
        return [self._known(state) for state in self.ask("GET", "ringing")["phones"]]

    def live_phones(self) -> list["RemotePhone"]:
        """Return the phones of all calls that have not ended."""
        return [self._known(state) for state in self.ask("GET", "phones")["phones"]]

    def refresh(self) -> None:
        """Bring every known phone up to date with one request; those that ended meanwhile with one more each."""
        live = {phone.sid for phone in self.live_phones()}
        for sid, phone in list(self._phones.items()):
            if sid not in live and not phone.known_to_be_over:
                phone.look()

    def phone(self, sid: str) -> "RemotePhone":
        return self._phones.get(sid) or self._known(self.ask("GET", f"phones/{sid}"))

    def forget(self, sid: str) -> None:
        """Keep no phone for a call any more; a long run does so for calls that are over."""
        self._phones.pop(sid, None)

    def statistics(self) -> dict[str, Any]:
        return self.ask("GET", "statistics")

    def reset_statistics(self) -> None:
        self.ask("POST", "statistics/reset", {})

    def errors(self, since: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("GET", "errors", {"since": since})["errors"]
        return found

    def faults(self) -> dict[str, Any]:
        return self.ask("GET", "faults")

    def set_faults(self, **kinds: dict[str, Any]) -> dict[str, Any]:
        """Misbehave: set_faults(callbacks={"copies": 2}, rest={"refuse_next": 3}, legs={"client:a": "busy"})."""
        return self.ask("POST", "faults", kinds)

    def now(self) -> str:
        return str(self.ask("GET", "time")["now"])

    def ask(self, method: str, path: str, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Make one request to control; ControlError when it refuses, requests' own errors when it is not there."""
        url = self._base + path
        if method == "GET":
            url += "?" + urlencode(given or {})
        body = None if method == "GET" else dict(given or {})
        answer = self._session.request(method, url, json=body, timeout=TIMEOUT_SECONDS)
        content: dict[str, Any] = answer.json()
        if answer.status_code >= 400:
            raise ControlError(f"{method} {path}: {content.get('error')}")
        return content

    def _known(self, state: dict[str, Any]) -> "RemotePhone":
        phone = self._phones.get(state["sid"])
        if phone is None:
            phone = self._phones[state["sid"]] = RemotePhone(self, state["sid"])
        phone.take(state)
        return phone


class RemotePhone:
    """One party's phone. An act returns when it is done; what the product makes of it shows some milliseconds later."""

    def __init__(self, network: RemoteNetwork, sid: str) -> None:
        self._network = network
        self.sid = sid
        self._state: dict[str, Any] = {}
        self._seen = 0.0
        self._transcript: list[Heard] = []

    def __repr__(self) -> str:
        return f"<RemotePhone {self._state['from']} to {self._state['to']}: {self._state['status']}>"

    def take(self, state: dict[str, Any]) -> None:
        """Keep a state that control sent."""
        self._state = state
        self._seen = time.monotonic()
        start = state["transcript_length"] - len(state.get("transcript", ()))
        if "transcript" in state and start <= len(self._transcript):
            self._transcript[start:] = [heard_from(heard) for heard in state["transcript"]]

    def look(self) -> None:
        """Ask for the present state, with what was heard since."""
        self.take(self._network.ask("GET", f"phones/{self.sid}", {"since": len(self._transcript)}))

    @property
    def known_to_be_over(self) -> bool:
        return bool(self._state["ended"])

    def _fresh(self) -> dict[str, Any]:
        if not self.known_to_be_over and time.monotonic() - self._seen > self._network.fresh_seconds:
            self.look()
        return self._state

    @property
    def to(self) -> str:
        return str(self._state["to"])

    @property
    def status(self) -> str:
        return str(self._fresh()["status"])

    @property
    def ended(self) -> bool:
        return bool(self._fresh()["ended"])

    @property
    def listening(self) -> bool:
        return bool(self._fresh()["listening"])

    @property
    def question(self) -> object | None:
        """Name the open Gather, to tell one question from the next; None when the line does not listen."""
        question: str | None = self._fresh()["question"]
        return question

    @property
    def hears(self) -> str:
        return str(self._fresh()["hears"])

    @property
    def in_conference(self) -> bool:
        return bool(self._fresh()["in_conference"])

    @property
    def connected_to(self) -> set[str]:
        return set(self._fresh()["connected_to"])

    @property
    def held(self) -> bool:
        return bool(self._fresh()["held"])

    @property
    def muted(self) -> bool:
        return bool(self._fresh()["muted"])

    @property
    def custom_parameters(self) -> dict[str, str]:
        return dict(self._state["custom_parameters"])

    @property
    def transcript(self) -> list[Heard]:
        if self._fresh()["transcript_length"] > len(self._transcript):
            self.look()
        return self._transcript

    @property
    def said(self) -> list[str]:
        """Everything the line said to this phone, in order."""
        return [heard.text for heard in self.transcript if heard.who == "line" and heard.text]

    def press(self, keys: str) -> None:
        self._act("press", {"keys": keys})

    def say(self, text: str, confidence: float | None = 0.9) -> None:
        self._act("say", {"text": text, "confidence": confidence})

    def fall_silent(self) -> None:
        self._act("fall-silent")

    def hang_up(self) -> None:
        self._act("hang-up")

    def answer(self) -> None:
        """Pick up; ControlError when it does not ring."""
        self._act("answer")

    def decline(self) -> None:
        self._act("decline")

    def fail(self) -> None:
        self._act("fail")

    def set_parameters(self, parameters: Mapping[str, Any]) -> None:
        """Add parameters to every later request about this call."""
        self._act("parameters", parameters)

    def wait_until(self, holds: Callable[["RemotePhone"], bool], most_seconds: float = 10.0) -> None:
        """Wait, in real seconds, until something holds of this phone; TimeoutError when it does not in time."""
        until = time.monotonic() + most_seconds
        self.look()
        while not holds(self):
            if time.monotonic() > until:
                raise TimeoutError(f"{self!r}: it did not come to that within {most_seconds} s; {self._state}")
            time.sleep(LOOK_EVERY_SECONDS)
            self.look()

    def wait_until_listening(self, most_seconds: float = 10.0) -> None:
        self.wait_until(lambda phone: phone.listening, most_seconds)

    def _act(self, act: str, given: Mapping[str, Any] | None = None) -> None:
        self.take(self._network.ask("POST", f"phones/{self.sid}/{act}", given))
