"""A caller whom nobody can talk to now has left a message: it is kept under their ticket, and they are thanked.

The turn at the message's end comes also after a hang-up, and then perhaps after the report of the call's end: most
callers hang up when they have said what they wanted. It does not come when nothing was said at all. The recording is
reported by itself, to be kept by its id.
"""

from dataclasses import replace
from datetime import timedelta

from calls.answer import Answer, HangUp
from calls.call import Call, CallState, Outcome
from ivr.heard import Recorded
from records.record import Record
from routing.callback import SOONEST_SECONDS, callback_of
from switchboard.answer_call import Ringing
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.last_words import goodbye
from switchboard.leave_note import is_leaving_note, keep_note
from switchboard.take_turn import menu_turn
from switchboard.turns import take_callers

SHORTEST_SECONDS = 1  # less is a click, not a message


def take_message(house: House, ringing: Ringing, turn: int, heard: Recorded, recording: str | None) -> bytes:
    """Thank the caller for the message, or for the silence, or go on in the menu. A call nobody knows is let go."""

    def decide(work: Work, call: Call | None) -> Answer:
        if call is None:
            return (HangUp(),)
        if is_leaving_note(house, call):
            keep_note(house, work, call, heard.seconds, recording)
            return (
                (HangUp(),)
                if call.state is CallState.ENDED
                else menu_turn(house, work, replace(call, turn=turn), heard)
            )
        _note_message(house, work, call, heard.seconds)
        return goodbye(house, call) if call.state is CallState.LEAVING else (HangUp(),)

    return take_callers(house, ringing.call_id, str(turn), decide)


def _note_message(house: House, work: Work, call: Call, seconds: int) -> None:
    if seconds < SHORTEST_SECONDS or not work.calls.left_message(call.id):
        return
    entry = work.queue.of_call(callback_of(call.id))
    if entry:
        work.callbacks.note_message(entry.id, house.now() + timedelta(seconds=SOONEST_SECONDS))
    fields = {"seconds": seconds, "outcome": str(Outcome.VOICEMAIL)}
    work.records.append(Record("message.left", house.now(), call=call.id, ticket=call.ticket, fields=fields))
    log.info("message.left", call=call.id, ticket=call.ticket, seconds=seconds)
