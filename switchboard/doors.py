"""The doors to the outside: what the use cases need of time, the store and the carrier."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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
from routing.callback import Attempt, AttemptEvent
from routing.giving_way import GivesWay
from routing.offer import Offer, OfferEvent
from routing.queue_entry import EntryEvent, QueueEntry, Stand, Standing
from routing.reason import Reason
from routing.wait_estimate import Told
from switchboard.case_doors import Companies, FollowUps, Notes, Referrals
from tickets.number import TicketNumber
from tickets.promise import Promise
from tickets.proof import FailedTries
from tickets.ticket import CompanyId, Ticket


class Clock(Protocol):
    def now(self) -> datetime: ...


class TurnTaken(Exception):
    """Somebody else took this turn at the same moment."""


class Turns(Protocol):
    """Each webhook that is answered with a document is one turn of one party's call, taken once."""

    def claim(self, call_id: CallId, turn: str, at: datetime) -> bool:
        """Take the turn, or return False when it was taken before."""

    def keep(self, call_id: CallId, turn: str, document: bytes) -> None: ...

    def add(self, call_id: CallId, turn: str, document: bytes, at: datetime) -> None:
        """Take a turn together with its document. If it was taken before, its transaction ends with TurnTaken."""

    def kept(self, call_id: CallId, turn: str) -> bytes | None: ...


class Calls(Protocol):
    def add(self, call: Call) -> bool:
        """Add a call, or return False when it is there already."""

    def get(self, call_id: CallId) -> Call | None:
        """Return the call, locked until the transaction is over."""

    def at_turn(self, call_id: CallId, turn: str) -> tuple[Call | None, bytes | None]:
        """Return the same, and the document of a turn that was taken before. Reading alone, it locks nothing."""

    def keep(self, call: Call) -> None:
        """Write what the flow and the turn changed: turn, position, intake, ticket, and what is to be said next."""

    def lock(self, call_ids: Collection[CallId]) -> None:
        """Lock calls until the transaction is over, in an order that never meets another's."""

    def move(self, call_id: CallId, event: CallEvent, outcome: Outcome | None = None) -> bool: ...

    def move_and_keep(self, call: Call, event: CallEvent) -> bool:
        """Do both with one write."""

    def owe(self, call_id: CallId, prompt: str) -> None:
        """Note a prompt to be said at the next turn."""

    def unended(self, before: datetime | None = None) -> Sequence[CallId]:
        """Return callers' calls that have not ended, all or those that started before then; callbacks are apart."""

    def connect_party(self, call_id: CallId, party: CallId | None) -> None:
        """Keep which leg a callback's customer is on."""

    def left_message(self, call_id: CallId) -> bool:
        """Make a promised callback's outcome voicemail, also after the end; the second time changes nothing."""

    def end(self, call_id: CallId, outcome: Outcome, at: datetime) -> bool: ...


class Tickets(Protocol):
    def next_sequence(self, year: int) -> int:
        """Return the year's next number, never given before; where a transaction is undone, a number is left out."""

    def add(self, ticket: Ticket) -> None: ...

    def get(self, number: TicketNumber) -> Ticket | None:
        """Return the ticket, locked until the transaction is over unless it only reads; so does `of_call`."""

    def of_call(self, call_id: CallId) -> Ticket | None:
        """Return the ticket a call is about, opened by it or earlier."""

    def opened_by(self, call_id: CallId) -> Ticket | None: ...

    def newest_open_of(self, national: str) -> Ticket | None:
        """Return the newest ticket opened from a number that is not done with."""

    def keep(self, ticket: Ticket) -> None: ...

    def due_alarms(self, now: datetime, most: int) -> Sequence[TicketNumber]:
        """Return the tickets whose next alarm is due, unlocked, the longest due first."""

    def sound(self, number: TicketNumber, seen: Promise, after: Promise) -> bool:
        """Let the alarm that was seen sound and set the next one; False when somebody else did, or it is off."""

    def earlier(self, ticket: Ticket, most: int = 50) -> Sequence[Ticket]:
        """Return the other cases of its company, or of its number when one company stands behind that; newest first."""

    def of_company(self, company_id: CompanyId) -> Sequence[Ticket]: ...

    def rate(self, number: TicketNumber, satisfaction: int) -> bool:
        """Keep how satisfied the company is, or return False when it has said so before."""


class FailedProofs(Protocol):
    """Tries to prove a ticket one's own that failed."""

    def add(self, call_id: CallId, caller: str, ticket: str, at: datetime) -> None: ...

    def count(self, call_id: CallId, caller: str, ticket: str, since: datetime) -> FailedTries:
        """Count those of a call, and since then those of a caller and those for a number keyed."""


class Queue(Protocol):
    def enter(
        self,
        call_id: CallId,
        ticket: TicketNumber,
        at: datetime,
        stands: Sequence[Stand],
        place_at: datetime | None = None,
        gives_way: GivesWay | None = None,
    ) -> int:
        """Return the new entry; `place_at` is the place of an earlier entry of the same caller, if they keep it."""

    def get(self, entry_id: int) -> QueueEntry | None: ...

    def of_call(self, call_id: CallId) -> QueueEntry | None: ...

    def move(self, entry_id: int, event: EntryEvent, at: datetime) -> bool: ...

    def ahead_of(self, entry_id: int) -> int:
        """Count those who wait with an older place at any open desk where this entry stands."""

    def opened_desks(self, entry_id: int) -> frozenset[DeskId]: ...

    def stands_of(self, entry_id: int) -> Sequence[Stand]: ...

    def astray(self) -> Sequence[QueueEntry]:
        """Return the entries that are held for an offer or a talk that is not there."""

    def put_right(self, entry: QueueEntry, at: datetime) -> bool:
        """Let an entry that went astray wait again, or end with its call."""

    def resume(self, number: str, since: datetime, by: CallId) -> datetime | None:
        """Return the place of a caller of this number who was cut off while waiting, and let this call have it."""

    def widen(self, entry_id: int, stand: Stand, at: datetime) -> bool:
        """Let an entry stand at one more desk; False when it stands there already."""

    def return_after(self, entry_id: int, at: datetime) -> bool: ...

    def due_to_return(self, now: datetime) -> Sequence[QueueEntry]: ...

    def raise_priority(self, entry_id: int, seconds: int) -> None: ...

    def set_priority(self, entry: QueueEntry, seconds: int) -> bool:
        """Change the priority of an entry that waits or is offered; False when it does not, or has changed since."""

    def let_give_way(self, now: datetime, most: int) -> Sequence[QueueEntry]:
        """Let those whose time has come stand back by their seconds, each once; return them, so many at most."""

    def waiting(self) -> Sequence[QueueEntry]: ...


class Callbacks(Protocol):
    """Places in the queue whose holders are to be called, and each attempt to reach them."""

    def hand_over(self, entry_id: int, callback: Call, number: str | None, until: datetime) -> bool:
        """Turn a place into that of a callback, which rests until then; False when the number has a live one."""

    def of_number(self, number: str) -> QueueEntry | None:
        """Return the one live callback to a number."""

    def note_message(self, entry_id: int, until: datetime) -> None:
        """Note that what the customer wants stands recorded; a place that rested for that reason rests until then."""

    def rest(self, entry_id: int, until: datetime) -> None:
        """Let a waiting callback be offered to nobody until then; it keeps its place."""

    def wake(self, entry_id: int) -> bool:
        """Let a callback stand in its lines, if it still rests."""

    def due(self, now: datetime) -> Sequence[QueueEntry]: ...

    def live(self) -> Sequence[QueueEntry]:
        """Return every callback that is not over, in the order of the queue."""

    def begin(self, entry: QueueEntry, at: datetime, expires_at: datetime) -> Attempt | None:
        """Note that the customer is to be called now, or return None when they are being called already."""

    def get(self, attempt_id: int) -> Attempt | None: ...

    def under_way(self, entry_id: int) -> Attempt | None:
        """Return the attempt that is dialing, picked up, or talking."""

    def attempts_of(self, entry_id: int) -> Sequence[Attempt]: ...

    def bind(self, attempt_id: int, leg_id: CallId) -> bool:
        """Keep which leg reaches the customer; False when another one does."""

    def move(
        self,
        attempt_id: int,
        event: AttemptEvent,
        at: datetime,
        *,
        expires_at: datetime | None = None,
        only_lapsed: bool = False,
    ) -> bool: ...

    def lapsed(self, now: datetime) -> Sequence[Attempt]: ...

    def on_the_line(self, before: datetime) -> Sequence[Attempt]:
        """Return the attempts begun before then whose leg should be with the carrier."""


class Waits(Protocol):
    """What waiting callers were told, and what that is reckoned from."""

    def told(self, entry_id: int) -> Told | None: ...

    def tell(self, entry_id: int, told: Told) -> None: ...

    def tell_ahead(self, entry_id: int, ahead: int) -> bool:
        """Note how many stand before a caller; False when they were told of fewer, and so are told nothing."""

    def offer(self, entry_id: int, at: datetime) -> None:
        """Note that a callback was offered to the caller."""

    def note_handling(self, desk: DeskId, at: datetime, seconds: int) -> None: ...

    def handlings(self, desks: Iterable[DeskId], since: datetime, most: int) -> Sequence[float]:
        """Return how many seconds the latest talks at these desks kept their agents."""

    def waiting_at(self, desks: Iterable[DeskId], most: int) -> int:
        """Count who waits in the open lines of these desks, no further than to `most`."""


@dataclass(frozen=True)
class Announcement:
    """Words of the operator's that every caller hears before the menu."""

    language: str
    words: str
    until_at: datetime


class Announcements(Protocol):
    def set(self, announcement: Announcement, at: datetime) -> None:
        """Let it be heard instead of the one in its language before."""

    def clear(self, at: datetime) -> int: ...

    def in_force(self, now: datetime) -> Sequence[Announcement]:
        """Return those whose time is not over, Korean first."""


@dataclass(frozen=True)
class Greeting:
    """What must be known of a call before its first words."""

    announced: Sequence[Announcement]  # Korean first
    open_ticket: TicketNumber | None  # the newest open case of the caller's number


class Greetings(Protocol):
    def of(self, national: str | None, now: datetime) -> Greeting:
        """Return what a caller is greeted with, who may have no number of their own."""


@dataclass(frozen=True)
class Waiter:
    """A caller near the head of a line at a desk."""

    entry_id: int
    call_id: CallId
    ticket: str
    desk: DeskId
    tier: int
    needs: str
    place: datetime
    opens_at: datetime | None  # of a tier that has not opened yet
    gave_way_seconds: int = 0  # by which the place lies later


class Lines(Protocol):
    """Where entries stand at desks."""

    def due_to_open(self, now: datetime) -> Sequence[Standing]: ...

    def due_to_close(self, now: datetime) -> Sequence[Standing]: ...

    def skipped_at(self, desk: DeskId) -> Sequence[Standing]:
        """Return where entries were passed over at this desk."""

    def next_without_staff(self, staffed: Collection[DeskId]) -> Sequence[Standing]:
        """Return, for each entry at none of whose open desks anybody is, its next stand at a staffed one."""

    def open(self, standing: Standing, at: datetime, until: datetime | None) -> bool:
        """Open a stand, unless its caller has gone, or is going, since it was looked for."""

    def heads(self, counts: Mapping[tuple[DeskId, str], int]) -> Sequence[Waiter]:
        """Return the first callers of each line (a desk and needs), so many of each; those who may be lent as well."""

    def put_off(self, standing: Standing, again_at: datetime | None) -> None:
        """Close a stand until then, or for good."""


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
    held: bool = False  # the agent is reserved and hears nothing until somebody is there for them


@dataclass(frozen=True)
class Attempted:
    """What became of an offer: made, or its caller or its agent was not free any more."""

    offer_id: int | None
    waits: bool  # the caller did; else they are gone, or rest


class Offers(Protocol):
    def make(self, offers: Sequence[NewOffer]) -> Sequence[Attempted]:
        """Take the caller and the agent of each offer, or leave both; return what became of each, in the same order.

        Of each the call is locked first, whoever else is deciding about it being waited for.
        """

    def asked_last(self, desk: DeskId) -> AgentId | None:
        """Return who was offered a call of this desk last."""

    def get(self, offer_id: int) -> Offer | None: ...

    def live_of_entry(self, entry_id: int) -> Offer | None: ...

    def live_of_agent(self, agent_id: AgentId) -> Offer | None: ...

    def accepted_of_call(self, call_id: CallId) -> Offer | None: ...

    def accepted_of_agent(self, agent_id: AgentId) -> Offer | None:
        """Return the newest offer that an agent took."""

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

    def hold_until(self, offer_id: int, at: datetime) -> None:
        """Give a live offer another time to lapse."""

    def due(self, now: datetime) -> Sequence[Offer]: ...

    def let_pass(self, offer_id: int, until: datetime) -> None: ...

    def draw_in(self, latest: datetime) -> int: ...

    def forget_passes(self, now: datetime) -> int: ...


@dataclass(frozen=True)
class Idle:
    """An agent who may be offered a call now."""

    id: AgentId
    station: Station
    since: datetime
    answered: int
    let_pass: frozenset[int]  # entries they are not to be offered again yet


class Agents(Protocol):
    def wanted(self, now: datetime) -> Sequence[Idle]:
        """Return everyone who is available, idle and rested, if anybody waits at all."""

    def change(self, agent_id: AgentId, changes: Mapping[str, object]) -> None:
        """Write parts of the row that are no state."""

    def lease_over(self, now: datetime) -> Sequence[Agent]:
        """Return the busy whose lease has run out."""

    def lost(self, now: datetime) -> Sequence[Agent]:
        """Return whose station should have been seen by now."""

    def get(self, agent_id: AgentId) -> Agent | None: ...

    def all(self) -> Sequence[Agent]: ...

    def keep(self, agent: Agent) -> None:
        """Write presence and station of a person, adding the row the first time; the work state moves by `move`."""

    def move(self, agent_id: AgentId, event: WorkEvent, changes: Mapping[str, object]) -> bool: ...

    def due_to_finish(self, now: datetime) -> Sequence[Agent]: ...

    def draw_in(self, due: str, latest: datetime) -> int: ...

    def end_rests(self, now: datetime) -> int: ...

    def signed_in(self) -> Sequence[AgentId]:
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
    took_us: int | None = None  # microseconds from the first row looked at to the decision


class Decisions(Protocol):
    def add(self, *decisions: Decision) -> None: ...

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

    def of_ticket(self, ticket: TicketNumber) -> Sequence[Recording]:
        """Return a case's recordings, the oldest first."""


class Records(Protocol):
    def append(self, *records: Record) -> None: ...

    def of_ticket(self, ticket: TicketNumber) -> Sequence[Record]: ...


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

    def postpone(self, task: Task, until: datetime, error: str) -> None:
        """Keep why an attempt failed; the task waits for the next one."""

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

    def delete_failed_proofs(self, before: datetime, most: int) -> int: ...

    def mark_recordings_deleted(self, before: datetime, most: int) -> Sequence[DeletedRecording]: ...


class Ahead(StrEnum):
    """Moments that nothing but a step of the clock puts far ahead."""

    RETURN = "return"  # of a caller whose agent has gone
    CALLBACK = "callback"  # until which it rests; hours are looked at again then
    GIVES_WAY = "gives_way"  # a caller who still waits then
    AVOIDED = "avoided"  # until which an agent is not offered a caller again
    ATTEMPT = "attempt"  # to reach a callback's customer
    COMMAND = "command"  # the next time it is sent
    RING_SLOT = "ring_slot"


class AfterStep(Protocol):
    """Puts rows right after a step of the wall clock; what is done twice finds nothing the second time."""

    def draw_in(self, what: Ahead, latest: datetime) -> int:
        """Let no such moment lie after then; return how many did."""

    def desks_that_open(self, after: datetime) -> Sequence[DeskId]:
        """Return the desks of tiers that are to open only after then."""

    def draw_in_tiers(self, desk: DeskId, latest: datetime) -> int:
        """Let a desk's tiers open then at the latest; return how many were to open later."""

    def let_nobody_come_after(self, now: datetime) -> int:
        """Let everybody who waits have come earlier, all by as much, so that nobody comes in the future."""


class Work(Protocol):
    """One transaction's view of the store.

    Rows are locked in one order everywhere, so that two transactions never wait for each other: the call, its offer,
    its place in the queue, the agent, the company, the ticket.
    """

    @property
    def turns(self) -> Turns: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def failed_proofs(self) -> FailedProofs: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def follow_ups(self) -> FollowUps: ...
    @property
    def companies(self) -> Companies: ...
    @property
    def queue(self) -> Queue: ...
    @property
    def lines(self) -> Lines: ...
    @property
    def callbacks(self) -> Callbacks: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def announcements(self) -> Announcements: ...
    @property
    def greetings(self) -> Greetings: ...
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
    def after_step(self) -> AfterStep: ...
    @property
    def housekeeping(self) -> Housekeeping: ...

    choosing_due: bool
    """Whether this transaction leaves a caller waiting for whom somebody may be idle; false at its start."""

    def next_due(self) -> datetime | None:
        """Return the earliest moment at which some row wants attention, which may have passed already."""


class Store(Protocol):
    def work(self) -> AbstractContextManager[Work]:
        """Open a unit of work: committed at the end, rolled back when anything is raised."""

    def choosing(self) -> AbstractContextManager[Work]:
        """Open the unit of work in which agents are chosen; only one in the whole house at a time."""

    def choosing_next(self, now: datetime) -> AbstractContextManager[tuple[Work, Sequence[Idle]] | None]:
        """Open the same, with the agents who were wanted a moment ago; or give None when there are none of them.

        None as well when somebody here is about to look: they will see all that is kept by now. Whoever is idle, or
        waits, later than the look chooses after they are kept. Who is not idle any more is found out by the offer.
        """

    def reading(self) -> AbstractContextManager[Work]: ...

    def keep_begun(self, call: Call, turn: str, document: bytes, begun: Record) -> bool:
        """Keep a new call with the document of its first turn and the record of its beginning, all or nothing.

        False keeps nothing: the call, or the turn, is there already.
        """

    def keep_step(self, call: Call, document: bytes, at: datetime) -> bool:
        """Keep a call in the menu as it stands after its next turn, with the turn's document, all or nothing.

        False keeps nothing: the call is no longer where it was at the turn before.
        """

    def wakes(self, waker: Callable[[], None]) -> None:
        """Call `waker` after each commit that leaves something due at once."""


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

    def call(self, number: str, *, shown: str, path: str, status_path: str, seconds: int) -> CallId:
        """Call a customer, showing a number of ours; both are written as the carrier takes them."""

    def being_called(self, number: str) -> CallId | None:
        """Return the leg that calls this number now, whoever asked for it."""

    def move(self, call_id: CallId, path: str) -> None: ...

    def end(self, call_id: CallId) -> None: ...

    def calls_in_progress(self) -> frozenset[CallId]:
        """Return the calls and legs on the carrier's list, which may pass over a few while others end."""

    def holds(self, call_id: CallId) -> bool:
        """Say whether one call or leg, asked for by itself, is in progress; one that is not known is not."""

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
    """Sends messages in writing. Raises MessageNotSent, whose words name nobody's number or address in full."""

    def send(self, to: TelephoneNumber, text: str) -> None: ...

    def tell(self, to: str, text: str) -> None:
        """Write to people of ours, at an address of addresses.csv."""
