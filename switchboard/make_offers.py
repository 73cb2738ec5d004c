"""What was chosen is written: all offers of a moment together, each with its caller and its agent or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from directory.model import AgentId
from records.record import Record
from routing.callback import held_until, is_callback
from routing.choosing import Choice
from routing.offer import expires_at
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


@dataclass(frozen=True)
class Made:
    """Who was there to be offered, and who was asked for them; whoever turned out to be busy is not asked again."""

    entries: frozenset[int] = frozenset()
    agents: frozenset[AgentId] = frozenset()
    all_were_free: bool = True


def make_offers(house: House, work: Work, picks: Sequence[Pick]) -> Made:
    """Make offers to those who are still waiting and still idle. The calls' locks come first, as where they end."""
    if not picks:
        return Made()
    asked, calls = len(picks), [pick.waiter.call_id for pick in picks]
    if any(map(is_callback, calls)):  # of which more is asked before; else the offers lock them
        work.calls.lock(calls)
    picks = [
        replace(pick, held=is_customer_first(house, work, pick.waiter))
        for pick in picks
        if may_be_offered(house, work, pick.waiter)
    ]
    offers = [_new_offer(house, pick) for pick in picks]
    attempts = list(zip(picks, offers, work.offers.make(offers), strict=True))
    made = [(pick, offer, attempt.offer_id) for pick, offer, attempt in attempts if attempt.offer_id is not None]
    open_what_is_due(house, work, [pick.waiter for pick, _, _ in made])
    _write(house, work, made)
    waited = [pick for pick, _, attempt in attempts if attempt.waits]
    return Made(
        frozenset(pick.waiter.entry_id for pick in waited),
        frozenset(pick.agent.id for pick in waited),
        all_were_free=len(made) == asked,
    )


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


def _write(house: House, work: Work, made: Sequence[tuple[Pick, NewOffer, int]]) -> None:
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
