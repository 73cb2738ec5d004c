"""A past day made playable: what the rows do not tell is filled in, and said.

Known are arrivals, talks and wrap-ups of the answered, patience of those who gave up, offers let pass, and presences.
Not known, and filled in by draws that come out the same each time:
- how long somebody who was answered, or promised a callback, would have waited on: as long as they did and then an
  exponential time, whose mean is all the waiting of the day over the number who gave up (the likeliest, with those who
  were answered counted as cut off). Nobody waits longer than the line lets them.
- how long the talk of somebody who was not answered would have been: as one of the day's talks.
"""

import random
import statistics
from collections.abc import Iterator, Sequence
from datetime import datetime

from directory.model import AgentId, Directory
from routing.engine import Entry
from routing.route import CLOSED, plan_route
from whatif.day import Caller, Day, Ringing, Shift
from whatif.demand import homes_of
from whatif.past import Past, PastCaller, PastPresence
from whatif.playing import Fate, Played, staffed_seconds

USUAL_TALK_SECONDS = 360  # where nobody was answered all day

LONGEST_WAIT_SECONDS = 300.0  # then a callback is promised, unless a desk says otherwise


def playable(past: Past, directory: Directory, starts_at: datetime, ends_at: datetime) -> Day:
    """Return a past day with the routes, desks and people of a directory; who is not on its staff was not there."""
    talks = [seconds for caller in past.callers if (seconds := _talk_seconds(caller)) is not None]
    mean_patience = _mean_patience(past.callers)
    everywhere = dict.fromkeys(directory.desks, 1)  # an empty desk is passed over as the day goes, by who is there
    callers = []
    for caller in past.callers:
        chance = random.Random(caller.entry_id)  # noqa: S311 (the same at each replay)
        route = plan_route(caller.intake, directory, everywhere, caller.entered_at)
        tiers = tuple(tier.desks for tier in route.tiers if tier.skipped != CLOSED)
        if tiers:
            entry = Entry(caller.entry_id, caller.entered_at, tiers, caller.priority_seconds)
            talk = _talk_seconds(caller)
            handle = talk if talk is not None else chance.choice(talks or [USUAL_TALK_SECONDS])
            patience = _patience_seconds(caller, mean_patience, chance)
            callers.append(Caller(entry, caller.intake.region, handle, patience, caller.unanswered))
    shifts = tuple(shift for shift in _shifts(past.presences, starts_at, ends_at) if shift.agent in directory.staff)
    rings = [caller.ring_seconds for caller in past.callers if caller.ring_seconds is not None]
    ringing = Ringing(answer_seconds=statistics.median(rings) if rings else 0)
    return Day(tuple(callers), shifts, homes_of(directory), ringing)


def as_it_was(past: Past, day: Day) -> Played:
    """Return what really became of a day, to be measured as a played one."""
    known = {caller.entry.id: caller for caller in day.callers}
    played = Played(day.homes, staffed_seconds=staffed_seconds(day))
    for was in past.callers:
        if was.entry_id in known:
            waited = ((was.answered_at or was.left_at) - was.entered_at).total_seconds()
            agent = was.agent if was.answered_at else None
            played.fates.append(Fate(known[was.entry_id], waited, agent))
            if agent:
                busy = played.busy_seconds.get(agent, 0) + known[was.entry_id].handle_seconds
                played.busy_seconds[agent] = busy
    return played


def _talk_seconds(caller: PastCaller) -> float | None:
    if caller.answered_at is None or caller.free_at is None:
        return None
    return (caller.free_at - caller.answered_at).total_seconds()


def _mean_patience(callers: Sequence[PastCaller]) -> float | None:
    """Return the likeliest mean patience, or None where nobody gave up."""
    waited = sum(((caller.answered_at or caller.left_at) - caller.entered_at).total_seconds() for caller in callers)
    gave_up = sum(caller.gave_up for caller in callers)
    return waited / gave_up if gave_up and waited else None


def _patience_seconds(caller: PastCaller, mean: float | None, chance: random.Random) -> float:
    waited = ((caller.answered_at or caller.left_at) - caller.entered_at).total_seconds()
    if caller.gave_up:
        return waited
    more = chance.expovariate(1 / mean) if mean else LONGEST_WAIT_SECONDS
    return max(min(waited + more, LONGEST_WAIT_SECONDS), waited)


def _shifts(presences: Sequence[PastPresence], starts_at: datetime, ends_at: datetime) -> Iterator[Shift]:
    """Yield when each agent took calls within a day."""
    since: dict[AgentId, datetime] = {}
    for change in (change for change in presences if change.at < ends_at):
        if change.available:
            since.setdefault(change.agent, change.at)
        elif change.agent in since:
            began = max(since.pop(change.agent), starts_at)
            if began < change.at:
                yield Shift(change.agent, began, change.at)
    yield from (Shift(agent, max(began, starts_at), ends_at) for agent, began in since.items())
