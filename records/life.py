"""A life: what may happen to a thing, as one table that tests walk and the diagram in docs is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


class IllegalMove(Exception):
    """A thing was told to take an event that its state does not know."""


@dataclass(frozen=True)
class Life(Generic[State, Event]):
    """The states of one kind of thing and the events that move it from one to the next."""

    of: str
    moves: Mapping[State, Mapping[Event, State]]

    def after(self, state: State, event: Event) -> State:
        """Return the state that follows, or raise IllegalMove naming the thing, its state and the event."""
        try:
            return self.moves[state][event]
        except KeyError:
            raise IllegalMove(f"{self.of} is {state}: cannot take event {event}") from None

    def takes(self, state: State, event: Event) -> bool:
        """Say whether the event may happen now; late and repeated reports are dropped by asking this first."""
        return event in self.moves.get(state, {})

    def target(self, event: Event) -> State:
        """Return the one state an event leads to, wherever it is taken from."""
        (target,) = {moves[event] for moves in self.moves.values() if event in moves}
        return target

    def sources(self, event: Event) -> frozenset[State]:
        """Return the states that take this event, for a conditional update."""
        return frozenset(state for state, moves in self.moves.items() if event in moves)

    def is_over(self, state: State) -> bool:
        """Say whether nothing can happen any more."""
        return not self.moves.get(state)
