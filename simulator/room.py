"""A conference room and who is in it."""

from dataclasses import dataclass, field
from datetime import datetime

from simulator.calls import Call, Request, Subscription
from simulator.script import Script

DEFAULT_MUSIC = "Twilio's hold music"


@dataclass(eq=False)
class Participant:
    """One call in a room."""

    call: Call
    joined_at: datetime
    label: str = ""
    muted: bool = False
    hold: bool = False
    coaching: str = ""  # the CallSid coached
    starts: bool = True
    ends: bool = False
    beeps_on_exit: bool = True
    wait: Request | None = None  # what plays until the room starts; None is silence
    music: Script | None = None
    by_rest: bool = False


@dataclass(eq=False)
class Room:
    """A conference: its name may come again later, its sid not."""

    sid: str
    name: str
    created_at: datetime
    participants: dict[str, Participant] = field(default_factory=dict)
    expected: dict[str, Participant] = field(default_factory=dict)  # called into it by REST, not answered yet
    subscription: Subscription | None = None  # fixed by the first participant
    recording: Subscription | None = None
    records: bool = False
    sequence: int = 0
    opened: bool = False  # someone with startConferenceOnEnter came
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended_because: str = ""
    ended_by: str = ""

    @property
    def status(self) -> str:
        if self.ended_at is not None:
            return "completed"
        return "in-progress" if self.opened else "init"
