"""Twilio's REST API for calls, conferences and participants; a command only goes on the agenda.

https://www.twilio.com/docs/voice/api
"""

import base64
import json
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from simulator import rest_calls, rest_conferences, rest_recordings
from simulator.exchange import Exchange
from simulator.rest_errors import NOT_FOUND, RestError
from simulator.rest_query import Query

Reply = tuple[int, dict[str, Any] | bytes]
Handler = Callable[[Exchange, Query], tuple[int, dict[str, Any]]]
ROUTES: list[tuple[str, str, Handler]] = [
    ("POST", r"Calls", rest_calls.create),
    ("GET", r"Calls", rest_calls.listed),
    ("GET", r"Calls/(?P<call>\w+)", rest_calls.fetched),
    ("POST", r"Calls/(?P<call>\w+)", rest_calls.updated),
    ("POST", r"Calls/(?P<call>\w+)/Recordings", rest_recordings.create),
    ("GET", r"Calls/(?P<call>\w+)/Recordings", rest_recordings.listed),
    ("GET", r"Calls/(?P<call>\w+)/Recordings/(?P<recording>[\w.]+)", rest_recordings.fetched),
    ("POST", r"Calls/(?P<call>\w+)/Recordings/(?P<recording>[\w.]+)", rest_recordings.updated),
    ("DELETE", r"Calls/(?P<call>\w+)/Recordings/(?P<recording>[\w.]+)", rest_recordings.deleted),
    ("GET", r"Conferences/(?P<room>\w+)/Recordings", rest_recordings.listed),
    ("GET", r"Conferences/(?P<room>\w+)/Recordings/(?P<recording>[\w.]+)", rest_recordings.fetched),
    ("POST", r"Conferences/(?P<room>\w+)/Recordings/(?P<recording>[\w.]+)", rest_recordings.updated),
    ("DELETE", r"Conferences/(?P<room>\w+)/Recordings/(?P<recording>[\w.]+)", rest_recordings.deleted),
    ("GET", r"Recordings", rest_recordings.listed),
    ("GET", r"Recordings/(?P<recording>\w+)", rest_recordings.fetched),
    ("DELETE", r"Recordings/(?P<recording>\w+)", rest_recordings.deleted),
    ("GET", r"Conferences", rest_conferences.listed),
    ("GET", r"Conferences/(?P<room>\w+)", rest_conferences.fetched),
    ("POST", r"Conferences/(?P<room>\w+)", rest_conferences.updated),
    ("GET", r"Conferences/(?P<room>\w+)/Participants", rest_conferences.participants),
    ("POST", r"Conferences/(?P<room>[^/]+)/Participants", rest_conferences.participant_created),
    ("GET", r"Conferences/(?P<room>\w+)/Participants/(?P<person>[^/]+)", rest_conferences.participant),
    ("POST", r"Conferences/(?P<room>\w+)/Participants/(?P<person>[^/]+)", rest_conferences.participant_updated),
    ("DELETE", r"Conferences/(?P<room>\w+)/Participants/(?P<person>[^/]+)", rest_conferences.participant_removed),
]


class RestApi:
    """A WSGI application; it knows the account's token and paces the calls it is asked to make.

    `run` carries a request out: at once here, on the network's own thread where there is one.
    """

    def __init__(self, exchange: Exchange, auth_token: str, calls_per_second: float) -> None:
        self._exchange = exchange
        self.run: Callable[[Callable[[], Reply]], Reply] = lambda work: work()
        self.hang: Callable[[float], None] = out_of_patience
        login = f"{exchange.account_sid}:{auth_token}".encode()
        self._authorization = "Basic " + base64.b64encode(login).decode()
        exchange.call_gap = timedelta(seconds=1 / calls_per_second)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = read_query(environ)
        faults = self._exchange.misbehaviour.rest
        try:
            status, content = self.run(lambda: self._answer(environ, query))
        except RestError as error:
            status, content = error.status, error.content()
        if faults.loses_this_reply():
            raise ConnectionResetError("REST: the reply was lost on command; the request was carried out")
        if faults.hangs():
            self.hang(faults.hang_seconds)
        kind = "application/json"
        if isinstance(content, bytes):
            kind, body = "audio/x-wav", content
        else:
            body = b"" if status == 204 else json.dumps(content, ensure_ascii=False).encode()
        headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment, query: Query) -> Reply:
        faults = self._exchange.misbehaviour.rest
        if faults.refuses():
            raise RestError(faults.refuse_status, 20_000 + faults.refuse_status, "refused on command")
        if environ.get("HTTP_AUTHORIZATION") != self._authorization:
            raise RestError(401, 20003, "Authenticate")
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        prefix = f"/2010-04-01/Accounts/{self._exchange.account_sid}/"
        sound = re.fullmatch(re.escape(prefix) + r"Recordings/(?P<sid>RE\w+)(\.wav)?", path)
        if sound and method == "GET":
            return 200, rest_recordings.media(self._exchange, sound["sid"])
        known = False
        for allowed, pattern, handler in ROUTES:
            match = re.fullmatch(re.escape(prefix) + pattern + r"\.json", path)
            known = known or match is not None
            if match and allowed == method:
                return handler(self._exchange, Query(query.pairs, match.groupdict(), path))
        if known:
            raise RestError(405, 20004, "Method not allowed")
        raise RestError(404, NOT_FOUND, f"The requested resource {path} was not found")


def out_of_patience(seconds: float) -> None:
    """Stand for a client that stopped waiting, where no real time passes."""
    raise TimeoutError(f"REST: no reply within {seconds} s; the request was carried out")


def read_query(environ: WSGIEnvironment) -> Query:
    """Return the parameters of the query string and the form, in order."""
    pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length:
        pairs += parse_qsl(environ["wsgi.input"].read(length).decode(), keep_blank_values=True)
    return Query(pairs, {}, environ["PATH_INFO"])
