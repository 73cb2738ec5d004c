"""What Twilio would refuse, or play wrong without a word, is raised here."""

import re

import pytest

from simulator import TwimlError

GOOD_SAY = '<Say language="ko-KR" voice="Google.ko-KR-Neural2-A">네</Say>'
SPEECH = '<Gather input="speech" language="ko-KR" {}/>'
WRONG = [
    ("<Shout/>", 12200, "Shout"),
    ("<say/>", 12200, "say"),
    ('<Pause lenght="1"/>', 12200, "lenght"),
    ('<Pause length="0"/>', 12200, "whole number"),
    ("<Gather><Hangup/></Gather>", 12200, "Hangup"),
    ("<Gather><Gather/></Gather>", 12200, "Gather"),
    ("hello", 12200, "no text"),
    ("<Say>네</Say>", 13520, "language"),
    ('<Say language="ko-KR">네</Say>', 13520, "voice"),
    ('<Say language="en-US" voice="Google.ko-KR-Neural2-A">네</Say>', 13520, "ko-KR"),
    ('<Say language="ko-KR" voice="Polly.Joanna">hi</Say>', 13520, "Joanna"),
    ('<Say language="ko-KR" voice="Google.ko-KR-Neural2-Z">네</Say>', 13520, "Neural2-Z"),
    ('<Say language="en-US" voice="Polly.Seoyeon-Neural">네</Say>', 13520, "ko-KR"),
    ('<Say language="ko-KR" voice="Polly.Seoyeon"> </Say>', 13520, "words"),
    (f'<Say language="ko-KR" voice="Polly.Seoyeon">{"가" * 4097}</Say>', 13520, "4096"),
    ('<Say language="ko-KR" voice="Polly.Seoyeon"><blink>네</blink></Say>', 12200, "blink"),
    ('<Gather input="speech"/>', 12200, "language"),
    ('<Gather input="dtmf speech" language="ko_KR"/>', 12200, "language"),
    ('<Gather input="speech,dtmf"/>', 12200, "words of"),
    (SPEECH.format('speechModel="default" speechTimeout="auto"'), 12200, "not auto"),
    (SPEECH.format('speechModel="phone_call" speechTimeout="3"'), 12200, "ko-KR"),
    (SPEECH.format(f'hints="{",".join(["가"] * 501)}"'), 12200, "500"),
    (SPEECH.format(f'hints="{"가" * 101}"'), 12200, "100"),
    ('<Gather finishOnKey="12"/>', 12200, "one key"),
    ('<Gather numDigits="0"/>', 12200, "whole number"),
    ('<Gather timeout="soon"/>', 12200, "whole number"),
    ('<Gather actionOnEmptyResult="True"/>', 13338, "true, false"),
    ('<Gather action="/한국"/>', 12200, "ASCII"),
    ('<Gather action="ftp://x/y"/>', 12200, "http"),
    ('<Gather method="PUT"/>', 12200, "GET"),
    ("<Redirect/>", 12200, "URL"),
    ("<Play/>", 12200, "URL, or digits"),
    ("<Dial/>", 12200, "a Number"),
    ("<Dial>010-1234-5678</Dial>", 12200, "E.164"),
    ("<Dial><Number>01012345678</Number></Dial>", 12200, "E.164"),
    ("<Dial><Client>민지</Client></Dial>", 12200, "identity"),
    ("<Dial><Client>min-ji</Client></Dial>", 12200, "identity"),
    ("<Dial><Client><Parameter name='a' value='b'/></Client></Dial>", 12200, "one identity"),
    ("<Dial><Conference>a</Conference><Client>b</Client></Dial>", 12200, "nothing beside"),
    (f"<Dial>{'<Client>a</Client>' * 11}</Dial>", 12200, "10 nouns"),
    ("<Dial><Conference> </Conference></Dial>", 12200, "room name"),
    ("<Dial><Conference statusCallbackEvent=\"['start', 'join']\">r</Conference></Dial>", 12200, "one space"),
    ('<Dial><Conference statusCallbackEvent="start,join">r</Conference></Dial>', 12200, "one space"),
    ('<Dial><Conference beep="no">r</Conference></Dial>', 12200, "onEnter"),
    ('<Dial><Number statusCallbackEvent="join">+82215881234</Number></Dial>', 12200, "initiated"),
    ('<Hangup reason="busy"/>', 12200, "reason"),
    ("<Pause/><Enqueue>q</Enqueue>", 12200, "Enqueue"),
    (f"{GOOD_SAY}<Reject/>", 12200, "answered"),
]


@pytest.mark.parametrize(("twiml", "code", "names"), WRONG)
def test_wrong_twiml_is_refused_by_name(network, product, passes, twiml, code, names):
    product.pages["/voice"] = twiml

    def play() -> None:
        network.dial("+821012345678", "1379")
        passes(5)

    with pytest.raises(TwimlError, match=re.escape(names)) as refused:
        play()

    assert refused.value.code == code
    assert network.errors[-1].code == code
    passes(1)
    assert all(phone.ended for phone in network.phones.values())


XML = [("Content-Type", "text/xml")]


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        (XML, b"", 12100),
        (XML, b"\n<Response/>", 12100),
        (XML, b"\xef\xbb\xbf<Response/>", 12100),
        (XML, b"<Response>", 12100),
        (XML, b"<Response/><Response/>", 12100),
        (XML, b"<Response><Redirect>/a\x0bb</Redirect></Response>", 12100),
        (XML, "<Response><Redirect>/\ufffe</Redirect></Response>".encode(), 12100),
        (XML, b"<!DOCTYPE Response><Response/>", 12100),
        (XML, b"<TwiML/>", 12200),
        (XML, b"<response/>", 12200),
        (XML, b"<Response>" + b"<Pause/>" * 9000 + b"</Response>", 11750),
        ([("Content-Type", "text/html; charset=utf-8")], b"<Response/>", 12300),
        ([("Content-Type", "text/plain")], b"<Response/>", 12300),
        ([], b"<Response/>", 12300),
    ],
)
def test_an_answer_that_is_no_twiml_is_refused(network, product, headers, body, code):
    product.pages["/voice"] = (200, headers, body)

    with pytest.raises(TwimlError) as refused:
        network.dial("+821012345678", "1379")

    assert refused.value.code == code


RIGHT = [
    GOOD_SAY,
    '<Say language="ko-KR" voice="Polly.Seoyeon-Neural">번호는 <say-as interpret-as="digits">1379</say-as> 입니다</Say>',
    '<Say language="en-US" voice="Google.en-US-Neural2-A">hello</Say>',
    '<Gather input="dtmf speech" language="ko-KR" speechTimeout="auto" hints="안산,시흥" finishOnKey="">'
    + GOOD_SAY
    + "</Gather>",
    SPEECH.format('speechModel="googlev2_short" speechTimeout="2"'),
    '<Dial><Conference waitUrl="" beep="false" record="record-from-start" statusCallbackEvent="start end join leave">r 1</Conference></Dial>',
    '<Dial timeout="20" callerId="+82215881379" answerOnBridge="true"><Number>+821012345678</Number><Sip>sip:a@b.kr</Sip></Dial>',
    "<!-- a comment --><Hangup/>",
    '<?xml version="1.0" encoding="UTF-8"?><Response><Pause/></Response>',
]


@pytest.mark.parametrize("twiml", RIGHT)
def test_right_twiml_is_played(network, product, twiml):
    product.pages["/voice"] = twiml

    network.dial("+821012345678", "1379")

    assert not network.errors


@pytest.mark.parametrize("verb", ['<Gather action="/keys"/>', "<Gather/>", "<Redirect>/next</Redirect>"])
def test_inline_twiml_needs_absolute_urls(network, product, rest, passes, verb):
    product.pages["/voice"] = "<Gather timeout='60'/>"
    phone = network.dial("+821012345678", "1379")

    assert rest("POST", f"Calls/{phone.sid}.json", Twiml=f"<Response>{verb}</Response>")[0] == 200
    with pytest.raises(TwimlError, match="absolute"):
        passes(0)


@pytest.mark.parametrize("verb", ["<Gather/>", "<Dial>+82215881234</Dial>"])
def test_wait_music_may_not_listen_or_dial(network, product, verb):
    product.pages |= {"/voice": '<Dial><Conference waitUrl="/music">r</Conference></Dial>', "/music": verb}

    with pytest.raises(TwimlError, match="in a wait"):
        network.dial("+821012345678", "1379")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, [("Content-Type", "text/html; charset=utf-8")], b"OK"), 12300),
        ((200, [("Content-Type", "text/xml")], b"x" * 70_000), 11750),
    ],
)
def test_a_callback_answered_with_a_page_is_refused(network, product, answer, code):
    product.pages |= {"/voice": "<Gather/>", "/status": answer}
    phone = network.dial("+821012345678", "1379")

    with pytest.raises(TwimlError) as refused:
        phone.hang_up()

    assert refused.value.code == network.errors[-1].code == code


@pytest.mark.parametrize("headers", [[], [("Content-Type", "text/html; charset=utf-8")]])
def test_a_callback_answered_with_204_is_fine(network, product, headers):
    product.pages |= {"/voice": "<Gather/>", "/status": (204, headers, b"")}

    network.dial("+821012345678", "1379").hang_up()

    assert not network.errors
