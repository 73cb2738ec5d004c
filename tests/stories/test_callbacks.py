"""Callbacks: a caller leaves their number instead of waiting, keeps their place, and is called when its turn comes."""

from datetime import UTC, datetime

import pytest

from calls.call import CallState, Outcome
from routing.callback import callback_of

OWN, OTHER = "01012345678", "0317801234"
AFTER_THE_CALL = 6  # seconds until a caller who has hung up may be called
RING_SECONDS = 35  # of a customer's telephone, with what the carrier adds


def busy_line(line, agents=("icg_1",)):
    """Everybody talks; whoever calls now waits."""
    talking = []
    for n, agent in enumerate(agents):
        line.agent(agent).signs_in().accepts()
        talking.append(line.caller(f"0109999000{n}").asks_for_a_person().waits(2))
    return talking


def customer(line, number=OWN):
    """The leg that rings at a customer's telephone."""
    ringing = line.stage.network.ringing(f"+82{number.removeprefix('0')}")
    return ringing[0] if ringing else None


def takes_the_call(line, number=OWN):
    """The customer picks up, hears who calls, and presses 1."""
    line.until(lambda: customer(line, number) is not None)
    phone = customer(line, number)
    phone.answer()
    line.until(lambda: phone.listening and not phone.hears)
    phone.press("1")
    line.stage.settle()
    line.passes(12)
    return phone


def callback(line, caller):
    with line.stage.house.store.reading() as work:
        return work.calls.get(callback_of(caller.phone.sid))


def leaves_number(caller):
    return caller.presses("1").presses("1").waits(20)


def test_one_who_leaves_their_number_is_called_by_the_next_agent_and_talks_to_them(line):
    (talking,) = busy_line(line)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(5))
    assert caller.has_heard("callback_set", callback_number=OWN, shown="0809988114", ticket=caller.ticket.number) == 1
    assert caller.phone.ended
    assert (caller.call.outcome, callback(line, caller).state) == (Outcome.CALLBACK, CallState.PROMISED)

    talking.hangs_up()
    phone = takes_the_call(line)

    agent = line.agent("icg_1")
    assert phone.call.from_ == "+82809988114"
    assert phone.in_conference
    assert phone.connected_to
    assert callback(line, caller).state is CallState.TALKING
    assert agent.row.work_state == "talking"

    phone.hang_up()
    line.passes(5)

    assert callback(line, caller).outcome is Outcome.ANSWERED
    assert agent.row.work_state == "wrapping"
