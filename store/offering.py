"""An offer takes its caller and its agent, or is not made: one statement on PostgreSQL, a writer alone on SQLite."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, bindparam, column, insert, text, update

from agents.agent import Presence, lease
from agents.work_state import WORK, WorkEvent, WorkState
from routing.offer import OfferState, first_state
from routing.queue_entry import ENTRY, EntryEvent, EntryState
from store import tables
from store.calls import lock_calls
from store.columns import Number, in_microseconds
from store.driven import Driven
from switchboard.doors import Attempted, NewOffer

_agents, _entries, _lines, _offers = tables.agents, tables.queue_entries, tables.queue_lines, tables.offers
_OFFERED = str(ENTRY.target(EntryEvent.OFFER_MADE))

# Place and agent are locked and then looked at: of a row that changed meanwhile the newest state counts.
_AT_ONCE = Driven(
    text(
        f"""
WITH asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset(CAST(:offers AS json)) AS o (
        nth integer, entry_id bigint, call_id text, agent_id text, desk text, tier integer, station text,
        state text, made_at bigint, expires_at bigint, work_state text, leased_until bigint
    )
), held AS MATERIALIZED (
    SELECT asked.*, e.waits, a.is_idle
    FROM asked,
    LATERAL (
        SELECT state = '{EntryState.WAITING}' AND call_at IS NULL AS waits
        FROM queue_entries WHERE id = asked.entry_id FOR NO KEY UPDATE
    ) AS e,
    LATERAL (
        SELECT work_state = '{WorkState.IDLE}' AND presence = '{Presence.AVAILABLE}' AND station = asked.station
            AND (not_before IS NULL OR not_before <= asked.made_at) AS is_idle
        FROM agents WHERE id = asked.agent_id AND e.waits IS NOT NULL FOR NO KEY UPDATE
    ) AS a
), free AS MATERIALIZED (
    SELECT * FROM held WHERE waits AND is_idle ORDER BY nth
), entries AS (
    UPDATE queue_entries SET state = '{_OFFERED}', return_at = NULL WHERE id = ANY (ARRAY(SELECT entry_id FROM free))
), lines AS (
    UPDATE queue_lines SET waiting = false WHERE entry_id = ANY (ARRAY(SELECT entry_id FROM free))
), reserved AS (
    UPDATE agents SET work_state = free.work_state, leased_until = free.leased_until FROM free WHERE id = free.agent_id
), made AS (
    INSERT INTO offers (entry_id, call_id, agent_id, desk, tier, station, state, made_at, expires_at)
    SELECT entry_id, call_id, agent_id, desk, tier, station, state, made_at, expires_at FROM free ORDER BY nth
    RETURNING id, entry_id
)
SELECT held.entry_id, held.waits, made.id FROM held LEFT JOIN made ON made.entry_id = held.entry_id
"""  # noqa: S608 (words of our own)
    ).columns(column("entry_id", Number), column("waits", Boolean), column("id", Number))
)
_TAKE_ENTRY = (
    update(_entries)
    .where(
        _entries.c.id == bindparam("entry"), _entries.c.state == str(EntryState.WAITING), _entries.c.call_at.is_(None)
    )
    .values(state=_OFFERED, return_at=None)
)
_GIVE_BACK = update(_entries).where(_entries.c.id == bindparam("entry")).values(state=str(EntryState.WAITING))
_LEAVE_LINES = update(_lines).where(_lines.c.entry_id == bindparam("entry")).values(waiting=False)
_TAKE_AGENT = (
    update(_agents)
    .where(
        _agents.c.id == bindparam("agent"),
        _agents.c.work_state == str(WorkState.IDLE),
        _agents.c.presence == str(Presence.AVAILABLE),
        _agents.c.station == bindparam("at_station"),
        _agents.c.not_before.is_(None) | (_agents.c.not_before <= bindparam("now")),
    )
    .values(work_state=bindparam("taken"), leased_until=bindparam("until"))
)
_MAKE = insert(_offers)


def make(connection: Connection, offers: Sequence[NewOffer]) -> Sequence[Attempted]:
    """Make those whose caller waits and whose agent is idle; return what became of each, in the same order.

    Their calls are locked first, in a statement before: what is taken then is what stands then, and nobody comes to
    stand at one more desk meanwhile.
    """
    if not offers:
        return []
    if connection.dialect.name == "sqlite":
        return [_make(connection, offer) for offer in offers]
    lock_calls(connection, [offer.call_id for offer in offers])
    asked = [{"nth": nth, **_in_numbers(offer)} for nth, offer in enumerate(offers)]
    rows = _AT_ONCE.rows(connection, {"offers": json.dumps(asked)})
    attempted = {entry_id: Attempted(offer_id, waits) for entry_id, waits, offer_id in rows}
    return [attempted[offer.entry_id] for offer in offers]


def _make(connection: Connection, offer: NewOffer) -> Attempted:
    entry = {"entry": offer.entry_id}
    if connection.execute(_TAKE_ENTRY, entry).rowcount != 1:
        return Attempted(None, waits=False)
    agent = {"agent": offer.agent_id, "at_station": str(offer.station), "now": offer.made_at}
    agent |= {"taken": _taken(offer), "until": lease(offer.expires_at)}
    if connection.execute(_TAKE_AGENT, agent).rowcount != 1:
        connection.execute(_GIVE_BACK, entry)
        return Attempted(None, waits=True)
    connection.execute(_LEAVE_LINES, entry)
    made = connection.execute(_MAKE, _values(offer)).inserted_primary_key
    assert made is not None  # noqa: S101 (one row was inserted)
    return Attempted(int(made.id), waits=True)


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


def _in_numbers(offer: NewOffer) -> dict[str, Any]:
    """Return an offer, and what becomes of its agent, as a statement's own words take it: moments are numbers."""
    taken = {"work_state": _taken(offer), "leased_until": lease(offer.expires_at)}
    return {
        name: in_microseconds(value) if isinstance(value, datetime) else value
        for name, value in (_values(offer) | taken).items()
    }


def _taken(offer: NewOffer) -> str:
    """Return the state of an agent who is offered a caller: a browser shows its card with that very commit."""
    is_shown = offer.station.is_browser and not offer.held
    return str(WORK.target(WorkEvent.SHOWN if is_shown else WorkEvent.OFFERED))
