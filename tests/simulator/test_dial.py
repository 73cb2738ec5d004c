"""Dialled legs: answered, declined, left alone, cancelled, whispered to."""

import pytest

SAY = '<Say language="ko-KR" voice="Polly.Seoyeon">{}</Say>'
CLIENT = (
    '<Dial action="/done" timeout="20"><Client statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">'
    '<Identity>icg_1</Identity><Parameter name="ticket" value="26-1"/></Client></Dial>'
)


@pytest.fixture
def caller(network, product):
    product.pages |= {"/voice": CLIENT, "/done": SAY.format("고맙습니다")}
    return network.dial("+821012345678", "1379")


def test_a_client_that_answers_is_bridged_and_the_action_told(network, product, caller, passes):
    (agent,) = network.ringing("client:icg_1")
    assert caller.hears == "ringing"
    assert agent.custom_parameters == {"ticket": "26-1"}

    agent.answer()
    assert caller.connected_to == {agent.sid}
    passes(61)
    agent.hang_up()

    done = product.posts("/done")[0]
    assert (done["DialCallStatus"], done["DialCallSid"], done["DialBridged"]) == ("completed", agent.sid, "true")
    assert done["DialCallDuration"] == "61"
    assert product.events("/leg", "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]
    assert product.events("/leg", "SequenceNumber") == ["0", "1", "2", "3"]
    assert {form["ParentCallSid"] for form in product.posts("/leg")} == {caller.sid}
    assert caller.said == ["고맙습니다"]


def test_a_declined_leg_is_busy(network, product, caller):
    network.ringing("client:icg_1")[0].decline()

    done = product.posts("/done")[0]
    assert done["DialCallStatus"] == "busy"
    assert "DialCallDuration" not in done


def test_a_leg_left_alone_is_no_answer_after_the_timeout(network, product, caller, passes):
    passes(19.9)
    assert network.ringing("client:icg_1")
    passes(0.1)

    assert product.posts("/done")[0]["DialCallStatus"] == "no-answer"
    assert not network.ringing("client:icg_1")


def test_the_caller_hanging_up_cancels_the_ringing_leg_and_the_action_is_still_posted(network, product, caller):
    (agent,) = network.ringing("client:icg_1")

    caller.hang_up()

    assert agent.status == "canceled"
    assert product.posts("/done")[0]["CallStatus"] == "completed"
    assert caller.said == []


def test_the_first_to_answer_wins_and_the_others_are_cancelled(network, product):
    product.pages |= {"/voice": "<Dial><Client>a</Client><Number>+82215881234</Number></Dial>"}
    caller = network.dial("+821012345678", "1379")
    (first,), (second,) = network.ringing("client:a"), network.ringing("tel:+82215881234")

    second.answer()

    assert first.status == "canceled"
    assert caller.connected_to == {second.sid}


def test_without_action_the_next_verb_runs(network, product):
    product.pages |= {"/voice": f"<Dial>+82215881234</Dial>{SAY.format('없습니다')}"}
    caller = network.dial("+821012345678", "1379")

    network.ringing("+82215881234")[0].decline()

    assert caller.said == ["없습니다"]


def test_answer_on_bridge_keeps_the_caller_ringing(network, product):
    product.pages |= {"/voice": '<Dial answerOnBridge="true">+82215881234</Dial>'}
    caller = network.dial("+821012345678", "1379")
    assert caller.status == "ringing"

    network.ringing("+82215881234")[0].answer()

    assert caller.status == "in-progress"


def test_a_whisper_plays_to_the_callee_before_the_bridge(network, product):
    product.pages |= {
        "/voice": '<Dial action="/done"><Number url="/whisper">+82215881234</Number></Dial>',
        "/whisper": '<Gather action="/accept" numDigits="1"/><Hangup/>',
        "/accept": "<Response/>",
        "/done": "<Hangup/>",
    }
    caller = network.dial("+821012345678", "1379")
    (callee,) = network.ringing("+82215881234")
    callee.answer()
    assert caller.connected_to == set()

    callee.press("1")

    assert caller.connected_to == {callee.sid}
    assert product.posts("/whisper")[0]["ParentCallSid"] == caller.sid


def test_a_callee_who_does_not_accept_the_whisper_is_never_bridged(network, product):
    product.pages |= {
        "/voice": '<Dial action="/done"><Number url="/whisper">+82215881234</Number></Dial>',
        "/whisper": '<Gather action="/accept" numDigits="1"/><Hangup/>',
        "/done": SAY.format("다시"),
    }
    caller = network.dial("+821012345678", "1379")
    (callee,) = network.ringing("+82215881234")

    callee.answer()
    callee.stay_silent()

    assert callee.ended
    assert product.posts("/done")[0]["DialBridged"] == "false"
    assert caller.said == ["다시"]


def test_the_star_hangs_up_the_callee_when_asked_for(network, product):
    product.pages |= {"/voice": '<Dial action="/done" hangupOnStar="true">+82215881234</Dial>', "/done": "<Pause/>"}
    caller = network.dial("+821012345678", "1379")
    (callee,) = network.ringing("+82215881234")
    callee.answer()

    caller.press("1")
    assert not callee.ended
    caller.press("*")

    assert callee.ended
    assert not caller.ended


def test_a_rejected_call_is_never_answered(network, product):
    product.pages["/voice"] = '<Pause length="3"/><Reject reason="busy"/>'
    phone = network.dial("+821012345678", "1379")
    assert phone.status == "ringing"

    while network.next_at():
        network.run_next()

    assert phone.status == "busy"
    assert product.posts("/status")[0]["CallDuration"] == "0"


def test_a_message_is_recorded_until_the_caller_hangs_up(network, product, passes):
    product.pages["/voice"] = '<Record action="/message" maxLength="60" recordingStatusCallback="/file"/>'
    phone = network.dial("+821012345678", "1379")

    passes(12)
    phone.hang_up()
    passes(5)

    assert product.posts("/message")[0]["Digits"] == "hangup"
    assert product.posts("/message")[0]["RecordingDuration"] == "12"
    assert product.posts("/file")[0]["RecordingStatus"] == "completed"


def test_browser_parameters_are_form_fields_and_cannot_forge_the_identity(network, product):
    product.pages["/browser"] = "<Pause/>"

    network.browser_dials("icg_1", {"offer": "7", "From": "client:icg_2"})

    assert product.posts("/browser")[0]["offer"] == "7"
    assert product.posts("/browser")[0]["From"] == "client:icg_1"
