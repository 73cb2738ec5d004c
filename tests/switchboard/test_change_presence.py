"""A person's choice holds, whatever the engine was doing with them when they chose."""

import pytest

from agents.agent import Presence
from agents.work_state import WorkState
from directory.model import AgentId
from routing.offer import OfferState
from switchboard.change_presence import UnknownAgentError, change_presence
from switchboard.end_call import end_call
from switchboard.lose_agent import lose_leg

LEAVING = pytest.mark.parametrize("presence", [Presence.BREAK, Presence.OFFLINE])


def talking(line) -> None:
    """Let icg_1 talk to CA1."""
    line.signs_in("icg_1")
    (offer,) = line.offers(line.caller("CA1"))
    assert line.accepts(offer, "CA1a")


@LEAVING
def test_who_leaves_while_a_call_rings_lets_it_pass_to_somebody_else(line, presence):
    line.signs_in("icg_1", "icg_2")
    call = line.caller("CA1")

    line.is_now("icg_1", presence)

    assert [(o.agent_id, o.state) for o in line.offers(call)] == [
        ("icg_1", OfferState.DECLINED),
        ("icg_2", OfferState.RINGING),
    ]
    assert (line.agent("icg_1").presence, line.agent("icg_1").work_state) == (presence, WorkState.IDLE)


@LEAVING
def test_who_leaves_while_talking_leaves_after_the_wrap_up(line, presence):
    talking(line)

    line.is_now("icg_1", presence)
    end_call(line.house, "CA1", "completed")
    assert line.agent("icg_1").presence is Presence.AVAILABLE
    line.passes(30)

    agent = line.agent("icg_1")
    assert (agent.presence, agent.next_presence, agent.work_state) == (presence, None, WorkState.IDLE)


@LEAVING
def test_who_leaves_while_talking_leaves_also_when_their_leg_is_lost(line, presence):
    talking(line)

    line.is_now("icg_1", presence)
    lose_leg(line.house, "CA1a", "completed")
    line.passes(60)

    agent = line.agent("icg_1")
    assert (agent.presence, agent.next_presence, agent.work_state) == (presence, None, WorkState.IDLE)


def test_who_thinks_better_of_leaving_while_talking_stays(line):
    talking(line)

    line.is_now("icg_1", Presence.BREAK)
    line.signs_in("icg_1")
    end_call(line.house, "CA1", "completed")
    line.passes(30)

    assert line.agent("icg_1").presence is Presence.AVAILABLE


def test_the_reason_of_a_break_chosen_while_talking_is_kept(line):
    talking(line)

    change_presence(line.house, AgentId("icg_1"), Presence.BREAK, reason="lunch")
    end_call(line.house, "CA1", "completed")
    line.passes(30)

    assert line.agent("icg_1").break_reason == "lunch"


def test_signing_in_twice_keeps_the_place_among_the_idle(line):
    line.signs_in("icg_1")
    since = line.agent("icg_1").idle_since
    line.passes(60)

    line.signs_in("icg_1")

    assert line.agent("icg_1").idle_since == since


def test_nobody_signs_in_who_is_not_on_the_staff(line):
    with pytest.raises(UnknownAgentError, match='agent "minji" is not on the staff'):
        line.signs_in("minji")
