"""What the ticker does about cases: warnings before an answer is due, and institutes that have not answered in time."""

from switchboard import tell_overdue, warn_staff
from switchboard.change_case import known_ticket, record
from switchboard.doors import Work
from switchboard.follow_up import fall_due
from switchboard.house import House
from tickets.number import TicketNumber
from tickets.promise import Alarm, after_alarm

AT_ONCE = 100  # of each kind in one look; the others are due still


def watch_cases(house: House) -> None:
    """Do what is due. Each alarm and each lapse is claimed by a conditional update, with its record and its message."""
    with house.store.reading() as work:
        alarms = work.tickets.due_alarms(house.now(), AT_ONCE)
        referrals = work.referrals.due(house.now(), AT_ONCE)
        follow_ups = work.follow_ups.due(house.now(), AT_ONCE)
    for number in alarms:
        with house.store.work() as work:
            _sound(house, work, number)
    for referral in referrals:
        with house.store.work() as work:
            ticket = known_ticket(work, referral.ticket)  # locked first, here as where the institute answers
            if work.referrals.lapse(referral.id):
                told = {"referral": referral.id, "institute": referral.institute}
                record(house, work, ticket, "referral.overdue", None, **told)
                tell_overdue.owe_overdue(house, work, referral.id)
    for follow_up in follow_ups:
        with house.store.work() as work:
            fall_due(house, work, follow_up)


def _sound(house: House, work: Work, number: TicketNumber) -> None:
    ticket = known_ticket(work, number)
    promise = ticket.promise
    if promise.alarm is None or promise.alarm_at is None or promise.alarm_at > house.now():
        return
    if not work.tickets.sound(number, promise, after_alarm(promise, house.directory.hours_overrides)):
        return
    due_at = promise.due_at.isoformat()
    if promise.alarm is Alarm.OVERDUE:
        record(house, work, ticket, "ticket.overdue", None, due_at=due_at)
        return
    warn_staff.owe_warning(work, ticket, house.now())
    record(house, work, ticket, "ticket.warned", None, alarm=promise.alarm, due_at=due_at, owner=ticket.agent)
