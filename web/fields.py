"""The fields of a webhook as Twilio may send them, and as anybody may: missing, huge, repeated, hostile."""

import hashlib
import hmac
import json
import math
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from switchboard.house import log

LONGEST_WORDS = 2000  # characters of speech kept; a minute of talking is about 600
LONGEST_VALUE = 200
MOST_FIELDS = 1000  # Twilio sends about 40, and one more for each header of a SIP call
BODY_HASH = b"bodySHA256"
_READ = "line.fields"
_CALL_SID = re.compile(r"CA[0-9a-f]{32}")
_KEYS = re.compile(r"[^0-9*#]")
_UNKEEPABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_UTF8 = "\ufffd"  # what stands where the bytes were no text
_ORIGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE)


@dataclass(frozen=True)
class Fields:
    """A form read leniently: the first of repeated values counts, and what is odd is logged, never refused."""

    pairs: tuple[tuple[str, str], ...]

    def text(self, name: str, longest: int = LONGEST_VALUE) -> str:
        """Return a field's value fit to be kept, empty when it is missing."""
        values = self._values(name)
        raw = values[0] if values else ""
        kept = _UNKEEPABLE.sub(" ", raw[:longest]).strip()
        if len(values) > 1 or kept != raw.strip() or _NOT_UTF8 in raw:
            self._is_odd(name)
        return kept

    def only(self, name: str) -> str:
        """Return a field that says who may do something: repeated with another value it says nothing."""
        return self.text(name) if len(set(self._values(name))) == 1 else ""

    def keys(self) -> str:
        digits = self.text("Digits")
        keys = _KEYS.sub("", digits)
        if keys != digits:
            self._is_odd("Digits")
        return keys

    def words(self) -> str:
        return self.text("SpeechResult", LONGEST_WORDS)

    def number(self, name: str) -> float | None:
        try:
            number = float(self.text(name))
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    def whole(self, name: str) -> int | None:
        """Return a whole number small enough for any column, or None."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def _values(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def _is_odd(self, name: str) -> None:
        """Log the field without its value, which may be anything."""
        values = self._values(name)
        log.warning("webhook.odd_field", field=name, times=len(values), length=len(values[0]))


def read_fields(request: Request) -> Fields:
    """Read the body: as JSON if its hash is in the address, else as a URL-encoded form, whatever it says it is.

    Text that is not UTF-8 is replaced. What has more than MOST_FIELDS is refused with 413. Read once for each request:
    the signature is over the same fields.
    """
    read: Fields | None = request.environ.get(_READ)
    if read is None:
        request.environ[_READ] = read = _read(request)
    return read


def _read(request: Request) -> Fields:
    body = request.get_data(cache=True)
    if is_json(request):
        return Fields(tuple(_json_pairs(body)))
    if body.count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge
    pairs = (pair.partition(b"=") for pair in body.split(b"&") if pair)
    return Fields(tuple((_decoded(name), _decoded(value)) for name, _, value in pairs))


def is_json(request: Request) -> bool:
    """Say whether this is Twilio's JSON, whose signature covers the address alone, and in it the hash of the body."""
    return request.mimetype == "application/json" and bool(_hashes_told(request))


def is_whole(request: Request) -> bool:
    """Say whether a JSON body is the one whose hash the signed address gives."""
    told = _hashes_told(request)
    found = hashlib.sha256(request.get_data(cache=True)).hexdigest()
    return len(told) == 1 and hmac.compare_digest(told[0], found.encode())


def _hashes_told(request: Request) -> list[bytes]:
    """Return the hashes in the address as they came; an address may hold any bytes."""
    parts = (part.partition(b"=") for part in request.query_string.split(b"&"))
    return [value for name, _, value in parts if name == BODY_HASH]


def _json_pairs(body: bytes) -> Iterator[tuple[str, str]]:
    """Return the plain values of a top-level object; anything nested, or no object at all, holds no field of ours."""
    try:
        told = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        log.warning("webhook.odd_json", length=len(body))
        return
    if isinstance(told, dict) and len(told) > MOST_FIELDS:
        raise RequestEntityTooLarge
    for name, value in told.items() if isinstance(told, dict) else ():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, bool | int | float):
            yield name, json.dumps(value)


def _decoded(encoded: bytes) -> str:
    plain = encoded if encoded.isalnum() else unquote_to_bytes(encoded.replace(b"+", b" "))
    return plain.decode("utf-8", "replace")


def call_sid(fields: Fields, request: Request) -> str:
    """Return the call's id. A call without a proper one is not lost: it gets one of ours.

    That is the same for every request with the same odd id and caller, so that the report of its end finds it; without
    any id it comes from the request's own token.
    """
    sid = fields.text("CallSid")
    if _CALL_SID.fullmatch(sid):
        return sid
    log.warning("webhook.odd_call_sid", length=len(sid))
    token = request.headers.get("I-Twilio-Idempotency-Token") or secrets.token_hex(16)
    known_by = f"{sid} {fields.text('From')}" if sid else token
    return "CX" + hashlib.sha256(known_by.encode("utf-8", "replace")).hexdigest()[:32]


def raw_address(request: Request, public_base_url: str) -> str:
    """Return the address Twilio signed: ours as configured, and the path exactly as it came, escapes and all.

    Host and X-Forwarded-* headers say nothing here. A path that the base URL has too is counted once.
    """
    environ = request.environ
    raw = str(environ.get("RAW_URI") or environ.get("REQUEST_URI") or "")
    if raw:
        raw = _ORIGIN.sub("", raw.encode("latin-1", "replace").decode("utf-8", "replace"), count=1)
    else:
        query = request.query_string.decode("utf-8", "replace")
        raw = quote(request.root_path + request.path) + (f"?{query}" if query else "")
    mounted_at = urlsplit(public_base_url).path
    if request.root_path and mounted_at:
        raw = raw.removeprefix(mounted_at)
    return public_base_url + raw
