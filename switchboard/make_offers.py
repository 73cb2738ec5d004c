"""What was chosen is written: each caller and agent taken by a conditional update, all offers of a moment together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from agents.agent import lease
from agents.work_state import WorkEvent
from directory.model import AgentId
from records.record import Record
from routing.callback import held_until
from routing.choosing import Choice
from routing.offer import expires_at
from routing.queue_entry import EntryEvent
from switchboard.doors import Decision, Idle, NewOffer, Waiter, Work
from switchboard.house import House, log
from switchboard.offer_callback import begin_for_customer, is_customer_first, may_be_offered
from switchboard.open_tiers import open_what_is_due
from switchboard.ring_slot import ring_slot


@dataclass(frozen=True)
class Pick:
    """An agent for a caller, and how long it took to find out."""

    choice: Choice
    waiter: Waiter
    agent: Idle
    took_us: int
    held: bool = False  # until the customer of a callback is there

    @property
    def is_shown(self) -> bool:
        """Say whether the agent sees the offer the moment it is made."""
        return self.agent.station.is_browser and not self.held


@dataclass(frozen=True)
class Made:
    """Whose offers were made; agents who turned out to be busy are not to be asked again either."""

    entries: frozenset[int] = frozenset()
    agents: frozenset[AgentId] = frozenset()


def make_offers(house: House, work: Work, picks: Sequence[Pick]) -> Made:
    """Make offers to those who are still waiting and still idle. The calls' locks come first, as where they end."""
    if not picks:
        return Made()
    work.calls.lock([pick.waiter.call_id for pick in picks])
    picks = [pick for pick in picks if may_be_offered(house, work, pick.waiter)]
    waiting = work.queue.take([pick.waiter.entry_id for pick in picks])
    picks = [
        replace(pick, held=is_customer_first(house, work, pick.waiter))
        for pick in picks
        if pick.waiter.entry_id in waiting
    ]
    idle, asked = _take_agents(house, work, picks), frozenset(pick.agent.id for pick in picks)
    for pick in picks:
        if pick.agent.id not in idle:
            work.queue.move(pick.waiter.entry_id, EntryEvent.OFFER_OVER, house.now())
    picks = [pick for pick in picks if pick.agent.id in idle]
    open_what_is_due(house, work, [pick.waiter for pick in picks])
    _write(house, work, picks)
    return Made(waiting, asked)


def _take_agents(house: House, work: Work, picks: Sequence[Pick]) -> frozenset[AgentId]:
    """Reserve the agents; a browser shows its card with that very commit."""
    taken: frozenset[AgentId] = frozenset()
    for event in (WorkEvent.SHOWN, WorkEvent.OFFERED):
        those = [pick for pick in picks if pick.is_shown == (event is WorkEvent.SHOWN)]
        if those:
            until = max(_new_offer(house, pick).expires_at for pick in those)
            taken |= work.agents.take([pick.agent.id for pick in those], event, lease(until))
    return taken


def _new_offer(house: House, pick: Pick) -> NewOffer:
    now, ring_seconds = house.now(), house.directory.desk(pick.choice.desk).ring_seconds
    return NewOffer(
        entry_id=pick.waiter.entry_id,
        call_id=pick.waiter.call_id,
        agent_id=pick.agent.id,
        desk=pick.choice.desk,
        tier=pick.choice.tier,
        station=pick.agent.station,
        made_at=now,
        expires_at=held_until(now) if pick.held else expires_at(pick.agent.station, ring_seconds, now),
        held=pick.held,
    )


def _write(house: House, work: Work, picks: Sequence[Pick]) -> None:
    if not picks:
        return
    offers = [_new_offer(house, pick) for pick in picks]
    made = list(zip(picks, offers, work.offers.make(offers), strict=True))
    version = house.directory.version
    work.decisions.add(
        *(
            Decision(
                offer.made_at,
                "choice",
                offer.call_id,
                pick.waiter.ticket,
                offer_id,
                version,
                pick.choice.reasons,
                pick.took_us,
            )
            for pick, offer, offer_id in made
        )
    )
    work.records.append(*(_record(pick, offer, offer_id) for pick, offer, offer_id in made))
    slot = None
    for pick, offer, offer_id in made:
        entry = work.queue.get(offer.entry_id) if pick.held else None
        if entry:
            begin_for_customer(house, work, entry, offer, offer_id)
        elif not offer.station.is_browser:
            slot = slot + timedelta(seconds=1 / house.calls_per_second) if slot else ring_slot(house, work)
            work.commands.add("ring", offer.call_id, str(offer.station), offer.made_at, offer_id, starts_at=slot)
        log.info("offer.made", call=offer.call_id, agent=offer.agent_id, desk=offer.desk, tier=offer.tier)


def _record(pick: Pick, offer: NewOffer, offer_id: int) -> Record:
    opens_at = pick.waiter.opens_at
    lent = {"lent_before": opens_at.isoformat()} if opens_at and opens_at > offer.made_at else {}
    return Record(
        "offer.made",
        offer.made_at,
        call=offer.call_id,
        ticket=pick.waiter.ticket,
        agent=offer.agent_id,
        desk=offer.desk,
        fields={"offer": offer_id, "tier": offer.tier, "station": str(offer.station.kind), **lent},
    )
