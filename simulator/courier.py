"""Carries signed requests to the product: here over WSGI, in the same process."""

import base64
import io
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, MutableSequence
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from simulator.answer_times import AnswerTimes
from simulator.clock import Clock
from simulator.parcel import FORM, USER_AGENT, Answer, Delivery, Parcel, Sealed, seal

NOTHING = Answer(0, "", "", b"")


class Courier(ABC):
    """Takes parcels to the product and remembers every delivery in the order of their answers."""

    def __init__(self, clock: Clock, auth_token: str) -> None:
        self._clock = clock
        self._auth_token = auth_token
        self.deliveries: MutableSequence[Delivery] = []
        self.times = AnswerTimes()

    @abstractmethod
    def post(self, parcel: Parcel, then: Callable[[], None]) -> bool:
        """Send; True when the answer is already in the parcel, else `then` is called once it is, on any thread."""

    def seal(self, parcel: Parcel) -> Sealed:
        return seal(parcel, self._auth_token)

    def remember(self, sent: Sealed, token: str, answer: Answer | None, seconds: float) -> None:
        kept = Delivery(self._clock.now(), sent.method, sent.url, sent.pairs, token, answer or NOTHING, seconds)
        self.deliveries.append(kept)
        self.times.add(sent.url, kept.answer.status, seconds)


class WsgiCourier(Courier):
    """Reaches the product in this process; an exception of the product passes through."""

    def __init__(self, product: WSGIApplication, clock: Clock, auth_token: str) -> None:
        super().__init__(clock, auth_token)
        self._product = product

    def post(self, parcel: Parcel, then: Callable[[], None]) -> bool:  # noqa: ARG002 (the answer is there at once)
        sent = self.seal(parcel)
        environ = environment(sent.url, sent.method, sent.body)
        for name, value in sent.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        began = time.perf_counter()
        parcel.answer = call(self._product, environ)
        self.remember(sent, parcel.token, parcel.answer, time.perf_counter() - began)
        return True


def environment(url: str, method: str, body: bytes) -> WSGIEnvironment:
    """Return the WSGI environ of a request as a server would build it, RAW_URI and REQUEST_URI included."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"webhook {url!r}: expected an absolute http(s) URL")
    raw_path = parts.path or "/"
    raw = raw_path + (f"?{parts.query}" if parts.query else "")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw_path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "RAW_URI": raw,
        "REQUEST_URI": raw,
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "54.172.60.1",
        "HTTP_HOST": parts.netloc.rpartition("@")[2],
        "HTTP_USER_AGENT": USER_AGENT,
        "HTTP_ACCEPT": "*/*",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if method != "GET":
        environ["CONTENT_TYPE"] = FORM
    if parts.username is not None:
        login = f"{parts.username}:{parts.password or ''}".encode()
        environ["HTTP_AUTHORIZATION"] = "Basic " + base64.b64encode(login).decode()
    return environ


def call(app: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """Run one WSGI request to its end."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Callable[[bytes], object]:
        started.append((status, headers))
        return written.append

    starter: StartResponse = start_response
    chunks: Iterable[bytes] = app(environ, starter)
    try:
        written.extend(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = started[-1]
    named = {name.lower(): value for name, value in headers}
    return Answer(int(status.split()[0]), named.get("content-type", ""), named.get("location", ""), b"".join(written))
