"""The routing engine by itself: told what happens, it says who is offered whom. No clock, no rows, no chance.

Whoever drives it tells it each event with its moment, in the order of time, and looks in again at `next_due`. An agent
offered a caller is busy until `on_agent_free`, whatever became of the offer: accepted, let pass, or the caller gone.
docs/engine.md has an example.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from directory.model import AgentId, DeskId, Directory, RoutingSettings, StaffMember
from routing.choosing import Choice, choose
from routing.crew import Crew, IdleAgent, Rules
from routing.giving_way import GivingWay, gives_way
from routing.head import Head
from routing.lines import Lines
from routing.needs import NOTHING, Needs, with_language
from routing.offer import SAME_CALLER_AGAIN_SECONDS
from routing.passes import Passes
from routing.queue_entry import place
from routing.reason import Reason


@dataclass(frozen=True)
class Config:
    """How each desk shares out callers and agents, and when the later tiers of a route that begins there open."""

    settings: Mapping[DeskId, RoutingSettings]

    @staticmethod
    def of(directory: Directory) -> "Config":
        return Config(directory.routing)


@dataclass(frozen=True)
class Entry:
    """A caller's place: the desks of each tier of their route that are open today, the nearest tier first."""

    id: int
    entered_at: datetime
    tiers: tuple[tuple[DeskId, ...], ...]
    priority_seconds: int = 0
    needs: Needs = NOTHING
    language: str | None = None  # the skill of a caller who speaks no Korean, such as lang_en


@dataclass(frozen=True)
class Offer:
    """An agent reserved for a caller."""

    entry: Entry
    agent: AgentId
    tier: int
    desk: DeskId
    choice: Choice = field(repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.choice.reasons


class UnknownAgent(Exception):
    """The driver named an agent who is not among the staff."""


class Engine:
    """Callers waiting and agents signed on. The same events in the same order give the same offers."""

    def __init__(self, config: Config, staff: Iterable[StaffMember]) -> None:
        self._config = config
        self._staff = {member.id: member for member in staff}
        self._answered: dict[AgentId, int] = {}  # offers since they signed on, of everyone who is
        self._staffed: Counter[DeskId] = Counter()  # how many signed on sit at each desk, idle or busy
        self._asked_last: dict[DeskId, int] = {}
        self._rules = Rules(config.settings, self._asked_last)
        self._crew = Crew()
        self._busy: set[AgentId] = set()  # offered a caller and not free since, signed on or not
        self._entries: dict[int, Entry] = {}  # those who wait
        self._lines = Lines()
        self._passes = Passes()
        self._giving_way = GivingWay()

    def on_sign_on(self, agent_id: AgentId, now: datetime) -> list[Offer]:
        """Let an agent take calls from now on; a second time changes nothing."""
        member = self._member(agent_id)
        self._catch_up(now)
        if agent_id not in self._answered:
            self._answered[agent_id] = 0
            self._staffed.update(seat.desk for seat in member.seats)
            self._be_idle(member, now)
            self._hear_languages(member)
        return self._offers(now)

    def on_sign_off(self, agent_id: AgentId, now: datetime) -> list[Offer]:
        """Give an agent no more calls, at once if idle. Callers left with nobody at an open desk go on to the next."""
        member = self._member(agent_id)
        self._catch_up(now)
        if self._answered.pop(agent_id, None) is not None:
            self._crew.remove(agent_id)
            self._staffed.subtract(seat.desk for seat in member.seats)
            self._hear_languages(member)
            self._go_on_where_empty({seat.desk for seat in member.seats})
        return self._offers(now)

    def on_agent_free(self, agent_id: AgentId, now: datetime) -> list[Offer]:
        """Say that an agent has done with a call, its wrap-up and rest. One who is idle or signed off stays so."""
        member = self._member(agent_id)
        self._catch_up(now)
        self._busy.discard(agent_id)
        self._be_idle(member, now)
        return self._offers(now)

    def on_arrival(self, entry: Entry, now: datetime) -> list[Offer]:
        """Let a caller wait; one who comes again, from a lost agent or a cut call, has the place of `entered_at`."""
        self._catch_up(now)
        self._entries[entry.id] = entry
        self._leave(entry.id)
        first: RoutingSettings | None = None  # of the first desk where anybody is: nobody waits for an empty one
        staffed = 0
        for number, desks in enumerate(entry.tiers, start=1):
            at, opens_at = place(entry.entered_at, entry.priority_seconds), entry.entered_at
            if any(self._staffed[desk] for desk in desks):
                staffed += 1
                if first is None:
                    first = self._rules.of(desks[0])
                    at -= timedelta(seconds=first.own_seconds)
                opens_at += timedelta(seconds=first.opens_after(staffed))
            for desk in desks:
                self._stand(entry, Head(entry.id, desk, number, at, opens_at if opens_at > now else None))
        first = first or self._rules.of(entry.tiers[0][0])
        self._giving_way.wait(entry.id, gives_way(entry.entered_at, entry.priority_seconds, first))
        return self.due(now)

    def on_let_pass(self, entry: Entry, agent_id: AgentId, now: datetime) -> list[Offer]:
        """Let a caller wait on at their place whom an agent declined or let ring; others are asked for a while."""
        self._passes.add(entry.id, agent_id, now + timedelta(seconds=SAME_CALLER_AGAIN_SECONDS))
        if self._answered.get(agent_id):
            self._answered[agent_id] -= 1
        return self.on_arrival(entry, now)

    def on_gone(self, entry: Entry, now: datetime) -> list[Offer]:
        """Take a caller out, waiting or offered, however often told; an agent rung for them is freed by the driver."""
        self._entries.pop(entry.id, None)
        self._leave(entry.id)
        self._passes.forget(entry.id)
        return self.due(now)

    def due(self, now: datetime) -> list[Offer]:
        """Do what the time has come for; too early or too often it finds nothing."""
        self._catch_up(now)
        return self._offers(now)

    def next_due(self) -> datetime | None:
        """Return the next moment at which something changes by time alone."""
        moments = self._lines.next_opening(), self._passes.next_end(), self._giving_way.next_due()
        return min(filter(None, moments), default=None)

    def _catch_up(self, now: datetime) -> None:
        for head in self._lines.due(now):
            self._lines.open(head)
        for entry_id in self._passes.end(now):
            self._stand_anew(entry_id)
        for entry_id, seconds in self._giving_way.due(now):
            for head in self._lines.of(entry_id):
                place = head.place + timedelta(seconds=seconds)
                self._lines.stand(replace(head, place=place, gave_way_seconds=seconds))

    def _leave(self, entry_id: int) -> None:
        self._lines.leave(entry_id)
        self._giving_way.forget(entry_id)

    def _offers(self, now: datetime) -> list[Offer]:
        offers = []
        while choice := choose(self._lines.heads(self._crew.desks()), self._crew, now, self._rules):
            offers.append(Offer(self._entries.pop(choice.entry_id), choice.agent_id, choice.tier, choice.desk, choice))
            self._leave(choice.entry_id)
            self._crew.remove(choice.agent_id)
            self._busy.add(choice.agent_id)
            self._answered[choice.agent_id] += 1
            self._asked_last[choice.desk] = self._staff[choice.agent_id].position
        return offers

    def _stand(self, entry: Entry, head: Head) -> None:
        """Let a caller stand in the line of those who need what they need now."""
        needs = entry.needs
        if entry.language is not None:
            needs = with_language(needs, entry.language, spoken=self._is_spoken(entry.language, entry))
        self._lines.stand(replace(head, needs=needs, avoid=self._passes.of(entry.id)))

    def _stand_anew(self, entry_id: int) -> None:
        for head in self._lines.of(entry_id):
            self._stand(self._entries[entry_id], head)

    def _hear_languages(self, member: StaffMember) -> None:
        for entry in [entry for entry in self._entries.values() if entry.language in member.skills]:
            self._stand_anew(entry.id)

    def _is_spoken(self, language: str, entry: Entry) -> bool:
        desks = {desk for tier in entry.tiers for desk in tier}
        signed_on = (self._staff[agent_id] for agent_id in self._answered)
        return any(language in agent.skills and any(s.desk in desks for s in agent.seats) for agent in signed_on)

    def _go_on_where_empty(self, desks: Collection[DeskId]) -> None:
        for entry_id in list(self._entries) if not all(self._staffed[desk] for desk in desks) else ():
            heads = self._lines.of(entry_id)
            if any(head.opens_at is None and self._staffed[head.desk] for head in heads):
                continue
            staffed = [head for head in heads if self._staffed[head.desk]]
            nearest = min((head.tier for head in staffed), default=None)
            for head in staffed:
                if head.tier == nearest:
                    self._lines.open(head)

    def _be_idle(self, member: StaffMember, now: datetime) -> None:
        answered = self._answered.get(member.id)
        if answered is not None and member.id not in self._busy and member.id not in self._crew:
            self._crew.add(IdleAgent(member.id, member.seats, now, member.skills, answered, member.position))

    def _member(self, agent_id: AgentId) -> StaffMember:
        if agent_id not in self._staff:
            raise UnknownAgent(f'"{agent_id}" is not among the staff (expected one of {len(self._staff)} ids)')
        return self._staff[agent_id]
