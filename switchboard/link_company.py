"""A person says whose case it is: the company's record takes the caller's number, the case its standing team."""

from dataclasses import replace

from agents.rights import Act
from directory.model import AgentId
from switchboard.acting import acting
from switchboard.change_case import known_ticket, record
from switchboard.house import House
from switchboard.keep_company import known_company
from tickets.company import identifying
from tickets.number import TicketNumber
from tickets.ticket import CompanyId, Ticket


def link_company(house: House, number: TicketNumber, company_id: CompanyId, by: AgentId) -> Ticket:
    """Link a case with a company's record; linked wrongly, it is linked again. Raises CaseError or NotAllowed."""
    with acting(house, by, Act.KEEP_COMPANY) as work:
        company = known_company(work, company_id)  # locked before its cases, here as where two records become one
        ticket = known_ticket(work, number)
        linked = replace(ticket, company_id=company_id, company=company.name, team=company.team or ticket.team)
        work.tickets.keep(linked)
        if national := identifying(ticket.caller):
            work.companies.add_number(company_id, national, by, house.now())
        record(house, work, linked, "ticket.linked", by, company=company_id, before=ticket.company_id)
        return linked
