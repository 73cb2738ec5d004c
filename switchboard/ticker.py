"""The ticker: whatever has fallen due is done, by whichever process looks first; each row is claimed as it is done."""

from collections.abc import Callable
from datetime import datetime

from switchboard.choose_agents import choose_agents
from switchboard.end_attempt import lapse_attempts
from switchboard.end_offer import lapse_offer
from switchboard.give_way import let_give_way
from switchboard.house import House
from switchboard.leases import look_into_leases
from switchboard.lose_agent import put_back_due
from switchboard.open_tiers import close_due_tiers, open_due_tiers
from switchboard.promise_callback import wake_callbacks
from switchboard.send_commands import send_commands
from switchboard.watch_cases import watch_cases
from switchboard.watch_station import lose_stations
from switchboard.wrap_up import finish_wrap_ups

MOST_PASSES = 10


def next_due(house: House) -> datetime | None:
    """Return when the ticker is wanted next, which may be now; None when nothing waits for a time."""
    with house.store.reading() as work:
        return work.next_due()


def run_due(house: House, send: Callable[[House], None] = send_commands, *, expires: bool = True) -> None:
    """Do everything that is due, and what falls due by doing it; `send` sees to the commands for the carrier.

    While the clock cannot be believed nothing expires, but callers are still put back, chosen for and connected.
    """
    for _ in range(MOST_PASSES):  # a row may stay due because somebody else is at it; the next look comes soon
        due = next_due(house)
        if due is None or due > house.now():
            return
        if expires:
            _expire(house)
        put_back_due(house)
        choose_agents(house)
        send(house)
        if expires:
            watch_cases(house)  # cases take days: callers come first
        else:
            return


def _expire(house: House) -> None:
    with house.store.reading() as work:
        lapsed = work.offers.due(house.now())
    for offer in lapsed:
        lapse_offer(house, offer.id)
    with house.store.choosing() as work:  # these lock many rows, as choosing does; one at a time never waits in a ring
        finish_wrap_ups(house, work)
        work.agents.end_rests(house.now())
        work.offers.forget_passes(house.now())
        lose_stations(house, work)
        look_into_leases(house, work)
        wake_callbacks(house, work)
        let_give_way(house, work)  # entries before their lines, as whoever moves an entry locks them
        open_due_tiers(house, work)
        close_due_tiers(house, work)
    lapse_attempts(house)
