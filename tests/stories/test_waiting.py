"""Waiting: who comes first, what is heard meanwhile, which desks open when, and what happens when nobody comes."""

import pytest

from agents.agent import Presence
from agents.work_state import WorkState
from calls.call import CallState, Outcome
from records.korean_time import KOREA
from tickets.ticket import PromisedBy

INSTITUTE_ALONE = 15  # seconds until the region's center opens as well
CENTER_ALONE = 15  # the next would open after 3 s, and waits until icg_1 has been rung
LONGEST_WAIT = 300
RING_SECONDS = 15

PLATING = "안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요"


def opened(line) -> list[tuple[str, str]]:
    """The desks that opened after the first, each with why."""
    return [(record.desk, record.fields["why"]) for record in line.records("tier.opened")]


# The order


def test_several_callers_are_offered_in_the_order_they_came(line):
    busy = line.agent("icg_1").signs_in().accepts()
    line.caller().asks_for_a_person().waits(2)
    first, second, third = [caller.presses("0") for caller in line.callers_at_the_question(3)]

    agents = [line.agent(f"icg_{n}").signs_in() for n in (2, 3, 4)]

    assert [agent.is_offered(caller) for agent, caller in zip(agents, (first, second, third), strict=True)] == [
        True
    ] * 3
    assert busy.offer is None


def test_one_who_waited_past_the_promise_gives_way_to_a_newer_caller_and_why_says_so(line):
    busy = line.agent("icg_1").signs_in().accepts()
    line.caller("01011112222").asks_for_a_person().waits(2)
    late = line.caller("01033334444").asks_for_a_person()
    line.passes(22)
    newer = line.caller("01055556666").asks_for_a_person()
    line.passes(1)

    other = line.agent("icg_2").signs_in()

    assert other.is_offered(newer)
    assert busy.offer is None
    with line.stage.house.store.reading() as work:
        told = [r.rule for d in work.decisions.of_call(late.call.id) if d.kind == "place" for r in d.reasons]
    assert told == ["gave_way"]


def test_nobody_gives_way_to_one_who_came_more_than_a_minute_later(line):
    line.agent("icg_1").signs_in().accepts()
    line.caller("01011112222").asks_for_a_person().waits(2)
    late = line.caller("01033334444").asks_for_a_person()
    line.passes(70)
    line.caller("01055556666").asks_for_a_person()
    line.passes(1)

    assert line.agent("icg_2").signs_in().is_offered(late)


def test_a_caller_hears_how_many_stand_before_them(line):
    line.agent("icg_1").signs_in()
    first, second, third = [caller.presses("0") for caller in line.callers_at_the_question(3)]
    line.passes(15)

    assert "인천·경기지역센터로 연결해 드리겠습니다" in first.heard
    assert second.has_heard("wait_first", ahead=1) == 0  # the first is being offered, and waits no more
    assert third.has_heard("wait_first", ahead=1) == 1


def test_the_agent_idle_longest_is_offered_the_caller(line):
    for name in ("icg_3", "icg_1", "icg_2"):
        line.agent(name).signs_in()
        line.passes(5)

    callers = [caller.presses("0") for caller in line.callers_at_the_question(3)]

    assert [caller.offers[0][0] for caller in callers] == ["icg_3", "icg_1", "icg_2"]


def test_one_who_just_finished_a_call_comes_after_those_who_sat_idle(line):
    first = line.agent("icg_1").signs_in().accepts()
    line.passes(1)
    line.agent("icg_2").signs_in()
    line.caller("01011112222").asks_for_a_person().waits(5).hangs_up()
    line.passes(40)  # icg_1 has written it up

    caller = line.caller("01033334444").asks_for_a_person()

    assert caller.offers[0][0] == "icg_2"
    assert first.offer is None


def test_two_callers_and_two_agents_of_different_desks_meet_their_own(line):
    incheon, daegu = line.agent("icg_1").signs_in().accepts(), line.agent("dgb_1").signs_in().accepts()
    mobile, landline = line.caller("01012345678").dials(), line.caller("0537771234").dials()

    landline.presses("0")
    mobile.presses("0").waits(5)

    assert landline.talks_to(daegu)
    assert mobile.talks_to(incheon)


# The desks


def test_the_institute_has_the_caller_to_itself_and_then_one_desk_opens_after_the_other(line):
    for name in ("kitech_1", "icg_1", "sel_1"):
        line.agent(name).signs_in()
    caller = line.caller().asks_about_plating()

    line.passes(INSTITUTE_ALONE - 1)
    assert opened(line) == []
    line.passes(1)
    assert opened(line) == [("center:ICG", "time")]
    line.passes(CENTER_ALONE - 1)
    assert len(opened(line)) == 1
    line.passes(1)

    assert opened(line)[1] == ("center:SEL", "time")
    assert caller.offers[0][0] == "kitech_1"


def test_a_later_desk_is_not_rung_before_it_opens_though_its_agents_are_idle(line):
    institute, center = line.agent("kitech_1").signs_in(), line.agent("icg_1").signs_in()
    institute.declines()
    caller = line.caller().asks_about_plating()

    line.passes(INSTITUTE_ALONE - 1)
    assert center.offer is None
    line.passes(1)

    assert center.is_offered(caller)


def test_a_desk_without_anybody_costs_no_time(line):
    center = line.agent("icg_1").signs_in()

    caller = line.caller().asks_about_plating()

    assert center.is_offered(caller)
    assert {(reason["subject"], reason["rule"]) for reason in caller.report["reasons"]} >= {
        ("institute:KITECH", "unstaffed")
    }


def test_a_sign_in_opens_a_skipped_desk_to_callers_who_wait_already_and_keep_their_place(line):
    line.agent("icg_1").signs_in().accepts()
    line.caller("01099998888").asks_for_a_person().waits(2)  # keeps the only agent busy
    first, second = line.callers_at_the_question(2)
    for caller in (first, second):
        caller.says(PLATING)
    first.presses("1")
    second.presses("1")
    line.passes(5)

    institute = line.agent("kitech_1").signs_in()

    assert institute.is_offered(first)
    assert ("institute:KITECH", "sign_in") in opened(line)


def test_when_the_last_agent_of_the_open_desks_leaves_the_next_desk_opens_at_once(line):
    institute, center = line.agent("kitech_1").signs_in(), line.agent("icg_1").signs_in()
    caller = line.caller().asks_about_plating().waits(2)
    assert institute.is_offered(caller)

    institute.signs_off()

    assert center.is_offered(caller)
    assert opened(line) == [("center:ICG", "desk_empty")]


def test_a_break_for_missed_calls_that_empties_a_desk_opens_the_next_at_once(line):
    daegu, seoul = line.agent("dgb_1").signs_in(), line.agent("sel_1").signs_in()
    for _ in range(2):  # each gives up when the telephone has rung in vain
        line.caller("0537771234").asks_for_a_person().waits(RING_SECONDS).hangs_up()

    caller = line.caller("0537771234").asks_for_a_person().waits(RING_SECONDS)

    assert daegu.row.presence is Presence.BREAK
    assert opened(line)[-1][1] == "desk_empty"
    assert seoul.is_offered(caller)


def test_a_break_chosen_in_a_talk_that_empties_a_desk_opens_the_next_when_it_begins(line):
    daegu, seoul = line.agent("dgb_1").signs_in().accepts(), line.agent("sel_1").signs_in()
    talking = line.caller("0537771234").asks_for_a_person().waits(2)
    daegu.takes_a_break()
    waiting = line.caller("0537775678").dials().waits(15)
    talking.hangs_up()

    waiting.presses("0")
    assert daegu.row.work_state is WorkState.WRAPPING
    assert seoul.offer is None
    line.until(lambda: daegu.row.work_state is WorkState.IDLE)

    assert opened(line)[-1][1] == "desk_empty"
    assert seoul.is_offered(waiting)


def test_the_pool_reaches_a_center_of_another_region(line):
    far = line.agent("jju_1").signs_in()

    caller = line.caller().asks_for_a_person()

    assert far.is_offered(caller)


def test_an_unknown_region_goes_to_the_main_center(line):
    main = line.agent("icg_1").signs_in()
    line.agent("sel_1").signs_in()

    caller = line.caller("anonymous").asks_for_a_person()

    assert main.is_offered(caller)
    assert ("center:ICG", "main_center") in {(r["subject"], r["rule"]) for r in caller.report["reasons"]}


def test_one_who_refuses_consent_never_reaches_an_institute(line):
    institute, center = line.agent("kitech_1").signs_in(), line.agent("icg_1").signs_in()

    caller = line.caller().dials().says(PLATING).presses("2").waits(60)

    assert caller.report["intake"]["consent"] is False
    assert ("institute:KITECH", "no_consent", "refused") in {
        (r["subject"], r["rule"], r["verdict"]) for r in caller.report["reasons"]
    }
    assert {agent for agent, _ in caller.offers} == {"icg_1"}
    assert institute.offer is None
    assert center.row.missed > 0


# The wait itself


def test_a_waiting_caller_hears_about_every_half_minute_that_they_are_not_forgotten(line):
    line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person()

    caller.waits(150)

    assert 4 <= caller.has_heard("wait_again") <= 5


def test_zero_pressed_while_waiting_is_answered_kindly_and_changes_nothing(line):
    line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person().waits(2)
    before = caller.offers

    caller.presses("0").presses("0").waits(1)

    assert caller.has_heard("wait_please") >= 1
    assert caller.offers == before
    assert caller.call.state is CallState.WAITING
    assert len(line.records("ticket.opened")) == 1


def test_when_everybody_signs_off_the_caller_is_promised_a_call(line):
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person().waits(5)

    minji.signs_off()
    caller.waits(40)

    assert (
        caller.has_heard("callback_done", ticket=caller.ticket.number, day=caller.ticket.due_at.astimezone(KOREA)) == 1
    )
    assert (caller.call.outcome, caller.ticket.promised) == (Outcome.CALLBACK, PromisedBy.CALLBACK)
    assert caller.phone.ended


def test_one_who_calls_when_nobody_is_signed_in_is_promised_a_call_at_once(line):
    caller = line.caller().asks_for_a_person().waits(30)

    assert caller.call.outcome is Outcome.CALLBACK
    assert (
        caller.has_heard("callback_done", ticket=caller.ticket.number, day=caller.ticket.due_at.astimezone(KOREA)) == 1
    )


def test_nobody_waits_longer_than_the_longest_wait(line):
    line.agent("icg_1").signs_in().accepts()
    line.caller("01011112222").asks_for_a_person().waits(2)
    caller = line.caller("01033334444").asks_for_a_person()

    line.passes(LONGEST_WAIT - 15)
    assert caller.call.state is CallState.WAITING
    line.passes(45)

    assert caller.call.outcome is Outcome.CALLBACK
    assert (
        caller.has_heard("callback_done", ticket=caller.ticket.number, day=caller.ticket.due_at.astimezone(KOREA)) == 1
    )


def test_one_who_was_promised_a_call_holds_no_place_and_is_offered_to_nobody(line):
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person().waits(5)
    minji.signs_off()
    line.until(lambda: caller.call.state is CallState.LEAVING)

    minji.signs_in()

    assert minji.offer is None


@pytest.mark.parametrize("number", ["0212345678", "01012345678"])
def test_a_hang_up_while_waiting_leaves_the_ticket_and_no_place(line, number):
    line.agent("icg_1").signs_in().accepts()
    line.caller("01055556666").asks_for_a_person().waits(2)
    caller = line.caller(number).asks_for_a_person().waits(5).hangs_up()

    late = line.agent("icg_2").signs_in()

    assert caller.call.outcome is Outcome.ABANDONED_IN_QUEUE
    assert caller.ticket is not None
    assert late.offer is None
