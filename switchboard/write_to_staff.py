"""People of ours are told something of a case in writing, each thing once at most."""

from directory.codes import AgentId, DeskId
from directory.people import masked_address
from switchboard.change_case import record
from switchboard.doors import MessageNotSent
from switchboard.house import House
from tickets.ticket import Ticket

SENT, FAILED = "sent", "failed"


def owner_of(house: House, ticket: Ticket) -> AgentId | DeskId:
    """Return whom a case's owner is written to as; one who has left the house, as the desk that has it."""
    return ticket.agent if ticket.agent and house.directory.person(ticket.agent) else ticket.desk


def write_to_staff(house: House, ticket: Ticket, about: str, to: AgentId | DeskId, text: str) -> None:
    """Send a message. The right to send is claimed first: one whose sending broke off is never sent again."""
    if house.messenger is None:
        return
    kind, address = f"{about} {to}", house.directory.address_of(to)
    with house.store.work() as work:
        claimed = work.messages.claim(kind, ticket.number, masked_address(address), house.now())
    if not claimed:
        return
    try:
        house.messenger.tell(address, text)
    except MessageNotSent as error:
        _close(house, ticket, about, to, FAILED, str(error))
    else:
        _close(house, ticket, about, to, SENT)


def _close(
    house: House, ticket: Ticket, about: str, to: AgentId | DeskId, state: str, error: str | None = None
) -> None:
    address = masked_address(house.directory.address_of(to))
    with house.store.work() as work:
        work.messages.close(f"{about} {to}", ticket.number, state, house.now(), error)
        record(house, work, ticket, f"message.{state}", None, message=about, to=to, address=address, error=error)
