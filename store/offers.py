"""Offers: one live offer per agent and per entry, guarded by partial unique indexes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from agents.station import read_station
from calls.call import CallId
from directory.model import AgentId, DeskId
from routing.offer import LIVE, OFFER, Offer, OfferEvent, OfferState, first_state
from store import tables
from store.moves import move
from switchboard.doors import NewOffer

_offers = tables.offers
_ASKED_LAST = (
    select(_offers.c.agent_id).where(_offers.c.desk == bindparam("a_desk")).order_by(_offers.c.id.desc()).limit(1)
)
_MAKE = insert(_offers).returning(_offers.c.id, sort_by_parameter_order=True)
_LIVE = _offers.c.state.in_([str(state) for state in LIVE])


@dataclass(frozen=True)
class StoredOffers:
    connection: Connection

    def make(self, offers: Sequence[NewOffer]) -> Sequence[int]:
        return self.connection.scalars(_MAKE, [_values(offer) for offer in offers]).all()

    def get(self, offer_id: int) -> Offer | None:
        return self._first(_offers.c.id == offer_id)

    def live_of_entry(self, entry_id: int) -> Offer | None:
        return self._first(_offers.c.entry_id == entry_id, _LIVE)

    def live_of_agent(self, agent_id: AgentId) -> Offer | None:
        return self._first(_offers.c.agent_id == agent_id, _LIVE)

    def accepted_of_call(self, call_id: CallId) -> Offer | None:
        """Return the newest accepted offer: an agent lost and replaced leaves an older one behind."""
        return self._first(_offers.c.call_id == call_id, _offers.c.state == OfferState.ACCEPTED)

    def accepted_of_agent(self, agent_id: AgentId) -> Offer | None:
        return self._first(_offers.c.agent_id == agent_id, _offers.c.state == OfferState.ACCEPTED)

    def _first(self, *conditions: Any) -> Offer | None:
        row = self.connection.execute(select(_offers).where(*conditions).order_by(_offers.c.id.desc()).limit(1)).first()
        return None if row is None else _offer(row)

    def asked_last(self, desk: DeskId) -> AgentId | None:
        """Return who was offered a call of this desk last."""
        asked: AgentId | None = self.connection.scalar(_ASKED_LAST, {"a_desk": desk})
        return asked

    def of_call(self, call_id: CallId) -> Sequence[Offer]:
        rows = self.connection.execute(select(_offers).where(_offers.c.call_id == call_id).order_by(_offers.c.id))
        return [_offer(row) for row in rows]

    def move(
        self,
        offer_id: int,
        event: OfferEvent,
        at: datetime,
        *,
        expires_at: datetime | None = None,
        again_at: datetime | None = None,
        only_lapsed: bool = False,
    ) -> bool:
        changes: dict[str, Any] = {}
        if OFFER.is_over(OFFER.target(event)):
            changes = {"ended_at": at, "again_at": again_at}
        elif expires_at is not None:
            changes = {"expires_at": expires_at}
        return move(
            self.connection,
            _offers,
            offer_id,
            OFFER,
            event,
            changes=changes,
            only_if=_offers.c.expires_at <= at if only_lapsed else None,
        )

    def hold_until(self, offer_id: int, at: datetime) -> None:
        self.connection.execute(update(_offers).where(_offers.c.id == offer_id, _LIVE).values(expires_at=at))

    def due(self, now: datetime) -> Sequence[Offer]:
        rows = self.connection.execute(
            select(_offers).where(_LIVE, _offers.c.expires_at <= now).order_by(_offers.c.expires_at)
        )
        return [_offer(row) for row in rows]

    def let_pass(self, offer_id: int, until: datetime) -> None:
        """Note that this agent is not to be offered this caller again before then."""
        self.connection.execute(update(_offers).where(_offers.c.id == offer_id).values(again_at=until))

    def draw_in(self, latest: datetime) -> int:
        """Let no live offer last longer than until then; return how many did."""
        late = update(_offers).where(_LIVE, _offers.c.expires_at > latest)
        return self.connection.execute(late.values(expires_at=latest)).rowcount

    def forget_passes(self, now: datetime) -> int:
        """Let agents be offered again the callers they let pass long enough ago; return how many such pairs."""
        return self.connection.execute(update(_offers).where(_offers.c.again_at <= now).values(again_at=None)).rowcount


def _values(offer: NewOffer) -> dict[str, Any]:
    return {
        "entry_id": offer.entry_id,
        "call_id": offer.call_id,
        "agent_id": offer.agent_id,
        "desk": offer.desk,
        "tier": offer.tier,
        "station": str(offer.station),
        "state": str(OfferState.MADE if offer.held else first_state(offer.station)),
        "made_at": offer.made_at,
        "expires_at": offer.expires_at,
    }


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        id=row.id,
        entry_id=row.entry_id,
        call_id=CallId(row.call_id),
        agent_id=AgentId(row.agent_id),
        desk=DeskId(row.desk),
        tier=row.tier,
        station=read_station(row.station),
        state=OfferState(row.state),
        made_at=row.made_at,
        expires_at=row.expires_at,
    )
