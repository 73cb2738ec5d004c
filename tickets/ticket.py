"""A company's case, opened when the intake is complete and before anyone answers: a caller who leaves is not lost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from calls.call import CallId
from calls.telephone_number import TelephoneNumber
from directory.model import AgentId, DeskId
from ivr.intake import Intake
from tickets.life import TICKET, TicketEvent, TicketState
from tickets.number import TicketNumber
from tickets.outcome import TicketOutcome
from tickets.promise import Promise
from tickets.written import CaseError

CompanyId = NewType("CompanyId", int)


class NotNow(CaseError):
    """What was asked is no step of a case that stands so."""


class PromisedBy(StrEnum):
    """What the caller was told when nobody could talk to them at once."""

    CALLBACK = "callback"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True)
class Ticket:
    """One owner: `agent`, or `desk` alone until somebody takes it. Institutes that are asked never own it by that."""

    number: TicketNumber
    call_id: CallId
    line: str
    dialed: str
    caller: TelephoneNumber
    intake: Intake
    desk: DeskId
    state: TicketState
    received_at: datetime
    promise: Promise
    agent: AgentId | None = None
    handovers: int = 0
    company: str | None = None  # the name it goes by
    company_id: CompanyId | None = None  # its record, once a person has said which
    team: str | None = None  # the research team that stands by this company ("1팀 1중소기업")
    term_days: int | None = None  # the wished term of a development or an exchange, as asked
    promised: PromisedBy | None = None
    outcome: TicketOutcome | None = None
    research_days: int | None = None
    resolved_at: datetime | None = None
    satisfaction: int | None = None

    @property
    def due_at(self) -> datetime:
        """The promise of an answer within three working days; it says nothing while the promise is paused."""
        return self.promise.due_at

    def after(self, event: TicketEvent) -> TicketState:
        """Return the state that follows, or raise NotNow naming the states in which this could be done."""
        if not TICKET.takes(self.state, event):
            expected = ", ".join(sorted(TICKET.sources(event)))
            raise NotNow(f"{self.number} is {self.state}: it cannot be {event} (expected one that is {expected})")
        return TICKET.after(self.state, event)
