"""An offer, from the first ring to its end: who is rung, what becomes of the caller, and what it means for the agent."""

import pytest

from agents.agent import NO_ANSWER, Presence
from agents.station import StationKind
from agents.work_state import WorkState

RING_SECONDS = 15  # of every desk in directory/data/desks.csv
REST_AFTER_NO_ANSWER = 10
REST_AFTER_A_NO = 5
SAME_CALLER_AGAIN = 60

STATIONS = {
    StationKind.CLIENT: "client:icg_1",
    StationKind.SIP: "sip:icg_1@pbx.example.kr",
    StationKind.TELEPHONE: "tel:+82317801234",
}
TELEPHONES = [STATIONS[StationKind.SIP], STATIONS[StationKind.TELEPHONE]]


@pytest.mark.parametrize("station", STATIONS.values(), ids=STATIONS)
def test_who_accepts_talks_to_the_caller_and_hears_no_other_offer(line, station):
    minji = line.agent("icg_1").signs_in(station).accepts()

    caller = line.caller().asks_for_a_person().waits(10)

    assert caller.talks_to(minji)
    assert minji.row.work_state is WorkState.TALKING
    assert caller.offers == [("icg_1", "accepted")]


@pytest.mark.parametrize("station", STATIONS.values(), ids=STATIONS)
def test_a_caller_who_is_declined_goes_to_the_next_agent_and_the_no_is_no_missed_call(line, station):
    minji = line.agent("icg_1").signs_in(station).declines()
    line.passes(1)
    jisu = line.agent("icg_2").signs_in().accepts()

    caller = line.caller().asks_for_a_person().waits(15)

    assert caller.talks_to(jisu)
    assert caller.offers == [("icg_1", "declined"), ("icg_2", "accepted")]
    assert (minji.row.missed, minji.row.presence) == (0, Presence.AVAILABLE)


@pytest.mark.parametrize("station", STATIONS.values(), ids=STATIONS)
def test_a_caller_whom_nobody_answers_keeps_their_place_and_goes_to_another_agent(line, station):
    minji = line.agent("icg_1").signs_in(station)
    first, second = line.callers_at_the_question(2)
    first.presses("0")
    second.presses("0")

    line.passes(RING_SECONDS)
    assert first.offers == [("icg_1", "expired")]
    assert minji.row.missed == 1
    assert not minji.rings
    jisu = line.agent("icg_2").signs_in().accepts()
    line.passes(5)

    assert first.talks_to(jisu)
    assert second.offers == []


def test_an_offer_in_a_browser_rings_for_its_desk_s_seconds_and_not_longer(line):
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person()

    line.passes(RING_SECONDS - 1)
    assert minji.is_offered(caller)
    line.passes(1)

    assert caller.offers == [("icg_1", "expired")]


def test_the_ring_time_of_a_telephone_counts_from_its_ringing(line):
    agents = [line.agent(f"icg_{n}").signs_in(f"tel:+8231780123{n}") for n in (1, 2, 3)]
    for caller in line.callers_at_the_question(3):
        caller.presses("0")  # three offers within a moment; the carrier starts one call a second

    line.passes(RING_SECONDS)

    assert [agent.rings for agent in agents] == [False, True, True]
    line.passes(1)
    assert [agent.rings for agent in agents] == [False, False, True]
    line.passes(1)
    assert [agent.row.missed for agent in agents] == [1, 1, 1]


def test_an_agent_who_did_not_answer_rests_before_the_next_caller(line):
    minji = line.agent("icg_1").signs_in()
    first, second = line.callers_at_the_question(2)
    first.presses("0")
    second.presses("0")

    line.passes(RING_SECONDS + REST_AFTER_NO_ANSWER - 2)
    assert minji.offer is None
    line.passes(2)

    assert minji.is_offered(second)


@pytest.mark.parametrize("refuses", ["declines", "ignores"])
def test_a_caller_is_not_offered_to_the_same_agent_within_a_minute_and_is_after_it_if_nobody_came(line, refuses):
    minji = getattr(line.agent("icg_1").signs_in(), refuses)()
    caller = line.caller().asks_for_a_person()
    line.passes(RING_SECONDS if refuses == "ignores" else 0)
    minji.ignores()

    line.passes(SAME_CALLER_AGAIN - 2)
    assert minji.offer is None
    line.passes(3)

    assert minji.is_offered(caller)


def test_three_no_answers_in_a_row_put_an_agent_on_a_break_that_signing_in_ends(line):
    minji = line.agent("icg_1").signs_in()
    callers = [caller.presses("0") for caller in line.callers_at_the_question(4)]

    line.passes(3 * RING_SECONDS + 2 * REST_AFTER_NO_ANSWER)
    assert (minji.row.presence, minji.row.break_reason) == (Presence.BREAK, NO_ANSWER)
    assert callers[3].offers == []
    minji.signs_in()

    assert (minji.row.presence, minji.row.break_reason, minji.row.missed) == (Presence.AVAILABLE, None, 0)
    assert minji.is_offered(callers[3])


def test_a_no_in_between_ends_the_row_of_no_answers(line):
    minji = line.agent("icg_1").signs_in()
    for caller in line.callers_at_the_question(4):
        caller.presses("0")

    line.passes(2 * (RING_SECONDS + REST_AFTER_NO_ANSWER) + 1)  # the third offer is on the screen
    minji.declines().ignores()
    line.passes(REST_AFTER_A_NO + RING_SECONDS + 1)

    assert (minji.row.missed, minji.row.presence) == (1, Presence.AVAILABLE)


@pytest.mark.parametrize(("station", "trouble"), list(zip(TELEPHONES, ["fail", "decline"], strict=True)))
def test_a_telephone_that_is_busy_or_cannot_be_reached_is_a_failure_and_no_missed_call(line, station, trouble):
    minji = line.agent("icg_1").signs_in(station)
    caller = line.caller().asks_for_a_person().waits(2)

    getattr(minji.telephone, trouble)()
    line.passes(1)

    assert caller.offers == [("icg_1", "failed")]
    assert (minji.row.missed, minji.row.work_state) == (0, WorkState.IDLE)


def test_a_voicemail_never_takes_a_caller(line):
    minji = line.agent("icg_1").signs_in(STATIONS[StationKind.TELEPHONE])
    caller = line.caller().asks_for_a_person().waits(5)

    voicemail = minji.picks_up()
    line.passes(40)

    assert voicemail.ended
    assert not voicemail.in_conference
    assert ("icg_1", "accepted") not in caller.offers
    assert not caller.phone.ended


@pytest.mark.parametrize("station", TELEPHONES)
def test_key_1_at_a_telephone_takes_the_call_and_says_before_what_it_is_about(line, station):
    minji = line.agent("icg_1").signs_in(station)
    caller = line.caller().dials().presses("4").says("안산이요").is_silent().waits(2)

    telephone = minji.picks_up()
    line.passes(8)
    telephone.press("1")
    line.passes(1)

    assert telephone.said[0] == "경기도 지역, 정보 제공 전화입니다. 받으시려면 일 번을 눌러 주십시오."
    assert caller.phone.connected_to == {telephone.sid}
    assert caller.offers == [("icg_1", "accepted")]


def test_another_key_at_a_telephone_takes_nothing_and_is_asked_again(line):
    minji = line.agent("icg_1").signs_in(STATIONS[StationKind.TELEPHONE])
    caller = line.caller().asks_for_a_person().waits(1)

    telephone = minji.picks_up()
    telephone.press("2")
    line.passes(1)
    assert not telephone.in_conference
    telephone.press("1")
    line.passes(5)

    assert caller.phone.connected_to == {telephone.sid}


def test_one_who_picks_up_at_the_last_ring_still_has_the_time_to_press_1(line):
    minji = line.agent("icg_1").signs_in(STATIONS[StationKind.TELEPHONE])
    caller = line.caller().asks_for_a_person().waits(RING_SECONDS - 1)

    telephone = minji.picks_up()
    line.passes(8)  # the words, and a moment to find the key
    telephone.press("1")
    line.passes(1)

    assert caller.phone.connected_to == {telephone.sid}
    assert minji.row.missed == 0


@pytest.mark.parametrize("station", STATIONS.values(), ids=STATIONS)
def test_a_caller_who_hangs_up_takes_the_offer_along_and_frees_the_agent_at_once(line, station):
    minji = line.agent("icg_1").signs_in(station)
    caller = line.caller("01011112222").asks_for_a_person().waits(3)

    caller.hangs_up()
    line.passes(0)

    assert caller.offers == [("icg_1", "withdrawn")]
    assert not minji.rings
    assert (minji.row.work_state, minji.row.not_before, minji.row.missed) == (WorkState.IDLE, None, 0)
    assert minji.is_offered(line.caller("01033334444").asks_for_a_person())


@pytest.mark.parametrize("picked_up", ["before", "after"])
def test_a_telephone_picked_up_as_the_caller_leaves_hears_so_and_costs_no_wrap_up(line, picked_up):
    minji = line.agent("icg_1").signs_in(STATIONS[StationKind.TELEPHONE])
    caller = line.caller().asks_for_a_person().waits(3)
    telephone = minji.telephone
    acts = [telephone.answer, caller.phone.hang_up]

    for act in acts if picked_up == "before" else reversed(acts):  # before we can ask the carrier to end the ringing
        act()
    said = list(telephone.said)
    line.passes(10)

    assert (said == [line.stage.house.say("offer_gone")]) == (picked_up == "after")
    assert telephone.ended
    assert minji.row.work_state is WorkState.IDLE
    assert minji.row.wrap_until is None


def test_an_accept_click_after_the_caller_left_hears_that_the_call_is_gone(line):
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person().waits(2)
    offer = minji.offer.id

    caller.hangs_up()
    tab = minji.clicks_accept(offer)
    line.passes(10)

    assert tab.said == [line.stage.house.say("offer_gone")]
    assert tab.ended
    assert minji.row.work_state is WorkState.IDLE


def test_of_two_browsers_that_accept_one_offer_the_second_hears_that_it_is_gone(line):
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person().waits(2)
    offer = minji.offer.id

    first, second = minji.clicks_accept(offer), minji.clicks_accept(offer)
    line.passes(10)

    assert caller.phone.connected_to == {first.sid}
    assert second.said == [line.stage.house.say("offer_gone")]
    assert second.ended
    assert minji.row.work_state is WorkState.TALKING


def test_an_offer_cannot_be_taken_by_an_agent_it_was_not_made_to(line):
    minji, thief = line.agent("icg_1").signs_in(), line.agent("icg_2").signs_in()
    caller = line.caller().asks_for_a_person().waits(2)

    tab = thief.clicks_accept(minji.offer.id)
    line.passes(10)

    assert tab.said == [line.stage.house.say("offer_gone")]
    assert minji.is_offered(caller)


@pytest.mark.parametrize("station", STATIONS.values(), ids=STATIONS)
def test_a_break_while_it_rings_gives_the_caller_to_the_next_agent_at_once(line, station):
    minji = line.agent("icg_1").signs_in(station)
    line.passes(1)
    jisu = line.agent("icg_2").signs_in()
    caller = line.caller().asks_for_a_person().waits(2)

    minji.takes_a_break()

    assert jisu.is_offered(caller)
    assert not minji.rings
    assert (minji.row.presence, minji.row.work_state, minji.row.missed) == (Presence.BREAK, WorkState.IDLE, 0)
