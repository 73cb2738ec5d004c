"""The clock of a promise is stopped for a reason that is the company's, and runs on with what was left."""

from dataclasses import replace

from directory.model import AgentId
from switchboard.change_case import case_in_hand, record
from switchboard.house import House
from tickets.number import TicketNumber
from tickets.promise import paused, resumed
from tickets.ticket import Ticket
from tickets.written import written


def pause_promise(house: House, number: TicketNumber, by: AgentId, reason: str) -> Ticket:
    """Stop the clock. Raises PromiseError when it does not run."""
    with case_in_hand(house, number, by) as (work, ticket):
        why = written("reason", reason)
        promise = paused(ticket.promise, house.now(), why, house.directory.hours_overrides)
        stopped = replace(ticket, promise=promise)
        work.tickets.keep(stopped)
        left = promise.left.total_seconds() if promise.left else 0
        record(house, work, stopped, "ticket.paused", by, reason=why, left_seconds=left)
        return stopped


def resume_promise(house: House, number: TicketNumber, by: AgentId) -> Ticket:
    """Let the clock run on. Raises PromiseError when it is not stopped."""
    with case_in_hand(house, number, by) as (work, ticket):
        running = replace(ticket, promise=resumed(ticket.promise, house.now(), house.directory.hours_overrides))
        work.tickets.keep(running)
        record(house, work, running, "ticket.resumed", by, due_at=running.due_at.isoformat())
        return running
