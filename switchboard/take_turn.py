"""The caller answers a question, or has waited a little longer; the row decides what is heard next."""

from dataclasses import replace

from calls.answer import Answer, HangUp
from calls.call import Call, CallId, CallState
from ivr.intake import Intake
from ivr.position import Position
from ivr.walk import End, Heard, Walk, walk
from switchboard.answer_call import Ringing, after, new_call, proceed, store_call
from switchboard.ask_satisfaction import after_talk
from switchboard.doors import TurnTaken, Work
from switchboard.enter_queue import enter_queue
from switchboard.house import House, log
from switchboard.look_up_ticket import facts_with_ticket, settled
from switchboard.turns import repeated, spoken, take_callers
from switchboard.wait_in_queue import talk_turn, wait_turn


def take_turn(house: House, ringing: Ringing, turn: int, heard: Heard) -> bytes:
    """Answer one turn of a caller. A call whose start never reached us is taken up here and goes to a person."""

    def decide(work: Work, call: Call | None) -> Answer:
        if call is None:
            return take_up(house, work, ringing, turn)
        if call.turn >= turn and work.turns.kept(call.id, str(turn)) is not None:
            raise TurnTaken  # while we waited for the call: nothing is decided, and logged, twice
        return _decide(house, work, call, turn, heard)

    step = _step(house, ringing.call_id, turn, heard)
    return step if step is not None else take_callers(house, ringing.call_id, str(turn), decide)


def _step(house: House, call_id: CallId, turn: int, heard: Heard) -> bytes | None:
    """Answer a turn that leaves the caller in the menu: decided without a lock, and kept by one conditional statement.

    None when it is more than that, or the call has moved on meanwhile: then the turn is decided under the call's lock.
    """
    with house.store.reading() as work:
        call, kept = work.calls.at_turn(call_id, str(turn))
        if kept is not None:
            return repeated(call_id, str(turn), kept)
        if call is None or call.state is not CallState.MENU or call.turn + 1 != turn:
            return None
        walked = _walked(house, work, call, heard)
    if walked.end is not None:
        return None
    call = after(replace(call, turn=turn), walked)
    document = house.carrier.document(spoken(call, walked))
    return document if house.store.keep_step(call, document, house.now()) else None


def _decide(house: House, work: Work, call: Call, turn: int, heard: Heard) -> Answer:
    call = replace(call, turn=min(max(turn, call.turn), call.turn + 1))
    match call.state:
        case CallState.MENU:
            return menu_turn(house, work, call, heard)
        case CallState.WAITING:
            return wait_turn(house, work, call, heard)
        case CallState.TALKING:
            return talk_turn(work, call)
        case CallState.LEAVING:
            return after_talk(house, work, call, heard)
        case CallState.PROMISED | CallState.DIALING | CallState.ENDED:
            return (HangUp(),)


def menu_turn(house: House, work: Work, call: Call, heard: Heard) -> Answer:
    walked = settled(house, work, call, _walked(house, work, call, heard))
    call = after(call, walked)
    if walked.end is not End.WAIT:  # a call that goes to the queue is kept there, with its ticket
        work.calls.keep(call)
    return proceed(house, work, call, walked)


def _walked(house: House, work: Work, call: Call, heard: Heard) -> Walk:
    intake = Intake.from_data(call.intake)
    facts = facts_with_ticket(house, work, call, intake)
    return walk(house.flow, house.directory, facts, Position.from_data(call.position, house.flow), intake, heard)


def take_up(house: House, work: Work, ringing: Ringing, turn: int) -> Answer:
    """Take up a call that we hear of in its middle: nobody should have to dial again because a row is missing."""
    call = replace(new_call(house, ringing), turn=turn)
    log.warning("call.unknown", call=call.id, turn=turn)
    store_call(work, call)
    return enter_queue(house, work, call, Intake())
