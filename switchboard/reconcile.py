"""The rows are held against the carrier's list of calls: a report that never came is made up for, with its reason."""

from collections.abc import Collection
from datetime import timedelta

from calls.call import CallId
from records.record import Record
from switchboard.doors import CarrierRefused, CarrierUnreachable
from switchboard.end_call import end_call
from switchboard.house import House, log
from switchboard.leases import free_entries
from switchboard.lose_agent import lose_leg
from switchboard.report_callback import leave

KIND = "reconcile"
YOUNG_SECONDS = 30  # a call so young may not be on the carrier's list yet, or its webhook be under way
WHY = "not with the carrier"


def owe_reconciliation(house: House) -> None:
    """Owe one reconciliation for this minute, whichever process comes first."""
    minute = house.now().replace(second=0, microsecond=0)
    with house.store.reading() as work:
        if work.outbox.has(KIND, minute.isoformat()):
            return
    with house.store.work() as work:
        work.outbox.add(KIND, minute.isoformat(), house.now())


def reconcile(house: House) -> int:
    """End every call and leg that the carrier no longer holds; return how many. It changes nothing that agrees."""
    free_entries(house)
    before = house.now() - timedelta(seconds=YOUNG_SECONDS)
    with house.store.reading() as work:
        calls, legs = work.calls.unended(before), work.legs.unended(before)
        called = work.callbacks.on_the_line(before)
    try:
        gone = _gone(house, {*calls, *legs, *(one.leg_id for one in called if one.leg_id)})
    except (CarrierUnreachable, CarrierRefused) as error:
        log.warning("reconcile.unanswered", error=str(error))
        return 0
    repaired = 0
    for call_id in calls:
        if call_id in gone and end_call(house, call_id, "lost"):
            _tell(house, "call.reconciled", call_id)
            repaired += 1
    for leg_id in legs:
        if leg_id in gone and lose_leg(house, leg_id, WHY):
            _tell(house, "leg.reconciled", leg_id)
            repaired += 1
    for attempt in called:
        if attempt.leg_id in gone and leave(house, attempt.id, "failed"):
            _tell(house, "callback.reconciled", attempt.call_id)
            repaired += 1
    return repaired


def _gone(house: House, parties: Collection[CallId]) -> Collection[CallId]:
    """Return those that the carrier no longer holds. Who is not on its list is asked for by themselves.

    Nobody is taken to be gone for want of an entry: the list may pass over one who is talking.
    """
    listed = house.carrier.calls_in_progress() if parties else frozenset()
    return {party for party in parties if party not in listed and not house.carrier.holds(party)}


def _tell(house: House, kind: str, party: str) -> None:
    with house.store.work() as work:
        work.records.append(Record(kind, house.now(), call=party, fields={"why": WHY}))
    log.warning(kind, call=party, why=WHY)
