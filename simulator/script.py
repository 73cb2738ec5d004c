"""Runs a generator on the agenda: it waits for seconds, for events or for an answer, and never sleeps."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from simulator.agenda import Agenda, Item
from simulator.parcel import Parcel


@dataclass(frozen=True)
class Key:
    """One key of the telephone."""

    key: str


@dataclass(frozen=True)
class Speech:
    """Words spoken and how sure the recogniser is, 0.0 to 1.0."""

    text: str
    confidence: float | None


@dataclass(frozen=True)
class LegAnswered:
    """A dialled leg was picked up."""

    sid: str


@dataclass(frozen=True)
class LegReady:
    """A dialled leg has heard its whisper and may be bridged."""

    sid: str


@dataclass(frozen=True)
class LegGone:
    """A dialled leg ended, or REST took it away."""

    sid: str


@dataclass(frozen=True)
class Hush:
    """The caller has stopped speaking."""


@dataclass(frozen=True)
class RoomLeft:
    """The call is no longer in its conference."""


Event = Key | Speech | Hush | LegAnswered | LegReady | LegGone | RoomLeft
T = TypeVar("T")


@dataclass(frozen=True)
class Wait:
    """Wait for one of `events`; after `seconds` (None: for ever) go on without."""

    seconds: float | None
    events: tuple[type[Event], ...] = ()


class Ending(Enum):
    """How a script came to its end."""

    RAN_OUT = auto()
    HUNG_UP = auto()


Steps = Generator[Wait | Parcel, Event | None, T]  # a Parcel is sent, and the steps go on when it is back
Post = Callable[[Parcel, Callable[[], None]], bool]


class Script:
    """One generator under way; `stop` closes it, so that its `finally` parts clean up."""

    def __init__(self, agenda: Agenda, post: Post, steps: Steps[Ending], when_done: Callable[[Ending], None]) -> None:
        self._agenda = agenda
        self._post = post
        self._steps = steps
        self._when_done = when_done
        self._waiting: Wait | None = None
        self._timer: Item | None = None
        self._parcel: Parcel | None = None

    @property
    def fetching(self) -> bool:
        return self._parcel is not None

    def begin(self) -> None:
        self._go_on(None)

    def wake(self, event: Event) -> bool:
        """Hand an event over; return False when the script is not waiting for such a one."""
        if self._waiting is None or not isinstance(event, self._waiting.events):
            return False
        self._go_on(event)
        return True

    def stop(self) -> None:
        self._rest()
        self._steps.close()

    def _rest(self) -> None:
        self._waiting = None
        self._parcel = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _go_on(self, event: Event | None) -> None:
        self._rest()
        try:
            step = self._steps.send(event)
            while isinstance(step, Parcel):
                if not self._is_back(step):
                    return
                step = self._steps.send(None)
        except StopIteration as end:
            self._when_done(end.value)
            return
        self._waiting = step
        if step.seconds is not None:
            self._timer = self._agenda.after(step.seconds, lambda: self._go_on(None))

    def _is_back(self, parcel: Parcel) -> bool:
        """Send a parcel; False when its answer is still to come and will wake the script."""
        self._parcel = parcel
        try:
            back = self._post(parcel, lambda: self._go_on(None) if self._parcel is parcel else None)
        except Exception:
            self._steps.close()
            raise
        if back:
            self._parcel = None
        return back
