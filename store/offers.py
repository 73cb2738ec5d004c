"""Offers: one live offer per agent and per entry, guarded by partial unique indexes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, select, update

from agents.station import read_station
from calls.call import CallId
from directory.model import AgentId, DeskId
from routing.offer import LIVE, OFFER, Offer, OfferEvent, OfferState
from store import tables
from store.columns import in_words
from store.moves import move
from store.offering import make
from switchboard.doors import Attempted, NewOffer

_offers = tables.offers
_ASKED_LAST = (
    select(_offers.c.agent_id).where(_offers.c.desk == bindparam("a_desk")).order_by(_offers.c.id.desc()).limit(1)
)
_LIVE = in_words(_offers.c.state, LIVE)
_ACCEPTED = _offers.c.state == OfferState.ACCEPTED
_OF: BindParameter[Any] = bindparam("of")
_NEWEST = select(_offers).order_by(_offers.c.id.desc()).limit(1)
_GET = _NEWEST.where(_offers.c.id == _OF)
_LIVE_OF_ENTRY = _NEWEST.where(_offers.c.entry_id == _OF, _LIVE)
_LIVE_OF_AGENT = _NEWEST.where(_offers.c.agent_id == _OF, _LIVE)
_ACCEPTED_OF_CALL = _NEWEST.where(_offers.c.call_id == _OF, _ACCEPTED)
_ACCEPTED_OF_AGENT = _NEWEST.where(_offers.c.agent_id == _OF, _ACCEPTED)


@dataclass(frozen=True)
class StoredOffers:
    connection: Connection

    def make(self, offers: Sequence[NewOffer]) -> Sequence[Attempted]:
        return make(self.connection, offers)

    def get(self, offer_id: int) -> Offer | None:
        return self._first(_GET, offer_id)

    def live_of_entry(self, entry_id: int) -> Offer | None:
        return self._first(_LIVE_OF_ENTRY, entry_id)

    def live_of_agent(self, agent_id: AgentId) -> Offer | None:
        return self._first(_LIVE_OF_AGENT, agent_id)

    def accepted_of_call(self, call_id: CallId) -> Offer | None:
        """Return the newest accepted offer: an agent lost and replaced leaves an older one behind."""
        return self._first(_ACCEPTED_OF_CALL, call_id)

    def accepted_of_agent(self, agent_id: AgentId) -> Offer | None:
        return self._first(_ACCEPTED_OF_AGENT, agent_id)

    def _first(self, question: Select[Any], of: object) -> Offer | None:
        row = self.connection.execute(question, {"of": of}).first()
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
