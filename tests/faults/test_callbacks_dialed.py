"""Several real processes see to one callback: its customer's telephone rings once, also when a reply of the carrier's is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from calls.call import CallId
from directory.model import AgentId
from routing.callback import callback_of
from switchboard.cancel_callback import cancel_callback
from tests.faults.processes import wait_until
from tests.faults.rig import paths
from tests.faults.story import Story, goes_on_tomorrow, time_leaps
from tests.faults.test_races import choosers

ICG_1, LEAD = AgentId("icg_1"), AgentId("line_lead")
RESTS = timedelta(minutes=5)


def owes_a_callback(line, number) -> CallId:
    """A caller presses 1 twice while the one agent rests, and hangs up."""
    story = Story(line, number)
    with line.house.store.work() as work:
        work.agents.change(ICG_1, {"not_before": line.clock.now() + RESTS})
    for hook in (*story.enters(), story.turn(2, Digits="1"), story.turn(3, Digits="1")):
        line.post(hook.path, hook.fields)
    line.post(paths.CALL_STATUS, {**story.enters()[0].fields, "CallStatus": "completed"})
    return callback_of(CallId(story.call))


def rings_of(line, caller) -> list:
    """Return every leg on the network that calls this customer, ringing or waiting to be dialed."""
    return [phone for phone in line.network.live_phones() if phone.to == f"+82{caller.removeprefix('0')}"]


def live_offer(line, call) -> dict | None:
    return next((one for one in line.rows("offers") if one["call_id"] == call and one["state"] == "ringing"), None)


@pytest.mark.fault("callback")
def test_a_callback_s_customer_is_dialed_once_however_many_processes_see_to_it(lines, size, figures, migrated_copy):
    fast = {"TWILIO_CALLS_PER_SECOND": "100"}
    line = lines(migrated_copy, web_processes=2, speed=0, more=fast).start()
    line.sign_in(ICG_1)
    rounds, dialed = size.of(200, 4), 0

    with choosers(line, 2, "due"):
        for number in range(1, rounds + 1):
            call, tabs = owes_a_callback(line, number), [Story(line, 10_000 + 2 * number + tab) for tab in (0, 1)]
            time_leaps(line, RESTS)
            offer = wait_until(lambda call=call: live_offer(line, call), f"callback {number} is offered")
            line.network.set_faults(rest={"lose_replies": 3})  # the minute's round may take the first
            clicks = [tab.accept(offer["station"], str(offer["id"])) for tab in tabs]
            with ThreadPoolExecutor(2) as both:
                answers = list(both.map(lambda click: line.post(click.path, click.fields), clicks))
            assert sorted(b"<Conference" in answer.content for answer in answers) == [False, True]

            caller = Story(line, number).caller
            wait_until(lambda caller=caller: rings_of(line, caller), f"customer {number} is called")
            for _ in range(4):
                time_leaps(line, timedelta(seconds=5))  # whatever is sent again is sent now
                line.settles()
            (phone,) = rings_of(line, caller)
            assert not [
                one for one in line.rows("carrier_commands") if (one["kind"], one["call_id"]) == ("end", call)
            ], "another leg was dialed, and taken back"
            (attempt,) = [one for one in line.rows("callback_attempts") if one["call_id"] == call]
            dialed += attempt["leg_id"] == phone.sid
            phone.decline()
            wait_until(lambda call=call: not under_way(line, call), f"attempt {number} is over")
            cancel_callback(line.house, attempt["entry_id"], LEAD, "the next round")
            time_leaps(line, timedelta(minutes=11))
            line.comes_to_rest()
            goes_on_tomorrow(line)

    figures.update(rounds=rounds, dialed=dialed, replies_lost=len(line.logged("command.unanswered")))
    assert dialed == rounds


def under_way(line, call) -> bool:
    return any(one["call_id"] == call and one["ended_at"] is None for one in line.rows("callback_attempts"))
