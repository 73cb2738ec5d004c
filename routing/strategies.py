"""Who is asked first among agents of one tier and level: each strategy is one member of the tuple that orders them."""

from collections.abc import Callable, Mapping
from hashlib import blake2b

from directory.model import Strategy
from routing.crew import IdleAgent

Member = tuple[float, ...]


def member(strategy: Strategy, agent: IdleAgent, entry_id: int, asked_last: int) -> Member:
    """Return what orders agents by a strategy, the least first; desks of one tier may have unlike strategies."""
    return (_RANK[strategy], *_MEMBERS[strategy](agent, entry_id, asked_last))


def _longest_idle(agent: IdleAgent, _entry_id: int, _asked_last: int) -> Member:
    return (agent.idle_since.timestamp(),)


def _fewest_calls(agent: IdleAgent, _entry_id: int, _asked_last: int) -> Member:
    """Among equals the longest idle: at the start of a day all have answered nothing."""
    return (agent.answered, agent.idle_since.timestamp())


def _round_robin(agent: IdleAgent, _entry_id: int, asked_last: int) -> Member:
    return (agent.position <= asked_last, agent.position)


def _linear(agent: IdleAgent, _entry_id: int, _asked_last: int) -> Member:
    return (agent.position,)


def _random(agent: IdleAgent, entry_id: int, _asked_last: int) -> Member:
    """Draw from caller and agent alone: asked again, in a test or a repair, the answer is the same."""
    return (int.from_bytes(blake2b(f"{entry_id} {agent.id}".encode(), digest_size=6).digest()),)


def _by_level(_agent: IdleAgent, _entry_id: int, _asked_last: int) -> Member:
    return ()


_MEMBERS: Mapping[Strategy, Callable[[IdleAgent, int, int], Member]] = {
    Strategy.LONGEST_IDLE: _longest_idle,
    Strategy.FEWEST_CALLS: _fewest_calls,
    Strategy.ROUND_ROBIN: _round_robin,
    Strategy.LINEAR: _linear,
    Strategy.RANDOM: _random,
    Strategy.BY_LEVEL: _by_level,
}
_RANK = {strategy: rank for rank, strategy in enumerate(Strategy)}
