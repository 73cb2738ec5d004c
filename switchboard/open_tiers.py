"""Later tiers open: when their time has come, when somebody signs in there, or when everyone before them has left."""

from directory.model import DeskId
from records.record import Record
from routing.opening_hours import is_open
from routing.queue_entry import EntryState, Stand
from switchboard.doors import Work
from switchboard.house import House, log


def open_due_tiers(house: House, work: Work) -> int:
    """Open every tier whose time has come; return how many."""
    return sum(_open(house, work, entry_id, stand, "time") for entry_id, stand in work.queue.due_to_open(house.now()))


def open_for_sign_in(house: House, work: Work, desk: DeskId) -> None:
    """Open a desk to the callers it was skipped for when they came; they keep their place."""
    if not _is_open(house, desk):
        return
    for entry_id, stand in work.queue.skipped_at(desk):
        _open(house, work, entry_id, stand, "sign_in")


def open_next_where_empty(house: House, work: Work) -> None:
    """Open the next tier at once for callers at whose open desks nobody is left."""
    staffing = house.staffing(work)
    for entry in work.queue.waiting():
        if entry.state is not EntryState.WAITING:
            continue
        stands = work.queue.stands_of(entry.id)
        opened = work.queue.opened_desks(entry.id)
        if any(staffing.get(desk) for desk in opened):
            continue
        following = (stand for stand in stands if stand.desk not in opened and stand.opens_at)
        stand = next((stand for stand in following if staffing.get(stand.desk) and _is_open(house, stand.desk)), None)
        if stand:
            _open(house, work, entry.id, stand, "desk_empty")


def _is_open(house: House, desk: DeskId) -> bool:
    return is_open(house.directory.desks[desk], house.now(), house.directory.hours_overrides).open


def _open(house: House, work: Work, entry_id: int, stand: Stand, why: str) -> bool:
    if not work.queue.open(entry_id, stand.tier, house.now()):
        return False
    entry = work.queue.get(entry_id)
    fields = {"entry": entry_id, "tier": stand.tier, "why": why}
    call_id = entry.call_id if entry else None
    ticket = entry.ticket if entry else None
    work.records.append(Record("tier.opened", house.now(), call=call_id, ticket=ticket, desk=stand.desk, fields=fields))
    log.info("tier.opened", call=call_id, desk=stand.desk, tier=stand.tier, why=why)
    return True
