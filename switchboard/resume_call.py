"""A caller comes back from the fallback document, which was read to them while we could not answer.

Nothing is counted against them and nothing is promised twice: they hear again what their row says they should hear.
What they answered meanwhile may be lost, so a question is asked once more.
"""

from calls.answer import Answer, HangUp
from calls.call import Call, CallState, Outcome
from ivr.intake import Intake
from ivr.position import Position
from ivr.walk import Silence, ask_again
from switchboard.answer_call import Ringing, answer_call, proceed
from switchboard.ask_satisfaction import after_talk
from switchboard.choose_agents import choose_if_due
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.last_words import last_words_again
from switchboard.look_up_ticket import facts_with_ticket, settled
from switchboard.wait_in_queue import talk_turn, wait_turn


def resume_call(house: House, ringing: Ringing) -> bytes:
    """Go on where the call stands; a call we never heard of begins. Asked twice, it gives the same kind of answer."""
    with house.store.work() as work:
        call = work.calls.get(ringing.call_id)
        document = None if call is None else house.carrier.document(_go_on(house, work, call))
    if call is None or document is None:
        return answer_call(house, ringing)
    log.warning("call.resumed", call=call.id, state=str(call.state))
    choose_if_due(house, work)
    return document


def _go_on(house: House, work: Work, call: Call) -> Answer:
    match call.state:
        case CallState.MENU:
            position, intake = Position.from_data(call.position, house.flow), Intake.from_data(call.intake)
            facts = facts_with_ticket(house, work, call, intake)
            walk = settled(house, work, call, ask_again(house.flow, house.directory, facts, position, intake))
            return proceed(house, work, call, walk)
        case CallState.WAITING:
            return wait_turn(house, work, call, Silence())
        case CallState.TALKING:
            return talk_turn(work, call)
        case CallState.LEAVING:
            ticket = work.tickets.of_call(call.id)
            promised = ticket.promised if ticket else None
            if call.outcome is Outcome.ANSWERED or not (ticket and promised):
                return after_talk(house, work, call, Silence())
            return last_words_again(house, call, ticket, promised)
        case CallState.PROMISED | CallState.DIALING | CallState.ENDED:
            return (HangUp(),)
