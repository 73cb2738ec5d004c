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
    SHOWN = "shown"  # a browser shows the card the moment it is offered
    RINGS = "rings"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    VOICEMAIL = "voicemail"
    STATION_LOST = "station_lost"
    ENDED = "ended"
    NOT_REACHED = "not_reached"  # the customer they were to call back
    FINISHED = "finished"
    LEG_LOST = "leg_lost"  # the caller is still there: it was no end of a talk, and there is nothing to write up yet
    FREED = "freed"  # what they were busy with was not there any more


_BACK_TO_IDLE = dict.fromkeys(
    (
        WorkEvent.WITHDRAWN,
        WorkEvent.DECLINED,
        WorkEvent.NO_ANSWER,
        WorkEvent.BUSY,
        WorkEvent.UNREACHABLE,
        WorkEvent.VOICEMAIL,
        WorkEvent.STATION_LOST,
        WorkEvent.FREED,
    ),
    WorkState.IDLE,
)

WORK = Life[WorkState, WorkEvent](
    "agent",
    {
        WorkState.IDLE: {WorkEvent.OFFERED: WorkState.RESERVED, WorkEvent.SHOWN: WorkState.RINGING},
        WorkState.RESERVED: {
            WorkEvent.RINGS: WorkState.RINGING,
            WorkEvent.ACCEPTED: WorkState.TALKING,
            **_BACK_TO_IDLE,
        },
        WorkState.RINGING: {WorkEvent.ACCEPTED: WorkState.TALKING, **_BACK_TO_IDLE},
        WorkState.TALKING: {
            WorkEvent.ENDED: WorkState.WRAPPING,
            WorkEvent.NOT_REACHED: WorkState.IDLE,
            WorkEvent.FREED: WorkState.IDLE,
        },
        WorkState.WRAPPING: {
            WorkEvent.FINISHED: WorkState.IDLE,
            WorkEvent.LEG_LOST: WorkState.IDLE,
            WorkEvent.FREED: WorkState.IDLE,
        },
    },
)
