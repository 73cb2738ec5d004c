"""How a talk stands between a caller and an agent, and what each control does to it. The carrier is asked elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from records.life import IllegalMove


class Hold(StrEnum):
    """Whether the caller hears the agent or the music."""

    WITH_AGENT = "with_agent"
    ON_HOLD = "on_hold"


class Voice(StrEnum):
    """Whether the others hear the agent."""

    HEARD = "heard"
    MUTED = "muted"


class Recorder(StrEnum):
    RECORDING = "recording"  # as every talk begins
    PAUSED = "paused"
    STOPPED = "stopped"


class Control(StrEnum):
    """What may be done to a talk by those in it."""

    HOLD = "hold"
    UNHOLD = "unhold"
    MUTE = "mute"
    UNMUTE = "unmute"
    PAUSE_RECORDING = "pause_recording"
    RESUME_RECORDING = "resume_recording"
    STOP_RECORDING = "stop_recording"
    START_RECORDING = "start_recording"


@dataclass(frozen=True)
class Change:
    """What a control does to one part of a talk: from which states, and to which."""

    part: str  # a field of TalkState
    takes: frozenset[StrEnum]
    leads_to: StrEnum


CHANGES: Mapping[Control, Change] = {
    Control.HOLD: Change("hold", frozenset({Hold.WITH_AGENT}), Hold.ON_HOLD),
    Control.UNHOLD: Change("hold", frozenset({Hold.ON_HOLD}), Hold.WITH_AGENT),
    Control.MUTE: Change("voice", frozenset({Voice.HEARD}), Voice.MUTED),
    Control.UNMUTE: Change("voice", frozenset({Voice.MUTED}), Voice.HEARD),
    Control.PAUSE_RECORDING: Change("recorder", frozenset({Recorder.RECORDING}), Recorder.PAUSED),
    Control.RESUME_RECORDING: Change("recorder", frozenset({Recorder.PAUSED}), Recorder.RECORDING),
    Control.STOP_RECORDING: Change("recorder", frozenset({Recorder.RECORDING, Recorder.PAUSED}), Recorder.STOPPED),
    Control.START_RECORDING: Change("recorder", frozenset({Recorder.STOPPED}), Recorder.RECORDING),
}


@dataclass(frozen=True)
class TalkState:
    """How a talk stands between the caller and the agent of one leg."""

    hold: Hold = Hold.WITH_AGENT
    voice: Voice = Voice.HEARD
    recorder: Recorder = Recorder.RECORDING

    def after(self, control: Control) -> "TalkState":
        """Return the talk after a control, or raise IllegalMove naming what stands in its way."""
        change = CHANGES[control]
        now = getattr(self, change.part)
        if now not in change.takes:
            expected = " or ".join(sorted(change.takes))
            raise IllegalMove(f"{change.part} is {now}: cannot {control}, expected {expected}")
        parts = {part.name: getattr(self, part.name) for part in fields(self)} | {change.part: change.leads_to}
        return TalkState(**parts)
