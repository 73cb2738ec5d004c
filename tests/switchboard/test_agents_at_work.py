"""What keeps an agent from being stuck, rung in vain or robbed of a wrap-up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from agents.agent import LEASE_GRACE_SECONDS, NO_ANSWER, STATION_LOST, TALK_LEASE_SECONDS, Presence
from agents.station import read_station
from agents.work_state import WorkState
from directory.model import AgentId
from routing.offer import OfferState
from store import tables
from switchboard.change_presence import UnknownReasonError, change_presence
from switchboard.end_call import end_call
from switchboard.leases import free_entries
from switchboard.lose_agent import lose_leg
from switchboard.put_right import put_right_after_step
from switchboard.ticker import run_due
from switchboard.watch_station import SEEN_FOR_SECONDS, see_station
from switchboard.wrap_up import NoWrapUp, extend_wrap_up, finish_wrap_up

MINJI = AgentId("icg_1")
WRAP_UP = 30


def talks(line, caller="CA1", leg="CAleg"):
    """Let the first caller talk to the first agent."""
    line.signs_in(MINJI)
    call = line.caller(caller)
    assert line.accepts(line.offers(call)[-1], leg)
    return call


def changed(line, **values) -> None:
    """Write what a process that died in the middle would have left behind."""
    with line.house.store._database.transaction() as connection:  # noqa: SLF001
        connection.execute(update(tables.agents).where(tables.agents.c.id == MINJI).values(values))


def recorded(line, kind) -> list:
    with line.house.store._database.reading() as connection:  # noqa: SLF001
        return connection.execute(tables.records.select().where(tables.records.c.kind == kind)).all()


@pytest.mark.parametrize("state", [WorkState.RESERVED, WorkState.RINGING, WorkState.TALKING])
def test_whom_nothing_keeps_busy_is_freed_when_the_lease_runs_out_and_it_is_recorded_why(line, state):
    line.signs_in(MINJI)
    changed(line, work_state=str(state), leased_until=line.clock.at + timedelta(seconds=10))

    line.passes(9)
    assert line.agent(MINJI).work_state is state
    line.passes(1)

    assert line.agent(MINJI).work_state is WorkState.IDLE
    assert [record.fields["was"] for record in recorded(line, "agent.freed")] == [state]


def test_who_talks_keeps_the_lease_for_as_long_as_the_talk_is_there(line):
    call = talks(line)

    line.passes(5 * TALK_LEASE_SECONDS)

    assert line.agent(MINJI).work_state is WorkState.TALKING
    end_call(line.house, call, "completed")
    assert line.agent(MINJI).work_state is WorkState.WRAPPING


def test_every_busy_state_has_a_lease_and_an_idle_agent_has_none(line):
    line.signs_in(MINJI)
    assert line.agent(MINJI).leased_until is None
    call = line.caller("CA1")
    offered = line.agent(MINJI).leased_until
    assert line.accepts(line.offers(call)[0], "CAleg")
    talking = line.agent(MINJI).leased_until
    end_call(line.house, call, "completed")
    wrapping = line.agent(MINJI).leased_until

    assert offered == line.clock.at + timedelta(seconds=15 + LEASE_GRACE_SECONDS)
    assert talking == line.clock.at + timedelta(seconds=TALK_LEASE_SECONDS)
    assert wrapping == line.clock.at + timedelta(seconds=WRAP_UP + LEASE_GRACE_SECONDS)


def test_an_entry_that_is_held_for_no_offer_waits_again_and_is_offered(line):
    line.signs_in("sel_1")
    call = line.caller("CA1")
    with line.house.store._database.transaction() as connection:  # noqa: SLF001
        connection.execute(update(tables.offers).values(state="withdrawn"))

    line.signs_in(MINJI)
    assert free_entries(line.house) == 1

    assert line.offers(call)[-1].agent_id == MINJI
    assert free_entries(line.house) == 0


def test_a_browser_that_falls_silent_while_it_rings_gives_the_caller_to_the_next_and_is_left_alone_until_it_is_back(
    line,
):
    line.signs_in(MINJI, "icg_2")
    see_station(line.house, MINJI)
    line.passes(5)
    call = line.caller("CA1")
    assert line.offers(call)[0].agent_id == MINJI

    line.passes(SEEN_FOR_SECONDS - 5)

    assert [(offer.agent_id, offer.state) for offer in line.offers(call)] == [
        (MINJI, OfferState.FAILED),
        ("icg_2", OfferState.RINGING),
    ]
    assert (line.agent(MINJI).presence, line.agent(MINJI).break_reason) == (Presence.BREAK, STATION_LOST)
    see_station(line.house, MINJI)
    assert line.agent(MINJI).presence is Presence.AVAILABLE


def test_a_browser_that_goes_on_telling_is_not_lost(line):
    line.signs_in(MINJI)
    for _ in range(6):
        see_station(line.house, MINJI)
        line.passes(SEEN_FOR_SECONDS - 5)

    assert line.agent(MINJI).presence is Presence.AVAILABLE


def test_a_wrap_up_is_extended_by_the_agent_and_ended_by_the_agent_and_by_nobody_s_next_caller(line):
    call = talks(line)
    end_call(line.house, call, "completed")
    waiting = line.caller("CA2")

    assert extend_wrap_up(line.house, MINJI) == WRAP_UP + 60
    line.passes(WRAP_UP + 59)
    assert not line.offers(waiting)
    finish_wrap_up(line.house, MINJI)

    assert line.offers(waiting)[0].agent_id == MINJI
    for refused in (lambda: finish_wrap_up(line.house, MINJI), lambda: extend_wrap_up(line.house, MINJI)):
        with pytest.raises(NoWrapUp, match=f'agent "{MINJI}" is not in a wrap-up'):
            refused()


def test_an_agent_who_hangs_up_wraps_up_at_once_though_the_caller_is_still_looked_into(line):
    talks(line)

    lose_leg(line.house, "CAleg", "completed")

    assert line.agent(MINJI).work_state is WorkState.WRAPPING


def test_who_has_gone_on_to_another_call_is_not_freed_by_the_end_of_the_one_before(line):
    call = talks(line)
    lose_leg(line.house, "CAleg", "completed")
    finish_wrap_up(line.house, MINJI)
    other = line.caller("CA2")
    assert line.accepts(line.offers(other)[-1], "CAleg2")

    end_call(line.house, call, "completed")
    line.passes(3)

    assert line.agent(MINJI).work_state is WorkState.TALKING


def test_a_reason_nobody_knows_is_refused_and_so_is_one_that_only_the_line_gives(line):
    line.signs_in(MINJI)
    for reason in ("toothache", NO_ANSWER):
        with pytest.raises(
            UnknownReasonError, match=f'"{reason}" is no reason of a break: expected one of laboratory, lun'
        ):
            change_presence(line.house, MINJI, Presence.BREAK, reason=reason)

    assert change_presence(line.house, MINJI, Presence.BREAK, reason="lunch").break_reason == "lunch"


def test_while_the_clock_cannot_be_believed_no_offer_expires_and_callers_are_still_chosen_for(line):
    line.signs_in(MINJI)
    ringing = line.caller("CA1")
    line.clock.at += timedelta(hours=1)

    run_due(line.house, expires=False)
    line.signs_in("sel_1")

    assert line.offers(ringing)[0].state is OfferState.RINGING
    run_due(line.house)
    assert line.offers(ringing)[0].state is OfferState.EXPIRED


def test_after_the_clock_was_set_back_an_offer_does_not_ring_for_the_hour(line):
    line.signs_in(MINJI)
    ringing = line.caller("CA1")
    line.clock.at -= timedelta(hours=1)

    assert put_right_after_step(line.house) > 0
    assert put_right_after_step(line.house) == 0

    line.passes(41)
    assert line.offers(ringing)[0].state is OfferState.EXPIRED


def test_a_telephone_that_waits_for_the_carrier_is_rung_when_it_can_be_without_anything_else_happening(line):
    """A call every five seconds: whoever could only be rung later than that is not reserved yet."""
    line.house = replace(line.house, calls_per_second=0.2)
    for number in (1, 2, 3):
        change_presence(line.house, AgentId(f"icg_{number}"), Presence.AVAILABLE, read_station("tel:+82312345678"))
    calls = [line.caller(f"CA{number}") for number in range(3)]
    at_first = len(line.live_offers(calls))

    line.passes(5)

    assert (at_first, len(line.live_offers(calls))) == (2, 3)
