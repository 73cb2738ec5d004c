"""Answers that come later, as over HTTP: what happens to the call meanwhile stands."""

import pytest

from simulator import Answer, Network, NumberConfig
from simulator.courier import Courier

XML = "text/xml"


class SlowCourier(Courier):
    """Keeps each request until a test answers it."""

    def __init__(self, clock):
        super().__init__(clock, "token")
        self.open = []

    def post(self, parcel, then):
        self.open.append((parcel, then))
        return False

    def answer(self, path, twiml):
        found = next(entry for entry in self.open if entry[0].url.endswith(path))
        self.open.remove(found)
        parcel, then = found
        parcel.answer = Answer(200, XML, "", f"<Response>{twiml}</Response>".encode())
        then()


@pytest.fixture
def courier(clock):
    return SlowCourier(clock)


@pytest.fixture
def network(courier, clock):
    made = Network(courier, clock=clock, account_sid="AC" + "0" * 32, auth_token="not-a-real-token-but-32-bytes-long")
    made.numbers["1379"] = NumberConfig("https://line.example/voice")
    return made


def test_the_answer_to_a_document_no_longer_wanted_changes_nothing(network, courier, rest, passes):
    phone = network.dial("+821012345678", "1379")
    assert phone.fetching
    courier.answer("/voice", '<Gather action="/keys" numDigits="1"/>')
    passes(0)
    phone.press("1")
    rest("POST", f"Calls/{phone.sid}.json", Url="https://line.example/next")
    passes(0)

    courier.answer("/keys", "<Hangup/>")
    passes(0)
    assert not phone.ended
    courier.answer("/next", '<Gather timeout="60"/>')
    passes(0)

    assert phone.listening


def test_keys_pressed_while_the_product_thinks_reach_nobody(network, courier, passes):
    phone = network.dial("+821012345678", "1379")

    phone.press("1")
    courier.answer("/voice", "<Gather/>")
    passes(0)

    assert [heard.keys for heard in phone.lost] == ["1"]
    assert phone.listening


def test_twins_go_out_before_either_is_answered_and_carry_one_token(network, courier, passes):
    network.duplicate_requests(1, at_once=True)

    network.dial("+821012345678", "1379")

    (twin, _), (first, _) = courier.open
    assert twin.token == first.token
    assert twin is not first
