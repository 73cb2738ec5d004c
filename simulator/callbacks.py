"""Tells the product of events, asynchronously, and misbehaves on command."""

from random import Random

from simulator.agenda import Agenda
from simulator.courier import Answer, Courier
from simulator.document import LARGEST_BODY
from simulator.faults import BODY_TOO_LARGE, HTTP_RETRIEVAL_FAILURE, WRONG_CONTENT_TYPE, NetworkError, TwimlError
from simulator.fields import Fields
from simulator.sids import Sids

REPEAT_SECONDS = 0.2
SHUFFLE_SECONDS = 1.0


class Callbacks:
    """Status, conference and recording callbacks; without misbehaviour they arrive at once and in order."""

    def __init__(self, agenda: Agenda, courier: Courier, sids: Sids, errors: list[NetworkError]) -> None:
        self._agenda = agenda
        self._courier = courier
        self._sids = sids
        self._errors = errors
        self._shuffle: Random | None = None
        self.copies = 0  # extra deliveries of each callback
        self.dropped = 0  # how many of the next callbacks get lost

    def shuffle(self, rng_seed: int) -> None:
        """From now on deliver each callback at a random moment within SHUFFLE_SECONDS."""
        self._shuffle = Random(rng_seed)  # noqa: S311 - a repeatable disorder, no secret

    def tell(self, url: str, method: str, fields: Fields) -> None:
        if self.dropped > 0:
            self.dropped -= 1
            return
        token = self._sids.token()
        for copy in range(self.copies + 1):
            late = self._shuffle.uniform(0, SHUFFLE_SECONDS) if self._shuffle else copy * REPEAT_SECONDS
            self._agenda.after(late, lambda: self._deliver(url, method, fields, token))

    def _deliver(self, url: str, method: str, fields: Fields, token: str) -> None:
        answer = self._courier.send(url, method, fields, token)
        if answer.status >= 300:
            self._record(HTTP_RETRIEVAL_FAILURE, url, fields, f"callback answered with {answer.status}")
        fault = callback_fault(url, answer)
        if fault is not None:
            self._record(fault.code, url, fields, str(fault))
            raise fault

    def _record(self, code: int, url: str, fields: Fields, message: str) -> None:
        self._errors.append(NetworkError(self._agenda.now(), code, str(fields.get("CallSid", "")), url, message))


def callback_fault(url: str, answer: Answer) -> TwimlError | None:
    """Return what Twilio would warn about in the answer to a callback, or None."""
    if len(answer.body) > LARGEST_BODY:
        return TwimlError(BODY_TOO_LARGE, url, f"{len(answer.body)} bytes", "204, or a small body")
    if answer.status < 300 and answer.body and answer.content_type.startswith("text/html"):
        return TwimlError(WRONG_CONTENT_TYPE, url, answer.content_type, "204, or text/xml with <Response/>")
    return None
