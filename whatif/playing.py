"""A day played through a router, event by event in virtual time."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

from directory.model import AgentId, DeskId
from routing.engine import Entry
from whatif.day import Caller, Day


class Offered(Protocol):
    @property
    def entry(self) -> Entry: ...
    @property
    def agent(self) -> AgentId: ...


class Router(Protocol):
    """What decides who is offered whom: our engine, or another system's rules at the same port."""

    def on_sign_on(self, agent_id: AgentId, now: datetime) -> Sequence[Offered]: ...
    def on_sign_off(self, agent_id: AgentId, now: datetime) -> Sequence[Offered]: ...
    def on_agent_free(self, agent_id: AgentId, now: datetime) -> Sequence[Offered]: ...
    def on_arrival(self, entry: Entry, now: datetime) -> Sequence[Offered]: ...
    def on_let_pass(self, entry: Entry, agent_id: AgentId, now: datetime) -> Sequence[Offered]: ...
    def on_gone(self, entry: Entry, now: datetime) -> Sequence[Offered]: ...
    def due(self, now: datetime) -> Sequence[Offered]: ...
    def next_due(self) -> datetime | None: ...


@dataclass(frozen=True)
class Fate:
    """What came of a caller: who answered them after how long, or nobody before they gave up."""

    caller: Caller
    wait_seconds: float
    agent: AgentId | None


@dataclass
class Played:
    """A day that was played. `busy_seconds`: with callers, their wrap-up included."""

    homes: Mapping[AgentId, DeskId]  # the desk each agent belongs to
    fates: list[Fate] = field(default_factory=list)
    busy_seconds: dict[AgentId, float] = field(default_factory=dict)
    staffed_seconds: dict[AgentId, float] = field(default_factory=dict)


def play(day: Day, router: Router) -> Played:
    """Play a day to its end: everyone who called was answered or gave up."""
    return _Play(day, router).to_the_end()


def staffed_seconds(day: Day) -> dict[AgentId, float]:
    """Return how long each agent was there on a day."""
    seconds: dict[AgentId, float] = defaultdict(float)
    for shift in day.shifts:
        seconds[shift.agent] += (shift.ends_at - shift.starts_at).total_seconds()
    return dict(seconds)


Act = Callable[[datetime], Sequence[Offered]]


class _Play:
    def __init__(self, day: Day, router: Router) -> None:
        self._router = router
        self._ringing = day.ringing
        self._callers = {caller.entry.id: caller for caller in day.callers}
        self._offered: dict[int, int] = {}  # offers each caller has had
        self._over: set[int] = set()  # answered or gone
        self._number = count()
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._played = Played(day.homes, staffed_seconds=staffed_seconds(day))
        for shift in day.shifts:
            self._at(shift.starts_at, partial(router.on_sign_on, shift.agent))
            self._at(shift.ends_at, partial(router.on_sign_off, shift.agent))
        for caller in day.callers:
            self._at(caller.entry.entered_at, partial(self._comes, caller))

    def to_the_end(self) -> Played:
        while self._agenda:
            due = self._router.next_due()
            if due is not None and due < self._agenda[0][0]:
                self._make(self._router.due(due), due)
                continue
            now, _, act = heappop(self._agenda)
            self._make(act(now), now)
        return self._played

    def _at(self, moment: datetime, act: Act) -> None:
        heappush(self._agenda, (moment, next(self._number), act))

    def _comes(self, caller: Caller, now: datetime) -> Sequence[Offered]:
        self._at(now + timedelta(seconds=caller.patience_seconds), partial(self._gives_up, caller))
        return self._router.on_arrival(caller.entry, now)

    def _gives_up(self, caller: Caller, now: datetime) -> Sequence[Offered]:
        if caller.entry.id in self._over:
            return []
        self._end(caller, now, None)
        return self._router.on_gone(caller.entry, now)

    def _make(self, offers: Sequence[Offered], now: datetime) -> None:
        for offer in offers:
            caller = self._callers[offer.entry.id]
            made = self._offered.get(offer.entry.id, 0)
            self._offered[offer.entry.id] = made + 1
            if made < len(caller.unanswered) and caller.unanswered[made]:
                self._at(now + timedelta(seconds=self._ringing.ring_seconds), partial(self._rings_out, offer))
            elif self._ringing.answer_seconds:
                self._at(now + timedelta(seconds=self._ringing.answer_seconds), partial(self._answers, offer))
            else:
                self._answers(offer, now)

    def _answers(self, offer: Offered, now: datetime) -> Sequence[Offered]:
        caller = self._callers[offer.entry.id]
        if caller.entry.id in self._over:
            return self._router.on_agent_free(offer.agent, now)
        self._end(caller, now, offer.agent)
        busy = self._played.busy_seconds
        busy[offer.agent] = busy.get(offer.agent, 0) + caller.handle_seconds
        free_at = now + timedelta(seconds=caller.handle_seconds)
        self._at(free_at, partial(self._router.on_agent_free, offer.agent))
        return []

    def _rings_out(self, offer: Offered, now: datetime) -> Sequence[Offered]:
        rested = now + timedelta(seconds=self._ringing.rest_seconds)
        self._at(rested, partial(self._router.on_agent_free, offer.agent))
        return [] if offer.entry.id in self._over else self._router.on_let_pass(offer.entry, offer.agent, now)

    def _end(self, caller: Caller, now: datetime, agent: AgentId | None) -> None:
        self._over.add(caller.entry.id)
        waited = (now - caller.entry.entered_at).total_seconds()
        self._played.fates.append(Fate(caller, waited, agent))
