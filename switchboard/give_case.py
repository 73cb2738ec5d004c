"""A case becomes that of the agent who talks to its caller, or hears the message they left."""

from dataclasses import replace

from routing.offer import Offer
from switchboard.doors import Work
from switchboard.house import House
from tickets.life import TICKET, TicketEvent


def give_case(house: House, work: Work, offer: Offer) -> None:
    """Give the case to the agent who took this offer, unless it is owned by another."""
    ticket = work.tickets.of_call(offer.call_id)
    is_free = ticket is not None and (ticket.agent is None or ticket.call_id == offer.call_id)  # one owner: no other's
    if ticket and is_free and TICKET.takes(ticket.state, TicketEvent.ASSIGNED):  # else its owner was busy with it
        state = TICKET.after(ticket.state, TicketEvent.ASSIGNED)
        home = house.directory.home_of(offer.desk)
        work.tickets.keep(replace(ticket, state=state, agent=offer.agent_id, desk=home))
