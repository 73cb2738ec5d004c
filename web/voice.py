"""The voice webhooks. Every route below is Twilio's alone: no signature, no answer and no row."""

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, Response, abort, current_app, request

from calls.call import CallId
from ivr.walk import Heard, Keys, Recorded, Silence, Speech
from switchboard import paths
from switchboard.accept_offer import Accepting, accept_by_browser, offer_gone
from switchboard.answer_call import Ringing, answer_call
from switchboard.answer_callback import answer_callback
from switchboard.answer_station import answer_station, press_at_station
from switchboard.doors import Recording
from switchboard.hold_caller import hold_caller, only_music
from switchboard.house import House, log
from switchboard.lose_agent import leave_conference
from switchboard.own_numbers import is_own_number
from switchboard.report_callback import report_callback
from switchboard.report_conference import report_conference
from switchboard.report_recording import report_recording
from switchboard.report_status import report_status
from switchboard.rescue_caller import apologise, hold_on, rescue_caller
from switchboard.resume_call import resume_call
from switchboard.supervise_talk import report_supervision
from switchboard.take_message import take_message
from switchboard.take_turn import take_turn
from tickets.number import read_number_keyed
from web.address_parts import CallIdPart
from web.fields import LONGEST_VALUE, Fields, call_sid, is_json, is_whole, raw_address, read_fields
from web.front_desk import FrontDesk

P = ParamSpec("P")
voice = Blueprint("voice", __name__)
RECORDING_SID = re.compile(r"RE[0-9a-f]{32}")
CALL_ID = re.compile(CallIdPart.regex)


def desk() -> FrontDesk:
    front: FrontDesk = current_app.extensions["front_desk"]
    return front


def house() -> House:
    return desk().house


@voice.before_request
def refuse_unsigned() -> None:
    """Answer 403 to whoever is not Twilio, before anything is looked up."""
    address = raw_address(request, desk().public_base_url)
    signature = request.headers.get("X-Twilio-Signature", "")
    in_json = is_json(request)
    signed = () if in_json else read_fields(request).pairs
    if (in_json and not is_whole(request)) or not desk().is_signed(address, signed, signature):
        log.warning("webhook.unsigned", path=request.path[:LONGEST_VALUE])
        abort(403)


@voice.before_request
def refuse_unknown_line() -> None:
    line = (request.view_args or {}).get("line")
    if line is not None and line not in paths.LINES:
        log.error("webhook.unknown_line", line=str(line)[:LONGEST_VALUE], expected=" or ".join(paths.LINES))
        abort(404)


def document(body: bytes) -> Response:
    return Response(body, content_type="text/xml; charset=utf-8")


def kept_on_the_line(view: Callable[P, bytes]) -> Callable[P, Response]:
    """Let no failure of ours reach a caller: they hear an apology and are on their way to a person."""

    @wraps(view)
    def safely(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return document(view(*args, **kwargs))
        except Exception:  # noqa: BLE001 (whatever broke, the caller must not be the one to notice)
            sid = str(kwargs.get("call_id") or call_sid(read_fields(request), request))
            log.exception("call.broken", call=sid, view=view.__name__)
            return document(apologise(house(), str(kwargs["line"]), sid, int(str(kwargs.get("turn", 0)))))

    return safely


def let_go(view: Callable[P, bytes]) -> Callable[P, Response]:
    """End a leg of our own making kindly when something of ours breaks: it is no caller to be brought to a person.

    The offer stands or lapses by its row, and the caller keeps their place.
    """

    @wraps(view)
    def safely(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return document(view(*args, **kwargs))
        except Exception:  # noqa: BLE001 (whatever broke, the agent hears an end)
            leg = str(kwargs.get("leg_id") or call_sid(read_fields(request), request))
            log.exception("leg.broken", leg=leg, view=view.__name__)
            return document(house().carrier.document(offer_gone(house())))

    return safely


def reported(take: Callable[[Fields], None]) -> Callable[[], Response]:
    """Answer a report with nothing. One we could not keep gets 503: Twilio shows it, and repeats it if told to."""

    @wraps(take)
    def safely() -> Response:
        fields = read_fields(request)
        try:
            take(fields)
        except Exception:  # noqa: BLE001 (whatever broke, it is told with the call's id)
            log.exception("report.lost", call=fields.text("CallSid"), report=take.__name__)
            return Response(status=503)
        return Response(status=204)

    return safely


@voice.post(paths.first_turn("<line>"))
@kept_on_the_line
def answer(line: str) -> bytes:
    """Answer a call to one of the line's numbers."""
    fields = read_fields(request)
    return answer_call(house(), _ringing(fields, line, call_sid(fields, request)))


@voice.post("/voice/lines/<line>/calls/<call_id:call_id>/turns/<number:turn>")
@kept_on_the_line
def hear(line: str, call_id: str, turn: int) -> bytes:
    """Take keys, speech or silence. Twilio may post the same turn twice; the turn tells it from a second try."""
    fields = read_fields(request)
    return take_turn(house(), _ringing(fields, line, call_id), turn, _heard(fields))


@voice.post("/voice/lines/<line>/calls/<call_id:call_id>/turns/<number:turn>/message")
@kept_on_the_line
def message(line: str, call_id: str, turn: int) -> bytes:
    """Take the end of a recorded message: #, silence, or a hang-up. What was said is reported elsewhere, by its id."""
    fields = read_fields(request)
    ended_by = "" if fields.text("Digits") == "hangup" else fields.keys()
    heard = Recorded(fields.whole("RecordingDuration") or 0, ended_by)
    return take_message(house(), _ringing(fields, line, call_id), turn, heard, _recording_sid(fields))


@voice.post(paths.resume("<line>"))
@kept_on_the_line
def resume(line: str) -> bytes:
    """Go on with a caller who was read the fallback document meanwhile."""
    fields = read_fields(request)
    return resume_call(house(), _ringing(fields, line, call_sid(fields, request)))


@voice.post("/voice/calls/<call_id:call_id>/hold/<number:times>")
def hold(call_id: str, times: int) -> Response:
    """Play to a caller on hold; whatever breaks, the music goes on."""
    try:
        return document(hold_caller(house(), CallId(call_id), times))
    except Exception:  # noqa: BLE001 (the same)
        log.exception("hold.broken", call=call_id)
        return document(only_music(house(), CallId(call_id), times))


@voice.post("/voice/lines/<line>/calls/<call_id:call_id>/turns/<number:turn>/rescues/<number:attempt>")
def rescue(line: str, call_id: str, turn: int, attempt: int) -> Response:
    """Bring a caller to a person after something of ours broke."""
    try:
        return document(rescue_caller(house(), _ringing(read_fields(request), line, call_id), turn, attempt))
    except Exception:  # noqa: BLE001 (the same)
        log.exception("call.rescue_failed", call=call_id, attempt=attempt)
        return document(hold_on(house(), line, call_id, turn, attempt))


@voice.post(paths.STATION_CALLS)
@let_go
def accept() -> bytes:
    """An agent's browser calls in to take the offer on its screen."""
    fields = read_fields(request)
    accepting = Accepting(CallId(call_sid(fields, request)), fields.only("From"), fields.whole("offer"))
    return accept_by_browser(house(), accepting)


@voice.post("/voice/offers/<number:offer_id>/legs")
@let_go
def pick_up(offer_id: int) -> bytes:
    """An agent's telephone was picked up."""
    return answer_station(house(), offer_id, CallId(call_sid(read_fields(request), request)))


@voice.post("/voice/offers/<number:offer_id>/legs/<call_id:leg_id>/answers/<number:asked>")
@let_go
def press(offer_id: int, leg_id: str, asked: int) -> bytes:
    """The person at the telephone pressed a key, or none."""
    return press_at_station(house(), offer_id, CallId(leg_id), asked, read_fields(request).keys())


@voice.post("/voice/callbacks/<number:attempt_id>/answers/<number:asked>")
@let_go
def customer_answers(attempt_id: int, asked: int) -> bytes:
    """The customer of a callback picked up, or was asked whether they want to talk."""
    fields = read_fields(request)
    return answer_callback(house(), attempt_id, CallId(call_sid(fields, request)), asked, _heard(fields))


@voice.post("/voice/legs/<call_id:leg_id>/over/<number:times>")
@let_go
def leave(leg_id: str, times: int) -> bytes:
    """An agent's part in a talk is over as far as Twilio knows."""
    return leave_conference(house(), CallId(leg_id), times)


@voice.post(paths.CALL_STATUS)
@reported
def call_status(fields: Fields) -> None:
    offer = request.args.get("offer", "")
    offer_id = int(offer) if re.fullmatch(r"[0-9]{1,9}", offer) else None
    if offer_id is None and is_own_number(fields.text("From")):
        return  # a call that was refused before anything of it was kept
    report_status(house(), CallId(call_sid(fields, request)), fields.text("CallStatus"), offer_id)


@voice.post("/voice/supervisions/<number:supervision_id>/status")
def supervision_status(supervision_id: int) -> Response:
    def take(fields: Fields) -> None:
        report_supervision(house(), supervision_id, CallId(call_sid(fields, request)), fields.text("CallStatus"))

    return reported(take)()


@voice.post("/voice/callbacks/<number:attempt_id>/status")
def callback_status(attempt_id: int) -> Response:
    def take(fields: Fields) -> None:
        report_callback(house(), attempt_id, CallId(call_sid(fields, request)), fields.text("CallStatus"))

    return reported(take)()


@voice.post(paths.CONFERENCE_EVENTS)
@reported
def conference_event(fields: Fields) -> None:
    party, why = CallId(fields.text("CallSid")), fields.text("ReasonParticipantLeft")
    report_conference(house(), fields.text("StatusCallbackEvent"), party, why)


@voice.post(paths.RECORDING_EVENTS)
@reported
def recording_event(fields: Fields) -> None:
    """Keep that a recording exists. What has no recording's id may hold anything, an address too: it is dropped."""
    recording_id, call_id = fields.text("RecordingSid"), request.args.get("call", "")
    if not (RECORDING_SID.fullmatch(recording_id) and CALL_ID.fullmatch(call_id)):
        log.warning("webhook.odd_recording", length=len(recording_id))
        return
    recording = Recording(
        id=recording_id,
        call_id=CallId(call_id),
        state=fields.text("RecordingStatus"),
        source=fields.text("RecordingSource"),
        channels=fields.whole("RecordingChannels"),
        duration_seconds=fields.whole("RecordingDuration"),
    )
    report_recording(house(), recording, read_number_keyed(request.args.get("ticket", "")))


def _recording_sid(fields: Fields) -> str | None:
    """Return the id of the recording that a turn ends; only its address is promised, which has the id at its end."""
    named = RECORDING_SID.search(fields.text("RecordingSid")) or RECORDING_SID.search(fields.text("RecordingUrl"))
    return named[0] if named else None


def _ringing(fields: Fields, line: str, call_id: str) -> Ringing:
    return Ringing(CallId(call_id), line, fields.text("From"), fields.text("To"))


def _heard(fields: Fields) -> Heard:
    if keys := fields.keys():
        return Keys(keys)
    if words := fields.words():
        return Speech(words, fields.number("Confidence"))
    return Silence()
