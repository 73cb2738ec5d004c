"""What the house asks of Twilio: ring a station, move a caller on, end a leg, and what is done to a talk."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from agents.station import Station, StationKind
from calls.answer import Answer
from calls.call import CallId
from calls.talk_supervision import Supervising
from carrier.overrides import report_at, turn_at
from carrier.twiml import CONFERENCE_EVENTS, RECORDING_EVENTS, SHOWN_NUMBER, to_twiml
from switchboard import paths
from switchboard.doors import AlreadyOver, CarrierRefused, CarrierUnreachable

TIMEOUT_SECONDS = 5.0  # the library's own default is to wait for ever
CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]
_ALIVE = ("queued", "ringing", "in-progress")
_LARGEST_PAGE = 1000
_NOT_IN_PROGRESS = 21220  # the call has ended, or was never answered
_LABEL_TAKEN = 16025  # an asking before this one worked, and its reply was lost
_CURRENT = "Twilio.CURRENT"  # the recording under way
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
        return self._start(_address(station), SHOWN_NUMBER, path, status_path, seconds)

    def _start(self, to: str, shown: str, path: str, status_path: str, seconds: int) -> CallId:
        with _translated():
            call = self._client.calls.create(
                to=to,
                from_=shown,
                url=turn_at(self._base_url, path),
                status_callback=report_at(self._base_url, status_path),
                status_callback_event=CALL_EVENTS,
                timeout=seconds,
            )
        if not call.sid:
            raise CarrierUnreachable("Twilio did not say which call it started")
        return CallId(str(call.sid))

    def call(self, number: str, *, shown: str, path: str, status_path: str, seconds: int) -> CallId:
        """Start a leg to a customer's telephone, which shows a number of ours, and return its CallSid."""
        return self._start(number, shown, path, status_path, seconds)

    def being_called(self, number: str) -> CallId | None:
        """Return the newest leg to a number that rings, is about to, or is talked on."""
        with _translated():
            for status in _ALIVE:
                for call in self._client.calls.list(to=number, status=status, limit=1):
                    return CallId(str(call.sid))
        return None

    def move(self, call_id: CallId, path: str) -> None:
        """Make a party ask for the document at `path` now."""
        with _translated():
            self._client.calls(call_id).update(url=turn_at(self._base_url, path), method="POST")

    def end(self, call_id: CallId) -> None:
        with _translated():
            self._client.calls(call_id).update(status="completed")

    def calls_in_progress(self) -> frozenset[CallId]:
        """Return the calls and legs that Twilio holds, whatever we know of them.

        The list comes in pages: as calls of one page end, those of the next move up, and one may be passed over.
        """
        with _translated():
            return frozenset(
                CallId(str(call.sid))
                for status in _ALIVE
                for call in self._client.calls.list(status=status, page_size=_LARGEST_PAGE)
            )

    def holds(self, call_id: CallId) -> bool:
        """Say whether Twilio holds this call or leg now."""
        try:
            with _translated():
                return str(self._client.calls(call_id).fetch().status) in _ALIVE
        except AlreadyOver:
            return False

    def hold(self, conference: str, party: CallId, path: str) -> None:
        """Let a party hear the document at `path` instead of the talk, until they are taken back."""
        held = {"hold": True, "hold_url": turn_at(self._base_url, path), "hold_method": "POST"}  # the default is GET
        with _translated():
            self._participant(conference, party).update(**held)

    def unhold(self, conference: str, party: CallId) -> None:
        with _translated():
            self._participant(conference, party).update(hold=False)

    def mute(self, conference: str, party: CallId, *, muted: bool) -> None:
        with _translated():
            self._participant(conference, party).update(muted=muted)

    def remove(self, conference: str, party: CallId) -> None:
        """Take a party out of the conference; a leg of REST's own ends with it."""
        with _translated():
            self._participant(conference, party).delete()

    def supervise(
        self, conference: str, station: Station, how: Supervising, *, agent_leg: CallId, label: str, status_path: str
    ) -> CallId:
        """Ring a supervisor into a talk and return their leg; `label` keeps a second asking from ringing twice."""
        with _translated():
            leg = self._client.conferences(self._conference(conference)).participants.create(
                to=_address(station),
                from_=SHOWN_NUMBER,
                label=label,
                beep="false",
                early_media=False,
                wait_url="",
                start_conference_on_enter=False,
                end_conference_on_exit=False,
                status_callback=report_at(self._base_url, status_path),
                status_callback_event=CALL_EVENTS,
                conference_status_callback=report_at(self._base_url, paths.CONFERENCE_EVENTS),
                conference_status_callback_event=CONFERENCE_EVENTS.split(),
                **_part_of(how, agent_leg),
            )
        if not leg.call_sid:
            raise CarrierUnreachable("Twilio did not say which call it started")
        return CallId(str(leg.call_sid))

    def change_supervising(self, conference: str, party: CallId, how: Supervising, agent_leg: CallId) -> None:
        with _translated():
            self._participant(conference, party).update(**_part_of(how, agent_leg))

    def start_recording(self, call_id: CallId, report_path: str) -> None:
        """Record from now on; REST cannot start a conference's own recording, so the caller's call is recorded."""
        with _translated():
            self._client.calls(call_id).recordings.create(
                recording_channels="dual",
                recording_status_callback=report_at(self._base_url, report_path),
                recording_status_callback_event=RECORDING_EVENTS.split(),
            )

    def pause_recording(self, conference: str, call_id: CallId) -> None:
        """Leave silence in the recording until it is resumed, so that its times stay those of the talk."""
        self._change_recording(conference, call_id, status="paused", pause_behavior="silence")

    def resume_recording(self, conference: str, call_id: CallId) -> None:
        self._change_recording(conference, call_id, status="in-progress")

    def stop_recording(self, conference: str, call_id: CallId) -> None:
        self._change_recording(conference, call_id, status="stopped")

    def _change_recording(self, conference: str, call_id: CallId, **change: str) -> None:
        """Change the recording under way: the conference's own, or the one that was started after it was stopped."""
        try:
            with _translated():
                room = self._client.conferences(self._conference(conference))
                room.recordings(_CURRENT).update(**change)
        except AlreadyOver:
            with _translated():
                self._client.calls(call_id).recordings(_CURRENT).update(**change)

    def _participant(self, conference: str, party: CallId) -> Any:
        return self._client.conferences(self._conference(conference)).participants(party)

    def _conference(self, name: str) -> str:
        """Return the id of the conference of this name that is going on: REST knows its parties only by that."""
        going_on = self._client.conferences.list(friendly_name=name, status="in-progress", limit=1)
        if not going_on:
            raise AlreadyOver("Twilio has no such conference going on")
        return str(going_on[0].sid)


def _address(station: Station) -> str:
    return station.address if station.kind is StationKind.TELEPHONE else str(station)


def _part_of(how: Supervising, agent_leg: CallId) -> dict[str, object]:
    """Return what a supervisor hears and who hears them: nobody, the agent alone, or everyone."""
    if how is Supervising.BARGE:
        return {"coaching": False, "muted": False}
    return {"coaching": True, "call_sid_to_coach": agent_leg, "muted": how is Supervising.LISTEN}


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the library's errors into the house's: what may be asked again, and what may not."""
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        later = error.status in _TRY_LATER or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if error.code in {_NOT_IN_PROGRESS, _LABEL_TAKEN} or error.status == HTTPStatus.NOT_FOUND:
            raise AlreadyOver(f"Twilio knows no such call in progress, code {error.code}") from error
        told = f"Twilio answered {error.status}, code {error.code}"
        raise (CarrierUnreachable if later else CarrierRefused)(told) from error
    except (TwilioException, RequestException, OSError, ValueError) as error:  # ValueError: an answer that is no JSON
        raise CarrierUnreachable(f"Twilio did not answer: {type(error).__name__}") from error
