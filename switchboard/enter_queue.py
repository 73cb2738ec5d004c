"""The intake is complete: the ticket is opened, the route planned with its reasons, and the caller takes a place."""

from dataclasses import replace
from datetime import datetime, timedelta

from calls.answer import Answer
from calls.call import Call, CallEvent
from directory.model import DeskId
from ivr.intake import Intake
from records.record import Record
from routing.opening_hours import NeverOpens, next_opening
from routing.queue_entry import Stand
from routing.route import CLOSED, Route, Tier, plan_route
from switchboard.doors import Decision, Work
from switchboard.house import House, log
from switchboard.last_words import last_words
from switchboard.open_ticket import open_ticket
from switchboard.wait_in_queue import first_wait
from tickets.ticket import PromisedBy, Ticket


def enter_queue(house: House, work: Work, call: Call, intake: Intake) -> Answer:
    """Return what the caller hears first: who is being called, or when we will call back."""
    now = house.now()
    route = plan_route(intake, house.directory, house.staffing(work), now)
    ticket = open_ticket(house, work, call, intake, route.first_desk)
    call = replace(call, ticket=ticket.number, intake=intake.to_data())
    work.calls.keep(call)
    work.decisions.add(Decision(now, "route", call.id, ticket.number, None, house.directory.version, route.reasons))
    if route.is_closed:
        return last_words(house, work, call, ticket, PromisedBy.OUT_OF_HOURS)
    if route.is_unstaffed:
        return last_words(house, work, call, ticket, PromisedBy.CALLBACK)
    return _take_place(house, work, call, ticket, route)


def _take_place(house: House, work: Work, call: Call, ticket: Ticket, route: Route) -> Answer:
    now = house.now()
    stands = [
        Stand(
            tier=number,
            desk=desk,
            opens_at=_opens_at(house, tier, desk, now),
        )
        for number, tier in enumerate(route.tiers, start=1)
        for desk in tier.desks
    ]
    work.calls.move(call.id, CallEvent.QUEUED)
    entry_id = work.queue.enter(call.id, ticket.number, now, stands)
    work.choosing_due = True
    work.records.append(
        Record(
            "entry.waiting", now, call=call.id, ticket=ticket.number, desk=route.first_desk, fields={"entry": entry_id}
        )
    )
    log.info("entry.waiting", call=call.id, ticket=ticket.number, desk=route.first_desk)
    return first_wait(house, work, call, ticket, entry_id)


def _opens_at(house: House, tier: Tier, desk: DeskId, now: datetime) -> datetime | None:
    """Return when a tier opens by the clock: after its seconds, or with its desk; None while nobody is signed in."""
    if tier.opens_after_seconds is not None:
        return now + timedelta(seconds=tier.opens_after_seconds)
    if tier.skipped != CLOSED:
        return None
    try:
        return next_opening(house.directory.desks[desk], now, house.directory.hours_overrides)
    except NeverOpens:
        return None
