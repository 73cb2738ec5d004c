"""The caller answers a question, or has waited a little longer; the row decides what is heard next."""

from dataclasses import replace

from calls.answer import Answer, HangUp
from calls.call import Call, CallState
from ivr.intake import Intake
from ivr.position import Position
from ivr.walk import End, Heard, walk
from switchboard.answer_call import Ringing, new_call, proceed, store_call
from switchboard.ask_satisfaction import after_talk
from switchboard.doors import Work
from switchboard.enter_queue import enter_queue
from switchboard.house import House, log
from switchboard.look_up_ticket import facts_with_ticket, settled
from switchboard.turns import TurnTaken, take_callers
from switchboard.wait_in_queue import talk_turn, wait_turn


def take_turn(house: House, ringing: Ringing, turn: int, heard: Heard) -> bytes:
    """Answer one turn of a caller. A call whose start never reached us is taken up here and goes to a person."""

    def decide(work: Work, call: Call | None) -> Answer:
        if call is None:
            return take_up(house, work, ringing, turn)
        if call.turn >= turn and work.turns.kept(call.id, str(turn)) is not None:
            raise TurnTaken  # while we waited for the call
        return _decide(house, work, call, turn, heard)

    return take_callers(house, ringing.call_id, str(turn), decide)


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
    position = Position.from_data(call.position, house.flow)
    intake = Intake.from_data(call.intake)
    facts = facts_with_ticket(house, work, call, intake)
    walked = settled(house, work, call, walk(house.flow, house.directory, facts, position, intake, heard))
    call = replace(call, position=walked.position.to_data(), intake=walked.intake.to_data())
    if walked.end is not End.WAIT:  # a call that goes to the queue is kept there, with its ticket
        work.calls.keep(call)
    return proceed(house, work, call, walked)


def take_up(house: House, work: Work, ringing: Ringing, turn: int) -> Answer:
    """Take up a call that we hear of in its middle: nobody should have to dial again because a row is missing."""
    call = replace(new_call(house, ringing), turn=turn)
    log.warning("call.unknown", call=call.id, turn=turn)
    store_call(house, work, call)
    return enter_queue(house, work, call, Intake())
