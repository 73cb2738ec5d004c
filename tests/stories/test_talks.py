"""A talk, how it ends, and what the agent does after it."""

import pytest

from agents.agent import Presence
from agents.work_state import WorkState
from calls.call import CallState, Outcome

WRAP_UP = 30  # of every desk in directory/data/desks.csv


def test_a_caller_who_hangs_up_was_answered_and_the_agent_has_the_desk_s_time_to_write_it_up(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(60)

    caller.hangs_up()

    assert caller.call.outcome is Outcome.ANSWERED
    assert minji.player.phone.ended
    line.passes(WRAP_UP - 1)
    assert minji.row.work_state is WorkState.WRAPPING
    line.passes(1)
    assert minji.row.work_state is WorkState.IDLE


def test_a_wrap_up_is_not_cut_short_by_a_waiting_caller(line):
    minji = line.agent("icg_1").signs_in().accepts()
    first = line.caller("01011112222").asks_for_a_person().waits(2)
    second = line.caller("01033334444").asks_for_a_person()
    first.hangs_up()

    line.passes(WRAP_UP - 1)
    assert second.offers == []
    line.passes(3)

    assert second.talks_to(minji)


@pytest.mark.parametrize(("leaves", "presence"), [("signs_off", Presence.OFFLINE), ("takes_a_break", Presence.BREAK)])
def test_leaving_in_mid_talk_cuts_nobody_off_and_takes_effect_after_the_wrap_up(line, leaves, presence):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(10)

    getattr(minji, leaves)()
    assert caller.talks_to(minji)
    caller.hangs_up()
    assert minji.row.presence is Presence.AVAILABLE
    line.passes(WRAP_UP)

    assert (minji.row.presence, minji.row.work_state) == (presence, WorkState.IDLE)


def test_one_who_thinks_better_of_leaving_stays(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(10)

    minji.signs_off()
    minji.signs_in()
    caller.hangs_up()
    line.passes(WRAP_UP)

    assert (minji.row.presence, minji.row.next_presence) == (Presence.AVAILABLE, None)


def test_a_caller_whose_agent_is_lost_hears_an_apology_and_goes_before_all_who_wait(line):
    minji = line.agent("icg_1").signs_in().declines()
    older = line.caller("01033334444").asks_for_a_person()
    minji.accepts()
    cut_off = line.caller("01011112222").asks_for_a_person().waits(5)
    assert cut_off.talks_to(minji)

    minji.ignores().hangs_up()
    line.passes(4)
    jisu = line.agent("icg_2").signs_in().accepts()
    line.passes(4)

    assert cut_off.has_heard("reconnecting") == 1
    assert cut_off.talks_to(jisu)
    assert older.call.state is CallState.WAITING


def test_a_lost_agent_who_comes_back_can_take_the_caller_again(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(20)

    minji.hangs_up()
    line.passes(12)

    assert caller.talks_to(minji)
    assert caller.offers == [("icg_1", "accepted"), ("icg_1", "accepted")]
    assert len(line.records("ticket.opened")) == 1
    caller.hangs_up()
    assert caller.call.outcome is Outcome.ANSWERED


def test_a_caller_cut_off_after_a_long_talk_is_not_sent_away_for_having_waited_too_long(line):
    minji = line.agent("icg_1").signs_in().accepts()
    busy = line.agent("icg_2").signs_in().accepts()
    line.caller("01033334444").asks_for_a_person().waits(2)
    cut_off = line.caller("01011112222").asks_for_a_person().waits(600)
    lost = next(agent for agent in (minji, busy) if cut_off.talks_to(agent))

    lost.ignores().hangs_up()
    line.passes(30)

    assert cut_off.has_heard("reconnecting") == 1
    assert cut_off.call.state is CallState.WAITING
    jisu = line.agent("icg_3").signs_in().accepts()
    line.until(lambda: cut_off.talks_to(jisu))


def test_a_break_chosen_in_a_talk_begins_when_the_agent_s_leg_is_lost(line):
    minji = line.agent("icg_1").signs_in().accepts()
    jisu = line.agent("icg_2")
    caller = line.caller().asks_for_a_person().waits(20)
    minji.takes_a_break()

    minji.hangs_up()
    jisu.signs_in().accepts()
    line.passes(12)

    assert (minji.row.presence, minji.row.next_presence) == (Presence.BREAK, None)
    assert caller.talks_to(jisu)


def test_both_putting_the_phone_down_at_once_is_an_answered_call_and_no_lost_agent(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(20)

    minji.player.hang_up()
    caller.hangs_up()
    line.passes(10)

    assert caller.call.outcome is Outcome.ANSWERED
    assert minji.row.work_state is WorkState.WRAPPING
    assert line.records("entry.put_back") == []


def test_a_caller_who_gives_up_after_being_cut_off_leaves_nobody_reserved(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(20)
    minji.ignores().hangs_up()
    line.passes(4)

    caller.hangs_up()
    line.passes(60)

    assert minji.row.work_state is WorkState.IDLE
    assert minji.offer is None
    assert caller.phone.ended


def test_an_accept_ends_the_row_of_missed_calls(line):
    minji = line.agent("icg_1").signs_in()
    first, second = (caller.presses("0") for caller in line.callers_at_the_question(2))
    line.passes(20)
    assert minji.row.missed == 1

    minji.accepts()
    line.passes(10)

    assert minji.row.missed == 0
    assert second.talks_to(minji)
    assert not first.phone.in_conference
