"""An agent gives the caller to another desk: they wait at their own place, and that desk has them to itself first."""

from datetime import timedelta

from calls.call import CallEvent, CallId
from calls.leg import LegEvent
from calls.talk_rights import require_right
from directory.model import AgentId, DeskId, InstituteCode
from records.record import Record
from routing.queue_entry import EntryEvent, QueueEntry, Stand, Standing
from switchboard.choose_agents import choose_agents
from switchboard.control_talk import talk_of
from switchboard.doors import Work
from switchboard.end_of_talk import begin_wrap_up
from switchboard.house import House, log
from switchboard.open_tiers import serves_until
from tickets.referral import check_may_be_told


class DeskClosed(Exception):
    """Nobody can be sent to this desk now."""


def send_back(house: House, call_id: CallId, by: AgentId, desk: DeskId, *, supervisor: bool = False) -> None:
    """Send a caller on to a desk. Raises NoTalk, also the second time, NotYourTalk, DeskClosed or MayNotBeTold.

    Their earlier desks open again when the new one has let them wait as long as its settings say.
    """
    now = house.now()
    with house.store.work() as work:
        call, leg = talk_of(work, call_id)
        require_right(leg, by, supervisor=supervisor)
        entry, offer = work.queue.of_call(call_id), work.offers.accepted_of_call(call_id)
        if entry is None or offer is None:
            return
        _require_open_to(house, work, call_id, desk)
        work.offers.let_pass(offer.id, now + timedelta(seconds=house.directory.rules(offer.desk).same_caller_again))
        work.queue.move(entry.id, EntryEvent.AGENT_LOST, now)
        _stand_at(house, work, entry, desk)
        work.calls.move(call_id, CallEvent.AGENT_LOST)
        work.calls.owe(call_id, "person_coming")
        work.legs.move(leg.id, LegEvent.GONE, now)
        begin_wrap_up(house, work, offer)
        work.commands.add("move", call_id, str(call.turn + 1), now)
        work.commands.add("end", call_id, leg.id, now, offer.id)
        work.records.append(
            Record(
                "entry.sent_back",
                now,
                call=call_id,
                ticket=entry.ticket,
                agent=by,
                desk=desk,
                fields={"from": offer.desk},
            )
        )
    log.info("entry.sent_back", call=call_id, agent=by, desk=desk)
    choose_agents(house)


def _require_open_to(house: House, work: Work, call_id: CallId, desk: DeskId) -> None:
    if desk not in house.directory.desks:
        raise DeskClosed(f'"{desk}" is no desk: expected one such as {next(iter(house.directory.desks))}')
    if serves_until(house, desk) is None:
        raise DeskClosed(f"{desk} is closed now: expected a desk that is open")
    kind, _, code = desk.partition(":")
    ticket = work.tickets.of_call(call_id)
    if kind == "institute" and ticket:
        check_may_be_told(ticket, InstituteCode(code), work.companies.do_not_route(ticket.caller, ticket.company_id))


def _stand_at(house: House, work: Work, entry: QueueEntry, desk: DeskId) -> None:
    """Let the caller stand at one desk now, and at all others when they have waited there long enough."""
    now, stands = house.now(), work.queue.stands_of(entry.id)
    later = now + timedelta(seconds=house.directory.routing[desk].opens_after(2))
    for stand in stands:
        standing = Standing(entry.id, stand.tier, stand.desk, entry.call_id, entry.ticket)
        if stand.desk == desk:
            work.lines.open(standing, now, serves_until(house, desk))
        else:
            work.lines.put_off(standing, later if stand.opens_at else None)
    if desk not in {stand.desk for stand in stands}:
        tier = max((stand.tier for stand in stands), default=0) + 1
        needs = next((stand.needs for stand in stands), "")
        stand = Stand(tier=tier, desk=desk, opens_at=now, closes_at=serves_until(house, desk), needs=needs)
        work.queue.widen(entry.id, stand, now)
