"""A supervisor changes the priority of somebody who waits: they stand as if they had come so much earlier, or later."""

from collections.abc import Mapping, Sequence
from typing import Any

from agents.rights import Act
from directory.codes import AgentId
from records.record import Record
from routing.queue_entry import LEAST_PRIORITY_SECONDS, MOST_PRIORITY_SECONDS, EntryState, QueueEntry
from switchboard.acting import acting
from switchboard.choose_agents import choose_agents
from switchboard.house import House, log
from tickets.number import TicketNumber

LONGEST_REASON = 500
CHANGED = "entry.priority_changed"


class PriorityError(Exception):
    """The priority cannot be changed like this; the message says what was expected."""


def change_priority(house: House, entry_id: int, seconds: int, by: AgentId, reason: str) -> None:
    """Give an entry this priority in place of the one it has, and choose. The second time changes nothing.

    The bounds keep the promise that nobody starves: whoever is put back waits at most as if they had come that much
    later. Nobody who lost their agent, or dialed again and kept their place, is given less than the line gave for it.
    Raises PriorityError, also when the entry changed in this very moment, or NotAllowed.
    """
    reason = _checked(seconds, reason)
    with acting(house, by, Act.CHANGE_PRIORITY) as work:
        entry = work.queue.get(entry_id)
        if entry is None or entry.state not in {EntryState.WAITING, EntryState.OFFERED}:
            state = f"is {entry.state}" if entry else "is not known"
            raise PriorityError(f"entry {entry_id} {state} (expected one that `queue` or `callbacks` lists)")
        if entry.priority_seconds == seconds:
            return
        least = _given_by_the_line(entry, work.records.of_ticket(TicketNumber(entry.ticket)))
        if least > max(seconds, 0):
            raise PriorityError(f"entry {entry_id} has {least} s of the line itself, not {seconds} (expected no less)")
        if not work.queue.set_priority(entry, seconds):
            raise PriorityError(f"entry {entry_id} has changed just now (expected that nobody else changes it)")
        fields = {"entry": entry.id, "before": entry.priority_seconds, "after": seconds, "reason": reason}
        work.records.append(Record(CHANGED, house.now(), entry.call_id, entry.ticket, agent=by, fields=fields))
    log.info(CHANGED, call=entry.call_id, by=by, before=entry.priority_seconds, after=seconds)
    choose_agents(house)


def _given_by_the_line(entry: QueueEntry, records: Sequence[Record]) -> int:
    """Return the priority of an entry without what supervisors have added to it, or taken from it."""
    changes: list[Mapping[str, Any]] = [
        one.fields for one in records if one.kind == CHANGED and one.fields["entry"] == entry.id
    ]
    by_supervisors: int = sum(change["after"] - change["before"] for change in changes)
    return entry.priority_seconds - by_supervisors


def _checked(seconds: int, reason: str) -> str:
    """Return the reason, without what surrounds it."""
    if not LEAST_PRIORITY_SECONDS <= seconds <= MOST_PRIORITY_SECONDS:
        expected = f"{LEAST_PRIORITY_SECONDS} to {MOST_PRIORITY_SECONDS}"
        raise PriorityError(f"a priority of {seconds} seconds (expected {expected})")
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise PriorityError(f"a reason of {len(reason)} characters (expected 1 to {LONGEST_REASON})")
    return reason
