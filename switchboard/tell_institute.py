"""An institute's desk is told what it is asked, in writing, if it still may be told and is still asked."""

from typing import NamedTuple

from calls.number_display import masked
from directory.model import institute_desk
from ivr.intake import Category
from records.korean_time import moment_ko
from switchboard.house import House
from switchboard.write_to_staff import write_to_staff
from tickets.life import AWAITED
from tickets.referral import MayNotBeTold, Referral, check_may_be_told
from tickets.ticket import Ticket

KIND = "tell_institute"
_SERVICE_KO = {
    Category.TECHNICAL_DIFFICULTY: "기술 애로",
    Category.DATABASE_ACCESS: "장비·특허 조회",
    Category.PERSONNEL_EXCHANGE: "인력 교류",
    Category.INFORMATION: "정보 제공",
    Category.TECHNOLOGY_TRANSFER: "기술 이전",
}


def tell_institute(house: House, subject: str) -> None:
    """Send the question. The company may have taken its consent back since it was asked."""
    asked = still_asked(house, int(subject))
    if asked and asked.may_be_told:
        ticket, referral = asked.ticket, asked.referral
        to = institute_desk(referral.institute)
        write_to_staff(house, ticket, f"{KIND} {referral.id}", to, question(ticket, referral))


class Asked(NamedTuple):
    """A question that is not answered yet, and whether its institute may still be told of the case."""

    ticket: Ticket
    referral: Referral
    may_be_told: bool


def still_asked(house: House, referral_id: int) -> Asked | None:
    with house.store.reading() as work:
        referral = work.referrals.get(referral_id)
        ticket = None if referral is None else work.tickets.get(referral.ticket)
        if referral is None or ticket is None or referral.state not in AWAITED:
            return None
        barred = work.companies.do_not_route(ticket.caller, ticket.company_id)
    try:
        check_may_be_told(ticket, referral.institute, barred)
    except MayNotBeTold:
        return Asked(ticket, referral, may_be_told=False)
    return Asked(ticket, referral, may_be_told=True)


def question(ticket: Ticket, referral: Referral) -> str:
    """Return what the institute reads: a short summary before the question, so that nobody has to ask twice."""
    service = _SERVICE_KO.get(ticket.intake.category) if ticket.intake.category else None
    said = f" 문의: {ticket.intake.wish}" if ticket.intake.wish else ""
    who = f"{ticket.company}, {masked(ticket.caller)}" if ticket.company else masked(ticket.caller)
    return (
        f"[1379] 접수 {ticket.number} ({service or '상담'}, {who}).{said} 질문: {referral.question}"
        f" {moment_ko(referral.due_at)}까지 답변 부탁드립니다."
    )
