"""People of ours are told something of a case in writing, each thing once at most."""

from switchboard.change_case import record
from switchboard.doors import MessageNotSent
from switchboard.house import House
from tickets.ticket import Ticket

SENT, FAILED = "sent", "failed"


def write_to_staff(house: House, ticket: Ticket, kind: str, to: str, text: str) -> None:
    """Send a message. The right to send is claimed first: one whose sending broke off is never sent again."""
    with house.store.work() as work:
        if house.messenger is None or not work.messages.claim(kind, ticket.number, to, house.now()):
            return
    try:
        house.messenger.tell(to, text)
    except MessageNotSent as error:
        _close(house, ticket, kind, to, FAILED, str(error))
    else:
        _close(house, ticket, kind, to, SENT)


def _close(house: House, ticket: Ticket, kind: str, to: str, state: str, error: str | None = None) -> None:
    with house.store.work() as work:
        work.messages.close(kind, ticket.number, state, house.now(), error)
        record(house, work, ticket, f"message.{state}", None, message=kind, to=to, error=error)
