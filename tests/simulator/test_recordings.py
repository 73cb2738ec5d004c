"""Messages after the tone, and recordings by REST: started, paused, stopped, fetched, deleted."""

from base64 import b64encode

import pytest

from simulator.courier import call, environment

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-real-token-but-32-bytes-long"
FILE = {"RecordingStatusCallback": "https://line.example/file", "RecordingStatusCallbackEvent": "in-progress completed"}


@pytest.fixture
def phone(network, product):
    product.pages["/voice"] = '<Gather timeout="600"/>'
    return network.dial("+821012345678", "1379")


def message(network, product, attributes):
    product.pages |= {
        "/voice": f'<Record action="/message" {attributes}/><Gather timeout="60"/>',
        "/message": "<Pause/>",
    }
    return network.dial("+821012345678", "1379")


def test_a_message_ends_with_the_finishing_key_after_the_beep(network, product, passes):
    phone = message(network, product, 'finishOnKey="#"')
    assert [heard.sound for heard in phone.transcript] == ["beep"]
    assert phone.hears == "recording"

    passes(7)
    phone.press("1#")

    told = product.posts("/message")[0]
    assert (told["RecordingDuration"], told["Digits"]) == ("7", "#")
    assert told["RecordingUrl"].endswith(told["RecordingSid"])


def test_a_message_ends_with_its_longest_length(network, product, passes):
    message(network, product, 'maxLength="30" playBeep="false"')

    passes(29)
    assert not product.posts("/message")
    passes(1)

    assert product.posts("/message")[0]["RecordingDuration"] == "30"
    assert product.posts("/message")[0]["Digits"] == ""


def test_a_message_ends_when_the_caller_falls_silent_unless_they_speak_again(network, product, passes):
    phone = message(network, product, 'timeout="4"')
    passes(10)
    phone.fall_silent()
    passes(3)
    phone.say("그리고요")
    passes(10)
    assert not product.posts("/message")

    phone.fall_silent()
    passes(4)

    assert product.posts("/message")[0]["RecordingDuration"] == "27"


def test_a_message_in_which_nothing_was_said_goes_on_with_the_next_verb(network, product):
    phone = message(network, product, 'timeout="4"')

    phone.stay_silent()

    assert phone.listening
    assert not product.posts("/message")


def test_a_call_is_recorded_paused_resumed_and_stopped_by_rest(network, product, rest, phone, passes):
    path = f"Calls/{phone.sid}/Recordings"
    status, made = rest("POST", f"{path}.json", **FILE, RecordingChannels="dual")
    assert (status, made["status"], made["channels"]) == (201, "in-progress", 2)
    passes(10)
    rest("POST", f"{path}/Twilio.CURRENT.json", Status="paused", PauseBehavior="skip")
    passes(20)
    rest("POST", f"{path}/{made['sid']}.json", Status="in-progress")
    passes(5)
    rest("POST", f"{path}/Twilio.CURRENT.json", Status="paused", PauseBehavior="silence")
    passes(3)

    assert rest("POST", f"{path}/Twilio.CURRENT.json", Status="stopped")[0] == 200
    passes(2)

    assert product.events("/file", "RecordingStatus") == ["in-progress", "completed"]
    told = product.posts("/file")[1]
    assert (told["RecordingDuration"], told["RecordingSource"]) == ("18", "StartCallRecordingAPI")
    assert told["CallSid"] == phone.sid
    assert rest("POST", f"{path}/Twilio.CURRENT.json", Status="paused")[0] == 404
    assert [r["duration"] for r in rest("GET", f"{path}.json")[1]["recordings"]] == ["18"]


def test_the_end_of_the_call_ends_its_recording(network, product, rest, phone, passes):
    rest("POST", f"Calls/{phone.sid}/Recordings.json", **FILE)
    passes(12)

    phone.hang_up()
    passes(2)

    assert product.posts("/file")[-1]["RecordingDuration"] == "12"
    assert rest("POST", f"Calls/{phone.sid}/Recordings.json")[1]["code"] == 21220


def test_the_sound_is_a_wav_for_those_who_know_the_token_until_it_is_deleted(network, rest, phone, passes):
    sid = rest("POST", f"Calls/{phone.sid}/Recordings.json")[1]["sid"]
    phone.hang_up()
    passes(2)
    url = network.recordings[sid].url + ".wav"

    def fetch(login):
        environ = environment(url, "GET", b"")
        environ["HTTP_AUTHORIZATION"] = "Basic " + b64encode(login.encode()).decode()
        return call(network.rest, environ)

    assert fetch("nobody:nothing").status == 401
    found = fetch(f"{ACCOUNT}:{TOKEN}")
    assert (found.status, found.content_type, found.body[:4]) == (200, "audio/x-wav", b"RIFF")
    assert rest("DELETE", f"Recordings/{sid}.json") == (204, None)
    assert fetch(f"{ACCOUNT}:{TOKEN}").status == 404


def test_a_conference_recording_is_paused_while_a_number_is_told(network, product, rest, passes):
    product.pages["/voice"] = (
        '<Dial><Conference waitUrl="" record="record-from-start" recordingStatusCallback="/file">r</Conference></Dial>'
    )
    phones = [network.dial("+821012345678", "1379") for _ in range(2)]
    (room,) = network.conferences
    passes(10)
    rest("POST", f"Conferences/{room}/Recordings/Twilio.CURRENT.json", Status="paused", PauseBehavior="skip")
    passes(10)

    for phone in phones:
        phone.hang_up()
    passes(2)

    assert product.posts("/file")[0]["RecordingDuration"] == "10"
    (listed,) = rest("GET", f"Conferences/{room}/Recordings.json")[1]["recordings"]
    assert (listed["source"], listed["status"]) == ("Conference", "completed")
