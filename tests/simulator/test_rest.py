"""The REST API, by hand and through twilio-python."""

from base64 import b64encode
from urllib.parse import urlencode

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from simulator import Network
from simulator.courier import call, environment

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-real-token-but-32-bytes-long"
VOICE = "https://line.example/voice"
NEW = {"To": "client:icg_1?ticket=7", "From": "+82215881379", "Url": VOICE}


class Wire(HttpClient):
    """Carries twilio-python's requests into the simulator."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def request(self, method, uri, params=None, data=None, headers=None, auth=None, **_):
        url = uri + (f"?{urlencode(params, doseq=True)}" if params else "")
        environ = environment(url, method, urlencode(data or {}, doseq=True).encode())
        environ["HTTP_AUTHORIZATION"] = "Basic " + b64encode(":".join(auth).encode()).decode()
        answer = call(self._network.rest, environ)
        return Response(answer.status, answer.body.decode())


@pytest.fixture
def client(network):
    return Client(ACCOUNT, TOKEN, http_client=Wire(network))


def test_twilio_python_calls_an_agent_and_redirects_the_call(network, product, client, passes):
    product.pages |= {"/voice": '<Pause length="60"/>', "/next": "<Gather/>"}

    made = client.calls.create(
        to="client:icg_1?ticket=7", from_="+82215881379", url=VOICE, timeout=20,
        status_callback="https://line.example/leg", status_callback_event=["initiated", "ringing", "answered", "completed"],
    )  # fmt: skip
    assert (made.status, made.direction) == ("queued", "outbound-api")
    passes(0)
    (agent,) = network.ringing("client:icg_1")
    assert agent.custom_parameters == {"ticket": "7"}
    agent.answer()
    assert product.posts("/voice")[0]["CallStatus"] == "in-progress"
    assert product.events("/leg", "CallStatus") == ["initiated", "ringing", "in-progress"]
    assert [c.sid for c in client.calls.list(status="in-progress")] == [made.sid]

    client.calls(made.sid).update(url="https://line.example/next")
    passes(0)
    assert agent.listening
    client.calls(made.sid).update(status="completed")
    passes(3)

    assert client.calls(made.sid).fetch().status == "completed"
    assert product.posts("/leg")[-1]["Duration"] == "0"


def test_twilio_python_reads_conferences_and_holds_a_participant(network, product, client, passes):
    product.pages |= {"/voice": '<Dial><Conference waitUrl="">r</Conference></Dial>', "/hold": "<Pause/>"}
    phone = network.dial("+821012345678", "1379")
    (room,) = client.conferences.list(friendly_name="r", status="in-progress")

    held = client.conferences(room.sid).participants(phone.sid).update(hold=True, hold_url="https://line.example/hold")
    passes(0)

    assert held.hold is True
    assert [p.hold for p in client.conferences(room.sid).participants.list()] == [True]
    assert client.conferences(room.sid).participants(phone.sid).delete()
    passes(0)
    assert phone.ended
    assert client.conferences(room.sid).fetch().status == "completed"


def test_paging_through_twilio_python_finds_every_call(network, client):
    for _ in range(5):
        client.calls.create(to="client:icg_1", from_="+82215881379", url=VOICE)

    assert len({c.sid for c in client.calls.list(page_size=2)}) == 5


def test_twilio_python_raises_the_errors_twilio_would(network, client):
    with pytest.raises(TwilioRestException) as unknown:
        client.calls("CA" + "f" * 32).fetch()
    with pytest.raises(TwilioRestException) as stranger:
        Client(ACCOUNT, "wrong", http_client=Wire(network)).calls("CA" + "f" * 32).fetch()

    assert (unknown.value.status, unknown.value.code) == (404, 20404)
    assert (stranger.value.status, stranger.value.code) == (401, 20003)


def test_one_rest_call_a_second_is_started(network, rest, passes):
    sids = [rest("POST", "Calls.json", **NEW)[1]["sid"] for _ in range(3)]

    passes(0)
    assert [network.calls[sid].status for sid in sids] == ["ringing", "queued", "queued"]
    passes(1)
    assert [network.calls[sid].status for sid in sids] == ["ringing", "ringing", "queued"]
    passes(1)
    assert {network.calls[sid].status for sid in sids} == {"ringing"}
    assert rest("GET", f"Calls/{sids[2]}.json")[1]["queue_time"] == "2000"


def test_a_leg_left_alone_is_no_answer_after_timeout_and_five_seconds(network, rest, passes):
    rest("POST", "Calls.json", Timeout="20", **NEW)

    passes(24.9)
    (agent,) = network.ringing("client:icg_1")
    passes(0.1)

    assert agent.status == "no-answer"


def test_cancel_while_ringing_and_while_queued(network, product, rest, passes):
    first, second = (
        rest("POST", "Calls.json", StatusCallback="https://line.example/leg", **NEW)[1]["sid"] for _ in range(2)
    )
    passes(0)

    for sid in (first, second):
        assert rest("POST", f"Calls/{sid}.json", Status="canceled")[0] == 200
    passes(5)

    assert product.events("/leg", "CallStatus") == ["canceled", "canceled"]
    assert not network.ringing("client:icg_1")


def test_cancel_leaves_an_answered_call_alone(network, product, rest, passes):
    product.pages["/voice"] = '<Pause length="60"/>'
    sid = rest("POST", "Calls.json", **NEW)[1]["sid"]
    passes(0)
    network.ringing("client:icg_1")[0].answer()

    rest("POST", f"Calls/{sid}.json", Status="canceled")
    passes(1)

    assert network.calls[sid].status == "in-progress"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"To": ""}, 400, 21201),
        ({"From": ""}, 400, 21213),
        ({"To": "010-1234"}, 400, 21211),
        ({"To": "client:민지"}, 400, 21211),
        ({"Url": "/voice"}, 400, 21205),
        ({"Url": ""}, 400, 21205),
        ({"Twiml": "<Response/>"}, 400, 21218),
        ({"Timeout": "601"}, 400, 20001),
        ({"StatusCallback": VOICE, "StatusCallbackEvent": "start"}, 400, 20001),
        ({"MachineDetection": "Enable"}, 400, 20001),
    ],
)
def test_what_twilio_refuses_to_call(rest, change, status, code):
    answer = rest("POST", "Calls.json", **(NEW | change))

    assert (answer[0], answer[1]["code"], answer[1]["status"]) == (status, code, status)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Url": VOICE, "Twiml": "<Response/>"}, 21218),
        ({"Status": "busy"}, 20001),
        ({}, 20001),
        ({"Url": VOICE}, 21220),
    ],
)
def test_what_twilio_refuses_to_change(rest, fields, code):
    sid = rest("POST", "Calls.json", **NEW)[1]["sid"]

    assert rest("POST", f"Calls/{sid}.json", **fields)[1]["code"] == code


def test_an_ended_call_cannot_be_changed(network, product, rest):
    product.pages["/voice"] = "<Gather/>"
    phone = network.dial("+821012345678", "1379")
    phone.hang_up()

    assert rest("POST", f"Calls/{phone.sid}.json", Url=VOICE)[1]["code"] == 21220
    assert rest("POST", f"Calls/{phone.sid}.json", Status="completed")[1]["code"] == 21220


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "Queues.json"), ("GET", "Conferences/CF0.json"), ("GET", "Calls/CA0.json")]
)
def test_unknown_resources_are_20404(rest, method, path):
    assert rest(method, path)[1]["code"] == 20404


def test_a_lost_reply_leaves_the_call_made(network, rest, passes):
    network.lose_rest_replies(1)

    with pytest.raises(ConnectionResetError):
        rest("POST", "Calls.json", **NEW)
    passes(0)

    assert len(network.ringing("client:icg_1")) == 1


def test_rest_takes_a_bridged_leg_away(network, product, rest, passes):
    product.pages |= {"/voice": '<Dial action="/done"><Client>icg_1</Client></Dial>', "/done": "<Gather/>"}
    caller = network.dial("+821012345678", "1379")
    (agent,) = network.ringing("client:icg_1")
    agent.answer()

    rest("POST", f"Calls/{agent.sid}.json", Url="https://line.example/done")
    passes(0)

    assert not agent.ended
    assert agent.listening
    assert caller.listening
    told = next(form for form in product.posts("/done") if form["CallSid"] == caller.sid)
    assert told["DialCallStatus"] == "completed"
    assert "DialCallDuration" not in told


def test_a_redirected_call_forgets_the_clock_of_its_old_document(network, product, rest, passes):
    product.pages |= {"/voice": '<Gather timeout="5"/>', "/next": '<Gather timeout="60"/>'}
    phone = network.dial("+821012345678", "1379")

    rest("POST", f"Calls/{phone.sid}.json", Url="https://line.example/next")
    passes(10)

    assert phone.listening
    assert not phone.ended
