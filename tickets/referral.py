"""A question put to an institute; whatever it answers, the case stays its owner's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.model import HoursOverride, InstituteCode, institute_desk
from tickets.deadline import WORKING_DAY, answer_due
from tickets.life import ReferralState
from tickets.number import TicketNumber
from tickets.ticket import Ticket
from tickets.written import CaseError

ANSWERED_WITHIN = WORKING_DAY  # of working time


class MayNotBeTold(CaseError):
    """The institute must not learn of this case."""


@dataclass(frozen=True)
class Referral:
    """`answer` is what the institute said, or why the question was withdrawn."""

    id: int
    ticket: TicketNumber
    institute: InstituteCode
    question: str
    state: ReferralState
    asked_at: datetime
    asked_by: str
    due_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    answer: str | None = None


def check_may_be_told(ticket: Ticket, institute: InstituteCode, barred: Collection[InstituteCode]) -> None:
    """Raise MayNotBeTold unless the company clearly agreed, to another legal entity, and does not bar the institute."""
    if ticket.intake.consent is not True:
        told = "was not asked" if ticket.intake.consent is None else "said no"
        raise MayNotBeTold(
            f"{ticket.number}: the company {told} whether its case may be passed on (expected a clear yes)"
        )
    if institute in barred:
        raise MayNotBeTold(f"{ticket.number}: {institute} is on the company's do-not-route list")


def check_may_be_asked(ticket: Ticket, institute: InstituteCode, barred: Collection[InstituteCode]) -> None:
    """Raise CaseError when an institute may not be told of the case, or owns it itself."""
    check_may_be_told(ticket, institute, barred)
    if ticket.desk == institute_desk(institute):
        raise CaseError(f"{ticket.number}: {institute} owns the case itself")


def referral_due(ticket: Ticket, asked_at: datetime, overrides: Sequence[HoursOverride]) -> datetime:
    """Return when the institute should have answered: within a working day, and before the company's answer is due."""
    due = answer_due(asked_at, overrides, ANSWERED_WITHIN)
    counts = not ticket.promise.is_paused and ticket.promise.kept_at is None and ticket.due_at > asked_at
    return min(due, ticket.due_at) if counts else due
