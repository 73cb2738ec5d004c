"""One request to the product, how it is signed and sealed, and what came back."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urldefrag, urlsplit, urlunsplit

from simulator.fields import Fields, Pairs, encode, flatten
from simulator.signature import as_text, sign

USER_AGENT = "TwilioProxy/1.1"
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True)
class Answer:
    """What the product answered."""

    status: int
    content_type: str
    location: str
    body: bytes


@dataclass(frozen=True)
class Undelivered:
    """Why no answer came, under Twilio's error number."""

    code: int
    reason: str


@dataclass(eq=False)
class Parcel:
    """A request on its way; once it is back, either `answer` or `failure` is set."""

    url: str  # with its fragment, which holds the limits of this request
    method: str
    fields: Fields
    token: str  # the same on every retry
    as_json: bool = False
    answer: Answer | None = None
    failure: Undelivered | None = None

    def again(self) -> "Parcel":
        """Return the same request, not yet sent."""
        return Parcel(self.url, self.method, self.fields, self.token, self.as_json)


@dataclass(frozen=True)
class Sealed:
    """A request as it travels: signed, without fragment and without login in the URL."""

    url: str
    method: str
    headers: dict[str, str]
    body: bytes
    pairs: Pairs


@dataclass(frozen=True)
class Delivery:
    """One request made and its answer, kept for inspection; status 0 when none came."""

    at: datetime
    method: str
    url: str
    fields: Pairs
    token: str
    answer: Answer
    seconds: float = 0.0  # of real time, from sending to the end of the answer

    def field(self, name: str) -> str | None:
        """Return the first value of a field, or None when it was not sent."""
        return next((str(value) for key, value in self.fields if key == name), None)


def seal(parcel: Parcel, auth_token: str) -> Sealed:
    """Sign a request: a form by its fields, JSON by the hash of its body in the URL, GET by its query."""
    url = urldefrag(parcel.url).url
    pairs = flatten(parcel.fields)
    headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "I-Twilio-Idempotency-Token": parcel.token}
    body, signed = b"", pairs
    if parcel.method == "GET":
        url, signed = with_query(url, encode(pairs)), []
    elif parcel.as_json:
        body = json.dumps({name: as_text(value) for name, value in pairs}, ensure_ascii=False).encode()
        url, signed = with_query(url, f"bodySHA256={hashlib.sha256(body).hexdigest()}"), []
        headers["Content-Type"] = "application/json"
    else:
        body = encode(pairs).encode("ascii")
        headers["Content-Type"] = FORM
    headers["X-Twilio-Signature"] = sign(auth_token, url, signed)
    bare, login = without_login(url)
    if login:
        headers["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
    return Sealed(bare, parcel.method, headers, body, pairs)


def with_query(url: str, query: str) -> str:
    if not query:
        return url
    return url + ("&" if "?" in url else "?") + query


def without_login(url: str) -> tuple[str, str]:
    """Return a URL without `user:password@`, and those two; the signature covers the URL with them."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"webhook {url!r}: expected an absolute http(s) URL")
    login, at, host = parts.netloc.rpartition("@")
    return (urlunsplit(parts._replace(netloc=host)), login) if at else (url, "")
