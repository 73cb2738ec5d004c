"""The owner of a case, and a day later the supervisor, are warned in writing that its answer is still to be given."""

from datetime import datetime

from records.korean_time import KOREA
from switchboard.doors import Work
from switchboard.house import House
from switchboard.write_to_staff import write_to_staff
from tickets.number import TicketNumber
from tickets.promise import Alarm
from tickets.ticket import Ticket

KIND = "warn_staff"
_WEEKDAYS = "월화수목금토일"


def owe_warning(work: Work, ticket: Ticket, at: datetime) -> None:
    """Owe the warning of the promise's alarm with the alarm itself."""
    work.outbox.add(KIND, f"{ticket.number} {ticket.promise.alarm} {ticket.promise.round}", at)


def warn_staff(house: House, subject: str) -> None:
    """Send the warning, unless the company has its answer, or the clock was stopped, meanwhile."""
    number, alarm, round_ = subject.split(" ")
    with house.store.reading() as work:
        ticket = work.tickets.get(TicketNumber(number))
    if ticket is None or ticket.promise.kept_at or ticket.promise.is_paused or ticket.promise.round != int(round_):
        return
    to = _supervisors(ticket) if alarm == Alarm.WARN_SUPERVISOR else _owner(ticket)
    write_to_staff(house, ticket, f"{alarm} {round_}", to, warning(ticket))


def warning(ticket: Ticket) -> str:
    due = ticket.due_at.astimezone(KOREA)
    when = f"{due.month}월 {due.day}일({_WEEKDAYS[due.weekday()]}) {due:%H:%M}"
    return f"[1379] 접수 {ticket.number}: {when}까지 답변을 약속한 건입니다. 아직 답변이 나가지 않았습니다."


def _owner(ticket: Ticket) -> str:
    return f"agent:{ticket.agent}" if ticket.agent else f"desk:{ticket.desk}"


def _supervisors(ticket: Ticket) -> str:
    return f"supervisors:{ticket.desk}"
