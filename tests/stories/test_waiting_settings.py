"""How a desk lets its callers wait: what they are told, what happens when it is too long or too many, who dials first."""

from datetime import timedelta

import pytest

from calls.call import CallState, Outcome
from directory.codes import AgentId
from routing.callback import callback_of
from switchboard import paths
from switchboard.announce import clear_announcements, set_announcement
from switchboard.wait_words import RECENT
from tests.stories.conftest import WORKING_DAY_AT_10

ONE_DATABASE = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
OWN = "01012345678"
LEAD = AgentId("line_lead")
TALK_SECONDS = (150, 180, 200, 240, 300)


def busy_line(line, *agents):
    """Everybody talks; whoever calls now waits."""
    line.talking = []
    for n, agent in enumerate(agents or ("icg_1",)):
        line.agent(agent).signs_in().accepts()
        line.talking.append(line.caller(f"0109999000{n}").asks_for_a_person().waits(2))
    return line


def talked_lately(line, desk="center:ICG", seconds=TALK_SECONDS):
    with line.stage.house.store.work() as work:
        for one in seconds:
            work.waits.note_handling(desk, line.stage.now() - timedelta(minutes=10), one)


def customer(line, number=OWN):
    ringing = line.stage.network.ringing(f"+82{number.removeprefix('0')}")
    return ringing[0] if ringing else None


def picks_up(line, key):
    line.until(lambda: customer(line) is not None)
    phone = customer(line)
    phone.answer()
    line.until(lambda: phone.listening and not phone.hears)
    phone.press(key)
    line.stage.settle()
    return phone


# What is told


def test_a_waiting_caller_hears_their_place_and_a_range_that_never_rises(line):
    busy_line(line)
    talked_lately(line)
    second = line.caller(OWN).dials()  # soon after: one who waits longer than promised gives way
    first = line.caller("01011112222").asks_for_a_person().waits(2)

    second.presses("0").waits(60)

    assert second.has_heard("wait_first", ahead=1) == 1
    assert second.has_heard("wait_range", least=4, most=9) >= 1
    assert second.has_heard("wait_position", ahead=1) >= 1
    first.hangs_up()
    second.waits(60)
    assert second.has_heard("wait_next") >= 1
    assert second.has_heard("wait_range", least=2, most=5) >= 1
    line.caller("0212345678")  # more talks took longer: the range they were told stands, or nothing is said
    talked_lately(line, seconds=[900] * 40)
    heard = len([said for said in second.phone.said if "예상" in said])
    second.waits(60)
    assert len([said for said in second.phone.said if "예상" in said]) == heard


def test_who_comes_as_others_have_given_way_is_promised_nothing_and_hears_no_place_that_rises(line):
    busy_line(line)
    line.caller("01011112222").asks_for_a_person().waits(5)

    newcomer = line.caller(OWN).asks_for_a_person().waits(15)  # the menu took them so long that the other has given way

    assert newcomer.has_heard("wait_please") == 1
    assert not newcomer.has_heard("transferring", desk="인천·경기지역센터")
    newcomer.waits(90)  # they give way in turn, behind the one who came before them
    assert not any("명이 기다리고" in said or "분이 기다리고" in said for said in newcomer.phone.said)


@ONE_DATABASE
def test_without_enough_talks_the_place_is_told_and_no_minutes(line):
    busy_line(line)
    with line.stage.house.store.work() as work:
        for _ in range(9):  # of yesterday
            work.waits.note_handling("center:ICG", line.stage.now() - RECENT - timedelta(minutes=1), 200)
    caller = line.caller(OWN).dials()
    line.caller("01011112222").asks_for_a_person()

    caller.presses("0").waits(40)

    assert caller.has_heard("wait_position", ahead=1) >= 1
    assert "예상" not in caller.heard


@ONE_DATABASE
def test_a_talk_that_ends_is_reckoned_with(line):
    line.agent("icg_1").signs_in().accepts()
    line.caller(OWN).asks_for_a_person().waits(30).hangs_up()

    with line.stage.house.store.reading() as work:
        (seconds,) = work.waits.handlings(["center:ICG"], line.stage.now() - RECENT, 9)
    assert 50 <= seconds <= 65  # the talk and half a minute to write it up


@ONE_DATABASE
@pytest.mark.parametrize(
    ("callback", "message", "offered"),
    [
        ("yes", "yes", "wait_choices"),
        ("yes", "no", "wait_choice_callback"),
        ("no", "yes", "wait_choice_message"),
        ("no", "no", None),
    ],
)
def test_after_half_a_minute_a_caller_hears_what_they_may_do_instead(open_line, waits_like, callback, message, offered):
    waits_like(callback=callback, message=message, offer_every_seconds=0)
    line = busy_line(open_line(WORKING_DAY_AT_10))
    caller = line.caller(OWN).asks_for_a_person().waits(25)
    assert "눌러" not in "".join(caller.phone.said[-3:])

    caller.waits(100)

    for prompt in ("wait_choices", "wait_choice_callback", "wait_choice_message"):
        assert caller.has_heard(prompt) == (prompt == offered)


@ONE_DATABASE
def test_a_desk_may_let_its_callers_hear_a_tone(open_line, waits_like):
    waits_like(sound="tone")
    line = busy_line(open_line(WORKING_DAY_AT_10))

    caller = line.caller(OWN).asks_for_a_person().waits(20)

    sounds = {heard.sound.rpartition("/static/")[2] for heard in caller.phone.transcript if heard.sound}
    assert sounds == {paths.WAIT_TONE.rpartition("/")[2]}


@ONE_DATABASE
def test_an_english_caller_waits_and_leaves_their_number_in_english(line):
    busy_line(line)
    caller = line.caller(OWN).dials().presses("9").presses("0").waits(5)

    caller.presses("1").presses("1").waits(20)

    assert "Shall we call you at zero one zero, one two three four, five six seven eight?" in caller.heard
    assert "When it is your turn, we will call you at" in caller.heard


# Too many


def test_when_the_line_is_full_a_caller_hears_it_and_may_leave_a_number_stay_or_hang_up(open_line, waits_like):
    waits_like(full_per_agent=1)
    line = busy_line(open_line(WORKING_DAY_AT_10))
    leaves = line.caller(OWN).dials()
    line.caller("01011112222").asks_for_a_person().waits(2)

    leaves.presses("0").waits(1)
    stays = line.caller("0212345678").asks_for_a_person().waits(40)
    gone = line.caller("0312345678").asks_for_a_person().waits(12).hangs_up()

    assert [caller.has_heard("line_full") for caller in (leaves, stays, gone)] == [1, 1, 1]
    assert leaves.presses("1").presses("1").waits(20).call.outcome is Outcome.CALLBACK
    assert stays.call.state is CallState.WAITING
    assert gone.ticket is not None


# Too long


def waits_too_long(line):
    busy_line(line)
    return line.caller(OWN).asks_for_a_person().waits(100)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("then", "outcome"), [("callback", Outcome.CALLBACK), ("message", Outcome.CALLBACK), ("stay", None)]
)
def test_the_longest_wait_leads_where_the_desk_says(open_line, waits_like, then, outcome):
    waits_like(longest_wait_seconds=60, then=then)

    caller = waits_too_long(open_line(WORKING_DAY_AT_10))

    assert caller.call.outcome is outcome
    assert caller.has_heard("message_instead", callback_number=OWN, ticket=caller.ticket.number) == (then == "message")
    assert (caller.call.state is CallState.WAITING) == (then == "stay")


@ONE_DATABASE
def test_after_the_longest_wait_a_backup_desk_may_open_to_the_caller(open_line, waits_like):
    waits_like(longest_wait_seconds=60, then="backup", backup_desk="institute:KITECH")
    line = open_line(WORKING_DAY_AT_10)
    institute = line.agent("kitech_1").signs_in()

    caller = waits_too_long(line)

    assert caller.has_heard("wait_widened") == 1
    assert caller.offers[-1][0] == institute.id


@ONE_DATABASE
def test_nobody_who_cannot_be_called_is_sent_away_for_having_waited_long(open_line, waits_like):
    waits_like(longest_wait_seconds=60)
    line = busy_line(open_line(WORKING_DAY_AT_10))

    caller = line.caller("anonymous").asks_for_a_person().waits(90)

    assert caller.call.state is CallState.WAITING


# Who dials first


def test_with_the_customer_first_an_agent_is_rung_when_the_customer_is_there(open_line, waits_like):
    waits_like(dials_first="customer")
    line = busy_line(open_line(WORKING_DAY_AT_10))
    agent = line.stage.people[0]
    caller = line.caller(OWN).asks_for_a_person().waits(2).presses("1").presses("1").waits(20)
    agent.habit = agent.habit.IGNORES
    line.talking[0].hangs_up()
    line.until(lambda: customer(line) is not None)
    with line.stage.house.store.reading() as work:
        offer = work.offers.live_of_agent(agent.id)
        assert (offer.state, work.agents.get(agent.id).work_state) == ("made", "reserved")

    phone = picks_up(line, "1")

    with line.stage.house.store.reading() as work:
        assert work.agents.get(agent.id).work_state == "ringing"
    agent.habit = agent.habit.ACCEPTS
    line.until(lambda: phone.connected_to)
    with line.stage.house.store.reading() as work:
        assert work.calls.get(callback_of(caller.phone.sid)).state is CallState.TALKING


@ONE_DATABASE
def test_with_the_customer_first_one_who_is_not_there_costs_the_agent_nothing(open_line, waits_like):
    waits_like(dials_first="customer")
    line = busy_line(open_line(WORKING_DAY_AT_10))
    agent = line.stage.people[0]
    agent.habit = agent.habit.IGNORES
    caller = line.caller(OWN).asks_for_a_person().waits(2).presses("1").presses("1").waits(20)
    line.talking[0].hangs_up()
    line.until(lambda: customer(line) is not None)

    customer(line).decline()
    line.passes(3)

    with line.stage.house.store.reading() as work:
        row = work.agents.get(agent.id)
        assert (row.work_state, row.missed, row.not_before) == ("idle", 0, None)
        assert work.calls.get(callback_of(caller.phone.sid)).state is CallState.PROMISED


# The announcement


@ONE_DATABASE
def test_an_announcement_is_heard_before_the_menu_in_both_languages_and_ends_by_itself(line):
    until = line.stage.now() + timedelta(minutes=30)
    set_announcement(line.stage.house, "태풍으로 제주 센터가 오늘 쉽니다.", until, "ko", LEAD)
    set_announcement(line.stage.house, "The Jeju center is closed today.", until, "en", LEAD)

    first = line.caller(OWN).dials().waits(5)
    line.passes(1800)
    late = line.caller(OWN).dials().waits(5)

    assert first.phone.said[:2] == ["태풍으로 제주 센터가 오늘 쉽니다.", "The Jeju center is closed today."]
    assert "태풍" not in late.heard


@ONE_DATABASE
def test_an_announcement_can_be_replaced_and_cleared(line):
    until = line.stage.now() + timedelta(minutes=30)
    for words in ("첫 번째 안내입니다.", "두 번째 안내입니다."):
        set_announcement(line.stage.house, words, until, "ko", LEAD)
    assert line.caller(OWN).dials().waits(5).phone.said[0] == "두 번째 안내입니다."

    clear_announcements(line.stage.house, LEAD)

    assert "안내입니다." not in line.caller(OWN).dials().waits(2).phone.said[0]


# A rush


@pytest.mark.long
def test_forty_callers_on_four_agents_are_all_talked_to_or_called(line):
    agents = [line.agent(f"icg_{n}").signs_in().accepts() for n in (1, 2, 3, 4)]
    callers = [caller.presses("0") for caller in line.callers_at_the_question(40)]
    for caller in callers[10:30]:
        caller.presses("1").presses("1")

    def served() -> int:
        for caller in callers:
            if caller.phone.connected_to:
                caller.phone.hang_up()
        for phone in line.stage.network.all_ringing():
            phone.answer()
        for phone in line.stage.network.live_phones():
            if phone.call.direction == "outbound-api" and phone.listening and not phone.hears:
                phone.press("1")
            elif phone.call.direction == "outbound-api" and phone.connected_to:
                phone.hang_up()
        with line.stage.house.store.reading() as work:
            return not work.queue.waiting() and not work.callbacks.live()

    line.until(served, seconds=7200)

    talks = line.records("talk.started")
    assert len({record.call for record in talks}) == 40
    assert {caller.call.outcome for caller in callers} == {Outcome.ANSWERED, Outcome.CALLBACK, Outcome.VOICEMAIL}
    assert len(line.records("callback.answered")) == 40 - sum(c.call.outcome is Outcome.ANSWERED for c in callers) >= 20
    assert all(agent.row.missed == 0 for agent in agents)
