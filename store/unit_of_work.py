"""One transaction's view of the store, and the store that opens it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select, union_all
from sqlalchemy.exc import IntegrityError

from agents.agent import Presence
from agents.work_state import WorkState
from calls.call import Call
from records.record import Record
from routing.callback import UNDER_WAY
from routing.offer import LIVE
from store import tables
from store.after_step import StoredAfterStep
from store.agents import StoredAgents
from store.announcements import StoredAnnouncements
from store.callbacks import StoredCallbacks
from store.calls import StoredCalls, StoredLegs, StoredTurns, call_row
from store.case_tables import follow_ups, referrals
from store.columns import in_words, is_word
from store.commands import DUE, StoredCommands
from store.companies import StoredCompanies
from store.database import Database
from store.failed_proofs import StoredFailedProofs
from store.follow_ups import StoredFollowUps
from store.greetings import StoredGreetings
from store.history import StoredDecisions, StoredRecordings, StoredRecords
from store.housekeeping import StoredHousekeeping
from store.lines import StoredLines
from store.messages import StoredMessages
from store.notes import StoredNotes
from store.offers import StoredOffers
from store.outbox import StoredOutbox
from store.past import StoredPast
from store.queue import StoredQueue
from store.referrals import StoredReferrals
from store.supervisions import StoredSupervisions
from store.tickets import StoredTickets
from store.unwritten import Unwritten
from store.waits import StoredWaits
from switchboard.doors import Idle, TurnTaken
from tickets.life import FollowUpState, ReferralState


def _next_due() -> Select[Any]:
    """Return the question for the earliest due time of all, written once: it is asked more often than any other."""
    agents, offers, entries = tables.agents, tables.offers, tables.queue_entries
    lines, commands, attempts = tables.queue_lines, tables.carrier_commands, tables.callback_attempts
    due = (
        select(func.min(offers.c.expires_at)).where(in_words(offers.c.state, LIVE)),
        select(func.min(offers.c.again_at)),
        select(func.min(lines.c.opens_at)).where(lines.c.opened_at.is_(None), lines.c.waiting),
        select(func.min(lines.c.closes_at)),
        select(func.min(entries.c.gives_way_at)),
        select(func.min(entries.c.return_at)),
        select(func.min(entries.c.call_at)),
        select(func.min(attempts.c.expires_at)).where(in_words(attempts.c.state, UNDER_WAY)),
        select(func.min(agents.c.wrap_until)).where(agents.c.work_state == WorkState.WRAPPING),
        select(func.min(agents.c.not_before)).where(agents.c.presence == Presence.AVAILABLE),
        select(func.min(agents.c.leased_until)),
        select(func.min(agents.c.station_seen_until)),
        select(func.min(commands.c.due_at)).where(is_word(commands.c.state, DUE)),
        select(func.min(tables.tickets.c.alarm_at)),
        select(func.min(referrals.c.due_at)).where(is_word(referrals.c.state, ReferralState.ASKED)),
        select(func.min(follow_ups.c.due_at)).where(follow_ups.c.state == FollowUpState.PLANNED),
    )
    (moment,) = union_all(*due).subquery().c
    return select(func.min(moment))


_NEXT_DUE = _next_due()
T = TypeVar("T")


def _repository(of: Callable[[Connection], T]) -> "cached_property[T]":
    """Give a repository of a transaction's, made when it is first asked for: most transactions need few of them."""
    return cached_property(lambda work: of(work._connection))  # noqa: SLF001 (a property of that very class)


class StoredWork:
    """The repositories of one transaction."""

    calls = _repository(StoredCalls)
    notes = _repository(StoredNotes)
    referrals = _repository(StoredReferrals)
    follow_ups = _repository(StoredFollowUps)
    companies = _repository(StoredCompanies)
    queue = _repository(StoredQueue)
    lines = _repository(StoredLines)
    callbacks = _repository(StoredCallbacks)
    waits = _repository(StoredWaits)
    announcements = _repository(StoredAnnouncements)
    greetings = _repository(StoredGreetings)
    offers = _repository(StoredOffers)
    agents = _repository(StoredAgents)
    legs = _repository(StoredLegs)
    supervisions = _repository(StoredSupervisions)
    commands = _repository(StoredCommands)
    recordings = _repository(StoredRecordings)
    outbox = _repository(StoredOutbox)
    messages = _repository(StoredMessages)
    failed_proofs = _repository(StoredFailedProofs)
    after_step = _repository(StoredAfterStep)
    housekeeping = _repository(StoredHousekeeping)
    past = _repository(StoredPast)

    def __init__(self, connection: Connection, database: Database) -> None:
        self._connection, self._database = connection, database
        self.unwritten = Unwritten(connection)
        self.choosing_due = False

    @cached_property
    def turns(self) -> StoredTurns:
        return StoredTurns(self._connection, self.unwritten)

    @cached_property
    def decisions(self) -> StoredDecisions:
        return StoredDecisions(self._connection, self.unwritten)

    @cached_property
    def records(self) -> StoredRecords:
        return StoredRecords(self._connection, self.unwritten)

    @cached_property
    def tickets(self) -> StoredTickets:
        return StoredTickets(self._connection, self._database.apart)

    @property
    def due_at_once(self) -> bool:
        """Say whether this transaction leaves something for the ticker that may be due before it next looks."""
        return self.commands.added or self.agents.wraps_up

    def write(self) -> None:
        """Write what was kept back to be written at once. Raises TurnTaken when its turn was taken meanwhile."""
        takes_a_turn = self.unwritten.holds(tables.turns)
        try:
            self.unwritten.write()
        except IntegrityError as error:  # of what is written last, a turn alone can be there already
            if takes_a_turn:
                raise TurnTaken from error
            raise

    def next_due(self) -> datetime | None:
        """Return the earliest moment at which some row wants attention, which may have passed already."""
        earliest: datetime | None = self._connection.scalar(_NEXT_DUE)
        return earliest


class DatabaseStore:
    """Opens units of work on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waker: Callable[[], None] | None = None
        self._about_to_choose = threading.Lock()  # held by the one who chooses next

    def wakes(self, waker: Callable[[], None]) -> None:
        """Call this after each commit that leaves something due at once. What is due later, a look a second finds."""
        self._waker = waker

    @contextmanager
    def work(self) -> Iterator[StoredWork]:
        with self._database.transaction() as connection:
            work = StoredWork(connection, self._database)
            yield work
            work.write()
        self._wake_for(work)

    @contextmanager
    def choosing(self) -> Iterator[StoredWork]:
        with self._database.choosing() as connection:
            work = StoredWork(connection, self._database)
            yield work
            work.write()
        self._wake_for(work)

    @contextmanager
    def choosing_next(self, now: datetime) -> Iterator[tuple[StoredWork, Sequence[Idle]] | None]:
        if not self._about_to_choose.acquire(blocking=False):
            yield None
            return
        with ExitStack() as until_over:
            try:
                until_over.enter_context(self._database.alone_to_choose())
            finally:
                self._about_to_choose.release()  # whoever comes from here on may not be seen by the look below
            begun = until_over.enter_context(self._database.choosing_if(lambda c: StoredAgents(c).wanted(now)))
            if begun is None:
                yield None
                return
            connection, idle = begun
            work = StoredWork(connection, self._database)
            yield work, idle
            work.write()
        self._wake_for(work)

    def _wake_for(self, work: StoredWork) -> None:
        if self._waker and work.due_at_once:
            self._waker()

    def keep_begun(self, call: Call, turn: str, document: bytes, begun: Record) -> bool:
        try:
            with self._database.at_once() as connection:
                work = StoredWork(connection, self._database)
                work.unwritten.add(tables.calls, call_row(call))
                work.turns.add(call.id, turn, document, call.started_at)
                work.records.append(begun)
                work.write()
        except TurnTaken:
            return False
        return True

    def keep_step(self, call: Call, document: bytes, at: datetime) -> bool:
        try:
            with self._database.at_once() as connection:
                return StoredCalls(connection).step(call, document, at)
        except IntegrityError:  # the turn was taken in some other way
            return False

    @contextmanager
    def reading(self) -> Iterator[StoredWork]:
        with self._database.reading() as connection:
            yield StoredWork(connection, self._database)
