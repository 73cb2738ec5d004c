"""A talk under way: held, muted, recorded or not, listened to, and ended by the agent."""

import pytest

from agents.station import read_station
from agents.work_state import WorkState
from calls.call import CallId, CallState, Outcome
from calls.talk import Control
from calls.talk_rights import NoTalk, NotYourTalk
from calls.talk_supervision import Supervised, Supervising
from carrier.rest import TwilioCarrier
from directory.model import AgentId
from records.life import IllegalMove
from switchboard.control_talk import control_talk
from switchboard.doors import CarrierRefused
from switchboard.end_talk import end_talk
from switchboard.send_commands import send_commands
from switchboard.supervise_talk import remove_from_talk, supervise_talk

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
CHIEF, DESK = AgentId("icg_9"), read_station("tel:+82317801234")


@pytest.fixture
def talk(line):
    """A caller and an agent who talk."""
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(20)
    assert caller.talks_to(minji)
    return caller, minji


def does(line, caller, control, by="icg_1", **more):
    control_talk(line.stage.house, CallId(caller.phone.sid), control, AgentId(by), **more)
    line.stage.settle()


def recordings(line):
    return [(kept.source, kept.status) for kept in line.stage.network._exchange.recordings.values()]  # noqa: SLF001 (what is recorded is no phone's matter)


def test_a_caller_on_hold_hears_words_and_music_and_comes_back(line, talk):
    caller, minji = talk

    does(line, caller, Control.HOLD)
    line.passes(30)

    assert caller.phone.held
    assert caller.has_heard("on_hold") >= 1
    assert caller.phone.hears.endswith("/static/wait.wav")
    does(line, caller, Control.UNHOLD)
    assert not caller.phone.held
    assert caller.talks_to(minji)
    assert [record.kind for record in line.records("talk.hold", "talk.unhold")] == ["talk.hold", "talk.unhold"]


def test_a_muted_agent_is_not_heard_and_the_caller_is_not_held(line, talk):
    caller, minji = talk

    does(line, caller, Control.MUTE)

    assert (minji.player.phone.muted, caller.phone.held) == (True, False)
    does(line, caller, Control.UNMUTE)
    assert not minji.player.phone.muted


def test_a_hold_and_its_end_within_one_moment_leave_the_caller_with_the_agent(line, talk):
    caller, _ = talk
    house, call = line.stage.house, CallId(caller.phone.sid)

    control_talk(house, call, Control.HOLD, AgentId("icg_1"))
    control_talk(house, call, Control.UNHOLD, AgentId("icg_1"))
    line.passes(2)

    assert not caller.phone.held


def test_a_hold_that_arrives_after_its_end_is_taken_back(line, talk, monkeypatch):
    caller, _ = talk
    house, call, hold = line.stage.house, CallId(caller.phone.sid), TwilioCarrier.hold

    def hold_late(carrier, *asked):
        monkeypatch.undo()
        control_talk(house, call, Control.UNHOLD, AgentId("icg_1"))
        send_commands(house)  # another process is faster
        hold(carrier, *asked)

    monkeypatch.setattr(TwilioCarrier, "hold", hold_late)
    control_talk(house, call, Control.HOLD, AgentId("icg_1"))
    line.passes(2)

    assert not caller.phone.held


def test_the_agent_ends_the_talk_and_the_caller_is_not_put_back(line, talk):
    caller, minji = talk

    end_talk(line.stage.house, CallId(caller.phone.sid), minji.id)
    assert (caller.call.outcome, minji.row.work_state) == (Outcome.ANSWERED, WorkState.WRAPPING)
    line.passes(25)

    assert caller.phone.ended
    assert minji.player.phone.ended
    assert caller.call.outcome is Outcome.ANSWERED
    assert minji.row.work_state is WorkState.WRAPPING
    assert line.records("entry.put_back") == []
    with pytest.raises(NoTalk):
        end_talk(line.stage.house, CallId(caller.phone.sid), minji.id)


def test_only_the_agent_of_the_talk_or_a_supervisor_may_touch_it(line, talk):
    caller, _ = talk
    call = CallId(caller.phone.sid)

    with pytest.raises(NotYourTalk):
        does(line, caller, Control.HOLD, by="icg_2")
    with pytest.raises(NotYourTalk):
        end_talk(line.stage.house, call, AgentId("icg_2"))
    with pytest.raises(NotYourTalk):
        supervise_talk(line.stage.house, call, Supervising.LISTEN, CHIEF, DESK, supervisor=False)
    assert not caller.phone.held
    does(line, caller, Control.HOLD, by="icg_2", supervisor=True)
    assert caller.phone.held


@pytest.mark.parametrize("control", [Control.UNHOLD, Control.UNMUTE, Control.RESUME_RECORDING, Control.START_RECORDING])
def test_what_is_so_already_is_refused_clearly_and_asks_nothing(line, talk, control):
    caller, _ = talk

    with pytest.raises(IllegalMove, match="expected"):
        does(line, caller, control)

    assert line.records(f"talk.{control}") == []


def test_a_call_without_a_talk_cannot_be_held(line):
    line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person()

    with pytest.raises(NoTalk, match="waiting"):
        does(line, caller, Control.HOLD)


def test_a_recording_is_paused_resumed_stopped_and_started_anew(line, talk):
    caller, _ = talk

    for control, status in (
        (Control.PAUSE_RECORDING, "paused"),
        (Control.RESUME_RECORDING, "in-progress"),
        (Control.STOP_RECORDING, "completed"),
    ):
        does(line, caller, control)
        assert recordings(line) == [("Conference", status)]
    does(line, caller, Control.START_RECORDING)
    does(line, caller, Control.PAUSE_RECORDING)

    assert recordings(line) == [("Conference", "completed"), ("StartCallRecordingAPI", "paused")]


def test_what_the_carrier_will_not_do_is_not_so_in_the_rows_either(line, talk, monkeypatch):
    caller, _ = talk

    def refuse(*_args, **_more):
        raise CarrierRefused("no")

    monkeypatch.setattr(TwilioCarrier, "hold", refuse)
    does(line, caller, Control.HOLD)
    monkeypatch.undo()

    does(line, caller, Control.HOLD)
    assert caller.phone.held


def chief(line):
    line.stage.settle()
    line.passes(2)
    (phone,) = line.stage.network.ringing(str(DESK)) or line.stage.network.ringing(DESK.address)
    phone.answer()
    line.passes(1)
    return phone


def supervises(line, caller, mode):
    found = supervise_talk(line.stage.house, CallId(caller.phone.sid), mode, CHIEF, DESK, supervisor=True)
    line.stage.settle()
    return found


def supervision(line, number):
    with line.stage.house.store.reading() as work:
        return work.supervisions.get(number)


def test_a_supervisor_listens_whispers_barges_and_leaves(line, talk):
    caller, minji = talk

    number = supervises(line, caller, Supervising.LISTEN)
    phone = chief(line)
    room = line.stage.network._exchange.room_of(phone.call)  # noqa: SLF001 (who hears whom)
    person = room.participants[phone.sid]
    assert (person.coaching, person.muted) == (minji.player.phone.sid, True)
    assert supervision(line, number).state is Supervised.PRESENT
    assert supervises(line, caller, Supervising.WHISPER) == number
    assert (person.coaching, person.muted) == (minji.player.phone.sid, False)
    supervises(line, caller, Supervising.BARGE)
    assert (person.coaching, person.muted) == ("", False)
    with pytest.raises(IllegalMove):
        supervises(line, caller, Supervising.BARGE)

    remove_from_talk(line.stage.house, CallId(caller.phone.sid), number, CHIEF, supervisor=True)
    line.passes(2)

    assert phone.ended
    assert caller.talks_to(minji)
    assert supervision(line, number).state is Supervised.OVER
    assert supervises(line, caller, Supervising.LISTEN) != number


def test_a_supervisor_who_leaves_by_themselves_disturbs_nobody(line, talk):
    caller, minji = talk
    number = supervises(line, caller, Supervising.LISTEN)

    chief(line).hang_up()
    line.passes(5)

    assert supervision(line, number).state is Supervised.OVER
    assert caller.talks_to(minji)
    assert caller.call.state is CallState.TALKING


def test_a_supervisor_sent_away_while_the_telephone_rings_is_rung_no_more(line, talk):
    caller, _ = talk
    number = supervises(line, caller, Supervising.LISTEN)
    line.passes(2)

    remove_from_talk(line.stage.house, CallId(caller.phone.sid), number, CHIEF, supervisor=True)
    line.passes(3)

    assert line.stage.network.ringing(str(DESK)) == []


def test_a_supervisor_s_ring_whose_reply_is_lost_rings_once(line, talk):
    caller, _ = talk
    line.stage.network.lose_rest_replies(2)  # of the look for the conference, and of the ring

    supervises(line, caller, Supervising.LISTEN)
    line.passes(8)

    assert len(line.stage.network.ringing(str(DESK))) == 1


def test_when_the_talk_ends_the_supervisor_s_part_ends_with_it(line, talk):
    caller, _ = talk
    number = supervises(line, caller, Supervising.BARGE)
    phone = chief(line)

    caller.hangs_up()
    line.passes(5)

    assert phone.ended
    assert supervision(line, number).state is Supervised.OVER


def test_a_script_can_hold_resume_and_end_a_talk(line, talk):
    caller, minji = talk

    minji.player.controls("holds")
    line.passes(3)
    assert caller.phone.held
    minji.player.controls("resumes")
    line.passes(1)
    minji.player.controls("ends")
    line.passes(3)

    assert caller.call.outcome is Outcome.ANSWERED
    with pytest.raises(NoTalk):
        minji.player.controls("ends")
