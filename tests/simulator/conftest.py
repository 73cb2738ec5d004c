"""A tiny product: TwiML by path, and every request it got."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from simulator import Network, NumberConfig, VirtualClock
from simulator.courier import call, environment

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-real-token-but-32-bytes-long"
HOST = "https://line.example"
SAY = '<Say language="ko-KR" voice="Google.ko-KR-Neural2-A">{}</Say>'


@dataclass
class Seen:
    """One request the product got."""

    path: str
    form: dict[str, str]
    environ: dict[str, Any]
    body: bytes


@dataclass
class Product:
    """Serves `pages[path]`: TwiML inside <Response>, whole XML, a callable of the form, or (status, headers, body)."""

    pages: dict[str, Any] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        body = environ["wsgi.input"].read()
        query = environ["QUERY_STRING"] if environ["REQUEST_METHOD"] == "GET" else body.decode("latin-1")
        form = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
        self.seen.append(Seen(environ["PATH_INFO"], form, environ, body))
        page = self.pages.get(environ["PATH_INFO"], (204, [], b""))
        if isinstance(page, Callable):
            page = page(form)
        if isinstance(page, str):
            text = page if page.startswith("<?xml") or "<Response" in page else f"<Response>{page}</Response>"
            page = (200, [("Content-Type", "text/xml; charset=utf-8")], text.encode())
        status, headers, content = page
        start_response(f"{status} -", headers)
        return [content]

    def posts(self, path: str) -> list[dict[str, str]]:
        return [seen.form for seen in self.seen if seen.path == path]

    def events(self, path: str, name: str = "StatusCallbackEvent") -> list[str]:
        return [form.get(name, "") for form in self.posts(path)]


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))


@pytest.fixture
def product() -> Product:
    return Product()


@pytest.fixture
def network(product, clock) -> Network:
    made = Network(product, clock=clock, account_sid=ACCOUNT, auth_token=TOKEN)
    made.numbers["1379"] = NumberConfig(f"{HOST}/voice", f"{HOST}/status")
    made.browser_app = NumberConfig(f"{HOST}/browser", f"{HOST}/status")
    return made


@pytest.fixture
def passes(network, clock):
    """Let seconds pass."""
    return lambda seconds: network.run_until(clock.now() + timedelta(seconds=seconds))


@pytest.fixture
def rest(network):
    """Ask the REST API as curl would: rest("POST", "Calls.json", To=..., ...) gives (status, JSON)."""

    def ask(method: str, path: str, login: str = f"{ACCOUNT}:{TOKEN}", **fields: Any) -> tuple[int, Any]:
        form = urlencode(fields, doseq=True)
        url = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/{path}"
        if method == "GET" and form:
            url += f"?{form}"
        environ = environment(url, method, b"" if method == "GET" else form.encode())
        environ["HTTP_AUTHORIZATION"] = "Basic " + b64encode(login.encode()).decode()
        answer = call(network.rest, environ)
        return answer.status, json.loads(answer.body or b"null")

    return ask
