"""The owner of a case, and a day later the supervisor, are warned in writing that its answer is still to be given."""

from datetime import datetime

from records.korean_time import moment_ko
from switchboard.doors import Work
from switchboard.house import House
from switchboard.write_to_staff import owner_of, write_to_staff
from tickets.number import TicketNumber
from tickets.promise import Alarm
from tickets.ticket import Ticket

KIND = "warn_staff"


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
    supervisors = house.directory.supervisors_of(ticket.desk)
    for to in supervisors if alarm == Alarm.WARN_SUPERVISOR else (owner_of(house, ticket),):
        write_to_staff(house, ticket, f"{alarm} {round_}", to, warning(ticket))


def warning(ticket: Ticket) -> str:
    when = moment_ko(ticket.due_at)
    return f"[1379] 접수 {ticket.number}: {when}까지 답변을 약속한 건입니다. 아직 답변이 나가지 않았습니다."
