"""Tiers open and close: by time, when somebody signs in, when everyone before them has left, and with their desk."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from directory.model import DeskId
from records.record import Record
from routing.opening_hours import NeverOpens
from routing.queue_entry import Standing
from routing.ring_windows import may_be_rung, next_ring, served_until
from switchboard.doors import Waiter, Work
from switchboard.house import House, log

SOON = timedelta(minutes=5)


def open_due_tiers(house: House, work: Work) -> int:
    """Open every tier whose time has come, or note when its desk may be rung again; return how many rows were due."""
    due = work.lines.due_to_open(house.now())
    for standing in due:
        if not _open(house, work, standing, "time"):
            work.lines.put_off(standing, opens_again_at(house, standing.desk))
    return len(due)


def open_what_is_due(house: House, work: Work, waiters: Iterable[Waiter]) -> None:
    """Open tiers whose time came while their callers were offered to somebody else."""
    for waiter in waiters:
        if waiter.opens_at and waiter.opens_at <= house.now():
            standing = Standing(waiter.entry_id, waiter.tier, waiter.desk, waiter.call_id, waiter.ticket)
            _open(house, work, standing, "time")


def close_due_tiers(house: House, work: Work) -> int:
    """Let callers leave desks that have closed, also those who were still served for a while; they stand elsewhere."""
    due = work.lines.due_to_close(house.now())
    for standing in due:
        work.lines.put_off(standing, opens_again_at(house, standing.desk))
        _tell(house, work, "tier.closed", standing, "hours")
    if due:
        open_next_where_empty(house, work)
    return len(due)


def open_for_sign_in(house: House, work: Work, desks: Iterable[DeskId]) -> None:
    """Open desks to the callers they were skipped for when they came; they keep their place."""
    for desk in desks:
        if may_ring(house, desk):
            for standing in work.lines.skipped_at(desk):
                _open(house, work, standing, "sign_in")


def open_next_where_empty(house: House, work: Work) -> None:
    """Open the next tier at once for callers at whose open desks nobody is left."""
    staffed = [desk for desk in house.staffing(work) if serves_until(house, desk)]
    for standing in work.lines.next_without_staff(staffed):
        _open(house, work, standing, "desk_empty")


def is_over_for(house: House, work: Work, entry_id: int) -> bool:
    """Say whether every desk of a waiting caller has closed, and none opens again soon: nobody will come any more."""
    soon = house.now() + SOON
    stands = work.queue.stands_of(entry_id)
    coming = any(stand.opens_at is not None and stand.opens_at <= soon for stand in stands)
    return not coming and not work.queue.opened_desks(entry_id)


def may_ring(house: House, desk: DeskId) -> bool:
    directory = house.directory
    return may_be_rung(directory.desk(desk), directory.calendar(desk), house.now(), directory.hours_overrides).open


def opens_again_at(house: House, desk: DeskId) -> datetime | None:
    """Return when a desk may next be rung, or None when nobody knows."""
    directory = house.directory
    try:
        return next_ring(directory.desk(desk), directory.calendar(desk), house.now(), directory.hours_overrides)
    except NeverOpens:
        return None


def serves_until(house: House, desk: DeskId) -> datetime | None:
    """Return until when a desk serves callers who wait there, or None when it does not now."""
    directory = house.directory
    return served_until(directory.desk(desk), directory.calendar(desk), house.now(), directory.hours_overrides)


def _open(house: House, work: Work, standing: Standing, why: str) -> bool:
    until = serves_until(house, standing.desk)
    if until is None or not work.lines.open(standing, house.now(), until):
        return False
    _tell(house, work, "tier.opened", standing, why)
    return True


def _tell(house: House, work: Work, kind: str, standing: Standing, why: str) -> None:
    fields = {"entry": standing.entry_id, "tier": standing.tier, "why": why}
    work.records.append(
        Record(kind, house.now(), call=standing.call_id, ticket=standing.ticket, desk=standing.desk, fields=fields)
    )
    log.info(kind, call=standing.call_id, desk=standing.desk, tier=standing.tier, why=why)
