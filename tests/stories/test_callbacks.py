"""Callbacks: a caller leaves their number instead of waiting, keeps their place, and is called when its turn comes."""

from datetime import UTC, datetime

import pytest

from calls.call import CallState, Outcome
from routing.callback import callback_of

ONE_DATABASE = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
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


def test_callbacks_are_called_in_the_order_in_which_their_callers_came(line):
    (talking,) = busy_line(line)
    first = leaves_number(line.caller("01011112222").asks_for_a_person().waits(2))
    on_the_line = line.caller("01033334444").asks_for_a_person().waits(2)
    last = leaves_number(line.caller("01055556666").asks_for_a_person().waits(2))
    agent = line.agent("icg_1")

    talking.hangs_up()
    takes_the_call(line, "01011112222").hang_up()
    line.until(lambda: on_the_line.phone.connected_to)
    on_the_line.hangs_up()
    phone = takes_the_call(line, "01055556666")

    assert phone.connected_to
    assert [offer["agent"] for offer in on_the_line.report["offers"]] == ["icg_1"]
    assert callback(line, first).outcome is Outcome.ANSWERED
    assert callback(line, last).state is CallState.TALKING
    assert agent.row.missed == 0


@ONE_DATABASE
def test_a_caller_may_be_called_at_another_number_that_is_read_back(line):
    (talking,) = busy_line(line)
    caller = line.caller(OWN).asks_for_a_person().waits(2)

    caller.presses("1").presses("2").presses("03178#").presses("0317801234#").presses("1").waits(20)

    assert caller.has_heard("not_understood") == 1
    assert caller.has_heard("callback_confirm", callback_number=OTHER) == 1
    assert caller.ticket.intake.callback_number == OTHER
    talking.hangs_up()
    assert takes_the_call(line, OTHER).connected_to
    assert customer(line, OWN) is None


@ONE_DATABASE
def test_one_whose_number_is_withheld_is_asked_for_one(line):
    (talking,) = busy_line(line)
    caller = line.caller("anonymous").asks_for_a_person().waits(2)

    caller.presses("1").presses("0317801234#").presses("1").waits(20)

    assert caller.has_heard("callback_which") == 0
    talking.hangs_up()
    assert takes_the_call(line, OTHER).connected_to


@ONE_DATABASE
@pytest.mark.parametrize("keys", [["1", "#"], ["1", "0"], ["1", "2", "#"], ["1", "9", "9", "9"], ["3"], ["*"], ["#"]])
def test_whoever_does_not_choose_a_callback_waits_on_in_their_place(line, keys):
    (talking,) = busy_line(line)
    caller = line.caller(OWN).asks_for_a_person().waits(2)
    before = line.stage.now()

    for pressed in keys:
        caller.presses(pressed)
    caller.waits(10)

    assert caller.call.state is CallState.WAITING
    assert callback(line, caller) is None
    assert line.stage.now() > before
    talking.hangs_up()
    line.until(lambda: caller.phone.connected_to)


def test_a_busy_customer_is_called_again_and_then_reached_in_their_old_place(line):
    (talking,) = busy_line(line)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()
    for wait in (300, 1800):
        line.until(lambda: customer(line) is not None, seconds=wait + 60)
        customer(line).decline()
        line.passes(2)
        assert line.agent("icg_1").row.work_state == "idle"

    phone = None
    line.until(lambda: customer(line) is not None, seconds=1900)
    phone = takes_the_call(line)

    assert phone.connected_to
    assert [record.kind for record in line.records("callback.busy", "callback.answered")] == [
        "callback.busy",
        "callback.busy",
        "callback.answered",
    ]
    assert callback(line, caller).state is CallState.TALKING


@ONE_DATABASE
def test_after_the_last_attempt_the_callback_is_closed_with_its_reason_and_the_ticket_stays(line):
    (talking,) = busy_line(line)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()

    line.passes(3 * RING_SECONDS + 300 + 1800 + 200)

    (closed,) = line.records("callback.closed")
    assert closed.fields["outcome"] == "not_reached"
    assert len(line.records("callback.no_answer")) == 3
    assert callback(line, caller).outcome is Outcome.NOT_REACHED
    assert caller.ticket.state == "received"
    agent = line.agent("icg_1").row
    assert (agent.work_state, agent.presence, agent.missed) == ("idle", "available", 0)


@ONE_DATABASE
def test_a_machine_that_picks_up_is_connected_to_nobody_and_counts_as_an_attempt(line):
    (talking,) = busy_line(line)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()
    line.until(lambda: customer(line) is not None)
    machine = customer(line)
    machine.answer()

    line.until(lambda: machine.ended, seconds=90)
    line.passes(5)

    assert len(line.records("callback.machine")) == 1
    assert callback(line, caller).state is CallState.PROMISED
    assert line.agent("icg_1").row.work_state == "idle"


@ONE_DATABASE
@pytest.mark.parametrize(("key", "state"), [("2", CallState.PROMISED), ("3", CallState.ENDED)])
def test_a_customer_may_ask_to_be_called_later_or_not_at_all(line, key, state):
    (talking,) = busy_line(line)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()
    line.until(lambda: customer(line) is not None)
    phone = customer(line)
    phone.answer()
    line.until(lambda: phone.listening and not phone.hears)

    phone.press(key)
    line.passes(15)

    assert phone.ended
    assert callback(line, caller).state is state
    assert line.agent("icg_1").row.work_state == "idle"


@ONE_DATABASE
def test_an_agent_who_leaves_while_the_customer_is_called_loses_them_to_the_next(line):
    (talking,) = busy_line(line)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()
    line.until(lambda: customer(line) is not None)
    leaving = line.agent("icg_1")
    line.stage.people[0].hang_up()
    leaving.signs_off()
    line.passes(4)
    assert customer(line) is None

    line.agent("icg_2").signs_in().accepts()

    assert takes_the_call(line).connected_to
    assert len(line.records("callback.withdraw")) == 1
    assert callback(line, caller).state is CallState.TALKING
    assert leaving.row.work_state == "idle"


def test_one_who_rings_again_keeps_the_place_of_their_callback_and_is_called_no_more(line):
    (talking,) = busy_line(line)
    leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    line.passes(30)
    other = line.caller("01077778888").asks_for_a_person().waits(2)

    again = line.caller(OWN).asks_for_a_person().waits(12)

    assert again.has_heard("callback_resumed") == 1
    talking.hangs_up()
    line.until(lambda: again.phone.connected_to)
    assert not other.phone.connected_to
    assert customer(line) is None
    assert len(line.records("callback.taken_back")) == 1


def test_a_second_request_for_the_same_number_finds_the_first_and_says_so(line):
    (talking,) = busy_line(line)
    leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    colleague = line.caller("0212345678").asks_for_a_person().waits(2)

    colleague.presses("1").presses("2").presses(f"{OWN}#").presses("1").waits(20)

    assert colleague.has_heard("callback_known", callback_number=OWN, ticket=colleague.ticket.number) == 1
    assert callback(line, colleague) is None
    talking.hangs_up()
    takes_the_call(line).hang_up()
    line.passes(60)
    assert len(line.records("callback.dialing")) == 1


def test_a_lost_reply_of_the_carrier_calls_nobody_twice(line):
    (talking,) = busy_line(line)
    leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()
    line.stage.network.lose_rest_replies(1)
    line.stage.network.delay_callbacks(4, 5)  # so that nothing tells of the call before it is asked for again

    line.passes(60)

    calls = [call for call in line.stage.network.calls.values() if call.to == "+821012345678"]
    assert len(calls) == 1
    assert takes_the_call(line).connected_to


CLOSED = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # 20:00 in Korea
OPENING = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)  # nine o'clock


def test_out_of_hours_a_caller_is_promised_a_call_and_called_at_the_next_opening(open_line):
    line = open_line(CLOSED)
    line.agent("icg_1").signs_in().accepts()
    caller = line.caller(OWN).asks_for_a_person().waits(60)
    assert (caller.call.outcome, callback(line, caller).state) == (Outcome.OUT_OF_HOURS, CallState.PROMISED)

    line.passes((OPENING - line.stage.now()).total_seconds() - 1)
    assert not line.records("callback.dialing")
    phone = takes_the_call(line)

    assert phone.connected_to
    assert line.records("callback.dialing")[0].at >= OPENING


@ONE_DATABASE
def test_a_callback_left_over_at_the_close_of_the_line_rests_until_the_next_opening(open_line):
    line = open_line(datetime(2026, 11, 24, 8, 58, tzinfo=UTC))
    (talking,) = busy_line(line)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    line.passes(120)

    talking.hangs_up()
    line.passes(60)
    assert not line.records("callback.dialing")

    line.until(lambda: customer(line) is not None, seconds=16 * 3600)
    assert line.stage.now() >= OPENING
    assert callback(line, caller).state is CallState.DIALING


def test_a_message_left_instead_of_waiting_becomes_a_task_in_the_callers_place(line):
    (talking,) = busy_line(line)
    caller = line.caller(OWN).asks_for_a_person().waits(2)

    caller.presses("2").says("도금이 자꾸 벗겨집니다. 전화 주세요").presses("#").waits(20)

    assert caller.has_heard("message_instead", callback_number=OWN, ticket=caller.ticket.number) == 1
    assert caller.call.outcome is Outcome.VOICEMAIL
    with line.stage.house.store.reading() as work:
        (task,) = work.callbacks.live()
    assert (task.mode, task.number, task.ticket) == ("message", OWN, caller.ticket.number)
    talking.hangs_up()
    phone = takes_the_call(line)
    assert phone.connected_to
    assert line.stage.people[0].phone.said[0] == line.stage.house.say("callback_dialing_message")


@ONE_DATABASE
def test_a_message_without_a_number_is_handed_to_an_agent_with_its_ticket(line):
    (talking,) = busy_line(line)
    caller = line.caller("anonymous").asks_for_a_person().waits(2)
    caller.presses("2").says("공삼일에 칠팔공에 일이삼사로 전화 주세요").presses("#").waits(20)

    talking.hangs_up()
    agent = line.agent("icg_1")
    line.until(lambda: len(line.records("callback.closed")) == 1)
    line.passes(10)

    assert line.stage.people[0].phone.said == [line.stage.house.say("message_alone", ticket=caller.ticket.number)]
    assert agent.row.work_state == "wrapping"
    line.passes(60)
    assert agent.row.work_state == "idle"


@ONE_DATABASE
def test_one_without_a_number_or_a_message_leaves_no_task(line):
    busy_line(line)
    line.caller("anonymous").asks_for_a_person().waits(2).presses("2").hangs_up()

    line.passes(200)

    with line.stage.house.store.reading() as work:
        assert not work.callbacks.live()


@ONE_DATABASE
def test_an_agent_at_a_telephone_takes_a_callback_with_a_key_and_the_customer_is_called_then(line):
    agent = line.agent("icg_1").signs_in("tel:+82312223333").accepts()
    line.passes(1)
    talking = line.caller("01099990000").asks_for_a_person()
    line.until(lambda: talking.phone.connected_to)
    caller = leaves_number(line.caller(OWN).asks_for_a_person().waits(2))

    talking.hangs_up()
    line.until(lambda: agent.player.phone.ended)
    phone = takes_the_call(line)

    assert phone.connected_to == {agent.player.phone.sid}
    heard = " ".join(agent.player.phone.said)
    assert "콜백입니다" in heard
    assert line.stage.house.say("callback_dialing") in heard
    assert caller.ticket.agent == "icg_1"


@ONE_DATABASE
def test_a_customer_who_was_called_back_can_be_held_and_taken_back(line):
    (talking,) = busy_line(line)
    leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()
    phone = takes_the_call(line)
    agent = line.stage.people[0]

    agent.controls("holds")
    line.passes(2)
    assert phone.held
    agent.controls("resumes")
    line.passes(2)

    assert not phone.held
    agent.controls("ends")
    line.until(lambda: phone.ended, seconds=60)
    with line.stage.house.store.reading() as work:
        assert not work.callbacks.live()


@ONE_DATABASE
def test_a_customer_whose_agent_is_lost_goes_to_the_head_of_the_queue(line):
    (talking,) = busy_line(line)
    leaves_number(line.caller(OWN).asks_for_a_person().waits(2))
    talking.hangs_up()
    phone = takes_the_call(line)
    other = line.agent("icg_2").signs_in().accepts()

    line.stage.people[0].hang_up()
    line.until(lambda: other.player.phone is not None and other.player.phone.sid in phone.connected_to)

    assert line.stage.house.say("reconnecting") in phone.said
