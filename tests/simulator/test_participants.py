"""Conferences by REST: somebody is called in, coached, announced to."""

import pytest

HOST = "https://line.example"
ROOM = '<Dial action="/after"><Conference waitUrl="" beep="false" {}>call-7</Conference></Dial>'
TOLD = 'statusCallback="/room" statusCallbackEvent="start end join leave modify announcement"'
AGENT = {"From": "+82809988114", "To": "client:icg_1?ticket=26-1", "Label": "agent", "Timeout": "20"}


@pytest.fixture
def caller(network, product):
    product.pages |= {"/voice": ROOM.format(TOLD), "/after": '<Gather timeout="60"/>'}
    return network.dial("+821012345678", "1379")


@pytest.fixture
def invite(rest, caller, passes):
    def invite(**more):
        answer = rest("POST", "Conferences/call-7/Participants.json", **(AGENT | more))
        passes(0)
        return answer

    return invite


def test_somebody_is_called_into_a_conference_and_joins_on_answering(network, product, caller, invite, rest):
    status, made = invite(StatusCallback=f"{HOST}/leg", StatusCallbackEvent=["ringing", "answered", "completed"])
    assert (status, made["label"], made["status"]) == (201, "agent", "queued")
    (agent,) = network.ringing("client:icg_1")
    assert agent.custom_parameters == {"ticket": "26-1"}
    people = rest("GET", f"Conferences/{made['conference_sid']}/Participants.json")[1]["participants"]
    assert [person["status"] for person in people] == ["connected", "ringing"]
    assert not caller.connected_to

    agent.answer()

    assert caller.connected_to == {agent.sid}
    assert product.events("/room") == ["participant-join", "participant-join", "conference-start"]
    assert product.events("/leg", "CallStatus") == ["ringing", "in-progress"]
    agent.hang_up()
    assert product.posts("/room")[-1]["ReasonParticipantLeft"] == "participant_hung_up"
    assert not caller.ended


def test_one_who_does_not_come_is_told_as_a_leave(network, product, invite, passes):
    invite()

    passes(25)

    told = product.posts("/room")[-1]
    assert (told["StatusCallbackEvent"], told["ReasonParticipantLeft"]) == (
        "participant-leave",
        "participant_add_failed",
    )
    assert told["ParticipantCallStatus"] == "no-answer"
    assert invite()[0] == 201, "the label is free again"


def test_the_first_participant_makes_the_conference_by_name(network, product, rest, passes):
    hooks = {"ConferenceStatusCallback": f"{HOST}/room", "ConferenceStatusCallbackEvent": ["join", "end"]}

    made = rest("POST", "Conferences/new-room/Participants.json", **AGENT, **hooks)[1]
    assert rest("GET", f"Conferences/{made['conference_sid']}.json")[1]["status"] == "init"
    passes(0)
    network.ringing("client:icg_1")[0].answer()

    assert product.events("/room") == ["participant-join"]
    assert [room.name for room in network.conferences.values()] == ["new-room"]


def test_the_end_of_a_conference_cancels_those_still_ringing(network, rest, caller, invite, passes):
    invite()
    (agent,) = network.ringing("client:icg_1")
    (room,) = network.conferences

    rest("POST", f"Conferences/{room}.json", Status="completed")
    passes(0)

    assert agent.status == "canceled"
    assert caller.listening


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"Label": "caller"}, 400, 16025),
        ({"CallSidToCoach": "CA" + "f" * 32, "Coaching": "true"}, 400, 13240),
        ({"Coaching": "true"}, 400, 20001),
        ({"To": "010"}, 400, 21211),
        ({"From": ""}, 400, 21213),
        ({"Beep": "loud"}, 400, 20001),
        ({"Timeout": "601"}, 400, 20001),
        ({"Whisper": "yes"}, 400, 20001),
    ],
)
def test_what_twilio_refuses_to_add(network, product, rest, change, status, code):
    product.pages["/voice"] = ROOM.format('participantLabel="caller"')
    network.dial("+821012345678", "1379")

    answer = rest("POST", "Conferences/call-7/Participants.json", **(AGENT | change))

    assert (answer[0], answer[1]["code"]) == (status, code)


def test_a_supervisor_listens_whispers_and_barges(network, product, rest, caller, invite, passes):
    room = invite()[1]["conference_sid"]
    (agent,) = network.ringing("client:icg_1")
    agent.answer()
    made = invite(To="client:boss", Label="boss", Muted="true", Coaching="true", CallSidToCoach=agent.sid)[1]
    passes(1)
    network.ringing("client:boss")[0].answer()
    path = f"Conferences/{room}/Participants/boss.json"
    assert (made["muted"], made["coaching"], made["call_sid_to_coach"]) == (True, True, agent.sid)

    assert rest("POST", path, Coaching="true", CallSidToCoach="CA" + "f" * 32)[1]["code"] == 13240
    assert rest("POST", path, Coaching="false", Muted="false", BeepOnExit="false", EndConferenceOnExit="true")[0] == 200
    passes(0)

    boss = rest("GET", path)[1]
    assert (boss["muted"], boss["coaching"], boss["end_conference_on_exit"]) == (False, False, True)
    assert product.events("/room")[-1] == "participant-modify"


def test_an_announcement_is_fetched_once_and_heard_by_all(network, product, rest, caller, passes):
    other = network.dial("+821087654321", "1379")
    product.pages["/news"] = "<Play>/news.wav</Play>"
    (room,) = network.conferences

    rest("POST", f"Conferences/{room}.json", AnnounceUrl=f"{HOST}/news")
    passes(0)
    assert caller.hears == other.hears == f"{HOST}/news.wav"
    passes(20)

    assert caller.hears == ""
    assert len(product.posts("/news")) == 1
    assert product.events("/room")[-1] == "announcement-end"


def test_a_sip_leg_tells_its_response_code_and_carries_headers(network, product):
    product.pages |= {"/voice": '<Dial action="/done"><Sip>sip:a@b.kr?X-Ticket=7</Sip></Dial>', "/done": "<Pause/>"}
    network.dial("+821012345678", "1379")
    (leg,) = network.ringing("sip:a@b.kr")
    assert leg.custom_parameters == {"X-Ticket": "7"}

    leg.decline()

    assert product.posts("/done")[0]["DialSipResponseCode"] == "486"


def test_rest_rings_a_sip_phone(network, product, rest, passes):
    product.pages["/voice"] = "<Gather/>"
    rest("POST", "Calls.json", To="sip:desk@b.kr", From="+82809988114", Url=f"{HOST}/voice")
    passes(0)

    network.ringing("sip:desk@b.kr")[0].answer()

    assert product.posts("/voice")[0]["To"] == "sip:desk@b.kr"
