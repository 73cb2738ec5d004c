"""One transaction's view of the store, and the store that opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, union_all

from agents.agent import Presence
from agents.work_state import WorkState
from routing.offer import LIVE
from store import tables
from store.agents import StoredAgents
from store.calls import StoredCalls, StoredLegs, StoredTurns
from store.commands import DUE, StoredCommands
from store.database import Database
from store.history import StoredDecisions, StoredRecordings, StoredRecords
from store.housekeeping import StoredHousekeeping
from store.messages import StoredMessages
from store.offers import StoredOffers
from store.outbox import StoredOutbox
from store.past import StoredPast
from store.queue import StoredQueue
from store.supervisions import StoredSupervisions
from store.tickets import StoredTickets


def _next_due() -> Select[Any]:
    """Return the question for the earliest due time of all, written once: it is asked more often than any other."""
    agents, offers, entries = tables.agents, tables.offers, tables.queue_entries
    lines, commands = tables.queue_lines, tables.carrier_commands
    due = (
        select(func.min(offers.c.expires_at)).where(offers.c.state.in_([str(state) for state in LIVE])),
        select(func.min(offers.c.again_at)),
        select(func.min(lines.c.opens_at)).where(lines.c.opened_at.is_(None), lines.c.waiting),
        select(func.min(entries.c.return_at)),
        select(func.min(agents.c.wrap_until)).where(agents.c.work_state == WorkState.WRAPPING),
        select(func.min(agents.c.not_before)).where(agents.c.presence == Presence.AVAILABLE),
        select(func.min(commands.c.due_at)).where(commands.c.state == DUE),
    )
    (moment,) = union_all(*due).subquery().c
    return select(func.min(moment))


_NEXT_DUE = _next_due()


class StoredWork:
    """The repositories of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.turns = StoredTurns(connection)
        self.calls = StoredCalls(connection)
        self.tickets = StoredTickets(connection)
        self.queue = StoredQueue(connection)
        self.offers = StoredOffers(connection)
        self.agents = StoredAgents(connection)
        self.legs = StoredLegs(connection)
        self.supervisions = StoredSupervisions(connection)
        self.commands = StoredCommands(connection)
        self.decisions = StoredDecisions(connection)
        self.recordings = StoredRecordings(connection)
        self.records = StoredRecords(connection)
        self.outbox = StoredOutbox(connection)
        self.messages = StoredMessages(connection)
        self.housekeeping = StoredHousekeeping(connection)
        self.past = StoredPast(connection)

    def next_due(self) -> datetime | None:
        """Return the earliest moment at which some row wants attention, which may have passed already."""
        earliest: datetime | None = self._connection.scalar(_NEXT_DUE)
        return earliest


class DatabaseStore:
    """Opens units of work on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def work(self) -> Iterator[StoredWork]:
        with self._database.transaction() as connection:
            yield StoredWork(connection)

    @contextmanager
    def choosing(self) -> Iterator[StoredWork]:
        with self._database.choosing() as connection:
            yield StoredWork(connection)

    @contextmanager
    def reading(self) -> Iterator[StoredWork]:
        with self._database.reading() as connection:
            yield StoredWork(connection)
