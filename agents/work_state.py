"""What the engine does with a person; what the person chose is their presence, another field."""

from enum import StrEnum

from records.life import Life


class WorkState(StrEnum):
    IDLE = "idle"
    RESERVED = "reserved"
    RINGING = "ringing"
    TALKING = "talking"
    WRAPPING = "wrapping"


class WorkEvent(StrEnum):
    OFFERED = "offered"
    RINGS = "rings"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"
    FAILED = "failed"
    ENDED = "ended"
    LEG_LOST = "leg_lost"
    NOT_REACHED = "not_reached"  # the customer they were to call back
    FINISHED = "finished"


_BACK_TO_IDLE = {
    WorkEvent.WITHDRAWN: WorkState.IDLE,
    WorkEvent.DECLINED: WorkState.IDLE,
    WorkEvent.EXPIRED: WorkState.IDLE,
    WorkEvent.FAILED: WorkState.IDLE,
}

WORK = Life[WorkState, WorkEvent](
    "agent",
    {
        WorkState.IDLE: {WorkEvent.OFFERED: WorkState.RESERVED},
        WorkState.RESERVED: {
            WorkEvent.RINGS: WorkState.RINGING,
            WorkEvent.ACCEPTED: WorkState.TALKING,
            **_BACK_TO_IDLE,
        },
        WorkState.RINGING: {WorkEvent.ACCEPTED: WorkState.TALKING, **_BACK_TO_IDLE},
        WorkState.TALKING: {
            WorkEvent.ENDED: WorkState.WRAPPING,
            WorkEvent.LEG_LOST: WorkState.IDLE,
            WorkEvent.NOT_REACHED: WorkState.IDLE,
        },
        WorkState.WRAPPING: {WorkEvent.FINISHED: WorkState.IDLE},
    },
)
