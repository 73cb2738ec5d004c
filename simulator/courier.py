"""Carries signed requests to the product over WSGI, as Twilio's proxy would over HTTP."""

import base64
import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_to_bytes, urldefrag, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from simulator.clock import VirtualClock
from simulator.fields import Fields, Pairs, encode, flatten
from simulator.signature import sign

USER_AGENT = "TwilioProxy/1.1"


@dataclass(frozen=True)
class Answer:
    """What the product answered."""

    status: int
    content_type: str
    location: str
    body: bytes


@dataclass(frozen=True)
class Delivery:
    """One request made and its answer, kept for inspection."""

    at: datetime
    method: str
    url: str
    fields: Pairs
    token: str
    answer: Answer

    def field(self, name: str) -> str | None:
        """Return the first value of a field, or None when it was not sent."""
        return next((str(value) for key, value in self.fields if key == name), None)


class Courier:
    """Posts forms to the product and remembers every delivery in order."""

    def __init__(self, product: WSGIApplication, clock: VirtualClock, auth_token: str) -> None:
        self._product = product
        self._clock = clock
        self._auth_token = auth_token
        self.deliveries: list[Delivery] = []

    def send(self, url: str, method: str, fields: Fields, token: str) -> Answer:
        """Make one signed request and return its answer; an exception of the product passes through."""
        target = urldefrag(url).url
        pairs = flatten(fields)
        if method == "GET" and pairs:
            target += ("&" if "?" in target else "?") + encode(pairs)
        body = b"" if method == "GET" else encode(pairs).encode("ascii")
        signature = sign(self._auth_token, target, [] if method == "GET" else pairs)
        environ = environment(target, method, body)
        environ |= {"HTTP_X_TWILIO_SIGNATURE": signature, "HTTP_I_TWILIO_IDEMPOTENCY_TOKEN": token}
        answer = call(self._product, environ)
        self.deliveries.append(Delivery(self._clock.now(), method, target, pairs, token, answer))
        return answer


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
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded; charset=UTF-8"
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
