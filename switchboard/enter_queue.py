"""The intake is complete: the ticket is opened, the route planned with its reasons, and the caller takes a place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from calls.answer import Answer
from calls.call import Call, CallEvent
from directory.model import DeskId
from ivr.intake import Intake
from records.record import Record
from routing.giving_way import gives_way
from routing.needs import language_skill
from routing.queue_entry import Stand
from routing.route import CLOSED, Route, Tier, plan_route
from switchboard.caller_history import history_of
from switchboard.doors import Decision, Work
from switchboard.house import House, log
from switchboard.last_words import last_words
from switchboard.open_ticket import open_ticket
from switchboard.open_tiers import opens_again_at, serves_until
from switchboard.reach_owner import with_its_case
from switchboard.refer_closed import refer_closed
from switchboard.take_back_callback import take_back_callback
from switchboard.wait_in_queue import first_wait
from tickets.ticket import PromisedBy, Ticket

PLACE_KEPT_SECONDS = 60  # from the end of a call to the start of the next one of the same number


def enter_queue(house: House, work: Work, call: Call, intake: Intake) -> Answer:
    """Return what the caller hears first: who is being called, or when we will call back."""
    now = house.now()
    intake = with_its_case(work, intake)
    history = history_of(house, work, call.number, intake.counselor)
    route = plan_route(intake, house.directory, house.staffing(work), now, history)
    ticket = open_ticket(house, work, call, intake, route.first_desk)
    call = replace(call, ticket=ticket.number, intake=intake.to_data())
    work.decisions.add(Decision(now, "route", call.id, ticket.number, None, house.directory.version, route.reasons))
    stands = _stands(house, call, route)
    if route.is_closed or route.is_unstaffed:
        work.calls.keep(call)
        why = PromisedBy.OUT_OF_HOURS if route.is_closed else PromisedBy.CALLBACK
        return last_words(house, work, call, ticket, why, stands)
    return _take_place(house, work, call, ticket, route, stands)


def _stands(house: House, call: Call, route: Route) -> list[Stand]:
    now = house.now()
    first = next((number for number, tier in enumerate(route.tiers, start=1) if not tier.skipped), 0)
    return [
        Stand(
            tier=number,
            desk=desk,
            own_seconds=house.directory.routing[house.directory.home_of(desk)].own_seconds if number == first else 0,
            opens_at=_opens_at(house, tier, desk, now),
            closes_at=None if tier.skipped else serves_until(house, desk),
            may_lend=not tier.skipped,
            needs="" if call.language == "ko" else language_skill(call.language),
        )
        for number, tier in enumerate(route.tiers, start=1)
        for desk in tier.desks
    ]


def _take_place(house: House, work: Work, call: Call, ticket: Ticket, route: Route, stands: Sequence[Stand]) -> Answer:
    now = house.now()
    work.calls.move_and_keep(call, CallEvent.QUEUED)
    refer_closed(house, work, call, ticket, route)
    owed_at = take_back_callback(house, work, call)
    place_at = owed_at or _place_before_a_cut(work, call)
    settings = house.directory.routing[house.directory.home_of(route.first_desk)]
    gives = None if place_at else gives_way(now, 0, settings)  # a place that is kept is kept as it was
    entry_id = work.queue.enter(call.id, ticket.number, now, stands, place_at, gives)
    work.choosing_due = True
    fields: dict[str, object] = {"entry": entry_id}
    if place_at:
        fields["resumed_seconds"] = round((now - place_at).total_seconds(), 3)
    work.records.append(
        Record("entry.waiting", now, call=call.id, ticket=ticket.number, desk=route.first_desk, fields=fields)
    )
    log.info("entry.waiting", call=call.id, ticket=ticket.number, desk=route.first_desk)
    told = (house.say_to(call, "callback_resumed"),) if owed_at else ()
    desks = frozenset(stand.desk for stand in stands if stand.opens_at and stand.opens_at <= now)
    return (*told, *first_wait(house, work, call, ticket, entry_id, desks))


def _place_before_a_cut(work: Work, call: Call) -> datetime | None:
    """Return the place of a caller who waited, was cut off and dialed again at once: they keep it."""
    number, since = call.number.national, call.started_at - timedelta(seconds=PLACE_KEPT_SECONDS)
    return work.queue.resume(number, since, call.id) if number else None


def _opens_at(house: House, tier: Tier, desk: DeskId, now: datetime) -> datetime | None:
    """Return when a tier opens by the clock: after its seconds, or with its desk; None while nobody is signed in."""
    if tier.opens_after_seconds is not None:
        return now + timedelta(seconds=tier.opens_after_seconds)
    return opens_again_at(house, desk) if tier.skipped == CLOSED else None
