"""What may be done to a talk, and by whom."""

from datetime import UTC, datetime

import pytest

from calls.call import CallId, CallState
from calls.leg import Leg, LegState
from calls.talk import CHANGES, Control, Hold, Recorder, TalkState, Voice
from calls.talk_rights import NoTalk, NotYourTalk, require_right, require_supervisor, require_talk
from directory.model import AgentId
from records.life import IllegalMove

MINJI, JISU = AgentId("icg_1"), AgentId("icg_2")
EVERY_TALK = [TalkState(hold, voice, recorder) for hold in Hold for voice in Voice for recorder in Recorder]


def leg(state=LegState.TALKING):
    return Leg(CallId("CA1"), CallId("CA0"), 1, MINJI, state, datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize("control", Control)
@pytest.mark.parametrize("talk", EVERY_TALK, ids=str)
def test_a_control_changes_its_part_alone_or_says_what_stands_in_its_way(talk, control):
    change = CHANGES[control]

    if getattr(talk, change.part) in change.takes:
        after = talk.after(control)
        assert getattr(after, change.part) is change.leads_to
        others = {"hold", "voice", "recorder"} - {change.part}
        assert all(getattr(after, part) is getattr(talk, part) for part in others)
    else:
        with pytest.raises(IllegalMove, match=f"{change.part} is {getattr(talk, change.part)}: cannot {control}"):
            talk.after(control)


@pytest.mark.parametrize("control", Control)
def test_no_control_can_be_done_twice(control):
    for talk in EVERY_TALK:
        if getattr(talk, CHANGES[control].part) in CHANGES[control].takes:
            with pytest.raises(IllegalMove):
                talk.after(control).after(control)


@pytest.mark.parametrize("state", CallState)
@pytest.mark.parametrize("leg_state", [None, *LegState])
def test_there_is_a_talk_only_while_both_are_in_it(state, leg_state):
    found = None if leg_state is None else leg(leg_state)

    if state is CallState.TALKING and leg_state is LegState.TALKING:
        assert require_talk(state, found) == found
    else:
        with pytest.raises(NoTalk):
            require_talk(state, found)


@pytest.mark.parametrize(
    ("by", "supervisor", "controls", "supervises"),
    [(MINJI, False, True, False), (MINJI, True, True, False), (JISU, False, False, False), (JISU, True, True, True)],
)
def test_the_agent_controls_their_talk_and_a_supervisor_anyone_s_but_their_own(by, supervisor, controls, supervises):
    for require, allowed in ((require_right, controls), (require_supervisor, supervises)):
        if allowed:
            require(leg(), by, supervisor=supervisor)
        else:
            with pytest.raises(NotYourTalk):
                require(leg(), by, supervisor=supervisor)
