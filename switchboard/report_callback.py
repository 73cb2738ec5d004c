"""The carrier reports how the leg of a callback's customer stands: in any order, any number of times."""

from calls.call import CallId, CallState
from routing.callback import ATTEMPT, Attempt, AttemptEvent, AttemptState
from switchboard.doors import Work
from switchboard.end_attempt import end_attempt, not_reached
from switchboard.end_call import end_call
from switchboard.house import House, log

_EVENTS = {
    "busy": AttemptEvent.BUSY,
    "no-answer": AttemptEvent.NO_ANSWER,
    "failed": AttemptEvent.FAIL,
    "canceled": AttemptEvent.WITHDRAW,
    "completed": AttemptEvent.DECLINE,  # picked up, and put down without a key
}


def report_callback(house: House, attempt_id: int, leg_id: CallId, status: str) -> None:
    """Take a report; a leg that is no attempt's, or comes for one that is over, is ended."""
    with house.store.work() as work:
        attempt = work.callbacks.get(attempt_id)
        if attempt is None:
            log.warning("callback.unknown", attempt=attempt_id, leg=leg_id)
            return
        ours = work.callbacks.bind(attempt_id, leg_id)
        unwanted = not ours or ATTEMPT.is_over(attempt.state)
        if unwanted and status not in _EVENTS and not work.commands.has("end", leg_id):
            work.commands.add("end", attempt.call_id, leg_id, house.now())
    if ours and status in _EVENTS:
        leave(house, attempt_id, status)


def leave(house: House, attempt_id: int, status: str) -> bool:
    """The customer's leg is over: unreached, or the end of a talk."""
    if end_attempt(house, attempt_id, _EVENTS[status], status):
        return True
    with house.store.work() as work:  # else they have answered, perhaps at this very moment
        attempt = work.callbacks.get(attempt_id)
        if attempt is None or attempt.state is not AttemptState.ANSWERED:
            return False
        if _left_before_anybody_came(house, work, attempt):
            return True
    ended = end_call(house, attempt.call_id, status)
    with house.store.work() as work:  # one who asked to be called once more has left their place to that callback
        work.callbacks.move(attempt.id, AttemptEvent.END, house.now())
    return ended


def _left_before_anybody_came(house: House, work: Work, attempt: Attempt) -> bool:
    """Keep the callback of a customer who answered, and put the phone down before an agent was there."""
    call = work.calls.get(attempt.call_id)
    if call is None or call.state is not CallState.WAITING or work.offers.accepted_of_call(call.id):
        return False
    return not_reached(house, work, attempt, AttemptEvent.END, "left before an agent came")
