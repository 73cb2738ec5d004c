"""After a step of the wall clock: due times that lie further ahead than anything can last are drawn in.

Places in the queue are put right at once, before the next caller comes: everybody keeps their order. All else is put
right when expiry goes on. Whoever looks first does it, and finds nothing the second time.
"""

from collections.abc import Mapping
from datetime import timedelta

from agents.agent import lease
from records.record import Record
from routing import callback
from routing.offer import DIALING_ALLOWANCE_SECONDS, PICKED_UP_SECONDS
from routing.queue_entry import RETURN_GRACE_SECONDS
from switchboard.doors import Ahead, Work
from switchboard.house import House, log
from switchboard.open_tiers import may_ring, opens_again_at
from switchboard.send_commands import LEASE_SECONDS
from switchboard.watch_station import SEEN_FOR_SECONDS


def keep_order_after_step(house: House) -> int:
    """Let callers who came by a clock that was ahead have come earlier, all by as much."""
    with house.store.choosing() as work:
        changed = work.after_step.let_nobody_come_after(house.now())
        if changed:
            work.records.append(Record("clock.order_kept", house.now(), fields={"entries": changed}))
    return changed


def put_right_after_step(house: House) -> int:
    """Draw in what a clock that was set back would keep for as long; return how many rows."""
    now, desks, rules = house.now(), house.directory.desks.values(), house.directory.agent_rules.values()
    longest_ring = max(desk.ring_seconds for desk in desks) + DIALING_ALLOWANCE_SECONDS + PICKED_UP_SECONDS
    longest_wrap_up = max(*(desk.wrap_up_seconds for desk in desks), *(rule.wrap_up_most for rule in rules))
    longest_rest = max(seconds for rule in rules for seconds in rule.rest_after.values())
    wrap_until = now + timedelta(seconds=longest_wrap_up)
    with house.store.choosing() as work:
        changed = work.offers.draw_in(now + timedelta(seconds=longest_ring))
        changed += work.agents.draw_in("wrap_until", wrap_until)
        changed += work.agents.draw_in("leased_until", lease(wrap_until))
        changed += work.agents.draw_in("not_before", now + timedelta(seconds=longest_rest))
        changed += work.agents.draw_in("station_seen_until", now + timedelta(seconds=SEEN_FOR_SECONDS))
        changed += sum(work.after_step.draw_in(what, now + longest) for what, longest in _longest(house).items())
        changed += _open_tiers_in_time(house, work)
        if changed:
            work.records.append(Record("clock.put_right", now, fields={"rows": changed}))
    log.warning("clock.put_right", rows=changed)
    return changed


def _longest(house: House) -> Mapping[Ahead, timedelta]:
    rules, waiting = house.directory.agent_rules.values(), house.directory.waiting.values()
    retry = max(seconds for one in waiting for seconds in one.retry_seconds)
    longest = {
        Ahead.RETURN: RETURN_GRACE_SECONDS,
        Ahead.CALLBACK: max(retry, callback.WHILE_ON_THE_LINE_SECONDS, callback.MESSAGE_MAY_COME_SECONDS),
        Ahead.GIVES_WAY: max(one.answer_within_seconds for one in house.directory.routing.values()),
        Ahead.AVOIDED: max(rule.same_caller_again for rule in rules),
        Ahead.ATTEMPT: callback.RING_SECONDS + callback.DIALING_ALLOWANCE_SECONDS + callback.PICKED_UP_SECONDS,
        Ahead.COMMAND: LEASE_SECONDS,
        Ahead.RING_SLOT: 0,
    }
    return {what: timedelta(seconds=seconds) for what, seconds in longest.items()}


def _open_tiers_in_time(house: House, work: Work) -> int:
    """Let tiers of open desks open as soon as any tier does, and those of closed ones when their desk opens."""
    now = house.now()
    longest = max(max(routing.tier_seconds) for routing in house.directory.routing.values())
    soon, changed = now + timedelta(seconds=longest), 0
    for desk in work.after_step.desks_that_open(soon):
        latest = soon if may_ring(house, desk) else opens_again_at(house, desk)
        changed += work.after_step.draw_in_tiers(desk, latest) if latest else 0
    return changed
