"""A caller on a mobile telephone gets their ticket number in writing, once at most."""

from datetime import datetime

from calls.number_display import masked
from calls.telephone_number import Confidence, NumberKind, TelephoneNumber
from records.record import Record
from switchboard.doors import MessageNotSent, Work
from switchboard.house import House, log
from tickets.number import TicketNumber
from tickets.ticket import Ticket

KIND = "confirm_ticket"
SENT, FAILED = "sent", "failed"


def owe_confirmation(work: Work, ticket: Ticket, at: datetime) -> None:
    """Owe the message with the ticket itself; a number that takes none is owed none."""
    if takes_messages(ticket.caller):
        work.outbox.add(KIND, ticket.number, at)


def confirm_ticket(house: House, subject: str) -> None:
    """Send the message. The right to send is claimed first: one whose sending broke off is never sent again.

    Nobody can tell then whether it left, and a second message with the same number worries people more than none:
    they have heard the number on the telephone.
    """
    with house.store.work() as work:
        ticket = work.tickets.get(TicketNumber(subject))
        if house.messenger is None or ticket is None or not takes_messages(ticket.caller):
            return
        if not work.messages.claim(KIND, ticket.number, masked(ticket.caller), house.now()):
            return
    try:
        house.messenger.send(ticket.caller, confirmation(ticket.number))
    except MessageNotSent as error:
        _close(house, ticket, FAILED, str(error))
    else:
        _close(house, ticket, SENT)


def takes_messages(number: TelephoneNumber) -> bool:
    return number.kind is NumberKind.MOBILE and number.confidence is Confidence.HIGH


def confirmation(number: TicketNumber) -> str:
    """Return a text that fits one Korean message: EUC-KR, 90 bytes at most."""
    return f"[1379] 접수 번호 {number}. 근무일 기준 3일 안에 담당자가 연락드립니다."


def _close(house: House, ticket: Ticket, state: str, error: str | None = None) -> None:
    now = house.now()
    to = masked(ticket.caller)
    with house.store.work() as work:
        work.messages.close(KIND, ticket.number, state, now, error)
        fields = {"message": KIND, "to": to, **({"error": error} if error else {})}
        work.records.append(Record(f"message.{state}", now, call=ticket.call_id, ticket=ticket.number, fields=fields))
    log.info(f"message.{state}", message=KIND, call=ticket.call_id, ticket=ticket.number, to=to, error=error)
