"""A person who answers: what they chose, what the engine does with them, and when they may be offered a call."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agents.station import Station
from agents.work_state import WorkEvent, WorkState
from directory.model import AgentId


class Presence(StrEnum):
    """What the person chose."""

    OFFLINE = "offline"
    AVAILABLE = "available"
    BREAK = "break"


REST_SECONDS = {  # before the next offer: a no is not a no-answer, and neither is a phone that cannot be reached
    WorkEvent.DECLINED: 5,
    WorkEvent.EXPIRED: 10,
    WorkEvent.FAILED: 20,
    WorkEvent.LEG_LOST: 5,
}
MISSED_LIMIT = 3  # unanswered offers in a row before the agent is put on a break
MISSED_TOO_MANY = "no_answer"  # the reason of that break


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


def can_be_offered(agent: Agent, now: datetime) -> bool:
    """Say whether the agent is available, idle and rested."""
    return (
        agent.presence is Presence.AVAILABLE
        and agent.work_state is WorkState.IDLE
        and (agent.not_before is None or agent.not_before <= now)
    )


def rest_until(event: WorkEvent, now: datetime) -> datetime | None:
    """Return when the agent may be offered a call again after this event, or None for at once."""
    seconds = REST_SECONDS.get(event, 0)
    return now + timedelta(seconds=seconds) if seconds else None


def missed_after(event: WorkEvent, missed: int) -> int:
    """Count unanswered offers in a row; only a person's own act ends the row."""
    if event is WorkEvent.EXPIRED:
        return missed + 1
    if event in {WorkEvent.ACCEPTED, WorkEvent.DECLINED}:
        return 0
    return missed
