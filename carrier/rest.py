"""What the house asks of Twilio: ring a station, move a caller on, end a leg."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from agents.station import Station, StationKind
from calls.answer import Answer
from calls.call import CallId
from carrier.twiml import SHOWN_NUMBER, to_twiml
from switchboard.doors import AlreadyOver, CarrierRefused, CarrierUnreachable

TIMEOUT_SECONDS = 5.0  # the library's own default is to wait for ever
CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]
_ALIVE = ("queued", "ringing", "in-progress")
_NOT_IN_PROGRESS = 21220  # the call has ended, or was never answered
_TRY_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


class TwilioCarrier:
    """Twilio as the house's carrier."""

    def __init__(
        self, account_sid: str, auth_token: str, public_base_url: str, http_client: HttpClient | None = None
    ) -> None:
        self._base_url = public_base_url
        self._client = Client(
            account_sid, auth_token, http_client=http_client or TwilioHttpClient(timeout=TIMEOUT_SECONDS)
        )

    def document(self, answer: Answer) -> bytes:
        return to_twiml(answer, self._base_url)

    def ring(self, station: Station, *, path: str, status_path: str, seconds: int) -> CallId:
        """Start a leg to an agent's station and return its CallSid; Twilio starts one a second and queues the rest."""
        address = station.address if station.kind is StationKind.TELEPHONE else str(station)
        with _translated():
            call = self._client.calls.create(
                to=address,
                from_=SHOWN_NUMBER,
                url=self._base_url + path,
                status_callback=self._base_url + status_path,
                status_callback_event=CALL_EVENTS,
                timeout=seconds,
            )
        if not call.sid:
            raise CarrierUnreachable("Twilio did not say which call it started")
        return CallId(str(call.sid))

    def move(self, call_id: CallId, path: str) -> None:
        """Make a party ask for the document at `path` now."""
        with _translated():
            self._client.calls(call_id).update(url=self._base_url + path, method="POST")

    def end(self, call_id: CallId) -> None:
        with _translated():
            self._client.calls(call_id).update(status="completed")

    def calls_in_progress(self) -> frozenset[CallId]:
        """Return every call and leg that Twilio holds now, whatever we know of it."""
        with _translated():
            return frozenset(
                CallId(str(call.sid)) for status in _ALIVE for call in self._client.calls.list(status=status)
            )


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the library's errors into the house's: what may be asked again, and what may not."""
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        later = error.status in _TRY_LATER or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if error.code == _NOT_IN_PROGRESS or error.status == HTTPStatus.NOT_FOUND:
            raise AlreadyOver(f"Twilio knows no such call in progress, code {error.code}") from error
        told = f"Twilio answered {error.status}, code {error.code}"
        raise (CarrierUnreachable if later else CarrierRefused)(told) from error
    except (TwilioException, RequestException, OSError, ValueError) as error:  # ValueError: an answer that is no JSON
        raise CarrierUnreachable(f"Twilio did not answer: {type(error).__name__}") from error
