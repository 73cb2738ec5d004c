"""A crowd written straight into the rows, for the bench: callers who wait at sixty desks, and agents who talk."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from directory.model import POOL, AgentId, DeskId, Directory, agent_desk
from store import tables
from store.database import Database

DESKS = 60
ROWS_AT_ONCE = 2000
CLEARED = (
    *(tables.carrier_commands, tables.legs, tables.offers),
    *(tables.queue_lines, tables.queue_entries, tables.calls),
)


def fill(database: Database, directory: Directory, waiting: int, now: datetime) -> None:
    """Let so many callers wait, each at the desk of an institute or of one person, at a center and in the pool."""
    centers = [desk for desk in directory.desks if desk.startswith("center:")]
    others = [desk for desk in directory.desks if desk.startswith("institute:")]
    people = list(map(agent_desk, directory.staff))
    others += people[: DESKS - len(directory.desks)]
    stand = zip(cycle(others), cycle(centers))
    calls, entries, lines = [], [], []
    for number, (own, center) in zip(range(1, waiting + 1), stand, strict=False):
        entered = now - timedelta(seconds=waiting - number + 1)
        calls.append(call_row(f"CAwaiting{number}", "waiting", entered))
        entries.append(_entry_row(number, f"CAwaiting{number}", "waiting", entered))
        lines += [_line_row(number, tier, desk, entered) for tier, desk in enumerate((own, center, POOL), start=1)]
    with database.transaction() as connection:
        for table in CLEARED:
            connection.execute(delete(table))
        for table, rows in ((tables.calls, calls), (tables.queue_entries, entries), (tables.queue_lines, lines)):
            _insert(connection, table, rows)
    if not database.is_sqlite:
        with database.at_once() as connection:
            connection.execute(text("VACUUM ANALYZE"))


def everyone_talks(database: Database, directory: Directory, first_id: int, now: datetime) -> dict[AgentId, str]:
    """Let the whole staff talk, each to a caller of their own; return the leg of each."""
    staff = list(directory.staff)
    legs = {agent: f"CA{secrets.token_hex(16)}" for agent in staff}
    with database.transaction() as connection:
        for table in (tables.legs, tables.offers):
            connection.execute(delete(table))
        for number, agent in enumerate(staff, start=first_id):
            call = f"CAtalking{number}"
            connection.execute(insert(tables.calls), call_row(call, "talking", now))
            connection.execute(insert(tables.queue_entries), _entry_row(number, call, "connected", now))
            home = directory.staff[agent].home
            connection.execute(insert(tables.queue_lines), _line_row(number, 1, home, now) | {"waiting": False})
            connection.execute(insert(tables.offers), _offer_row(number, call, agent, home, now))
            connection.execute(insert(tables.legs), _leg_row(legs[agent], call, number, agent, now))
        talking = {"work_state": "talking", "idle_since": now, "not_before": None, "wrap_until": None}
        free = {"wrapping_since": None, "leased_until": None, "presence": "available", "missed": 0}
        connection.execute(update(tables.agents).values(talking | free))
    return legs


def free(database: Database, agents: Sequence[AgentId], now: datetime) -> None:
    """Make agents idle, and let nothing be left of their offers."""
    idle = {"work_state": "idle", "idle_since": now, "leased_until": None}
    with database.transaction() as connection:
        connection.execute(delete(tables.offers))
        connection.execute(update(tables.agents).where(tables.agents.c.id.in_(agents)).values(idle))


def wrap_up(database: Database, until: Mapping[AgentId, datetime]) -> None:
    """Let agents wrap up, each until a moment of their own."""
    with database.transaction() as connection:
        for agent, at in until.items():
            wrapping = {"work_state": "wrapping", "wrap_until": at, "leased_until": at + timedelta(minutes=1)}
            connection.execute(update(tables.agents).where(tables.agents.c.id == agent).values(wrapping))


def ringing(database: Database) -> list[AgentId]:
    """Return who is offered a caller."""
    with database.reading() as connection:
        offers = tables.offers
        return list(map(AgentId, connection.scalars(select(offers.c.agent_id).where(offers.c.state == "ringing"))))


def idle_since(database: Database) -> dict[AgentId, datetime]:
    """Return when each agent was idle again, as the records tell."""
    records = tables.records
    with database.reading() as connection:
        rows = connection.execute(select(records.c.agent_id, records.c.at).where(records.c.kind == "agent.idle"))
        return {AgentId(row.agent_id): row.at for row in rows}


def busy(database: Database) -> None:
    """Let the whole staff talk. Only rows that change are written: nobody's day rewrites them all at every call."""
    agents = tables.agents
    with database.transaction() as connection:
        connection.execute(update(agents).where(agents.c.work_state != "talking").values(work_state="talking"))


def call_row(call: str, state: str, at: datetime) -> dict[str, Any]:
    return {
        "id": call,
        "line": "1379",
        "dialed": "1379",
        "state": state,
        "turn": 3,
        "position": {},
        "intake": {},
        "caller_raw": "withheld",
        "caller_kind": "withheld",
        "caller_confidence": "certain",
        "directory_version": "bench",
        "flow_version": "bench",
        "started_at": at,
    }


def _entry_row(number: int, call: str, state: str, at: datetime) -> dict[str, Any]:
    ticket = f"26-{number:06}-0"
    return {
        "id": number,
        "call_id": call,
        "ticket": ticket,
        "state": state,
        "entered_at": at,
        "priority_seconds": 0,
    }


def _line_row(number: int, tier: int, desk: DeskId, at: datetime) -> dict[str, Any]:
    return {
        "entry_id": number,
        "tier": tier,
        "desk": desk,
        "place": at,
        "opens_at": at,
        "opened_at": at,
        "closes_at": None,
        "may_lend": False,
        "needs": "",
        "waiting": True,
    }


def _offer_row(number: int, call: str, agent: AgentId, desk: DeskId, at: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "entry_id": number,
        "call_id": call,
        "agent_id": agent,
        "desk": desk,
        "tier": 1,
        "station": f"client:{agent}",
        "state": "accepted",
        "made_at": at,
        "expires_at": at,
        "ended_at": at,
    }


def _leg_row(leg: str, call: str, offer: int, agent: AgentId, at: datetime) -> dict[str, Any]:
    return {
        "id": leg,
        "call_id": call,
        "offer_id": offer,
        "agent_id": agent,
        "state": "talking",
        "started_at": at,
        "hold": "with_agent",
        "voice": "heard",
        "recorder": "recording",
    }


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    for some in _in_batches(rows):
        connection.execute(insert(table), some)


def _in_batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (rows[start : start + ROWS_AT_ONCE] for start in range(0, len(rows), ROWS_AT_ONCE))
