"""A company's case, opened when the intake is complete and before anyone answers: a caller who leaves is not lost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calls.call import CallId
from calls.telephone_number import TelephoneNumber
from directory.model import AgentId, DeskId
from ivr.intake import Intake
from records.life import Life
from tickets.number import TicketNumber


class TicketState(StrEnum):
    RECEIVED = "received"
    ASSIGNED = "assigned"


class TicketEvent(StrEnum):
    ACCEPTED = "accepted"


TICKET = Life[TicketState, TicketEvent](
    "ticket",
    {
        TicketState.RECEIVED: {TicketEvent.ACCEPTED: TicketState.ASSIGNED},
        TicketState.ASSIGNED: {TicketEvent.ACCEPTED: TicketState.ASSIGNED},  # another agent took the call over
    },
)


class PromisedBy(StrEnum):
    """What the caller was told when nobody could talk to them at once."""

    CALLBACK = "callback"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True)
class Ticket:
    """`due_at` is the promise of an answer within three working days; `desk` owns the case until somebody takes it."""

    number: TicketNumber
    call_id: CallId
    line: str
    dialed: str
    caller: TelephoneNumber
    intake: Intake
    desk: DeskId
    state: TicketState
    received_at: datetime
    due_at: datetime
    agent: AgentId | None = None
    company: str | None = None
    term_days: int | None = None  # the wished term of a development or an exchange, as asked
    promised: PromisedBy | None = None
    outcome: str | None = None
    satisfaction: int | None = None
