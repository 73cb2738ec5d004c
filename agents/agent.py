"""A person who answers: what they chose, what the engine does with them, and when they may be offered a call."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agents.station import Station
from agents.work_state import WorkEvent, WorkState
from directory.model import AgentId, AgentRules


class Presence(StrEnum):
    """What the person chose."""

    OFFLINE = "offline"
    AVAILABLE = "available"
    BREAK = "break"


NO_ANSWER, STATION_LOST = "no_answer", "station_lost"  # reasons of breaks that the line gives itself
_MISSED = {WorkEvent.NO_ANSWER, WorkEvent.VOICEMAIL}
TALK_LEASE_SECONDS = 120  # then it is looked into whether the talk is still there
LEASE_GRACE_SECONDS = 5  # beyond the due time of what an agent is busy with


@dataclass(frozen=True)
class Agent:
    """One agent's row: two fields never mixed, presence of the person and work state of the engine."""

    id: AgentId
    station: Station
    presence: Presence = Presence.OFFLINE
    break_reason: str | None = None
    next_presence: Presence | None = None  # chosen while busy, taken when the work is done
    work_state: WorkState = WorkState.IDLE
    idle_since: datetime | None = None
    not_before: datetime | None = None  # resting until then
    wrap_until: datetime | None = None
    missed: int = 0  # offers in a row that nobody answered
    answered: int = 0  # calls since they signed in
    wrapping_since: datetime | None = None
    leased_until: datetime | None = None  # while busy: when it is looked into whether they still are
    station_seen_until: datetime | None = None  # None: the station does not tell; else it is lost then


def can_be_offered(agent: Agent, now: datetime) -> bool:
    """Say whether the agent is available, idle and rested."""
    return (
        agent.presence is Presence.AVAILABLE
        and agent.work_state is WorkState.IDLE
        and (agent.not_before is None or agent.not_before <= now)
    )


def rest_until(event: WorkEvent, rules: AgentRules, now: datetime) -> datetime | None:
    """Return when the agent may be offered a call again after this event, or None for at once."""
    seconds = rules.rest_after.get(event, 0)
    return now + timedelta(seconds=seconds) if seconds else None


def missed_after(event: WorkEvent, missed: int) -> int:
    """Count unanswered offers in a row; only a person's own act ends the row."""
    if event in _MISSED:
        return missed + 1
    if event in {WorkEvent.ACCEPTED, WorkEvent.DECLINED}:
        return 0
    return missed


def lease(until: datetime) -> datetime:
    """Return when to look into an agent whose work should be over at that time."""
    return until + timedelta(seconds=LEASE_GRACE_SECONDS)


def extended_wrap_up(agent: Agent, rules: AgentRules, now: datetime) -> datetime:
    """Return the end of a wrap-up that is given more time, within what one may last in all."""
    most = (agent.wrapping_since or now) + timedelta(seconds=rules.wrap_up_most)
    longer = (agent.wrap_until or now) + timedelta(seconds=rules.wrap_up_extension)
    return max(min(longer, most), agent.wrap_until or now)
