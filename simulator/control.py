"""Control of the network over HTTP, for people and tests on this machine: JSON under /control."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from simulator.clock import Clock
from simulator.dispatcher import Dispatcher
from simulator.misbehaviour import changed
from simulator.network import Network
from simulator.phone import Phone
from simulator.phone_state import phone_state

LOOPBACK = re.compile(r"127\..*|::1|::ffff:127\..*")
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
LARGEST_BODY = 1 << 20
Arguments = dict[str, Any]
ACTS: dict[str, Callable[[Phone, Arguments], None]] = {
    "press": lambda phone, given: phone.press(str(given["keys"])),
    "say": lambda phone, given: phone.say(str(given["text"]), given.get("confidence", 0.9)),
    "fall-silent": lambda phone, _: phone.fall_silent(),
    "hang-up": lambda phone, _: phone.hang_up(),
    "answer": lambda phone, _: phone.answer(),
    "decline": lambda phone, _: phone.decline(),
    "fail": lambda phone, _: phone.fail(),
    "parameters": lambda phone, given: phone.parameters.update(given),
}


class Refused(Exception):
    """What was asked cannot be done; `status` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Control:
    """A WSGI application whose every request is carried out on the agenda's thread."""

    def __init__(self, network: Network, clock: Clock, dispatcher: Dispatcher) -> None:
        self._network = network
        self._clock = clock
        self._dispatcher = dispatcher
        self._routes: list[tuple[str, str, Callable[..., Any]]] = [
            ("POST", "calls", self._dial),
            ("POST", "browser-calls", self._browser_call),
            ("GET", "ringing", self._ringing),
            ("GET", "phones", self._phones),
            ("GET", r"phones/(\w+)", self._show),
            ("POST", r"phones/(\w+)/([a-z-]+)", self._act),
            ("GET", "statistics", self._statistics),
            ("POST", "statistics/reset", self._reset),
            ("GET", "errors", self._errors),
            ("GET", "faults", self._faults),
            ("POST", "faults", self._set_faults),
            ("GET", "time", self._time),
        ]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            refuse_strangers(environ)
            handler, parts = self._find(environ)
            given = arguments(environ)
            status, content = 200, self._dispatcher.do(lambda: handler(given, *parts))
        except Refused as refused:
            status, content = refused.status, {"error": str(refused)}
        except KeyError as missing:
            status, content = 400, {"error": f"{missing.args[0]}"}
        except (ValueError, TypeError) as wrong:
            status, content = 409, {"error": str(wrong)}
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        if status >= 400:
            headers.append(("Connection", "close"))  # what came with the request may be unread
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _find(self, environ: WSGIEnvironment) -> tuple[Callable[..., Any], tuple[str, ...]]:
        path = environ["PATH_INFO"].removeprefix("/control/")
        for method, pattern, handler in self._routes:
            match = re.fullmatch(pattern, path)
            if match and method == environ["REQUEST_METHOD"]:
                return handler, match.groups()
        raise Refused(404, f"{environ['REQUEST_METHOD']} /control/{path}: no such thing to ask")

    def _dial(self, given: Arguments) -> Any:
        return phone_state(self._network.dial(given["from"], given["to"], given.get("parameters")), 0)

    def _browser_call(self, given: Arguments) -> Any:
        return phone_state(self._network.browser_dials(given["identity"], given.get("parameters") or {}), 0)

    def _ringing(self, given: Arguments) -> Any:
        address = given.get("address")
        ringing = self._network.ringing(address) if address else self._network.all_ringing()
        return {"phones": [phone_state(phone) for phone in ringing]}

    def _phones(self, _: Arguments) -> Any:
        return {"phones": [phone_state(phone) for phone in self._network.live_phones()]}

    def _phone(self, sid: str) -> Phone:
        call = self._network.calls.get(sid)
        if call is None:
            raise Refused(404, f"{sid}: no such call")
        return self._network.phone(call)

    def _show(self, given: Arguments, sid: str) -> Any:
        return phone_state(self._phone(sid), int(given.get("since", 0)))

    def _act(self, given: Arguments, sid: str, act: str) -> Any:
        if act not in ACTS:
            raise Refused(404, f"{act}: expected one of {', '.join(ACTS)}")
        phone = self._phone(sid)
        ACTS[act](phone, given)
        return phone_state(phone)

    def _statistics(self, _: Arguments) -> Any:
        live = self._network.live_phones()
        return self._network.answer_times.report() | {"errors": self._network.error_count, "live_calls": len(live)}

    def _reset(self, _: Arguments) -> Any:
        self._network.reset_statistics()
        return {}

    def _errors(self, given: Arguments) -> Any:
        """Return the errors numbered from `since`, as far as they are still kept."""
        errors, count = list(self._network.errors), self._network.error_count
        first = count - len(errors)
        shown = errors[max(int(given.get("since", 0)) - first, 0) :]
        return {"count": count, "errors": [asdict(error) | {"at": error.at.isoformat()} for error in shown]}

    def _faults(self, _: Arguments) -> Any:
        return asdict(self._network.misbehaviour)

    def _set_faults(self, given: Arguments) -> Any:
        """Set some numbers anew, all of them checked first; `legs` is set as a whole."""
        faults = self._network.misbehaviour
        kinds = {"callbacks": faults.callbacks, "requests": faults.requests, "rest": faults.rest}
        if unknown := set(given) - {*kinds, "legs"}:
            raise ValueError(f"{', '.join(sorted(unknown))}: expected callbacks, requests, rest or legs")
        anew = {kind: changed(kinds[kind], given[kind]) for kind in kinds if kind in given}
        if "legs" in given:
            faults.legs.clear()
            for address, status in dict(given["legs"]).items():
                self._network.break_legs(address, status)
        for kind, value in anew.items():
            setattr(faults, kind, value)
        return asdict(faults)

    def _time(self, _: Arguments) -> Any:
        return {"now": self._clock.now().isoformat()}


def refuse_strangers(environ: WSGIEnvironment) -> None:
    """Let in only programs on this machine: no other host, and no web page that a browser here has open."""
    host = urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname
    if not LOOPBACK.fullmatch(environ["REMOTE_ADDR"]) or host not in LOCAL_NAMES:
        raise Refused(403, "control is for this machine only")
    if environ["REQUEST_METHOD"] == "POST" and environ.get("CONTENT_TYPE", "") != "application/json":
        raise Refused(415, "expected Content-Type: application/json")


def arguments(environ: WSGIEnvironment) -> Arguments:
    if environ["REQUEST_METHOD"] == "GET":
        return dict(parse_qsl(environ.get("QUERY_STRING", "")))
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BODY:
        raise Refused(413, f"expected at most {LARGEST_BODY} bytes")
    try:
        given = json.loads(environ["wsgi.input"].read(length) or b"{}")
    except ValueError as fault:
        raise Refused(400, f"expected JSON: {fault}") from fault
    if not isinstance(given, dict):
        raise Refused(400, "expected a JSON object")
    return given
