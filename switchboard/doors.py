"""The doors to the outside: what the use cases need of time, the store and the carrier."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agents.agent import Agent, Presence
from agents.station import Station
from agents.work_state import WorkEvent
from calls.answer import Answer
from calls.call import Call, CallEvent, CallId, Outcome
from calls.leg import Leg, LegEvent
from calls.talk import Control
from calls.talk_supervision import Supervising, Supervision, SupervisorEvent
from calls.telephone_number import TelephoneNumber
from directory.model import AgentId, DeskId
from records.record import Record
from routing.head import Head
from routing.offer import Offer, OfferEvent
from routing.queue_entry import EntryEvent, QueueEntry, Stand
from routing.reason import Reason
from tickets.number import TicketNumber
from tickets.ticket import Ticket


class Clock(Protocol):
    def now(self) -> datetime: ...


class Turns(Protocol):
    """Each webhook that is answered with a document is one turn of one party's call, taken once."""

    def claim(self, call_id: CallId, turn: str, at: datetime) -> bool:
        """Take the turn, or return False when it was taken before."""

    def keep(self, call_id: CallId, turn: str, document: bytes) -> None: ...

    def kept(self, call_id: CallId, turn: str) -> bytes | None: ...


class Calls(Protocol):
    def add(self, call: Call) -> None: ...

    def get(self, call_id: CallId) -> Call | None:
        """Return the call, locked until the transaction is over."""

    def keep(self, call: Call) -> None:
        """Write what the flow and the turn changed; the state moves by `move` alone."""

    def move(self, call_id: CallId, event: CallEvent, outcome: Outcome | None = None) -> bool: ...

    def owe(self, call_id: CallId, prompt: str) -> None:
        """Note a prompt to be said at the next turn."""

    def unended(self, before: datetime | None = None) -> Sequence[CallId]:
        """Return the calls that have not ended, all or those that started before then."""

    def left_message(self, call_id: CallId) -> bool:
        """Make a promised callback's outcome voicemail, also after the end; the second time changes nothing."""

    def end(self, call_id: CallId, outcome: Outcome, at: datetime) -> bool: ...


class Tickets(Protocol):
    def next_sequence(self, year: int) -> int: ...

    def add(self, ticket: Ticket) -> None: ...

    def get(self, number: TicketNumber) -> Ticket | None: ...

    def of_call(self, call_id: CallId) -> Ticket | None: ...

    def keep(self, ticket: Ticket) -> None: ...


class Queue(Protocol):
    def enter(self, call_id: CallId, ticket: TicketNumber, at: datetime, stands: Sequence[Stand]) -> int: ...

    def get(self, entry_id: int) -> QueueEntry | None: ...

    def of_call(self, call_id: CallId) -> QueueEntry | None: ...

    def move(self, entry_id: int, event: EntryEvent, at: datetime) -> bool: ...

    def ahead_of(self, entry_id: int) -> int:
        """Count those who wait with an older place at any open desk where this entry stands."""

    def opened_desks(self, entry_id: int) -> frozenset[DeskId]: ...

    def stands_of(self, entry_id: int) -> Sequence[Stand]: ...

    def open_lines(self, desks: Iterable[DeskId]) -> Sequence[Head]: ...

    def due_to_open(self, now: datetime) -> Sequence[tuple[int, Stand]]:
        """Return the entries, each with the stand whose tier is to open."""

    def open(self, entry_id: int, tier: int, at: datetime) -> bool: ...

    def skipped_at(self, desk: DeskId) -> Sequence[tuple[int, Stand]]:
        """Return the entries that were passed over at this desk, each with its stand there."""

    def return_after(self, entry_id: int, at: datetime) -> bool: ...

    def due_to_return(self, now: datetime) -> Sequence[QueueEntry]: ...

    def raise_priority(self, entry_id: int, seconds: int) -> None: ...

    def waiting(self) -> Sequence[QueueEntry]: ...


@dataclass(frozen=True)
class NewOffer:
    entry_id: int
    call_id: CallId
    agent_id: AgentId
    desk: DeskId
    tier: int
    station: Station
    made_at: datetime
    expires_at: datetime


class Offers(Protocol):
    def make(self, offer: NewOffer) -> Offer: ...

    def get(self, offer_id: int) -> Offer | None: ...

    def live_of_entry(self, entry_id: int) -> Offer | None: ...

    def live_of_agent(self, agent_id: AgentId) -> Offer | None: ...

    def accepted_of_call(self, call_id: CallId) -> Offer | None: ...

    def of_call(self, call_id: CallId) -> Sequence[Offer]: ...

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
        """Move an offer by its life; with `only_lapsed`, only one whose time was over at `at`."""

    def due(self, now: datetime) -> Sequence[Offer]: ...

    def forget_passes(self, now: datetime) -> int: ...


class Agents(Protocol):
    def get(self, agent_id: AgentId) -> Agent | None: ...

    def all(self) -> Sequence[Agent]: ...

    def keep(self, agent: Agent) -> None:
        """Write presence and station of a person, adding the row the first time; the work state moves by `move`."""

    def move(self, agent_id: AgentId, event: WorkEvent, changes: Mapping[str, object]) -> bool: ...

    def due_to_finish(self, now: datetime) -> Sequence[Agent]: ...

    def end_rests(self, now: datetime) -> int: ...

    def present(self) -> Sequence[Agent]:
        """Return everyone whose presence is available, busy or not."""

    def put_on_break(self, agent_id: AgentId, reason: str) -> None: ...

    def take_next_presence(self, agent_id: AgentId, presence: Presence) -> None: ...


class Legs(Protocol):
    def add(self, leg: Leg) -> bool:
        """Add a leg, or return False when its id is known already."""

    def get(self, leg_id: CallId) -> Leg | None: ...

    def of_offer(self, offer_id: int) -> Leg | None: ...

    def unended(self, before: datetime) -> Sequence[CallId]: ...

    def move(self, leg_id: CallId, event: LegEvent, at: datetime) -> bool: ...

    def control(self, leg_id: CallId, control: Control) -> bool:
        """Change how the talk on a leg stands; False when another change came first."""


class Supervisions(Protocol):
    def begin(
        self,
        call_id: CallId,
        agent_leg: CallId,
        supervisor: AgentId,
        station: str,
        mode: Supervising,
        at: datetime,
    ) -> Supervision | None:
        """Note a supervisor who is to be called into a talk, or return None when they are there already."""

    def get(self, supervision_id: int) -> Supervision | None: ...

    def present(self, call_id: CallId, supervisor: AgentId) -> Supervision | None: ...

    def of_call(self, call_id: CallId) -> Sequence[Supervision]: ...

    def change_mode(self, supervision_id: int, mode: Supervising) -> bool: ...

    def bind(self, supervision_id: int, leg_id: CallId) -> None: ...

    def move(self, supervision_id: int, event: SupervisorEvent, at: datetime) -> bool: ...


@dataclass(frozen=True)
class Command:
    """Something to ask of the carrier, kept as a row so that a crash between commit and sending loses nothing."""

    id: int
    kind: str
    call_id: CallId
    offer_id: int | None
    target: str  # a station to ring, or the CallSid to move or end
    attempts: int


class Commands(Protocol):
    def add(
        self,
        kind: str,
        call_id: CallId,
        target: str,
        at: datetime,
        offer_id: int | None = None,
        starts_at: datetime | None = None,
    ) -> None:
        """Keep a command to be sent at once, or from `starts_at` on."""

    def newest_start(self, kind: str) -> datetime | None:
        """Return the latest moment any command of this kind was, or is, to be sent."""

    def again(self, command: Command, at: datetime) -> None:
        """Let a command that got no answer fall due once more."""

    def has(self, kind: str, target: str) -> bool: ...

    def due(self, now: datetime) -> Sequence[Command]: ...

    def claim(self, command: Command, again_at: datetime) -> bool: ...

    def close(self, command_id: int, state: str, error: str | None = None) -> None: ...


@dataclass(frozen=True)
class Decision:
    at: datetime
    kind: str
    call_id: CallId
    ticket: str | None
    offer_id: int | None
    directory_version: str
    reasons: Sequence[Reason]


class Decisions(Protocol):
    def add(self, decision: Decision) -> None: ...

    def of_call(self, call_id: CallId) -> Sequence[Decision]: ...


@dataclass(frozen=True)
class Recording:
    """What the carrier reports of a recording; its address is never kept."""

    id: str
    call_id: CallId
    state: str
    source: str
    channels: int | None
    duration_seconds: int | None


class Recordings(Protocol):
    def keep(self, recording: Recording, ticket: str | None, at: datetime) -> None: ...


class Records(Protocol):
    def append(self, record: Record) -> None: ...


@dataclass(frozen=True)
class Task:
    """Slow work that an event owes: a row of the event's own transaction, which also says whether it is done."""

    id: int
    kind: str
    subject: str  # what it is about: a ticket's number, a day
    attempts: int


class Outbox(Protocol):
    def add(self, kind: str, subject: str, at: datetime) -> bool:
        """Owe the work from `at` on, or return False when it is owed or done already."""

    def has(self, kind: str, subject: str) -> bool: ...

    def due(self, now: datetime, most: int) -> Sequence[Task]:
        """Return what waits and is due, the longest due first."""

    def get(self, task_id: int, now: datetime) -> Task | None:
        """Return the task if it waits and is due."""

    def claim(self, task: Task, now: datetime, again_at: datetime) -> bool:
        """Take the task for one more attempt; unless it is done by then, it falls due again at `again_at`."""

    def done(self, task_id: int, at: datetime) -> None: ...

    def note(self, task: Task, error: str) -> None:
        """Keep why an attempt failed; the task goes on waiting."""

    def give_up(self, task: Task, at: datetime, error: str) -> bool: ...


class Messages(Protocol):
    """What was sent to callers in writing. Of each kind a ticket has one message at most."""

    def claim(self, kind: str, ticket: TicketNumber, recipient: str, at: datetime) -> bool:
        """Take the one right to send it, or return False when it was taken before; `recipient` is masked."""

    def close(self, kind: str, ticket: TicketNumber, state: str, at: datetime, error: str | None = None) -> None: ...


@dataclass(frozen=True)
class DeletedRecording:
    id: str
    call_id: CallId
    ticket: str | None


class Housekeeping(Protocol):
    """What is cleared by age, at most so many rows at once: the line's own transactions pass in between."""

    def clear_documents(self, before: datetime, most: int) -> int: ...

    def delete_commands(self, before: datetime, most: int) -> int:
        """Delete commands that were sent or given up, made before then."""

    def delete_done_tasks(self, before: datetime, most: int) -> int: ...

    def mark_recordings_deleted(self, before: datetime, most: int) -> Sequence[DeletedRecording]: ...


class Work(Protocol):
    """One transaction's view of the store.

    Rows are locked in one order everywhere, so that two transactions never wait for each other: the call, its offer,
    its place in the queue, the agent.
    """

    @property
    def turns(self) -> Turns: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def queue(self) -> Queue: ...
    @property
    def offers(self) -> Offers: ...
    @property
    def agents(self) -> Agents: ...
    @property
    def legs(self) -> Legs: ...
    @property
    def supervisions(self) -> Supervisions: ...
    @property
    def commands(self) -> Commands: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def recordings(self) -> Recordings: ...
    @property
    def records(self) -> Records: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def housekeeping(self) -> Housekeeping: ...

    def next_due(self) -> datetime | None:
        """Return the earliest moment at which some row wants attention, which may have passed already."""


class Store(Protocol):
    def work(self) -> AbstractContextManager[Work]:
        """Open a unit of work: committed at the end, rolled back when anything is raised."""

    def choosing(self) -> AbstractContextManager[Work]:
        """Open the unit of work in which agents are chosen; only one in the whole house at a time."""

    def reading(self) -> AbstractContextManager[Work]: ...


class CarrierRefused(Exception):
    """The carrier will not do this, however often it is asked."""


class AlreadyOver(CarrierRefused):
    """The party to be moved or ended has left by itself."""


class CarrierUnreachable(Exception):
    """The carrier did not answer, or asked to be left alone for a while."""


class Carrier(Protocol):
    """The telephone network: documents it reads, and what it can be asked to do."""

    def document(self, answer: Answer) -> bytes: ...

    def ring(self, station: Station, *, path: str, status_path: str, seconds: int) -> CallId: ...

    def move(self, call_id: CallId, path: str) -> None: ...

    def end(self, call_id: CallId) -> None: ...

    def calls_in_progress(self) -> frozenset[CallId]: ...

    def hold(self, conference: str, party: CallId, path: str) -> None: ...

    def unhold(self, conference: str, party: CallId) -> None: ...

    def mute(self, conference: str, party: CallId, *, muted: bool) -> None: ...

    def remove(self, conference: str, party: CallId) -> None: ...

    def supervise(
        self, conference: str, station: Station, how: Supervising, *, agent_leg: CallId, label: str, status_path: str
    ) -> CallId:
        """Ring a supervisor into a talk. Asked again with the same label, it rings nobody and raises AlreadyOver."""

    def change_supervising(self, conference: str, party: CallId, how: Supervising, agent_leg: CallId) -> None: ...

    def start_recording(self, call_id: CallId, report_path: str) -> None: ...

    def pause_recording(self, conference: str, call_id: CallId) -> None: ...

    def resume_recording(self, conference: str, call_id: CallId) -> None: ...

    def stop_recording(self, conference: str, call_id: CallId) -> None: ...


class Bell(Protocol):
    """Tells the workers what is due. It may stay silent, for instance while its server is away: the rows wait."""

    def ring(self, tasks: Sequence[Task]) -> int:
        """Return how many tasks the workers were told of anew. Raises nothing of its own."""


class MessageNotSent(Exception):
    """The message did not leave, or nobody can say whether it did."""


class Messenger(Protocol):
    """Sends text messages."""

    def send(self, to: TelephoneNumber, text: str) -> None: ...
