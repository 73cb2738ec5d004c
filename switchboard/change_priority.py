"""A supervisor changes the priority of somebody who waits: they stand as if they had come so much earlier, or later."""

from agents.rights import Act
from directory.codes import AgentId
from records.record import Record
from routing.queue_entry import LEAST_PRIORITY_SECONDS, MOST_PRIORITY_SECONDS, EntryState
from switchboard.acting import acting
from switchboard.choose_agents import choose_agents
from switchboard.house import House, log

LONGEST_REASON = 500


class PriorityError(Exception):
    """The priority cannot be changed like this; the message says what was expected."""


def change_priority(house: House, entry_id: int, seconds: int, by: AgentId, reason: str) -> None:
    """Give an entry this priority in place of the one it has, and choose. The second time changes nothing.

    The bounds keep the promise that nobody starves: whoever is put back waits at most as if they had come that much
    later. Raises PriorityError, also when the entry changed in this very moment, or NotAllowed.
    """
    reason = _checked(seconds, reason)
    with acting(house, by, Act.CHANGE_PRIORITY) as work:
        entry = work.queue.get(entry_id)
        if entry is None or entry.state not in {EntryState.WAITING, EntryState.OFFERED}:
            state = f"is {entry.state}" if entry else "is not known"
            raise PriorityError(f"entry {entry_id} {state} (expected one that `queue` or `callbacks` lists)")
        if entry.priority_seconds == seconds:
            return
        if not work.queue.set_priority(entry, seconds):
            raise PriorityError(f"entry {entry_id} has changed just now (expected that nobody else changes it)")
        fields = {"entry": entry.id, "before": entry.priority_seconds, "after": seconds, "reason": reason}
        work.records.append(
            Record("entry.priority_changed", house.now(), entry.call_id, entry.ticket, agent=by, fields=fields)
        )
    log.info("entry.priority_changed", call=entry.call_id, by=by, before=entry.priority_seconds, after=seconds)
    choose_agents(house)


def _checked(seconds: int, reason: str) -> str:
    """Return the reason, without what surrounds it."""
    if not LEAST_PRIORITY_SECONDS <= seconds <= MOST_PRIORITY_SECONDS:
        expected = f"{LEAST_PRIORITY_SECONDS} to {MOST_PRIORITY_SECONDS}"
        raise PriorityError(f"a priority of {seconds} seconds (expected {expected})")
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise PriorityError(f"a reason of {len(reason)} characters (expected 1 to {LONGEST_REASON})")
    return reason
