"""What Twilio answers to a command, or does not, in the house's words."""

import json

import pytest
from requests import ConnectionError as NoConnection
from requests import Timeout
from twilio.http import HttpClient
from twilio.http.response import Response

from agents.station import read_station
from calls.call import CallId
from calls.talk_supervision import Supervising
from carrier.overrides import REPORT, TURN, turn_at
from carrier.rest import TwilioCarrier
from switchboard.doors import AlreadyOver, CarrierRefused, CarrierUnreachable

CALL = CallId("CA" + "0" * 32)


class Twilio(HttpClient):
    """Answers every request with one answer, or breaks off."""

    def __init__(self, status=200, text="{}", error=None):
        self.status, self.text, self.error, self.asked = status, text, error, []

    def request(self, method, uri, params=None, data=None, **_):
        self.asked.append((method, uri, data))
        if self.error:
            raise self.error
        return Response(self.status, self.text)


def carrier(twilio):
    return TwilioCarrier("AC" + "0" * 32, "token", "https://line.example", twilio)


def error(code, status):
    return json.dumps({"code": code, "message": "no", "status": status})


def new_error(code, status):
    return json.dumps({"type": "https://twilio", "title": "no", "code": code, "status": status})


REFUSALS = {
    "over": (Twilio(400, error(21220, 400)), AlreadyOver),
    "over, told the new way": (Twilio(400, new_error(21220, 400)), AlreadyOver),
    "no such call": (Twilio(404, error(20404, 404)), AlreadyOver),
    "wrong number": (Twilio(400, error(21211, 400)), CarrierRefused),
    "wrong, told the new way": (Twilio(400, new_error(21211, 400)), CarrierRefused),
    "wrong token": (Twilio(401, error(20003, 401)), CarrierRefused),
    "too many": (Twilio(429, error(20429, 429)), CarrierUnreachable),
    "broken": (Twilio(500, error(20500, 500)), CarrierUnreachable),
    "a proxy's page": (Twilio(502, "<html>Bad Gateway</html>"), CarrierUnreachable),
    "a page and 200": (Twilio(200, "<html>maintenance</html>"), CarrierUnreachable),
    "nothing and 200": (Twilio(200, ""), CarrierUnreachable),
    "too slow": (Twilio(error=Timeout()), CarrierUnreachable),
    "no connection": (Twilio(error=NoConnection()), CarrierUnreachable),
    "reset": (Twilio(error=ConnectionResetError()), CarrierUnreachable),
}


@pytest.mark.parametrize(("twilio", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_every_refusal_is_one_the_house_knows(twilio, expected):
    for ask in (lambda twilio: carrier(twilio).move(CALL, "/next"), lambda twilio: carrier(twilio).end(CALL)):
        with pytest.raises((CarrierRefused, CarrierUnreachable)) as refused:
            ask(twilio)
        assert refused.type is expected


@pytest.mark.parametrize(("twilio", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_ringing_a_station_fails_in_the_same_words(twilio, expected):
    with pytest.raises((CarrierRefused, CarrierUnreachable)) as refused:
        carrier(twilio).ring(read_station("tel:+821055556666"), path="/leg", status_path="/status", seconds=20)

    assert refused.type is expected


@pytest.mark.parametrize(
    ("status", "is_held"),
    [("queued", True), ("ringing", True), ("in-progress", True)]
    + [(over, False) for over in ("completed", "busy", "failed", "no-answer", "canceled")],
)
def test_twilio_holds_a_call_until_it_is_over(status, is_held):
    assert carrier(Twilio(200, json.dumps({"sid": CALL, "status": status}))).holds(CALL) is is_held


def test_a_call_that_twilio_does_not_know_is_not_held_and_one_it_does_not_answer_for_may_be():
    assert not carrier(REFUSALS["no such call"][0]).holds(CALL)
    with pytest.raises(CarrierUnreachable):
        carrier(REFUSALS["broken"][0]).holds(CALL)


def test_a_telephone_is_rung_from_the_operator_s_number():
    twilio = Twilio(201, json.dumps({"sid": CALL}))

    leg = carrier(twilio).ring(read_station("tel:+821055556666"), path="/leg", status_path="/status", seconds=20)

    ((_, _, data),) = twilio.asked
    assert leg == CALL
    assert (data["To"], data["From"], data["Url"]) == (
        "+821055556666",
        "+82809988114",
        turn_at("https://line.example", "/leg"),
    )


class Talking(Twilio):
    """Knows one conference going on, and says yes to whatever is asked."""

    def request(self, method, uri, params=None, data=None, **_):
        self.asked.append((method, uri, data))
        going_on = {"conferences": [{"sid": "CF" + "0" * 32}]}
        known = {"sid": CALL, "call_sid": CALL, "conference_sid": "CF" + "0" * 32}
        return Response(200 if method == "GET" else 201, json.dumps(going_on if method == "GET" else known))


ASKED = {
    "ring": lambda twilio: twilio.ring(read_station("sip:a@pbx.kr"), path="/x", status_path="/y", seconds=20),
    "move": lambda twilio: twilio.move(CALL, "/x"),
    "hold": lambda twilio: twilio.hold(CALL, CALL, "/x"),
    "supervise": lambda twilio: twilio.supervise(
        CALL, read_station("client:boss"), Supervising.LISTEN, agent_leg=CALL, label="s", status_path="/y"
    ),
    "start a recording": lambda twilio: twilio.start_recording(CALL, "/y"),
}


@pytest.mark.parametrize("asks", ASKED.values(), ids=ASKED)
def test_every_address_given_with_a_command_says_how_often_it_is_tried(asks):
    twilio = Talking()

    asks(carrier(twilio))

    given = {
        name: value
        for _, _, data in twilio.asked
        for name, value in (data or {}).items()
        if "line.example" in str(value)
    }
    assert given
    for name, value in given.items():
        assert value.endswith(REPORT if "Callback" in name else TURN), (name, value)
