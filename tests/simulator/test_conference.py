"""Conferences: joining, leaving, the end for all, callbacks, recordings."""

import pytest

EVENTS = "start end join leave mute hold modify"
ROOM = (
    '<Dial action="/after"><Conference statusCallback="/room" statusCallbackEvent="{events}" waitUrl="" beep="false"'
    ' participantLabel="{label}" {more}>call-7</Conference></Dial>'
)


def room(label: str, more: str = "", events: str = EVENTS) -> str:
    return ROOM.format(label=label, more=more, events=events)


@pytest.fixture
def pages(product):
    product.pages |= {
        "/voice": room(
            "caller", 'endConferenceOnExit="true" record="record-from-start" recordingStatusCallback="/file"'
        ),
        "/browser": room("agent"),
        "/after": '<Gather action="/again" numDigits="1"/>',
    }
    return product.pages


@pytest.fixture
def agent(network, pages):
    return network.browser_dials("icg_1", {})


@pytest.fixture
def caller(network, agent):
    return network.dial("+821012345678", "1379")


def test_the_conference_starts_with_the_second_participant(network, product, agent):
    assert agent.in_conference
    assert agent.connected_to == set()

    caller = network.dial("+821012345678", "1379")

    assert caller.connected_to == {agent.sid}
    assert product.events("/room") == ["participant-join", "participant-join", "conference-start"]
    assert [int(n) for n in product.events("/room", "SequenceNumber")] == [1, 2, 3]
    join = product.posts("/room")[1]
    assert (join["CallSid"], join["ParticipantLabel"], join["EndConferenceOnExit"]) == (caller.sid, "caller", "true")
    assert join["FriendlyName"] == "call-7"


def test_a_moderator_leaving_ends_it_for_all_and_the_others_go_on_with_their_action(network, product, agent, caller):
    caller.hang_up()

    assert product.events("/room")[3:] == ["participant-leave", "participant-leave", "conference-end"]
    left, other, end = product.posts("/room")[3:]
    assert (left["CallSid"], left["ReasonParticipantLeft"]) == (caller.sid, "participant_hung_up")
    assert left["ParticipantCallStatus"] == "completed"
    assert (other["CallSid"], other["ReasonParticipantLeft"]) == (agent.sid, "moderator_ended_conference")
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert end["CallSidEndingConference"] == caller.sid
    assert agent.listening
    told = next(form for form in product.posts("/after") if form["CallSid"] == agent.sid)
    assert told["DialCallStatus"] == "answered"
    assert "DialCallSid" not in told


def test_an_agent_leaving_leaves_the_caller_in(network, agent, caller):
    agent.hang_up()

    assert caller.in_conference
    assert not caller.ended


def test_the_first_participant_fixes_callback_and_events(network, product, pages):
    pages["/browser"] = room("agent", events="join")
    pages["/voice"] = room("caller").replace("/room", "/other")

    network.browser_dials("icg_1", {})
    network.dial("+821012345678", "1379").hang_up()

    assert product.events("/room") == ["participant-join", "participant-join"]
    assert not product.posts("/other")


def test_a_label_already_taken_is_refused_and_the_next_verb_runs(network, product, pages):
    pages["/voice"] = room("agent") + '<Gather action="/again"/>'
    network.browser_dials("icg_1", {})

    caller = network.dial("+821012345678", "1379")

    assert network.errors[-1].code == 16025
    assert caller.listening
    assert not caller.in_conference


def test_wait_music_plays_until_the_conference_starts(network, product, pages, passes):
    pages["/browser"] = room("agent").replace('waitUrl=""', 'waitUrl="/music"')
    pages["/music"] = "<Play>/hold.wav</Play><Redirect>/music</Redirect>"
    agent = network.browser_dials("icg_1", {})
    assert agent.hears == "https://line.example/hold.wav"
    passes(25)
    assert len(product.posts("/music")) == 3

    network.dial("+821012345678", "1379")
    passes(25)

    assert agent.hears == ""
    assert len(product.posts("/music")) == 3


@pytest.mark.parametrize("bridged", [True, False])
def test_a_conference_is_recorded_only_when_two_were_bridged(network, product, pages, passes, bridged):
    pages["/browser"] = pages["/voice"].replace('"caller"', '"agent"')
    agent = network.browser_dials("icg_1", {})
    if bridged:
        pages["/voice"] = room("caller")
        network.dial("+821012345678", "1379")
    passes(30)
    agent.hang_up()
    passes(5)

    files = product.posts("/file")
    assert len(files) == bridged
    if bridged:
        assert files[0]["RecordingSource"] == "Conference"
        assert files[0]["RecordingDuration"] == "30"
        assert files[0]["ConferenceSid"] == next(iter(network.conferences))
        assert files[0]["RecordingSid"].startswith("RE")


def test_rest_redirects_a_participant_out_of_the_conference(network, product, rest, pages, agent, caller):
    product.pages["/moved"] = '<Gather action="/again"/>'

    status, _ = rest("POST", f"Calls/{agent.sid}.json", Url="https://line.example/moved")
    assert agent.in_conference, "REST only enters the agenda"
    network.run_next()
    network.run_until(network.calls[agent.sid].created_at)

    assert status == 200
    assert agent.listening
    assert not agent.in_conference
    assert caller.in_conference
    assert product.posts("/room")[-1]["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert product.posts("/room")[-1]["ParticipantCallStatus"] == "in-progress"
    assert not product.posts("/after")


def test_rest_redirecting_the_moderator_ends_the_conference(network, rest, passes, agent, caller):
    rest("POST", f"Calls/{caller.sid}.json", Twiml='<Response><Pause length="60"/></Response>')
    passes(0)

    assert agent.listening
    assert not caller.ended
    assert [r.ended_because for r in network.conferences.values()] == ["participant-with-end-conference-on-exit-left"]


def test_rest_holds_mutes_and_removes_participants(network, product, rest, passes, agent, caller):
    product.pages["/hold"] = "<Play>/hold.wav</Play>"
    (conference,) = network.conferences
    path = f"Conferences/{conference}/Participants/{caller.sid}.json"

    rest("POST", path, Hold="true", HoldUrl="https://line.example/hold")
    passes(0)
    assert caller.hears == "https://line.example/hold.wav"
    assert [seen.environ["REQUEST_METHOD"] for seen in product.seen if seen.path == "/hold"] == ["GET"]
    rest("POST", path, Hold="false")
    rest("POST", f"Conferences/{conference}/Participants/agent.json", Muted="true")
    passes(0)
    assert caller.hears == ""
    assert product.events("/room")[3:] == ["participant-hold", "participant-unhold", "participant-mute"]
    assert [p["muted"] for p in rest("GET", path.rpartition("/")[0] + ".json")[1]["participants"]] == [True, False]

    assert rest("DELETE", f"Conferences/{conference}/Participants/{agent.sid}.json") == (204, None)
    passes(0)
    assert agent.listening, "the removed participant's Dial goes on to its action"


def test_rest_ends_a_conference(network, product, rest, passes, agent, caller):
    (conference,) = network.conferences
    listed = rest("GET", "Conferences.json", FriendlyName="call-7", Status="in-progress")[1]["conferences"]
    assert [found["sid"] for found in listed] == [conference]

    rest("POST", f"Conferences/{conference}.json", Status="completed")
    passes(0)

    assert agent.listening
    assert caller.listening
    assert product.posts("/room")[-1]["ReasonConferenceEnded"] == "conference-ended-via-api"


def test_removing_twice_does_not_reach_the_next_conference(network, product, rest, passes, agent, caller):
    product.pages["/after"] = room("again").replace("call-7", "next-room")
    (conference,) = network.conferences

    for _ in range(2):
        rest("DELETE", f"Conferences/{conference}/Participants/{agent.sid}.json")
    passes(0)

    assert agent.in_conference
    assert len(product.posts("/after")) == 1
