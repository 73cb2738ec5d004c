"""Fetches the TwiML of a call: signed request, redirects, fallback, and what is heard when all fails."""

from functools import partial
from urllib.parse import urljoin

from simulator import document
from simulator.calls import Call, Request
from simulator.document import Document
from simulator.exchange import Exchange
from simulator.faults import CONNECTION_FAILURE, HTTP_RETRIEVAL_FAILURE, SCHEMA_WARNING, TOO_MANY_REDIRECTS, TwimlError
from simulator.fields import Fields
from simulator.parcel import Answer, Parcel
from simulator.script import Steps, Wait

MOST_REDIRECTS = 10
MOST_PAGES_AT_ONE_MOMENT = 50
GOODBYE = (
    b'<Response><Say language="en-US" voice="alice">'
    b"We are sorry. An application error has occurred. Goodbye.</Say></Response>"
)


class Unfetched(Exception):
    """No document came back; `code` is Twilio's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def fetch(exchange: Exchange, call: Call, request: Request, use: str = "call") -> Steps[Document]:
    """Return the next document of a call; after a failure the fallback's, at last an English apology.

    TwimlError passes through while the network is strict, since it is a fault of the product.
    """
    refuse_loop(exchange, call, request)
    if request.twiml:
        return document.parse(request.twiml.encode("utf-8", "surrogatepass"), "", use)
    failed = request.url
    try:
        return (yield from attempt(exchange, call, request, use))
    except Unfetched as fault:
        code = fault.code
        exchange.record_error(code, call, failed, str(fault))
    except TwimlError as fault:
        if exchange.strict:
            raise
        code = fault.code
        exchange.record_error(code, call, failed, str(fault))
    return (yield from fall_back(exchange, call, code, failed, use))


def fall_back(exchange: Exchange, call: Call, code: int, failed: str, use: str) -> Steps[Document]:
    if call.fallback_url:
        fields = {"ErrorCode": str(code), "ErrorUrl": failed}
        try:
            return (yield from attempt(exchange, call, Request(call.fallback_url, fields=fields), use))
        except (Unfetched, TwimlError) as fault:
            if exchange.strict and isinstance(fault, TwimlError):
                raise
            exchange.record_error(fault.code, call, call.fallback_url, str(fault))
    return document.parse(GOODBYE, failed, use)


def attempt(exchange: Exchange, call: Call, request: Request, use: str) -> Steps[Document]:
    answer, url = yield from post(exchange, call, request)
    if answer.status >= 300:
        raise Unfetched(HTTP_RETRIEVAL_FAILURE, f"{request.method} {url} answered {answer.status}")
    return document.read(answer, url, use)


def post(exchange: Exchange, call: Call, request: Request) -> Steps[tuple[Answer, str]]:
    """Make the request and follow redirects; return the last answer and the URL it came from."""
    url, method = request.url, request.method
    fields = call.standard_fields() | dict(request.fields) | call.overrides
    for _ in range(MOST_REDIRECTS):
        answer = yield from send(exchange, url, method, fields)
        if not (300 <= answer.status < 400 and answer.location):
            return answer, url
        if "Digits" in request.fields or "SpeechResult" in request.fields:
            raise TwimlError(
                SCHEMA_WARNING, url, f"{answer.status} to {answer.location}", "TwiML: Twilio drops Digits on a redirect"
            )
        url = urljoin(url, answer.location)
        method = method if answer.status in {307, 308} else "GET"
    raise Unfetched(TOO_MANY_REDIRECTS, f"{request.url}: more than {MOST_REDIRECTS} redirects")


def send(exchange: Exchange, url: str, method: str, fields: Fields) -> Steps[Answer]:
    """Send once, and again as often as told to misbehave; the first answer counts."""
    faults = exchange.misbehaviour.requests
    parcel = exchange.parcel(url, method, fields)
    copies = [parcel.again() for _ in range(faults.copies)]
    lost = faults.loses_this_answer()
    if faults.at_once:
        for copy in copies:
            exchange.send(copy, partial(keep_pair, exchange, parcel, copy))
    yield parcel
    if lost:
        yield from be_late(faults.late_seconds)
        raise Unfetched(CONNECTION_FAILURE, f"{method} {url}: no answer in time")
    if not faults.at_once:
        for copy in copies:
            yield copy
            keep_pair(exchange, parcel, copy)
    if parcel.answer is None:
        failure = parcel.failure
        raise Unfetched(failure.code if failure else CONNECTION_FAILURE, failure.reason if failure else url)
    return parcel.answer


def be_late(seconds: float) -> Steps[None]:
    if seconds > 0:
        yield Wait(seconds)


def keep_pair(exchange: Exchange, first: Parcel, copy: Parcel) -> None:
    if first.answer is not None and copy.answer is not None:
        exchange.repeated.append((first.answer, copy.answer))


def refuse_loop(exchange: Exchange, call: Call, request: Request) -> None:
    moment, count = call.pages or (exchange.now(), 0)
    count = count + 1 if moment == exchange.now() else 1
    call.pages = (exchange.now(), count)
    if count > MOST_PAGES_AT_ONE_MOMENT:
        raise TwimlError(SCHEMA_WARNING, request.url, f"{count} documents at one moment", "a document that takes time")
