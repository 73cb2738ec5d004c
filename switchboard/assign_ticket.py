"""A case gets its owner: a person, or a desk until somebody there takes it."""

from agents.rights import Act
from directory.model import AgentId, DeskId, InstituteCode
from switchboard.change_case import case_in_hand, record
from switchboard.doors import Work
from switchboard.house import House
from tickets.number import TicketNumber
from tickets.owner import is_handover, owned_by
from tickets.referral import check_may_be_told
from tickets.ticket import Ticket
from tickets.written import CaseError


def assign_ticket(
    house: House, number: TicketNumber, to: AgentId | DeskId, by: AgentId, *, supervisor: bool = False
) -> Ticket:
    """Give a case to a person or a desk. Raises CaseError, TooManyHandovers, NotNow or NotAllowed.

    A person keeps it at its desk if they serve there, and takes it to their own otherwise. An institute becomes the
    owner only where it may be told of the case at all.
    """
    act = Act.HAND_ON_WORN_CASE if supervisor else Act.WORK_ON_CASE
    with case_in_hand(house, number, by, act) as (work, ticket):
        desk, agent = _owner(house, ticket, to)
        _check_institute(work, ticket, desk)
        owned = owned_by(ticket, desk, agent, house.most_handovers, supervisor=supervisor)
        work.tickets.keep(owned)
        kind = "ticket.handed_over" if is_handover(ticket, desk, agent) else "ticket.assigned"
        record(
            house, work, owned, kind, by, to=agent or desk, before=ticket.agent or ticket.desk, supervisor=supervisor
        )
        return owned


def _owner(house: House, ticket: Ticket, to: str) -> tuple[DeskId, AgentId | None]:
    if to in house.directory.desks:
        return DeskId(to), None
    agent = AgentId(to)
    if agent not in house.directory.staff:
        raise CaseError(f'"{to}" is neither a desk nor on the staff (expected one such as icg_1 or center:ICG)')
    desks = house.desks_of(agent)
    return (ticket.desk if ticket.desk in desks else desks[0]), agent


def _check_institute(work: Work, ticket: Ticket, desk: DeskId) -> None:
    kind, _, code = desk.partition(":")
    if kind == "institute" and desk != ticket.desk:
        barred = work.companies.do_not_route(ticket.caller, ticket.company_id)
        check_may_be_told(ticket, InstituteCode(code), barred)
