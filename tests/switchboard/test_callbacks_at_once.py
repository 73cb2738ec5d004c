"""Callbacks in many processes at the same moment: one for each number, dialed once, and nobody stuck."""

from sqlalchemy import select

from agents.work_state import WorkEvent, WorkState
from calls.call import CallState, Outcome
from ivr.walk import Keys, Silence
from routing.callback import HEARS_OF_IT_SECONDS, AttemptState, callback_of
from store.tables import records
from switchboard.answer_callback import answer_callback
from switchboard.choose_agents import choose_agents
from switchboard.end_call import end_call
from switchboard.lose_agent import lose_leg
from switchboard.report_callback import report_callback
from switchboard.ticker import run_due

ROUNDS = 6
NUMBER = "01011112222"


def live(line):
    with line.house.store.reading() as work:
        return list(work.callbacks.live())


def dialed(line) -> int:
    return sum(what == "call" for what, _ in line.house.carrier.asked)


def owed(line, name="CA1", number=NUMBER):
    """A callback whose time has come, and nobody free for it yet."""
    line.signs_in("icg_1")
    line.rest(3600, "icg_1")
    call = line.caller(name, number)
    for key in "11":
        line.takes_turn(call, key)
    end_call(line.house, call, "completed")
    line.passes(6)
    return call


def test_of_two_callers_who_ask_for_one_number_at_once_one_gets_the_callback(line, at_once):
    line.signs_in("icg_1")
    line.rest(3600, "icg_1")
    for number in range(ROUNDS):
        number_called = f"0313333{number:04}"
        calls = [line.caller(f"CA{number}{who}", f"0212345{number}{who}1") for who in (1, 2)]
        for call in calls:
            for keys in ("1", "2", number_called):
                line.takes_turn(call, keys)

        at_once(*[lambda call=call: line.takes_turn(call, "1") for call in calls], shift=number)

        (entry,) = [entry for entry in live(line) if entry.number == number_called]
        assert entry.call_id in {callback_of(call) for call in calls}
        assert [line.call(call).outcome for call in calls] == [Outcome.CALLBACK] * 2
        for call in calls:
            end_call(line.house, call, "completed")


def test_a_callback_is_offered_and_dialed_once_however_many_tickers_wake(line, at_once):
    owed(line)
    line.clock.at = line.agent("icg_1").not_before

    at_once(*[lambda: run_due(line.house)] * 4)
    (offer,) = line.live_offers([callback_of("CA1")])
    line.accepts(offer, "CAagent")
    at_once(*[lambda: run_due(line.house)] * 4)

    assert dialed(line) == 1
    assert line.has_nobody_stuck()


def test_a_customer_who_answers_as_the_attempt_lapses_is_talked_to_or_called_again(line, at_once):
    for number in range(ROUNDS):
        call = owed(line, f"CA{number}", f"0101111{number:04}")
        line.clock.at = line.agent("icg_1").not_before
        run_due(line.house)
        (offer,) = line.live_offers([callback_of(call)])
        line.accepts(offer, f"CAagent{number}")
        line.passes(2)
        with line.house.store.reading() as work:
            attempt = work.callbacks.under_way(offer.entry_id)
        answer_callback(line.house, attempt.id, attempt.leg_id, 0, Silence())

        at_once(
            lambda: answer_callback(line.house, attempt.id, attempt.leg_id, 1, Keys("1")),
            lambda: report_callback(line.house, attempt.id, attempt.leg_id, "completed"),
            shift=number,
        )

        with line.house.store.reading() as work:
            after = work.callbacks.get(attempt.id)
        expected = {AttemptState.DECLINED: CallState.PROMISED, AttemptState.ENDED: CallState.ENDED}
        assert line.call(callback_of(call)).state is expected[after.state]
        assert line.has_nobody_stuck()
        end_call(line.house, callback_of(call), "completed")
        line.passes(60)


def tries_in_vain(line, name, number, leg):
    """The agent takes a callback; return its attempt, under way."""
    call = owed(line, name, number)
    line.clock.at = line.agent("icg_1").not_before
    run_due(line.house)
    (offer,) = line.live_offers([callback_of(call)])
    line.accepts(offer, leg)
    line.passes(2)
    with line.house.store.reading() as work:
        return work.callbacks.under_way(offer.entry_id)


def test_an_agent_whose_customer_was_not_reached_hears_so_before_they_are_offered_the_next(line):
    attempt = tries_in_vain(line, "CA1", NUMBER, "CAleg1")
    caller = line.caller("CA2", "01033334444")

    report_callback(line.house, attempt.id, attempt.leg_id, "busy")

    line.passes(HEARS_OF_IT_SECONDS - 1)
    assert not line.live_offers([caller])
    line.passes(1)
    assert len(line.live_offers([caller])) == 1


def test_what_is_told_late_of_a_callback_nobody_took_ends_no_talk_that_came_after_it(line):
    attempt = tries_in_vain(line, "CA1", NUMBER, "CAleg1")
    report_callback(line.house, attempt.id, attempt.leg_id, "busy")
    caller = line.caller("CA2", "01033334444")
    line.passes(HEARS_OF_IT_SECONDS)
    (offer,) = line.live_offers([caller])
    line.accepts(offer, "CAleg2")

    lose_leg(line.house, "CAleg1", "completed")

    assert line.agent("icg_1").work_state is WorkState.TALKING
    end_call(line.house, caller, "completed")
    assert line.agent("icg_1").work_state is WorkState.WRAPPING


def test_an_attempt_that_ends_late_ends_no_talk_that_came_after_it(line):
    attempt = tries_in_vain(line, "CA1", NUMBER, "CAleg1")
    with line.house.store.work() as work:  # as when the rows knew of nothing that kept the agent
        work.agents.move("icg_1", WorkEvent.FREED, {"leased_until": None})
    caller = line.caller("CA2", "01033334444")
    (offer,) = line.live_offers([caller])
    line.accepts(offer, "CAleg2")

    report_callback(line.house, attempt.id, attempt.leg_id, "no-answer")

    assert line.agent("icg_1").work_state is WorkState.TALKING


def test_a_caller_who_rings_again_as_their_callback_is_chosen_is_offered_once(line, at_once):
    for number in range(ROUNDS):
        mine = f"0101111{number:04}"
        first = owed(line, f"CA{number}", mine)
        line.clock.at = line.agent("icg_1").not_before

        at_once(lambda: choose_agents(line.house), lambda: line.caller(f"CAagain{number}", mine), shift=number)

        line.passes(1)
        again = f"CAagain{number}"
        assert len(line.live_offers([callback_of(first), again])) == 1
        assert not [entry for entry in live(line) if entry.number == mine]
        assert line.has_nobody_stuck()
        end_call(line.house, again, "completed")
        line.passes(60)


def test_an_agent_whose_customer_was_not_reached_is_told_of_as_idle_since_then(line):
    attempt = tries_in_vain(line, "CA1", NUMBER, "CAleg1")

    report_callback(line.house, attempt.id, attempt.leg_id, "busy")

    assert line.agent("icg_1").work_state is WorkState.IDLE
    with line.house.store.reading() as work:
        told = select(records.c.at).where(records.c.agent_id == "icg_1", records.c.kind == "agent.idle")
        assert line.house.now() in work.past.connection.scalars(told).all()
