"""An institute is out of its hours: another desk takes the call, and the institute is asked in writing."""

from calls.call import Call
from directory.model import DeskId, InstituteCode
from records.record import Record
from routing.opening_hours import NeverOpens
from routing.ring_windows import answer_day
from routing.route import Route
from switchboard import tell_institute
from switchboard.doors import Work
from switchboard.house import House, log
from tickets.referral import MayNotBeTold, check_may_be_told
from tickets.ticket import Ticket

BY_THE_LINE = "line"


def refer_closed(house: House, work: Work, call: Call, ticket: Ticket, route: Route) -> None:
    """Ask each institute of the route that fits and is closed now. Asked before, it is not asked again."""
    for desk in route.referred_to:
        _refer(house, work, call, ticket, desk)


def _refer(house: House, work: Work, call: Call, ticket: Ticket, desk: DeskId) -> None:
    now, institute = house.now(), InstituteCode(desk.partition(":")[2])
    days = house.directory.calendar(desk).referral_answer_days
    try:
        check_may_be_told(ticket, institute, work.companies.do_not_route(ticket.caller, ticket.company_id))
        due_at = answer_day(house.directory.desk(desk), days, now, house.directory.hours_overrides)
    except (MayNotBeTold, NeverOpens) as error:
        log.warning("referral.not_asked", call=call.id, ticket=ticket.number, institute=institute, error=str(error))
        return
    question = ticket.intake.wish or house.flow.prompts.name_of(str(ticket.intake.category))
    asked = work.referrals.ask(ticket.number, institute, question, BY_THE_LINE, now, due_at)
    if asked is None:
        return
    work.outbox.add(tell_institute.KIND, str(asked.id), now)
    fields = {"by": BY_THE_LINE, "referral": asked.id, "institute": institute, "due_at": due_at.isoformat()}
    work.records.append(Record("referral.asked", now, call=call.id, ticket=ticket.number, desk=desk, fields=fields))
    log.info("referral.asked", call=call.id, ticket=ticket.number, institute=institute)
