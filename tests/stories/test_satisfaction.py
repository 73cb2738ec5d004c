"""When the counselor has ended the talk, one key says how satisfied the caller is: once, and nothing waits for it."""

import pytest

from agents.work_state import WorkState
from calls.call import CallId, CallState, Outcome
from switchboard.end_talk import end_talk
from switchboard.send_commands import send_commands


@pytest.fixture
def talk(line):
    """A caller and an agent who talk."""
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(20)
    assert caller.talks_to(minji)
    return caller, minji


def ends(line, caller, minji):
    end_talk(line.stage.house, CallId(caller.phone.sid), minji.id)
    line.passes(1)
    return caller


def test_one_key_says_how_satisfied_the_caller_is(line, talk):
    caller = ends(line, *talk).presses("4").waits(10)

    assert caller.has_heard("satisfaction") == caller.has_heard("thanks") == 1
    assert caller.phone.ended
    assert caller.ticket.satisfaction == 4
    assert caller.call.outcome is Outcome.ANSWERED
    assert [record.fields["satisfaction"] for record in line.records("ticket.rated")] == [4]


def test_the_counselor_is_free_before_the_caller_has_answered(line, talk):
    caller, minji = talk

    ends(line, caller, minji)

    assert caller.call.state is CallState.LEAVING
    assert minji.player.phone.ended
    assert minji.row.work_state is WorkState.WRAPPING
    assert line.records("entry.put_back") == []


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_an_answer_may_be_said(line, talk):
    assert ends(line, *talk).says("오 번이요").ticket.satisfaction == 5


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("answer", ["0", "9", "#", None])
def test_silence_and_other_keys_are_fine(line, talk, answer):
    caller = ends(line, *talk)

    (caller.is_silent() if answer is None else caller.presses(answer)).waits(10)

    assert caller.phone.ended
    assert caller.ticket.satisfaction is None
    assert caller.has_heard("thanks") == 1
    assert caller.call.outcome is Outcome.ANSWERED


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_a_caller_who_hangs_up_instead_was_answered(line, talk):
    caller = ends(line, *talk).hangs_up()

    assert (caller.call.state, caller.call.outcome) == (CallState.ENDED, Outcome.ANSWERED)
    assert len(line.records("call.ended")) == 1


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_the_counselor_who_hangs_up_is_no_end_of_the_talk(line, talk):
    caller, minji = talk

    minji.hangs_up()
    line.passes(10)

    assert caller.has_heard("satisfaction") == 0
    assert line.records("entry.put_back")


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_a_caller_is_asked_though_the_process_that_ended_the_talk_is_gone(line, talk):
    caller, minji = talk
    end_talk(line.stage.house, CallId(caller.phone.sid), minji.id)

    send_commands(line.stage.house)  # another process finds what is due
    line.passes(1)

    assert caller.presses("3").ticket.satisfaction == 3


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_an_english_caller_is_asked_in_english(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().dials().presses("9").presses("0").waits(25)
    assert caller.talks_to(minji)

    ends(line, caller, minji).presses("2")

    assert "How satisfied are you" in caller.heard
    assert caller.ticket.satisfaction == 2
