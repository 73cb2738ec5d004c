"""A caller leaves a spoken note for an earlier ticket, from the menu, and goes on there or hangs up after it.

The turn at the note's end comes also after a hang-up, and then perhaps after the report of the call's end.
"""

from calls.call import Call, CallState
from ivr.intake import Intake
from ivr.position import Position
from ivr.steps import Record as NoteStep
from switchboard.doors import Work
from switchboard.house import House, log
from switchboard.note_ticket import note_from_caller
from tickets.number import TicketNumber

SHORTEST_SECONDS = 1  # less is a click, not a note


def is_leaving_note(house: House, call: Call) -> bool:
    step = house.flow.steps.get(Position.from_data(call.position, house.flow).step)
    return isinstance(step, NoteStep) and call.state in {CallState.MENU, CallState.ENDED}


def keep_note(house: House, work: Work, call: Call, seconds: int, recording: str | None) -> bool:
    """Keep a note under the ticket it is about; False when nothing was said."""
    number = Intake.from_data(call.intake).ticket
    ticket = work.tickets.get(TicketNumber(number)) if number else None
    if ticket is None or recording is None or seconds < SHORTEST_SECONDS:
        return False
    note_from_caller(house, work, ticket, recording)
    log.info("note.left", call=call.id, ticket=ticket.number, seconds=seconds)
    return True
