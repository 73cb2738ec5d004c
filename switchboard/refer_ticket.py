"""The owner of a case asks an institute; several may be asked side by side, and none of them owns it by that."""

from dataclasses import replace

from directory.model import AgentId, InstituteCode
from switchboard import tell_institute
from switchboard.change_case import CaseInHand, case_asked_about, case_in_hand, record
from switchboard.doors import Work
from switchboard.house import House
from tickets.life import TICKET, ReferralEvent, TicketEvent
from tickets.number import TicketNumber
from tickets.referral import Referral, check_may_be_asked, referral_due
from tickets.ticket import Ticket
from tickets.written import CaseError, written


def refer_ticket(house: House, number: TicketNumber, institute: InstituteCode, by: AgentId, question: str) -> Referral:
    """Put a question to an institute. Raises CaseError, MayNotBeTold or NotNow: nobody is told anything then."""
    now = house.now()
    if institute not in house.directory.institutes:
        known = ", ".join(sorted(house.directory.institutes))
        raise CaseError(f'institute "{institute}" is not known (expected one of {known})')
    with case_in_hand(house, number, by) as (work, ticket):
        state = ticket.after(TicketEvent.REFERRED)
        check_may_be_asked(ticket, institute, work.companies.do_not_route(ticket.caller, ticket.company_id))
        due_at = referral_due(ticket, now, house.directory.hours_overrides)
        asked = work.referrals.ask(number, institute, written("question", question), by, now, due_at)
        if asked is None:
            raise CaseError(f"{number}: {institute} is asked already")
        work.tickets.keep(replace(ticket, state=state))
        work.outbox.add(tell_institute.KIND, str(asked.id), now)
        record(house, work, ticket, "referral.asked", by, referral=asked.id, institute=institute)
        return asked


def answer_referral(house: House, number: TicketNumber, institute: InstituteCode, by: AgentId, answer: str) -> Ticket:
    """Attach what an institute answered. The case comes back to its owner when no other institute is waited for."""
    with case_asked_about(house, number, by, institute) as in_hand:
        return _end(house, in_hand, institute, by, ReferralEvent.ANSWERED, written("answer", answer))


def withdraw_referral(house: House, number: TicketNumber, institute: InstituteCode, by: AgentId, reason: str) -> Ticket:
    """Ask an institute no more."""
    with case_in_hand(house, number, by) as in_hand:
        return _end(house, in_hand, institute, by, ReferralEvent.WITHDRAWN, written("reason", reason))


def withdraw_all(house: House, work: Work, ticket: Ticket, by: AgentId, reason: str) -> None:
    """Ask nobody any more, in the unit of work that makes it needless."""
    for referral in work.referrals.awaited(ticket.number):
        _close(house, work, ticket, referral, by, ReferralEvent.WITHDRAWN, reason)


def came_back(work: Work, ticket: Ticket) -> Ticket:
    """Return the case as it stands once an institute is waited for no more."""
    if work.referrals.awaited(ticket.number) or not TICKET.takes(ticket.state, TicketEvent.CAME_BACK):
        return ticket
    back = replace(ticket, state=ticket.after(TicketEvent.CAME_BACK))
    work.tickets.keep(back)
    return back


def _end(
    house: House, in_hand: CaseInHand, institute: InstituteCode, by: AgentId, event: ReferralEvent, words: str
) -> Ticket:
    work, ticket = in_hand
    referral = work.referrals.awaited_of(ticket.number, institute)
    if referral is None:
        asked = ", ".join(one.institute for one in work.referrals.awaited(ticket.number)) or "nobody"
        raise CaseError(f'{ticket.number}: "{institute}" is not being asked (expected one that is: {asked})')
    _close(house, work, ticket, referral, by, event, words)
    return came_back(work, ticket)


def _close(
    house: House, work: Work, ticket: Ticket, referral: Referral, by: AgentId, event: ReferralEvent, words: str
) -> None:
    if work.referrals.end(referral.id, event, by, words, house.now()):
        told = {"referral": referral.id, "institute": referral.institute}
        record(house, work, ticket, f"referral.{event}", by, **told)
