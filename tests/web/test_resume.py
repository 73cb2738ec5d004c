"""Away and back: the fallback document, and a caller who goes on where they were; our own calls are refused."""

import pytest

from calls.call import CallState
from carrier.fallback import fallback_document
from carrier.overrides import REPORT, TURN
from simulator import document
from switchboard import paths
from tests.web.conftest import CALL, is_sound, leads_to, ringing

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
RESUME = paths.resume("1379")


def words(answer):
    return [
        node.text for node in document.read(answer, "edge", "call").root.children[-1].children if node.name == "Say"
    ]


def test_the_fallback_document_speaks_waits_and_leads_back(edge):
    body = fallback_document("잠시만 기다려 주십시오.", "https://line.example", "1379")

    verbs = document.parse(body, "https://elsewhere.example/fallback.xml").root.children

    assert [verb.name for verb in verbs] == ["Say", "Pause", "Redirect"]
    assert verbs[-1].own_text == f"https://line.example{RESUME}{TURN}"


def test_a_call_nobody_knows_begins(edge):
    assert is_sound(edge.posts(RESUME, ringing()))
    assert edge.call().state is CallState.MENU


def test_a_menu_question_is_asked_once_more_and_nothing_is_counted(edge):
    first = edge.goes_on(edge.rings(), ringing(Digits="4"))
    before = edge.rows()

    again = [edge.posts(RESUME, ringing()) for _ in range(3)]

    assert [words(answer) for answer in again] == [words(first)] * 3
    assert [leads_to(answer, edge.settings.public_base_url) for answer in again] == [
        leads_to(first, edge.settings.public_base_url)
    ] * 3
    assert edge.rows() == before


def test_what_was_answered_before_the_line_went_away_is_known_after_it(edge):
    edge.goes_on(edge.rings(), ringing(Digits="9"))

    answer = edge.goes_on(edge.posts(RESUME, ringing()), ringing(Digits="4"))

    assert b"en-US" in answer.body
    assert edge.call().intake["category"] == "information"


def test_a_waiting_caller_waits_on_in_the_same_place(edge):
    edge.line.agent("icg_1").signs_in()
    edge.goes_on(edge.rings(), ringing(Digits="0"))

    answer = edge.posts(RESUME, ringing())

    assert is_sound(answer)
    assert b"/static/wait.wav" in answer.body
    assert len(edge.rows()["queue_entries"]) == len(edge.rows()["tickets"]) == 1


def test_a_talking_caller_is_brought_back_to_the_talk(edge):
    minji = edge.line.agent("icg_1").signs_in().accepts()
    caller = edge.line.caller().asks_for_a_person().waits(20)
    assert caller.talks_to(minji)

    answer = edge.posts(RESUME, ringing(caller.phone.sid))

    assert b"<Conference" in answer.body


def test_one_who_was_leaving_hears_the_last_words_again_and_is_promised_nothing_twice(edge):
    edge.goes_on(edge.rings(), ringing(Digits="0"))  # nobody is signed in
    assert edge.call().state is CallState.LEAVING

    answer = edge.posts(RESUME, ringing())

    assert b"<Record" in answer.body
    assert len(edge.line.records("callback.promised")) == 1


@pytest.mark.parametrize(
    ("seconds", "outcome"), [("0", "callback"), ("", "callback"), ("x", "callback"), ("1", "voicemail")]
)
def test_a_message_of_no_length_is_none(edge, seconds, outcome):
    edge.goes_on(edge.rings(), ringing(Digits="0"))

    answer = edge.posts(paths.message("1379", CALL, 2), ringing(RecordingDuration=seconds, Digits="hangup"))

    assert (is_sound(answer), edge.call().outcome) == (True, outcome)


def test_one_whose_call_is_over_is_let_go(edge):
    edge.rings()
    edge.posts(paths.CALL_STATUS, ringing(CallStatus="completed"))

    answer = edge.posts(RESUME, ringing())

    assert b"<Hangup" in answer.body


@pytest.mark.parametrize("number", ["+82809988114", "080-9988-114", "1379", "sip:1379@sbc.example", "+821379"])
def test_a_call_from_a_number_of_ours_is_refused_and_leaves_no_row(edge, number):
    answer = edge.rings(From=number)
    ended = edge.posts(paths.CALL_STATUS, ringing(From=number, CallStatus="no-answer"))

    assert b"<Reject" in answer.body
    assert (is_sound(answer), ended.status) == (True, 204)
    assert not any(edge.rows().values())
    assert "call.rejected" in edge.events()


@pytest.mark.parametrize("number", ["+82809988115", "1357", "client:1379", "01012341379", "anonymous"])
def test_a_call_from_anyone_else_is_answered(edge, number):
    assert b"<Reject" not in edge.rings(From=number).body
    assert edge.call() is not None


def test_a_report_of_a_hold_that_broke_is_music_all_the_same(edge, monkeypatch):
    monkeypatch.setattr("web.voice.hold_caller", lambda *_: 1 / 0)

    answer = edge.posts(paths.hold(CALL, 0), ringing())

    assert answer.status == 200
    assert b"/static/wait.wav" in answer.body


def test_every_address_given_says_how_often_it_is_tried(edge):
    edge.line.agent("icg_1").signs_in("tel:+82317801234")
    caller = edge.line.caller().asks_for_a_person().waits(5)
    edge.line.agent("icg_2").signs_in().accepts()
    edge.line.passes(30)

    bodies = [
        sent.answer.body.decode() for sent in edge.line.stage.network.deliveries if b"<Response" in sent.answer.body
    ]
    root_nodes = [node for body in bodies for node in nodes_of(document.parse(body.encode(), "https://x").root)]
    given = [
        (name, value) for node in root_nodes for name, value in node.attributes.items() if value.startswith("http")
    ]
    given += [("action", node.own_text) for node in root_nodes if node.name == "Redirect"]

    assert caller.ticket is not None
    assert {name for name, _ in given} >= {"action", "statusCallback", "recordingStatusCallback"}
    for name, value in given:
        assert value.endswith(TURN if name == "action" else REPORT), (name, value)
    assert not any("#" in sent.url for sent in edge.line.stage.network.deliveries)


def nodes_of(node):
    yield node
    for child in node.children:
        yield from nodes_of(child)
