"""After a step of the wall clock: due times that lie further ahead than anything can last are drawn in."""

from datetime import timedelta

from agents.agent import lease
from records.record import Record
from routing.offer import DIALING_ALLOWANCE_SECONDS, PICKED_UP_SECONDS
from switchboard.house import House, log


def put_right_after_step(house: House) -> int:
    """Draw in what a clock that was set back would keep for as long; return how many rows. Run twice, it finds none."""
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
        if changed:
            work.records.append(Record("clock.put_right", now, fields={"rows": changed}))
    log.warning("clock.put_right", rows=changed)
    return changed
