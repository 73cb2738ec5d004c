"""Carries signed requests to the product over HTTP, with Twilio's limits and retries."""

import time
from collections import deque
from collections.abc import Callable

from urllib3 import HTTPResponse, PoolManager, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)

from simulator.clock import Clock
from simulator.courier import Courier
from simulator.faults import BAD_HOST, CONNECTION_FAILURE, TLS_HANDSHAKE
from simulator.overrides import Limits, limits
from simulator.parcel import Answer, Parcel, Sealed, Undelivered
from simulator.pool import Pool

MOST_IN_FLIGHT = 256  # beyond these a request waits for another to come back
DELIVERIES_KEPT = 2000
CHUNK = 16_384


class TooLate(HTTPError):
    """The whole answer did not come in time."""


class HttpCourier(Courier):
    """Keeps connections open; requests do not wait for each other, so callbacks may overtake."""

    def __init__(self, clock: Clock, auth_token: str) -> None:
        super().__init__(clock, auth_token)
        self.deliveries = deque(maxlen=DELIVERIES_KEPT)
        self._threads = Pool(MOST_IN_FLIGHT, "webhook")
        self._connections = PoolManager(num_pools=8, maxsize=MOST_IN_FLIGHT, retries=False)
        self._closed = False

    def post(self, parcel: Parcel, then: Callable[[], None]) -> bool:
        if not self._closed:
            self._threads.submit(lambda: self._carry(parcel, then))
        return False

    def close(self) -> None:
        self._closed = True
        self._connections.clear()

    def _carry(self, parcel: Parcel, then: Callable[[], None]) -> None:
        try:
            self._try_often(parcel)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the call must go on without an answer
            parcel.failure = Undelivered(CONNECTION_FAILURE, f"{parcel.method} {parcel.url}: {fault!r}")
        then()

    def _try_often(self, parcel: Parcel) -> None:
        """Try as often as the URL allows; the last try counts."""
        sent, allowed = self.seal(parcel), limits(parcel.url)
        deadline = time.monotonic() + allowed.total_seconds
        for tries in range(allowed.retries + 1):
            outcome = self._try_once(parcel, sent, allowed, deadline)
            if not allowed.retries_after(outcome) or tries == allowed.retries or time.monotonic() >= deadline:
                return

    def _try_once(self, parcel: Parcel, sent: Sealed, allowed: Limits, deadline: float) -> str:
        """Send once and note the answer or the failure; return what a retry policy calls it."""
        began = time.monotonic()
        parcel.answer = parcel.failure = None
        try:
            parcel.answer = self._exchange(sent, allowed, deadline)
        except HTTPError as fault:
            outcome, code = diagnosis(fault)
            parcel.failure = Undelivered(code, f"{sent.method} {sent.url}: {fault}")
        else:
            outcome = f"{parcel.answer.status // 100}xx"
        self.remember(sent, parcel.token, parcel.answer, time.monotonic() - began)
        return outcome

    def _exchange(self, sent: Sealed, allowed: Limits, deadline: float) -> Answer:
        left = max(deadline - time.monotonic(), 0.001)
        response = self._connections.request(
            sent.method,
            sent.url,
            body=sent.body or None,
            headers=sent.headers,
            timeout=Timeout(connect=min(allowed.connect_seconds, left), read=allowed.read_seconds, total=left),
            redirect=False,
            preload_content=False,
        )
        if not isinstance(response, HTTPResponse):
            raise TypeError(f"urllib3 answered with {type(response)}")
        try:
            body = read_until(response, deadline)
        except BaseException:
            response.close()
            raise
        response.release_conn()
        headers = response.headers
        return Answer(response.status, headers.get("Content-Type", ""), headers.get("Location", ""), body)


def read_until(response: HTTPResponse, deadline: float) -> bytes:
    body = b""
    for chunk in response.stream(CHUNK):
        body += chunk
        if time.monotonic() > deadline:
            raise TooLate("the answer was not complete in time")
    return body


def diagnosis(fault: HTTPError) -> tuple[str, int]:
    """Return a failure in the words of a retry policy, and Twilio's error number."""
    if isinstance(fault, NameResolutionError | LocationParseError):
        return "ct", BAD_HOST
    if isinstance(fault, SSLError):
        return "ct", TLS_HANDSHAKE
    if isinstance(fault, NewConnectionError | ConnectTimeoutError):
        return "ct", CONNECTION_FAILURE
    return "rt", CONNECTION_FAILURE  # too late, or the connection broke after the request was sent
