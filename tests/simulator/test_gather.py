"""Keys, speech and silence in a Gather."""

import pytest

SAY = '<Say language="ko-KR" voice="Polly.Seoyeon">{}</Say>'
MENU = (
    f'<Gather action="/keys" numDigits="1" timeout="5">{SAY.format("상담은 일번")}</Gather>{SAY.format("다시 겁니다")}'
)


def test_a_key_during_the_prompt_breaks_in_and_reaches_the_action(network, product, clock):
    product.pages |= {"/voice": MENU, "/keys": SAY.format("감사합니다")}
    began = clock.now()
    phone = network.dial("+821012345678", "1379")
    assert phone.listening
    assert phone.hears == "상담은 일번"

    phone.press("1")

    assert product.posts("/keys")[0]["Digits"] == "1"
    assert product.posts("/voice")[0]["CallStatus"] == "ringing"
    assert product.posts("/keys")[0]["CallStatus"] == "in-progress"
    assert clock.now() == began
    assert phone.said == ["상담은 일번", "감사합니다"]


def test_silence_falls_through_to_the_next_verb(network, product):
    product.pages["/voice"] = MENU
    phone = network.dial("+821012345678", "1379")

    phone.stay_silent()

    assert phone.said[-1] == "다시 겁니다"
    assert not product.posts("/keys")


def test_silence_with_action_on_empty_result_posts_no_digits(network, product, clock):
    product.pages |= {"/voice": '<Gather action="/keys" actionOnEmptyResult="true" timeout="3"/>', "/keys": "<Hangup/>"}
    began = clock.now()
    phone = network.dial("+821012345678", "1379")

    phone.stay_silent()

    assert (clock.now() - began).total_seconds() == 3
    assert "Digits" not in product.posts("/keys")[0]
    assert phone.ended


def test_a_gather_without_action_asks_for_its_document_again(network, product):
    product.pages["/voice"] = '<Gather numDigits="2"/>'
    phone = network.dial("+821012345678", "1379")

    phone.press("12")

    assert [form.get("Digits") for form in product.posts("/voice")] == [None, "12"]
    assert phone.listening


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits"),
    [
        ("", "12#", "12"),
        ('finishOnKey="*"', "1#2*", "1#2"),
        ('finishOnKey="" numDigits="3"', "1#*", "1#*"),
        ('numDigits="2"', "12", "12"),
    ],
)
def test_the_finishing_key_ends_the_number_and_is_left_out(network, product, attributes, pressed, digits):
    product.pages |= {"/voice": f'<Gather action="/keys" {attributes}/>', "/keys": "<Pause/>"}
    phone = network.dial("+821012345678", "1379")

    phone.press(pressed)

    assert product.posts("/keys")[0]["Digits"] == digits


def test_the_pause_after_the_last_key_counts_anew(network, product, passes):
    product.pages |= {"/voice": '<Gather action="/keys" timeout="5"/>', "/keys": "<Pause/>"}
    phone = network.dial("+821012345678", "1379")

    passes(4)
    phone.press("1")
    passes(4)
    phone.press("2")
    assert not product.posts("/keys")
    passes(5)

    assert product.posts("/keys")[0]["Digits"] == "12"


def test_a_lone_finishing_key_is_no_input(network, product):
    product.pages["/voice"] = '<Gather action="/keys"/><Pause length="9"/>'
    phone = network.dial("+821012345678", "1379")

    phone.press("#")

    assert not product.posts("/keys")
    assert not phone.listening


def test_speech_reaches_the_action_with_its_confidence(network, product):
    gather = '<Gather input="dtmf speech" language="ko-KR" action="/heard"/>'
    product.pages |= {"/voice": gather, "/heard": "<Pause/>"}
    phone = network.dial("+821012345678", "1379")

    phone.say("안산이요", confidence=0.42)

    heard = product.seen[-1].body.decode()
    assert "SpeechResult=%EC%95%88%EC%82%B0%EC%9D%B4%EC%9A%94" in heard
    assert product.posts("/heard")[0]["Confidence"] == "0.42"
    assert "Digits" not in product.posts("/heard")[0]


@pytest.mark.parametrize(("barge_in", "taken"), [("true", 1), ("false", 0)])
def test_speech_over_the_prompt_counts_only_with_barge_in(network, product, barge_in, taken):
    gather = f'<Gather input="speech" language="ko-KR" action="/heard" bargeIn="{barge_in}">{SAY.format("말씀하세요")}</Gather>'
    product.pages |= {"/voice": gather, "/heard": "<Pause/>"}
    phone = network.dial("+821012345678", "1379")

    phone.say("안산")

    assert len(product.posts("/heard")) == taken
    assert len(phone.lost) == 1 - taken


def test_keys_and_speech_outside_a_gather_reach_nobody(network, product, passes):
    product.pages |= {"/voice": SAY.format("잠시만 기다려") + '<Gather action="/keys" numDigits="1"/>'}
    phone = network.dial("+821012345678", "1379")

    phone.press("1")
    phone.say("여보세요")
    passes(5)

    assert phone.listening
    assert not product.posts("/keys")
    assert [(lost.keys, lost.speech) for lost in phone.lost] == [("1", ""), ("", "여보세요")]
    assert any(heard.keys == "1" for heard in phone.transcript)


def test_keys_left_over_go_to_a_gather_that_opens_at_once_and_to_no_other(network, product):
    product.pages |= {
        "/voice": '<Gather action="/second" numDigits="1"/>',
        "/second": '<Gather action="/third" numDigits="1"/>',
        "/third": SAY.format("끝") + '<Gather action="/never" numDigits="1"/>',
    }
    phone = network.dial("+821012345678", "1379")

    phone.press("123")

    assert product.posts("/second")[0]["Digits"] == "1"
    assert product.posts("/third")[0]["Digits"] == "2"
    assert [lost.keys for lost in phone.lost] == ["3"]


def test_redirect_goes_on_and_an_empty_document_ends_the_call(network, product, passes):
    product.pages |= {"/voice": '<Redirect method="GET">/next?step=2</Redirect>', "/next": "<Response/>"}

    phone = network.dial("anonymous", "1379")
    passes(0)

    assert product.seen[1].environ["QUERY_STRING"].startswith("step=2&CallSid=CA")
    assert phone.ended
    assert product.posts("/status")[0]["CallStatus"] == "completed"
    assert product.posts("/status")[0]["SequenceNumber"] == "0"
