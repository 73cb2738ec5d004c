"""The intake is complete: the ticket is opened, the route planned with its reasons, and the caller takes a place."""

from collections.abc import Sequence
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
from routing.wait_estimate import is_full
from switchboard.doors import Decision, Work
from switchboard.house import House, log
from switchboard.last_words import last_words
from switchboard.open_ticket import open_ticket
from switchboard.take_back_callback import take_back_callback
from switchboard.wait_in_queue import first_wait
from switchboard.wait_words import able_at
from tickets.ticket import PromisedBy, Ticket


def enter_queue(house: House, work: Work, call: Call, intake: Intake) -> Answer:
    """Return what the caller hears first: who is being called, or when we will call back."""
    now = house.now()
    route = plan_route(intake, house.directory, house.staffing(work), now)
    ticket = open_ticket(house, work, call, intake, route.first_desk)
    call = replace(call, ticket=ticket.number, intake=intake.to_data())
    work.calls.keep(call)
    work.decisions.add(Decision(now, "route", call.id, ticket.number, None, house.directory.version, route.reasons))
    stands = _stands(house, route)
    if route.is_closed:
        return last_words(house, work, call, ticket, PromisedBy.OUT_OF_HOURS, stands)
    if route.is_unstaffed:
        return last_words(house, work, call, ticket, PromisedBy.CALLBACK, stands)
    return _take_place(house, work, call, ticket, route, stands)


def _stands(house: House, route: Route) -> list[Stand]:
    return [
        Stand(
            tier=number,
            desk=desk,
            opens_at=_opens_at(house, tier, desk),
        )
        for number, tier in enumerate(route.tiers, start=1)
        for desk in tier.desks
    ]


def _take_place(house: House, work: Work, call: Call, ticket: Ticket, route: Route, stands: Sequence[Stand]) -> Answer:
    now = house.now()
    full = _is_full(house, work, ticket, stands)
    work.calls.move(call.id, CallEvent.QUEUED)
    entry_id = work.queue.enter(call.id, ticket.number, now, stands)
    resumed = take_back_callback(house, work, call, entry_id)
    work.records.append(
        Record(
            "entry.waiting", now, call=call.id, ticket=ticket.number, desk=route.first_desk, fields={"entry": entry_id}
        )
    )
    log.info("entry.waiting", call=call.id, ticket=ticket.number, desk=route.first_desk)
    told = (house.say_to(call, "callback_resumed"),) if resumed else ()
    return (*told, *first_wait(house, work, call, ticket, entry_id, full=full))


def _is_full(house: House, work: Work, ticket: Ticket, stands: Sequence[Stand]) -> bool:
    """Say whether so many wait at the desks open to the caller now that they should hear it first."""
    desks = frozenset(stand.desk for stand in stands if stand.opens_at and stand.opens_at <= house.now())
    waiting = house.directory.waiting[ticket.desk]
    able = able_at(house, work, desks)
    return is_full(work.waits.waiting_at(desks), able, waiting.full_per_agent, waiting.full_callers)


def _opens_at(house: House, tier: Tier, desk: DeskId) -> datetime | None:
    """Return when a tier opens by the clock: after its seconds, or with its desk; None while nobody is signed in."""
    if tier.opens_after_seconds is not None:
        return house.now() + timedelta(seconds=tier.opens_after_seconds)
    if tier.skipped != CLOSED:
        return None
    try:
        return next_opening(house.directory.desks[desk], house.now(), house.directory.hours_overrides)
    except NeverOpens:
        return None
