"""Tells the product of events, asynchronously, and misbehaves on command."""

from collections.abc import Callable
from functools import partial

from simulator.agenda import Agenda
from simulator.document import LARGEST_BODY
from simulator.faults import BODY_TOO_LARGE, HTTP_RETRIEVAL_FAILURE, WRONG_CONTENT_TYPE, NetworkError, TwimlError
from simulator.fields import Fields
from simulator.misbehaviour import Misbehaviour
from simulator.parcel import Answer, Parcel
from simulator.sids import Sids

Send = Callable[[Parcel, Callable[[], None]], None]


class Callbacks:
    """Status, conference and recording callbacks; without misbehaviour they are sent at once and in order."""

    def __init__(self, agenda: Agenda, send: Send, sids: Sids, tell_error: Callable[[NetworkError], None]) -> None:
        self._agenda = agenda
        self._send = send
        self._sids = sids
        self._tell_error = tell_error
        self.misbehaviour = Misbehaviour()

    def tell(self, url: str, method: str, fields: Fields, *, as_json: bool = False) -> None:
        faults = self.misbehaviour.callbacks
        if faults.is_lost():
            return
        token = self._sids.token()
        for late in faults.delays():
            parcel = Parcel(url, method, fields, token, as_json=as_json or faults.as_json)
            self._agenda.after(late, partial(self._deliver, parcel))

    def _deliver(self, parcel: Parcel) -> None:
        self._send(parcel, lambda: self._check(parcel))

    def _check(self, parcel: Parcel) -> None:
        if parcel.answer is None:
            failure = parcel.failure
            self._record(failure.code if failure else HTTP_RETRIEVAL_FAILURE, parcel, failure.reason if failure else "")
            return
        if parcel.answer.status >= 300:
            self._record(HTTP_RETRIEVAL_FAILURE, parcel, f"callback answered with {parcel.answer.status}")
        fault = callback_fault(parcel.url, parcel.answer)
        if fault is not None:
            self._record(fault.code, parcel, str(fault))
            raise fault

    def _record(self, code: int, parcel: Parcel, message: str) -> None:
        call_sid = str(parcel.fields.get("CallSid", ""))
        self._tell_error(NetworkError(self._agenda.now(), code, call_sid, parcel.url, message))


def callback_fault(url: str, answer: Answer) -> TwimlError | None:
    """Return what Twilio would warn about in the answer to a callback, or None."""
    if len(answer.body) > LARGEST_BODY:
        return TwimlError(BODY_TOO_LARGE, url, f"{len(answer.body)} bytes", "204, or a small body")
    if answer.status < 300 and answer.body and answer.content_type.startswith("text/html"):
        return TwimlError(WRONG_CONTENT_TYPE, url, answer.content_type, "204, or text/xml with <Response/>")
    return None
