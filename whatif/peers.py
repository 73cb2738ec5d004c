"""The rules of other systems, and the two ends of the scale, at the port of our engine: what a day would be with them.

Written from what each documents or does in its source: how callers are ordered, when later desks may help, who is rung.
They know desks and waiting times; skills and who let whom pass are left out, which is to their favor here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from directory.model import AgentId, DeskId, StaffMember
from routing.engine import Config, Entry

RETRY = timedelta(
    seconds=5.05
)  # Asterisk's default: a caller whose turn it is and whom nobody can take looks again then


@dataclass(frozen=True)
class Made:
    """An offer without reasons: none of these systems keeps any."""

    entry: Entry
    agent: AgentId
    tier: int
    desk: DeskId


Opening = tuple[datetime, int, DeskId]  # when a desk may help a caller, its tier, which


class TaskRouter:
    """One workflow, its targets widened at each timeout: the oldest caller first, the worker available the longest."""

    def __init__(self, config: Config, staff: Iterable[StaffMember]) -> None:
        self._settings = config.settings
        self._seats = {member.id: self._desks_of(member) for member in staff}
        self._signed: set[AgentId] = set()
        self._busy: set[AgentId] = set()
        self._idle: dict[DeskId, dict[AgentId, datetime]] = {}
        self._waiting: dict[int, tuple[Entry, Sequence[Opening]]] = {}
        self._looks: list[tuple[datetime, int]] = []  # when a caller is looked at again by time alone

    def on_sign_on(self, agent_id: AgentId, now: datetime) -> list[Made]:
        self._signed.add(agent_id)
        return self.on_agent_free(agent_id, now) if agent_id not in self._busy else []

    def on_sign_off(self, agent_id: AgentId, now: datetime) -> list[Made]:
        self._signed.discard(agent_id)
        self._take(agent_id)
        return self.due(now)

    def on_agent_free(self, agent_id: AgentId, now: datetime) -> list[Made]:
        self._busy.discard(agent_id)
        if agent_id not in self._signed:
            return []
        for desk in self._seats[agent_id]:
            self._idle.setdefault(desk, {})[agent_id] = now
        return self._offers(self._freed(agent_id), now)

    def on_arrival(self, entry: Entry, now: datetime) -> list[Made]:
        self._waiting[entry.id] = entry, self._openings(entry)
        if entry.entered_at < now:  # one who comes back stands where they stood
            self._waiting = dict(sorted(self._waiting.items(), key=lambda item: item[1][0].entered_at))
        for opens_at, _, _ in self._waiting[entry.id][1]:
            if opens_at > now:
                heappush(self._looks, (opens_at, entry.id))
        return self._offers([entry.id], now)

    def on_let_pass(self, entry: Entry, agent_id: AgentId, now: datetime) -> list[Made]:
        del agent_id
        return self.on_arrival(entry, now)

    def on_gone(self, entry: Entry, now: datetime) -> list[Made]:
        self._waiting.pop(entry.id, None)
        return self.due(now)

    def due(self, now: datetime) -> list[Made]:
        offers: list[Made] = []
        while self._looks and self._looks[0][0] <= now:
            offers += self._offers([heappop(self._looks)[1]], now)
        return offers

    def next_due(self) -> datetime | None:
        while self._looks and self._looks[0][1] not in self._waiting:
            heappop(self._looks)
        return self._looks[0][0] if self._looks else None

    def _offers(self, entries: Iterable[int], now: datetime) -> list[Made]:
        offers = []
        for entry_id in entries:
            found = self._agent_for(entry_id, now) if entry_id in self._waiting else None
            if found:
                tier, desk, agent = found
                offers.append(Made(self._waiting.pop(entry_id)[0], agent, tier, desk))
                self._take(agent)
                self._busy.add(agent)
        return offers

    def _agent_for(self, entry_id: int, now: datetime) -> tuple[int, DeskId, AgentId] | None:
        entry, openings = self._waiting[entry_id]
        able = [
            (self._order(entry, tier, agent, since), tier, desk, agent)
            for opens_at, tier, desk in openings
            if opens_at <= now
            for agent, since in self._idle.get(desk, {}).items()
        ]
        return min(able)[1:] if able else None

    def _take(self, agent_id: AgentId) -> None:
        for desk in self._seats[agent_id]:
            self._idle.get(desk, {}).pop(agent_id, None)

    def _openings(self, entry: Entry) -> Sequence[Opening]:
        """Say from when on each desk may help a caller."""
        opens_after = self._settings[entry.tiers[0][0]].opens_after
        return [
            (entry.entered_at + timedelta(seconds=opens_after(tier)), tier, desk)
            for tier, desks in enumerate(entry.tiers, start=1)
            for desk in desks
        ]

    def _desks_of(self, member: StaffMember) -> Sequence[DeskId]:
        return [seat.desk for seat in member.seats]

    def _freed(self, agent_id: AgentId) -> Iterator[int]:
        """Yield the callers to look at when this agent is free, the first to be served first."""
        del agent_id
        return iter(list(self._waiting))

    def _order(self, entry: Entry, tier: int, agent: AgentId, since: datetime) -> tuple[int, datetime, AgentId]:
        """Return what orders the agents who may take a caller, the least first."""
        del entry, tier
        return 0, since, agent


class FreeSwitch(TaskRouter):
    """mod_callcenter with tiers: the oldest caller first; agents by tier level, then the longest idle."""

    def _order(self, entry: Entry, tier: int, agent: AgentId, since: datetime) -> tuple[int, datetime, AgentId]:
        del entry
        return tier, since, agent


class Connect(TaskRouter):
    """Routing profiles: an agent's own queue has priority, others come after a delay; then the longest available."""

    def _freed(self, agent_id: AgentId) -> Iterator[int]:
        seats = self._seats[agent_id]
        own = [key for key, (_, openings) in self._waiting.items() if openings[0][2] in seats]
        yield from own
        yield from [key for key in self._waiting if key not in set(own)]


class Asterisk(TaskRouter):
    """app_queue, a queue a desk, its neighbors as members of higher penalty, leastrecent.

    Nothing tells a waiting caller that an agent is free: the first in line looks every 5 s (`retry`), or when a penalty
    rule opens.
    """

    def __init__(self, config: Config, staff: Iterable[StaffMember]) -> None:
        super().__init__(config, staff)
        self._served: dict[AgentId, DeskId] = {}  # the queue each agent's last call came from
        self._last: dict[tuple[DeskId, AgentId], datetime] = {}  # the end of the last call from a queue
        self._retries: dict[int, datetime] = {}  # when each caller looks again by themselves

    def on_arrival(self, entry: Entry, now: datetime) -> list[Made]:
        self._look_again(entry.id, now)
        return super().on_arrival(entry, now)

    def on_agent_free(self, agent_id: AgentId, now: datetime) -> list[Made]:
        if agent_id in self._served:
            self._last[self._served[agent_id], agent_id] = now
        return super().on_agent_free(agent_id, now)

    def due(self, now: datetime) -> list[Made]:
        offers: list[Made] = []
        while self._looks and self._looks[0][0] <= now:
            at, entry_id = heappop(self._looks)
            offers += self._offers([entry_id], now)
            if entry_id in self._waiting and self._retries[entry_id] == at:
                self._look_again(entry_id, now)
        return offers

    def _look_again(self, entry_id: int, now: datetime) -> None:
        self._retries[entry_id] = now + RETRY
        heappush(self._looks, (now + RETRY, entry_id))

    def _freed(self, agent_id: AgentId) -> Iterator[int]:
        del agent_id
        return iter(())

    def _agent_for(self, entry_id: int, now: datetime) -> tuple[int, DeskId, AgentId] | None:
        entry, openings = self._waiting[entry_id]
        able = sum(len(self._idle.get(desk, {})) for opens_at, _, desk in openings if opens_at <= now)
        queue = entry.tiers[0]
        ahead = 0
        for other, _ in self._waiting.values() if able else ():
            if other.id == entry_id:
                break
            ahead += other.tiers[0] == queue
        found = super()._agent_for(entry_id, now) if able > ahead else None
        if found:
            self._served[found[2]] = queue[0]
        return found

    def _order(self, entry: Entry, tier: int, agent: AgentId, since: datetime) -> tuple[int, datetime, AgentId]:
        del since
        return (
            tier,
            self._last.get((entry.tiers[0][0], agent), datetime.min.replace(tzinfo=entry.entered_at.tzinfo)),
            agent,
        )


class Pooled(TaskRouter):
    """The bound of speed: any agent, any call, the oldest first."""

    def _openings(self, entry: Entry) -> Sequence[Opening]:
        return [(entry.entered_at, 1, EVERYBODY)]

    def _desks_of(self, member: StaffMember) -> Sequence[DeskId]:
        del member
        return [EVERYBODY]


class Silo(TaskRouter):
    """No neighbor ever helps."""

    def _openings(self, entry: Entry) -> Sequence[Opening]:
        return [(entry.entered_at, 1, desk) for desk in entry.tiers[0]]


EVERYBODY = DeskId("everybody")
PEERS: Mapping[str, Callable[[Config, Iterable[StaffMember]], TaskRouter]] = {
    "taskrouter": TaskRouter,
    "freeswitch": FreeSwitch,
    "asterisk": Asterisk,
    "connect": Connect,
    "pooled": Pooled,
    "silo": Silo,
}
