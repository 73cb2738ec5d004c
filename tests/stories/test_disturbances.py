"""What goes wrong between us and the carrier heals, and leaves the same rows as if nothing had been wrong."""

import pytest

from agents.work_state import WorkState
from calls.call import CallState
from carrier.rest import TwilioCarrier
from switchboard.doors import CarrierUnreachable
from switchboard.end_call import end_lost_calls
from switchboard.reconcile import YOUNG_SECONDS, reconcile

FIRST_WORDS, WAIT_TURN = 18, 10  # seconds: what a caller hears first in the queue, and then how often they ask


@pytest.fixture
def no_nudge(monkeypatch):
    """Let every nudge to a caller fail."""
    asked = []

    def move(_carrier, call_id, path):
        asked.append(path)
        raise CarrierUnreachable("nobody answers")

    monkeypatch.setattr(TwilioCarrier, "move", move)
    return asked


def test_a_lost_nudge_heals_at_the_next_wait_turn(line, no_nudge):
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person().waits(5)

    minji.accepts()
    assert not caller.phone.in_conference
    line.passes(FIRST_WORDS + WAIT_TURN)

    assert no_nudge
    assert caller.talks_to(minji)


def test_a_nudge_whose_reply_is_lost_is_not_given_twice(line):
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person().waits(5)

    line.stage.network.lose_rest_replies(1)
    minji.accepts()
    line.passes(20)

    assert caller.talks_to(minji)
    assert len(line.records("talk.started")) == 1
    assert line.stage.network.errors == []


def test_who_is_passed_over_by_the_carrier_s_list_is_still_on_the_line(line, monkeypatch):
    minji = line.agent("icg_1").signs_in().accepts()
    talks = line.caller().asks_for_a_person().waits(YOUNG_SECONDS)
    waits = line.caller("01011112222").asks_for_a_person().waits(YOUNG_SECONDS)
    monkeypatch.setattr(TwilioCarrier, "calls_in_progress", lambda _carrier: frozenset())

    assert reconcile(line.stage.house) == 0

    assert talks.talks_to(minji)
    assert waits.call.state is CallState.WAITING


def test_a_report_of_an_end_that_never_came_is_made_up_for(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(2 * YOUNG_SECONDS)
    line.stage.network.lose_callbacks(every=1)
    caller.hangs_up()
    assert caller.call.state is CallState.TALKING

    assert reconcile(line.stage.house) == 1

    assert caller.call.state is CallState.ENDED
    assert len(line.records("call.reconciled")) == 1
    line.passes(2)
    assert minji.row.work_state is WorkState.WRAPPING


def test_a_command_that_got_no_answer_is_given_again(line, monkeypatch):
    minji = line.agent("icg_1").signs_in("tel:+82317801234").accepts()
    ring, tries = TwilioCarrier.ring, []

    def ring_late(carrier, station, **rest):
        tries.append(line.stage.now())
        if len(tries) < 3:
            raise CarrierUnreachable("nobody answers")
        return ring(carrier, station, **rest)

    monkeypatch.setattr(TwilioCarrier, "ring", ring_late)
    caller = line.caller().asks_for_a_person().waits(15)

    assert [round((at - tries[0]).total_seconds()) for at in tries] == [0, 1, 3]
    assert caller.talks_to(minji)


def test_a_telephone_that_can_never_be_rung_is_a_failure_and_the_caller_goes_on_to_another(line, monkeypatch):
    minji = line.agent("icg_1").signs_in("tel:+82317801234")
    line.passes(1)
    jisu = line.agent("icg_2").signs_in().accepts()

    def ring(_carrier, _station, **_rest):
        raise CarrierUnreachable("nobody answers")

    monkeypatch.setattr(TwilioCarrier, "ring", ring)
    caller = line.caller().asks_for_a_person().waits(20)

    assert caller.offers == [("icg_1", "failed"), ("icg_2", "accepted")]
    assert caller.talks_to(jisu)
    assert minji.row.missed == 0


def test_a_ring_whose_reply_is_lost_rings_the_telephone_once(line):
    minji = line.agent("icg_1").signs_in("tel:+82317801234")

    line.stage.network.lose_rest_replies(1)
    caller = line.caller().asks_for_a_person().waits(6)

    assert len(line.stage.network.ringing("tel:+82317801234")) == 1
    caller.hangs_up()
    line.passes(2)
    assert not minji.rings


def test_a_telephone_does_not_ring_on_for_a_caller_who_left_while_the_carrier_was_asked(line, monkeypatch):
    minji = line.agent("icg_1").signs_in("tel:+82317801234")
    caller = line.caller().dials()
    ring = TwilioCarrier.ring

    def ring_while_the_caller_leaves(carrier, station, **rest):
        leg = ring(carrier, station, **rest)
        caller.phone.hang_up()
        return leg

    monkeypatch.setattr(TwilioCarrier, "ring", ring_while_the_caller_leaves)
    caller.presses("0")
    line.passes(2)

    assert not minji.rings
    assert caller.offers == [("icg_1", "withdrawn")]
    assert minji.row.work_state is WorkState.IDLE


def test_a_telephone_that_rings_twice_after_all_is_taken_once_and_stops_ringing(line):
    minji = line.agent("icg_1").signs_in("tel:+82317801234")
    caller = line.caller().dials()
    line.stage.network.lose_rest_replies(1)
    line.stage.network.drop_callbacks(2)  # nobody tells us either that it rings
    caller.presses("0").waits(3)
    first, second = line.stage.network.ringing("tel:+82317801234")

    first.decline()  # says nothing of the second
    assert minji.is_offered(caller)
    second.answer()
    second.press("1")
    line.passes(2)

    assert caller.phone.connected_to == {second.sid}
    assert caller.offers == [("icg_1", "accepted")]


def test_a_talk_survives_a_carrier_that_answers_no_request_for_half_a_minute(line, monkeypatch):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person()

    line.stage.network.lose_rest_replies(5)
    line.passes(30)

    assert caller.talks_to(minji)


def test_a_voice_request_whose_answer_is_lost_is_not_taken_twice(line):
    line.agent("icg_1").signs_in()
    line.stage.network.duplicate_requests(2)

    caller = line.caller().asks_for_a_person().waits(60)

    assert all(first.body == second.body for first, second in line.stage.network.repeated_answers)
    assert len(line.records("ticket.opened", "entry.waiting")) == 2
    assert caller.call.state is CallState.WAITING


def test_what_a_killed_process_left_behind_holds_no_agent_and_no_place(line):
    minji = line.agent("icg_1").signs_in().accepts()
    jisu = line.agent("icg_2").signs_in()
    line.caller("01011112222").asks_for_a_person().waits(5)
    line.caller("01033334444").asks_for_a_person().waits(5)
    assert jisu.offer is not None

    end_lost_calls(line.stage.house)  # as the next process does when it starts
    line.passes(60)

    assert [agent.row.work_state for agent in (minji, jisu)] == [WorkState.IDLE] * 2
    assert len(line.records("call.ended")) == 2


def a_day(line) -> dict:
    """Play some of what can happen on a day, and return what it left behind."""
    minji = line.agent("icg_1").signs_in("tel:+82317801234").accepts()
    answered = line.caller("01011112222").asks_for_a_person().waits(20)
    minji.ignores()
    minji.hangs_up()  # lost in mid-talk
    line.passes(5)
    jisu = line.agent("icg_2").signs_in().accepts()
    line.passes(20)
    assert answered.talks_to(jisu)
    answered.hangs_up()
    line.passes(60)
    jisu.declines()
    impatient = line.caller("01033334444").asks_for_a_person().waits(20).hangs_up()
    line.passes(60)
    return {
        "calls": [(caller.call.state, caller.call.outcome) for caller in (answered, impatient)],
        "tickets": [(caller.ticket.number, caller.ticket.state) for caller in (answered, impatient)],
        "offers": [answered.offers, impatient.offers],
        "records": sorted(record.kind for record in line.records()),
        "agents": [(agent.row.work_state, agent.row.presence, agent.row.missed) for agent in (minji, jisu)],
    }


AS_IF_NOTHING_WAS_WRONG = {
    "calls": [("ended", "answered"), ("ended", "abandoned_in_queue")],
    "tickets": [("26-000001-9", "assigned"), ("26-000002-4", "received")],
    "offers": [[("icg_1", "accepted"), ("icg_2", "accepted")], [("icg_1", "expired"), ("icg_2", "declined")]],
    "records": [
        "agent.idle",
        *("agent.presence",) * 2,
        *("call.ended",) * 2,
        *("call.started",) * 2,
        "entry.gave_way",
        "entry.put_back",
        *("entry.waiting",) * 2,
        *("leg.ended",) * 3,
        *("message.sent",) * 2,
        *("offer.accepted",) * 2,
        "offer.declined",
        "offer.expired",
        *("offer.made",) * 4,
        *("talk.started",) * 2,
        *("ticket.opened",) * 2,
        *("tier.opened",) * 2,
    ],
    "agents": [("idle", "available", 1), ("idle", "available", 0)],
}


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_callbacks_told_four_times_in_any_order_leave_what_they_leave_told_once(line, seed):
    if seed:
        line.stage.network.duplicate_callbacks(3)
        line.stage.network.reorder_callbacks(seed)

    left = a_day(line)

    assert left == AS_IF_NOTHING_WAS_WRONG
    assert line.stage.network.errors == []
