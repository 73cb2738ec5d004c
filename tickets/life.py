"""The life of a case, and that of a question put to an institute."""

from enum import StrEnum

from records.life import Life


class TicketState(StrEnum):
    RECEIVED = "received"
    ASSIGNED = "assigned"  # somebody owns it
    IN_PROGRESS = "in_progress"
    REFERRED = "referred"  # an institute is asked, and has not answered yet
    ANSWERED = "answered"  # the company has its answer: the promise is kept
    RESOLVED = "resolved"  # with an outcome
    CLOSED = "closed"
    REOPENED = "reopened"


class TicketEvent(StrEnum):
    ASSIGNED = "assigned"
    STARTED = "started"
    REFERRED = "referred"
    CAME_BACK = "came_back"  # no institute is waited for any more
    ANSWERED = "answered"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


TICKET = Life[TicketState, TicketEvent](
    "ticket",
    {
        TicketState.RECEIVED: {TicketEvent.ASSIGNED: TicketState.ASSIGNED},
        TicketState.ASSIGNED: {
            TicketEvent.ASSIGNED: TicketState.ASSIGNED,
            TicketEvent.STARTED: TicketState.IN_PROGRESS,
            TicketEvent.REFERRED: TicketState.REFERRED,
            TicketEvent.ANSWERED: TicketState.ANSWERED,
            TicketEvent.RESOLVED: TicketState.RESOLVED,
        },
        TicketState.IN_PROGRESS: {
            TicketEvent.REFERRED: TicketState.REFERRED,
            TicketEvent.ANSWERED: TicketState.ANSWERED,
            TicketEvent.RESOLVED: TicketState.RESOLVED,
        },
        TicketState.REFERRED: {
            TicketEvent.REFERRED: TicketState.REFERRED,  # another institute is asked beside the first
            TicketEvent.CAME_BACK: TicketState.IN_PROGRESS,
            TicketEvent.ANSWERED: TicketState.ANSWERED,
            TicketEvent.RESOLVED: TicketState.RESOLVED,
        },
        TicketState.ANSWERED: {
            TicketEvent.STARTED: TicketState.IN_PROGRESS,  # the answer led to more work
            TicketEvent.REFERRED: TicketState.REFERRED,
            TicketEvent.RESOLVED: TicketState.RESOLVED,
        },
        TicketState.RESOLVED: {TicketEvent.CLOSED: TicketState.CLOSED, TicketEvent.REOPENED: TicketState.REOPENED},
        TicketState.CLOSED: {TicketEvent.REOPENED: TicketState.REOPENED},
        TicketState.REOPENED: {
            TicketEvent.ASSIGNED: TicketState.ASSIGNED,
            TicketEvent.STARTED: TicketState.IN_PROGRESS,
        },
    },
)

DONE = frozenset({TicketState.RESOLVED, TicketState.CLOSED})


class ReferralState(StrEnum):
    ASKED = "asked"
    OVERDUE = "overdue"  # an answer is still welcome
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class ReferralEvent(StrEnum):
    LAPSED = "lapsed"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


REFERRAL = Life[ReferralState, ReferralEvent](
    "referral",
    {
        ReferralState.ASKED: {
            ReferralEvent.LAPSED: ReferralState.OVERDUE,
            ReferralEvent.ANSWERED: ReferralState.ANSWERED,
            ReferralEvent.WITHDRAWN: ReferralState.WITHDRAWN,
        },
        ReferralState.OVERDUE: {
            ReferralEvent.ANSWERED: ReferralState.ANSWERED,
            ReferralEvent.WITHDRAWN: ReferralState.WITHDRAWN,
        },
        ReferralState.ANSWERED: {},
        ReferralState.WITHDRAWN: {},
    },
)

AWAITED = frozenset({ReferralState.ASKED, ReferralState.OVERDUE})


class FollowUpState(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    DONE = "done"
    DROPPED = "dropped"  # the case was opened again before


class FollowUpEvent(StrEnum):
    FELL_DUE = "fell_due"
    NOT_REACHED = "not_reached"  # and they are to be called once more
    DONE = "done"
    DROPPED = "dropped"


FOLLOW_UP = Life[FollowUpState, FollowUpEvent](
    "follow-up",
    {
        FollowUpState.PLANNED: {
            FollowUpEvent.FELL_DUE: FollowUpState.DUE,
            FollowUpEvent.DONE: FollowUpState.DONE,  # the company called by itself
            FollowUpEvent.DROPPED: FollowUpState.DROPPED,
        },
        FollowUpState.DUE: {
            FollowUpEvent.NOT_REACHED: FollowUpState.PLANNED,
            FollowUpEvent.DONE: FollowUpState.DONE,
            FollowUpEvent.DROPPED: FollowUpState.DROPPED,
        },
        FollowUpState.DONE: {},
        FollowUpState.DROPPED: {},
    },
)
