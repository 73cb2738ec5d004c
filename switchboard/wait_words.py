"""What a waiting caller is told of their wait: their place, a range of minutes, and what they may do instead."""

from datetime import datetime, timedelta

from calls.answer import Say
from calls.call import Call
from directory.model import DeskId, Waiting
from routing.queue_entry import EntryState, QueueEntry
from routing.wait_estimate import Told, estimate, to_tell
from switchboard.doors import Work
from switchboard.house import House

RECENT = timedelta(hours=4)  # talks longer ago say little of those of today
MOST_TALKS = 40


def how_they_stand(house: House, work: Work, call: Call, entry: QueueEntry, waiting: Waiting) -> tuple[Say, ...]:
    """Return the caller's place and the wait to expect, neither of which ever rises; nothing while an agent rings."""
    if entry.state is not EntryState.WAITING:
        return ()
    ahead = work.queue.ahead_of(entry.id)
    place = house.say_to(call, "wait_position", ahead=ahead) if ahead else house.say_to(call, "wait_next")
    is_told = waiting.says_position and work.waits.tell_ahead(entry.id, ahead)
    return ((place,) if is_told else ()) + expected_wait(house, work, call, entry, waiting, ahead)


def expected_wait(
    house: House, work: Work, call: Call, entry: QueueEntry, waiting: Waiting, ahead: int
) -> tuple[Say, ...]:
    """Return the range of minutes, as long as there is an honest one; it never rises for one caller."""
    if not waiting.says_estimate:
        return ()
    desks = work.queue.opened_desks(entry.id)
    talks = work.waits.handlings(desks, house.now() - RECENT, MOST_TALKS)
    found = estimate(ahead, able_at(house, work, desks), talks)
    told = to_tell(found, work.waits.told(entry.id))
    if told is None:
        return ()
    work.waits.tell(entry.id, told)
    return (house.say_to(call, _range_prompt(told), least=told.least, most=told.most),)


def _range_prompt(told: Told) -> str:
    if told.least == 0:
        return "wait_within"
    return "wait_about" if told.least == told.most else "wait_range"


def able_at(house: House, work: Work, desks: frozenset[DeskId]) -> int:
    """Count the agents signed in who sit at any of these desks."""
    return sum(not desks.isdisjoint(house.desks_of(agent)) for agent in work.agents.signed_in())


def choices(house: House, call: Call, waiting: Waiting) -> tuple[Say, ...]:
    """Return which keys help one who does not want to wait."""
    match waiting.offers_callback, waiting.takes_messages:
        case True, True:
            return (house.say_to(call, "wait_choices"),)
        case True, False:
            return (house.say_to(call, "wait_choice_callback"),)
        case False, True:
            return (house.say_to(call, "wait_choice_message"),)
    return ()


def is_time_to_offer(waiting: Waiting, since: datetime, offered_at: datetime | None, now: datetime) -> bool:
    """Say whether one who has waited since then should hear their choices: once, or again after a while."""
    if offered_at is None:
        return now - since >= timedelta(seconds=waiting.offer_after_seconds)
    every = waiting.offer_every_seconds
    return every > 0 and now - offered_at >= timedelta(seconds=every)
