"""The fields of a webhook as Twilio may send them, and as anybody may: missing, huge, repeated, hostile."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from flask import Request

from switchboard.house import log

LONGEST_WORDS = 2000  # characters of speech kept; a minute of talking is about 600
LONGEST_VALUE = 200
_CALL_SID = re.compile(r"CA[0-9a-f]{32}")
_KEYS = re.compile(r"[^0-9*#]")
_UNKEEPABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Fields:
    """A form read leniently: the first of repeated values counts, and what is odd is logged, never refused."""

    pairs: tuple[tuple[str, str], ...]

    def text(self, name: str, longest: int = LONGEST_VALUE) -> str:
        """Return a field's value fit to be kept, empty when it is missing."""
        values = [value for key, value in self.pairs if key == name]
        raw = values[0] if values else ""
        kept = _UNKEEPABLE.sub(" ", raw[:longest]).strip()
        if len(values) > 1 or len(raw) > longest or kept != raw.strip():
            log.warning("webhook.odd_field", field=name[:LONGEST_VALUE], times=len(values), length=len(raw))
        return kept

    def keys(self) -> str:
        return _KEYS.sub("", self.text("Digits"))

    def words(self) -> str:
        return self.text("SpeechResult", LONGEST_WORDS)

    def number(self, name: str) -> float | None:
        try:
            return float(self.text(name))
        except ValueError:
            return None

    def whole(self, name: str) -> int | None:
        """Return a whole number small enough for any column, or None."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def read_fields(request: Request) -> Fields:
    """Read the body as a URL-encoded form, whatever it says it is; text that is not UTF-8 is replaced."""
    pairs = (pair.partition(b"=") for pair in request.get_data(cache=True).split(b"&") if pair)
    return Fields(tuple((_decoded(name), _decoded(value)) for name, _, value in pairs))


def _decoded(encoded: bytes) -> str:
    return unquote_to_bytes(encoded.replace(b"+", b" ")).decode("utf-8", "replace")


def call_sid(fields: Fields, request: Request) -> str:
    """Return the call's id. A call without a proper one is not lost: it gets an id from the request's own token."""
    sid = fields.text("CallSid")
    if _CALL_SID.fullmatch(sid):
        return sid
    token = request.headers.get("I-Twilio-Idempotency-Token") or secrets.token_hex(16)
    log.warning("webhook.odd_call_sid", length=len(sid))
    return "CX" + hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:32]


def raw_address(request: Request, public_base_url: str) -> str:
    """Return the address Twilio signed: ours as configured, and the path exactly as it came, escapes and all."""
    environ = request.environ
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if not raw:
        query = request.query_string.decode("latin-1")
        raw = quote(request.path) + (f"?{query}" if query else "")
    return public_base_url + str(raw)
