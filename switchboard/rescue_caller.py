"""Something of ours broke: the caller hears an apology and reaches a person, whatever the menu was doing."""

from dataclasses import replace

from calls.answer import Answer, GoOn, HangUp, Reach, Say, Wait
from calls.call import Call, CallState
from ivr.intake import Category, Intake, KnownBy
from ivr.walk import Silence
from switchboard import paths
from switchboard.answer_call import Ringing
from switchboard.doors import Work
from switchboard.enter_queue import enter_queue
from switchboard.house import House, log
from switchboard.take_turn import take_up
from switchboard.turns import take_callers
from switchboard.wait_in_queue import talk_turn, wait_turn

TRIES = 3  # before the caller is sent to the fallback number
SECONDS_BETWEEN_TRIES = 5
TRIES_WITHOUT_FALLBACK = 60


def apologise(house: House, line: str, call_id: str, turn: int) -> bytes:
    """Return the document for a caller whose turn failed: an apology, and a way to a person. Touches no row."""
    return house.carrier.document((Say(house.say("apology")), GoOn(paths.rescue(line, call_id, turn, 1))))


def rescue_caller(house: House, ringing: Ringing, turn: int, attempt: int) -> bytes:
    """Put the caller before a person with what is known of them."""
    name = f"rescue-{turn}-{attempt}"
    return take_callers(house, ringing.call_id, name, lambda work, call: _rescue(house, work, ringing, call))


def _rescue(house: House, work: Work, ringing: Ringing, call: Call | None) -> Answer:
    log.warning("call.rescued", call=ringing.call_id)
    if call is None:
        return take_up(house, work, ringing, 0)
    call = replace(call, turn=call.turn + 1)
    match call.state:
        case CallState.MENU:
            intake = Intake.from_data(call.intake)
            if intake.category is None:
                intake = replace(intake, category=Category.OPERATOR, category_by=KnownBy.ERROR)
            return enter_queue(house, work, call, intake)
        case CallState.WAITING:
            return wait_turn(house, work, call, Silence())
        case CallState.TALKING:
            return talk_turn(work, call)
        case CallState.PROMISED | CallState.DIALING | CallState.LEAVING | CallState.ENDED:
            return (HangUp(),)


def hold_on(house: House, line: str, call_id: str, turn: int, attempt: int) -> bytes:
    """Keep the caller on the line while even the rescue fails: try again, then the fallback number. Touches no row."""
    if attempt >= TRIES and house.fallback_number:
        return house.carrier.document((Say(house.say("hold_on")), Reach(house.fallback_number)))
    if attempt >= TRIES_WITHOUT_FALLBACK:
        return house.carrier.document((Say(house.say("apology")), HangUp()))
    again = GoOn(paths.rescue(line, call_id, turn, attempt + 1))
    return house.carrier.document((Say(house.say("hold_on")), Wait(SECONDS_BETWEEN_TRIES), again))
