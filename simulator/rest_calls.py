"""REST: create, list, read and change calls."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from simulator import legs
from simulator.calls import API_VERSION, BEFORE_ANSWER, Call, Request, Subscription
from simulator.exchange import Exchange, rfc2822
from simulator.grammar import CALL_EVENTS
from simulator.rest_errors import (
    INVALID_FROM,
    INVALID_PARAMETER,
    INVALID_TO,
    INVALID_URL,
    MISSING_FROM,
    MISSING_TO,
    NOT_FOUND,
    NOT_IN_PROGRESS,
    URL_XOR_TWIML,
    RestError,
)
from simulator.rest_query import Query, page

API_TIMEOUT_BUFFER = 5  # seconds Twilio adds to the Timeout of a call made through REST
LONGEST_INLINE_TWIML = 4000  # characters
CREATE = frozenset(
    {"To", "From", "Url", "Method", "Twiml", "FallbackUrl", "FallbackMethod", "Timeout", "CallerId", "Byoc"}
    | {"StatusCallback", "StatusCallbackEvent", "StatusCallbackMethod", "TimeLimit"}
)
UPDATE = frozenset({"Url", "Method", "Twiml", "Status", "FallbackUrl", "FallbackMethod"})
ADDRESS = re.compile(r"\+[1-9][0-9]{6,14}|client:[A-Za-z0-9_]{1,256}(\?[!-~]*)?|sips?:[!-~]+")
CALLER = re.compile(r"\+?[0-9]{3,15}|client:[A-Za-z0-9_]{1,256}|sips?:[!-~]+")


def create(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """Queue a new call; it starts when the rate of calls allows."""
    query.refuse_unknown(CREATE)
    to, from_ = query.get("To"), query.get("From")
    if not to:
        raise RestError(400, MISSING_TO, "No 'To' number is specified")
    if not from_:
        raise RestError(400, MISSING_FROM, "No 'From' number is specified")
    if not ADDRESS.fullmatch(to):
        raise RestError(400, INVALID_TO, f"The phone number you are attempting to call, {to}, is not valid.")
    if not CALLER.fullmatch(from_):
        raise RestError(400, INVALID_FROM, f"The 'From' number {from_} is not a valid phone number or client")
    request = requested(query)
    if request is None:
        raise RestError(400, INVALID_URL, "Url or Twiml parameter is required")
    call = exchange.new_call(from_, to.split("?", maxsplit=1)[0], "outbound-api")
    call.custom = dict(parse_qsl(to.partition("?")[2]))
    call.ring_seconds = query.number("Timeout", 60, 1, 600) + API_TIMEOUT_BUFFER
    call.fallback_url = query.get("FallbackUrl")
    call.subscription = subscribed(query)
    call.when_answered = lambda: legs.run(exchange, call, request)
    queue(exchange, call)
    return 201, resource(exchange, call)


def queue(exchange: Exchange, call: Call) -> None:
    """Give a call its slot: one call each `call_gap`, counted over the account."""
    slot = max(exchange.now(), exchange.next_slot)
    exchange.next_slot = slot + exchange.call_gap
    call.queue_seconds = (slot - exchange.now()).total_seconds()
    exchange.agenda.at(slot, lambda: legs.ring(exchange, call))


def requested(query: Query) -> Request | None:
    """Return the TwiML asked for, refusing a URL beside inline TwiML."""
    url, twiml = query.get("Url"), query.get("Twiml")
    if url and twiml:
        raise RestError(400, URL_XOR_TWIML, "Url and Twiml are mutually exclusive")
    if twiml:
        if len(twiml) > LONGEST_INLINE_TWIML:
            raise RestError(400, INVALID_PARAMETER, f"Twiml: at most {LONGEST_INLINE_TWIML} characters")
        return Request("", twiml=twiml)
    if not url:
        return None
    return Request(absolute(url), method(query, "Method"))


def absolute(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isascii():
        raise RestError(400, INVALID_URL, f"Url is not a valid URL: {url}")
    return url


def method(query: Query, name: str, default: str = "POST") -> str:
    given = query.get(name, default).upper()
    if given not in {"GET", "POST"}:
        raise RestError(400, INVALID_PARAMETER, f"{name} {given}: expected GET or POST")
    return given


def subscribed(query: Query) -> Subscription | None:
    if not query.get("StatusCallback"):
        return None
    events = query.all("StatusCallbackEvent") or ["completed"]
    for event in events:
        if event not in CALL_EVENTS:
            raise RestError(400, INVALID_PARAMETER, f"StatusCallbackEvent {event}: expected {', '.join(CALL_EVENTS)}")
    return Subscription(absolute(query.get("StatusCallback")), frozenset(events), method(query, "StatusCallbackMethod"))


def listed(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """List calls, newest first, filtered by Status, To, From and ParentCallSid."""
    query.refuse_unknown(frozenset({"Status", "To", "From", "ParentCallSid", "Page", "PageSize", "PageToken"}))
    rows = [resource(exchange, call) for call in reversed(exchange.calls.values())]
    for name, key in (("Status", "status"), ("To", "to"), ("From", "from"), ("ParentCallSid", "parent_call_sid")):
        if query.has(name):
            rows = [row for row in rows if row[key] == query.get(name)]
    return 200, page(query, "calls", rows)


def fetched(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    return 200, resource(exchange, find(exchange, query))


def find(exchange: Exchange, query: Query) -> Call:
    call = exchange.calls.get(query.path["call"])
    if call is None:
        raise RestError(404, NOT_FOUND, f"The requested resource {query.uri} was not found")
    return call


def updated(exchange: Exchange, query: Query) -> tuple[int, dict[str, Any]]:
    """Redirect or end a call; the change itself happens on the agenda."""
    query.refuse_unknown(UPDATE)
    call = find(exchange, query)
    request, status = requested(query), query.get("Status")
    if status not in {"", "completed", "canceled"}:
        raise RestError(400, INVALID_PARAMETER, f"Status {status}: expected completed or canceled")
    if (request is None) == (not status):
        raise RestError(400, INVALID_PARAMETER, "expected one of Url, Twiml or Status")
    if call.ended or (request is not None and call.status != "in-progress"):
        raise RestError(400, NOT_IN_PROGRESS, "Call is not in-progress. Cannot redirect.")
    if request is not None:
        exchange.soon(lambda: legs.redirect(exchange, call, request))
    else:
        exchange.soon(lambda: finish(exchange, call, status))
    return 200, resource(exchange, call)


def finish(exchange: Exchange, call: Call, status: str) -> None:
    """End a call as asked; `canceled` leaves an answered one alone."""
    if call.status in BEFORE_ANSWER:
        legs.end(exchange, call, "canceled")
    elif status == "completed":
        legs.end(exchange, call, "completed")


def resource(exchange: Exchange, call: Call) -> dict[str, Any]:
    """Return a call as Twilio's JSON shows it."""
    uri = f"/{API_VERSION}/Accounts/{exchange.account_sid}/Calls/{call.sid}"
    changed = call.ended_at or call.answered_at or call.started_at or call.created_at
    return {
        "sid": call.sid,
        "account_sid": call.account_sid,
        "parent_call_sid": call.parent.sid if call.parent else None,
        "to": call.to,
        "to_formatted": call.to,
        "from": call.from_,
        "from_formatted": call.from_,
        "phone_number_sid": None,
        "status": call.status,
        "date_created": rfc2822(call.created_at),
        "date_updated": rfc2822(changed),
        "start_time": rfc2822(call.started_at) if call.started_at else None,
        "end_time": rfc2822(call.ended_at) if call.ended_at else None,
        "duration": str(call.seconds) if call.ended else None,
        "price": None,
        "price_unit": "USD",
        "direction": call.direction,
        "answered_by": None,
        "annotation": None,
        "api_version": API_VERSION,
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": str(int(call.queue_seconds * 1000)),
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
    }
