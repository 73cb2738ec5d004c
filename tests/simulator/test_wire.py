"""What travels: signatures, raw paths, hostile parameters, failures, misbehaviour."""

from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from simulator import Network, NumberConfig, TwimlError, VirtualClock

TOKEN = "not-a-real-token-but-32-bytes-long"
KOREAN = "/voice/%ED%95%9C%EA%B5%AD?line=1379&who=%7Ea+b"


def is_genuine(seen, base="https://line.example") -> bool:
    """Validate with Twilio's own code, from the raw URL and the posted form."""
    url = base + seen.environ["RAW_URI"]
    form = MultiDict(parse_qsl(seen.body.decode(), keep_blank_values=True, errors="replace"))
    return RequestValidator(TOKEN).validate(url, form, seen.environ["HTTP_X_TWILIO_SIGNATURE"])


@pytest.mark.parametrize("path", ["/voice", KOREAN, "/voice?a=1#rc=2&rt=4000"])
def test_every_request_carries_a_signature_twilio_would_make(network, product, path):
    network.numbers["1379"] = NumberConfig(f"https://line.example{path}", "https://line.example/status")
    product.pages |= {
        "/voice": '<Gather action="/k%C3%A9ys?x=%20" method="GET" numDigits="1"/>',
        "/voice/\xed\x95\x9c\xea\xb5\xad": '<Gather action="keys/%ED%95%9C" numDigits="1"/>',
        "/k\xc3\xa9ys": "<Hangup/>",
        "/voice/keys/\xed\x95\x9c": "<Gather/>",
    }
    phone = network.dial("+821012345678", "1379", {"CallerName": "김민지 <&>"})
    phone.press("1")
    phone.hang_up()

    assert len(product.seen) >= 3
    assert all(is_genuine(seen) for seen in product.seen)
    assert "#" not in product.seen[0].environ["RAW_URI"]


def test_a_changed_field_breaks_the_signature(network, product):
    product.pages["/voice"] = "<Gather/>"
    network.dial("+821012345678", "1379")
    product.seen[0].body = product.seen[0].body.replace(b"2345678", b"2345679")

    assert not is_genuine(product.seen[0])


def test_the_environ_has_the_raw_path_and_the_wsgi_one(network, product):
    network.numbers["1379"] = NumberConfig(f"https://line.example:8443{KOREAN}")
    product.pages["/voice/\xed\x95\x9c\xea\xb5\xad"] = "<Gather/>"

    network.dial("+821012345678", "1379")

    environ = product.seen[0].environ
    assert environ["RAW_URI"] == environ["REQUEST_URI"] == KOREAN
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/voice/한국"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"], environ["HTTP_HOST"]) == (
        "line.example",
        "8443",
        "line.example:8443",
    )
    assert environ["HTTP_USER_AGENT"] == "TwilioProxy/1.1"
    assert environ["HTTP_I_TWILIO_IDEMPOTENCY_TOKEN"]


def test_hostile_parameters_are_missing_repeated_or_garbled_and_still_signed(network, product):
    product.pages["/voice"] = "<Gather/>"

    network.dial("", "1379", {"To": None, "CallerName": b"\xff\xfe", "ForwardedFrom": ["1", "2"], "From": ""})

    body = product.seen[0].body
    assert b"To=" not in body
    assert b"CallerName=%FF%FE" in body
    assert b"ForwardedFrom=1&ForwardedFrom=2" in body
    assert b"&From=&" in body
    assert is_genuine(product.seen[0])


def test_parameters_can_be_set_between_two_requests(network, product):
    product.pages |= {"/voice": '<Gather action="/keys" numDigits="1"/>', "/keys": "<Gather/>"}
    phone = network.dial("+821012345678", "1379")

    phone.parameters["Digits"] = ["1", "9"]
    phone.press("1")

    assert b"Digits=1&Digits=9" in product.seen[-1].body


def test_sids_repeat_with_the_seed_and_differ_otherwise(product, clock):
    def sid(seed: int) -> str:
        network = Network(
            product, clock=VirtualClock(clock.now()), account_sid="AC" + "0" * 32, auth_token="t", seed=seed
        )
        network.numbers["1379"] = NumberConfig("https://line.example/voice")
        return network.dial("+821012345678", "1379").sid

    product.pages["/voice"] = "<Gather/>"
    assert sid(1) == sid(1) != sid(2)
    assert len(sid(1)) == 34


def test_a_failing_voice_url_goes_to_the_fallback(network, product):
    network.numbers["1379"] = NumberConfig("https://line.example/voice", fallback_url="https://line.example/fallback")
    product.pages |= {
        "/voice": (500, [], b"oops"),
        "/fallback": '<Say language="ko-KR" voice="Polly.Seoyeon">죄송합니다</Say>',
    }

    phone = network.dial("+821012345678", "1379")

    assert phone.said == ["죄송합니다"]
    told = product.posts("/fallback")[0]
    assert (told["ErrorCode"], told["ErrorUrl"]) == ("11200", "https://line.example/voice")
    assert network.errors[0].code == 11200


def test_without_a_fallback_the_caller_hears_english_and_is_cut_off(network, product, passes):
    product.pages["/voice"] = (404, [], b"")

    phone = network.dial("+821012345678", "1379")
    passes(20)

    assert "application error" in phone.said[0]
    assert phone.ended


def test_a_network_that_is_not_strict_takes_bad_twiml_to_the_fallback(network, product):
    network.strict = False
    network.numbers["1379"] = NumberConfig("https://line.example/voice", fallback_url="https://line.example/fallback")
    product.pages |= {"/voice": "<Shout/>", "/fallback": "<Gather/>"}

    phone = network.dial("+821012345678", "1379")

    assert phone.listening
    assert product.posts("/fallback")[0]["ErrorCode"] == "12200"


def test_the_first_request_may_be_redirected_but_not_a_gather_action(network, product):
    product.pages |= {
        "/voice": (308, [("Location", "/voice/")], b""),
        "/voice/": '<Gather action="keys" numDigits="1"/>',
        "/voice/keys": (302, [("Location", "/elsewhere")], b""),
    }
    phone = network.dial("+821012345678", "1379")
    assert phone.listening

    with pytest.raises(TwimlError, match="drops Digits"):
        phone.press("1")


def test_a_document_that_redirects_for_ever_is_found_out(network, product):
    product.pages["/voice"] = "<Redirect>/voice</Redirect>"

    with pytest.raises(TwimlError, match="51 documents at one moment"):
        network.dial("+821012345678", "1379")


def test_callbacks_are_repeated_on_command_with_the_same_token(network, product, passes):
    network.duplicate_callbacks(2)
    product.pages["/voice"] = "<Gather/>"

    network.dial("+821012345678", "1379").hang_up()
    passes(2)

    copies = [seen for seen in product.seen if seen.path == "/status"]
    assert len(copies) == 3
    assert len({seen.body for seen in copies}) == 1
    assert len({seen.environ["HTTP_I_TWILIO_IDEMPOTENCY_TOKEN"] for seen in copies}) == 1


def test_callbacks_arrive_out_of_order_on_command(network, product, passes):
    room = '<Dial><Conference statusCallback="/room" statusCallbackEvent="start end join leave">r</Conference></Dial>'
    product.pages["/voice"] = room
    network.reorder_callbacks(rng_seed=3)

    for phone in [network.dial(f"+8210123456{n:02}", "1379") for n in range(4)]:
        phone.hang_up()
    passes(2)

    numbers = [int(n) for n in product.events("/room", "SequenceNumber")]
    assert numbers != sorted(numbers)
    assert sorted(numbers) == list(range(1, 11))


def test_callbacks_get_lost_on_command(network, product, passes):
    network.drop_callbacks(1)
    product.pages["/voice"] = "<Gather/>"

    network.dial("+821012345678", "1379").hang_up()
    network.dial("+821012345678", "1379").hang_up()

    assert len(product.posts("/status")) == 1


def test_voice_requests_are_repeated_on_command_and_both_answers_kept(network, product):
    network.duplicate_requests(1)
    counter = iter(range(9))
    product.pages["/voice"] = lambda _: f'<Gather action="/keys/{next(counter)}" numDigits="1"/>'
    product.pages["/keys/0"] = "<Gather/>"
    phone = network.dial("+821012345678", "1379")
    ((first, second),) = network.repeated_answers
    assert first.body != second.body, "this product does not answer a repeated post alike"

    phone.press("1")

    assert product.posts("/keys/0"), "the first answer counts"
    assert network.repeated_answers[1][0] == network.repeated_answers[1][1]


def test_an_answer_that_comes_too_late_was_still_worked_on(network, product):
    network.numbers["1379"] = NumberConfig("https://line.example/voice", fallback_url="https://line.example/fallback")
    product.pages |= {"/voice": "<Gather/>", "/fallback": "<Gather/>"}
    network.lose_answers(1)

    phone = network.dial("+821012345678", "1379")

    assert phone.listening
    assert [seen.path for seen in product.seen] == ["/voice", "/fallback"]
