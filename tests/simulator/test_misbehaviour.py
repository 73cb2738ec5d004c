"""What the network does wrong on command, in virtual time; and callbacks as JSON."""

import json

import pytest
from twilio.request_validator import RequestValidator

from simulator import NumberConfig
from simulator.misbehaviour import CallbackFaults, changed

TOKEN = "not-a-real-token-but-32-bytes-long"
NEW = {"To": "client:icg_1", "From": "+82809988114", "Url": "https://line.example/voice"}


@pytest.fixture
def calls(network, product):
    """So many calls that end at once, with one callback each."""
    product.pages["/voice"] = "<Gather/>"
    return lambda count: [network.dial("+821012345678", "1379").hang_up() for _ in range(count)]


def test_callbacks_come_late_on_command(network, product, calls, passes):
    network.delay_callbacks(600, 900)
    calls(5)

    passes(599)
    assert not product.posts("/status")
    passes(302)

    assert len(product.posts("/status")) == 5


def test_every_third_callback_gets_lost_or_some_by_chance(network, product, calls):
    network.lose_callbacks(every=3)
    calls(9)
    assert len(product.posts("/status")) == 6

    network.lose_callbacks(chance=0.5, rng_seed=1)
    calls(40)
    assert 10 < len(product.posts("/status")) - 6 < 30

    network.lose_callbacks()
    calls(1)
    assert product.posts("/status")


def test_an_answer_that_takes_fifteen_seconds_goes_to_the_fallback(network, product, passes):
    network.numbers["1379"] = NumberConfig("https://line.example/voice", fallback_url="https://line.example/fallback")
    product.pages |= {"/voice": "<Gather/>", "/fallback": "<Gather/>"}
    network.lose_answers(1, late_seconds=15)

    phone = network.dial("+821012345678", "1379")
    passes(14)
    assert not phone.listening
    passes(1)

    assert phone.listening
    assert product.posts("/fallback")[0]["ErrorCode"] == "11205"


@pytest.mark.parametrize("status", ["busy", "failed", "no-answer"])
def test_a_leg_breaks_for_an_address(network, product, passes, status):
    product.pages |= {"/voice": '<Dial action="/done"><Client>icg_1</Client></Dial>', "/done": "<Pause/>"}
    network.break_legs("client:icg_1", status)
    network.dial("+821012345678", "1379")

    passes(1)
    assert product.posts("/done")[0]["DialCallStatus"] == status
    network.break_legs("client:icg_1", None)
    network.dial("+821012345678", "1379")

    assert network.ringing("client:icg_1")


@pytest.mark.parametrize(("status", "code"), [(429, 20429), (500, 20500)])
def test_rest_refuses_on_command_and_does_nothing(network, rest, status, code):
    network.refuse_rest(2, status)

    assert [rest("POST", "Calls.json", **NEW)[1]["code"] for _ in range(2)] == [code, code]
    assert not network.calls
    assert rest("POST", "Calls.json", **NEW)[0] == 201


def test_a_rest_request_that_hangs_was_carried_out(network, rest):
    network.hang_rest(1, 30)

    with pytest.raises(TimeoutError):
        rest("POST", "Calls.json", **NEW)

    assert len(network.calls) == 1


@pytest.mark.parametrize("wanted", [{"copys": 1}, {"copies": "1"}, {"drop_chance": True}])
def test_a_fault_that_is_none_is_refused(wanted):
    with pytest.raises(ValueError, match="expected"):
        changed(CallbackFaults(), wanted)


def test_twins_are_posted_side_by_side(network, product):
    network.duplicate_requests(1, at_once=True)
    product.pages["/voice"] = "<Gather/>"

    network.dial("+821012345678", "1379")

    first, second = product.seen
    assert first.body == second.body


def test_json_callbacks_are_signed_by_the_hash_of_their_body(network, product, calls):
    network.numbers["1379"] = NumberConfig(
        "https://line.example/voice", "https://line.example/status?line=1379", json_callbacks=True
    )
    calls(1)

    voice, status = product.seen
    assert voice.environ["CONTENT_TYPE"].startswith("application/x-www-form-urlencoded")
    assert status.environ["CONTENT_TYPE"] == "application/json"
    assert json.loads(status.body)["CallStatus"] == "completed"
    url = "https://line.example" + status.environ["RAW_URI"]
    assert "?line=1379&bodySHA256=" in url
    signature = status.environ["HTTP_X_TWILIO_SIGNATURE"]
    assert RequestValidator(TOKEN).validate(url, status.body.decode(), signature)
    assert not RequestValidator(TOKEN).validate(url, status.body.decode() + " ", signature)
