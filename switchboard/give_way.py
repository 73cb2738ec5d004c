"""Callers who have waited past the promised seconds stand back for those who can still be answered in time."""

from records.record import Record
from routing.giving_way import why_given_way
from routing.queue_entry import QueueEntry
from switchboard.doors import Decision, Work
from switchboard.house import House

MOST_AT_ONCE = 500  # agents are chosen for between one such crowd and the next


def let_give_way(house: House, work: Work) -> int:
    """Let those whose time has come give way, one statement for all, with the reason; return how many."""
    late = work.queue.let_give_way(house.now(), MOST_AT_ONCE)
    if late:
        work.decisions.add(*(_decision(house, entry) for entry in late))
        work.records.append(*(_record(house, entry) for entry in late))
    return len(late)


def _decision(house: House, entry: QueueEntry) -> Decision:
    reasons = (why_given_way(entry.gave_way_seconds),)
    return Decision(house.now(), "place", entry.call_id, entry.ticket, None, house.directory.version, reasons)


def _record(house: House, entry: QueueEntry) -> Record:
    fields = {"entry": entry.id, "seconds": entry.gave_way_seconds}
    return Record("entry.gave_way", house.now(), call=entry.call_id, ticket=entry.ticket, fields=fields)
