"""Who may do something to a talk, and whether there is one."""

from calls.call import CallState
from calls.leg import Leg, LegState
from directory.model import AgentId
from records.life import IllegalMove


class NoTalk(IllegalMove):
    """Nobody is talking in this call, so nothing can be done to a talk."""


class NotYourTalk(Exception):
    """Only the agent who talks, or a supervisor, may do this."""


def require_talk(state: CallState, leg: Leg | None) -> Leg:
    """Return the agent's leg if a talk is going on there; raise NoTalk otherwise."""
    if state is not CallState.TALKING or leg is None:
        raise NoTalk(f"the call is {state}: nobody is talking")
    if leg.state is not LegState.TALKING:
        raise NoTalk(f"the agent is {leg.state}: expected talking")
    return leg


def require_right(leg: Leg, by: AgentId, *, supervisor: bool) -> None:
    """Let the agent of the talk and a supervisor pass; raise NotYourTalk for anyone else."""
    if by != leg.agent_id and not supervisor:
        raise NotYourTalk(f"{by} is not in this talk: expected {leg.agent_id} or a supervisor")


def require_supervisor(leg: Leg, by: AgentId, *, supervisor: bool) -> None:
    """Let a supervisor pass who is not the agent of the talk themselves."""
    if not supervisor:
        raise NotYourTalk(f"{by} is no supervisor")
    if by == leg.agent_id:
        raise NotYourTalk(f"{by} is the agent of this talk and cannot supervise it")
