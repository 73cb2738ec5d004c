"""Past days as rows tell them, for playing them again; one reading, nothing is locked or changed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from calls.call import Outcome
from directory.model import AgentId
from ivr.intake import Intake
from routing.offer import OfferState
from routing.queue_entry import EntryMode
from store import tables
from whatif.past import Past, PastCaller, PastPresence

SIGNED_ON_BEFORE = timedelta(days=1)  # how far back a presence is looked for: nobody takes calls around the clock
_LET_PASS = {OfferState.DECLINED, OfferState.EXPIRED, OfferState.FAILED}
_PRESENCE = ("agent.presence", "agent.put_on_break")


@dataclass(frozen=True)
class StoredPast:
    connection: Connection

    def between(self, starts_at: datetime, ends_at: datetime) -> Past:
        """Return everyone who came to the queue from `starts_at` on and before `ends_at`, and left it.

        Whoever was offered a caller was there, also where no record says so. Callbacks and messages are counted alone:
        who waits for one waits off the line, for hours perhaps, and has no patience that a replay could play.
        """
        entries, calls = tables.queue_entries, tables.calls
        rows = self.connection.execute(
            select(entries.c.id, entries.c.entered_at, entries.c.priority_seconds, calls.c.intake, calls.c.outcome)
            .add_columns(entries.c.ended_at, entries.c.mode)
            .join(calls, calls.c.id == entries.c.call_id)
            .where(entries.c.entered_at >= starts_at, entries.c.entered_at < ends_at, entries.c.ended_at.is_not(None))
            .order_by(entries.c.entered_at, entries.c.id)
        ).all()
        left_out = Counter(row.mode for row in rows if row.mode != EntryMode.CALL)
        rows = [row for row in rows if row.mode == EntryMode.CALL]
        offers = self._offers(starts_at, ends_at)
        made = [offer for its in offers.values() for offer in its]
        free_at = self._free_at(starts_at, ends_at + SIGNED_ON_BEFORE)
        callers = [_caller(row, offers[row.id], free_at) for row in rows]
        presences = self._presences(starts_at - SIGNED_ON_BEFORE, ends_at)
        presences += [
            PastPresence(AgentId(offer.agent_id), offer.made_at, available=True) for offer in made
        ]  # was there
        return Past(callers, sorted(presences, key=lambda one: (one.at, one.agent)), left_out)

    def _offers(self, starts_at: datetime, ends_at: datetime) -> Mapping[int, Sequence[Row[Any]]]:
        offers, entries = tables.offers, tables.queue_entries
        made: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in self.connection.execute(
            select(offers)
            .join(entries, entries.c.id == offers.c.entry_id)
            .where(entries.c.entered_at >= starts_at, entries.c.entered_at < ends_at)
            .order_by(offers.c.id)
        ):
            made[row.entry_id].append(row)
        return made

    def _free_at(self, starts_at: datetime, ends_at: datetime) -> Mapping[AgentId, Sequence[datetime]]:
        """Return the moments at which each agent had done with a call, in order."""
        moments: dict[AgentId, list[datetime]] = defaultdict(list)
        records = tables.records
        for row in self.connection.execute(
            select(records.c.agent_id, records.c.at)
            .where(records.c.kind == "agent.idle", records.c.at >= starts_at, records.c.at < ends_at)
            .order_by(records.c.at)
        ):
            moments[AgentId(row.agent_id)].append(row.at)
        return moments

    def _presences(self, starts_at: datetime, ends_at: datetime) -> list[PastPresence]:
        records = tables.records
        rows = self.connection.execute(
            select(records.c.agent_id, records.c.at, records.c.fields)
            .where(records.c.kind.in_(_PRESENCE), records.c.at >= starts_at, records.c.at < ends_at)
            .order_by(records.c.at, records.c.id)
        )
        return [
            PastPresence(AgentId(r.agent_id), r.at, available=r.fields.get("presence") == "available") for r in rows
        ]


def _caller(row: Row[Any], offers: Sequence[Row[Any]], free_at: Mapping[AgentId, Sequence[datetime]]) -> PastCaller:
    accepted = next((offer for offer in offers if offer.state == OfferState.ACCEPTED), None)
    answered_at = accepted.ended_at if accepted else None
    agent = AgentId(accepted.agent_id) if accepted else None
    later = (moment for moment in free_at.get(agent, ()) if answered_at and moment > answered_at) if agent else ()
    return PastCaller(
        entry_id=row.id,
        entered_at=row.entered_at,
        priority_seconds=row.priority_seconds,
        intake=Intake.from_data(row.intake),
        left_at=row.ended_at,
        gave_up=row.outcome == Outcome.ABANDONED_IN_QUEUE,
        answered_at=answered_at,
        agent=agent,
        free_at=next(iter(later), None),
        unanswered=tuple(offer.state in _LET_PASS for offer in offers),
        ring_seconds=(accepted.ended_at - accepted.made_at).total_seconds() if accepted else None,
    )
