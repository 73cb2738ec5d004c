"""What must hold of the rows after any fault: I1 to I9 of the fault page, as pure functions over what the tables say.

Each returns what is wrong, one line for each. Times are those of the house's own clock; `slack` is how long, on that
clock, real processes may take for one step, and during `outages` nobody could have done anything.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from calls.call import Outcome
from routing.callback import is_callback

Row = Mapping[str, Any]
Span = tuple[datetime, datetime]
LIVE = {"made", "ringing"}
OUTCOMES = {str(outcome) for outcome in Outcome}
NEVER_QUEUED = {"abandoned_in_menu", "out_of_hours"}
REST_AFTER = {  # seconds, as directory/data/agent_rules.csv says
    "declined": 5,
    "no_answer": 10,
    "busy": 20,
    "unreachable": 20,
    "voicemail": 20,
    "leg_lost": 5,
}
SAME_CALLER_AGAIN_SECONDS = 60
OVER = {"offer.declined": "declined", "offer.expired": "expired", "offer.failed": "failed"}
ENDS_OF_OFFERS = {**OVER, "offer.withdrawn": "withdrawn", "offer.accepted": "accepted"}


@dataclass(frozen=True)
class History:
    """The rows of a line that has come to rest, and what of the world they are held against."""

    calls: Sequence[Row] = ()
    tickets: Sequence[Row] = ()
    queue_entries: Sequence[Row] = ()
    queue_lines: Sequence[Row] = ()
    offers: Sequence[Row] = ()
    agents: Sequence[Row] = ()
    legs: Sequence[Row] = ()
    records: Sequence[Row] = ()
    decisions: Sequence[Row] = ()
    answered: frozenset[str] = frozenset()  # CallSids whose first request we answered with 200
    seats: Mapping[str, frozenset[str]] = field(default_factory=dict)  # the desks of each agent
    ring_seconds: float = 15
    wrap_up_seconds: float = 30
    slack: timedelta = timedelta(seconds=1)
    outages: Sequence[Span] = ()


def i1_an_agent_has_one_offer_or_call(history: History) -> list[str]:
    return _overlaps(history, "agent_id", "agent")


def i2_a_call_has_one_offer_or_agent(history: History) -> list[str]:
    return _overlaps(history, "call_id", "call")


def i3_every_accepted_call_ends_once(history: History) -> list[str]:
    ends = Counter(record["call_id"] for record in history.records if record["kind"] == "call.ended")
    known = {call["id"] for call in history.calls}
    wrong = [f"I3 call {sid} was answered with 200 and is nowhere" for sid in sorted(history.answered - known)]
    for call in history.calls:
        if call["state"] == "promised":  # a callback that is owed; nobody is on the line
            continue
        if call["state"] != "ended" or call["ended_at"] is None or call["outcome"] not in OUTCOMES:
            wrong.append(f"I3 call {call['id']} is {call['state']} with outcome {call['outcome']}")
        elif ends[call["id"]] != 1:
            wrong.append(f"I3 call {call['id']} ended {ends[call['id']]} times")
    return wrong


def i4_one_ticket_for_each_call(history: History) -> list[str]:
    of_call = Counter(ticket["call_id"] for ticket in history.tickets)
    opened = Counter(record["ticket"] for record in history.records if record["kind"] == "ticket.opened")
    numbers = {ticket["number"]: ticket["call_id"] for ticket in history.tickets}
    wrong = [f"I4 call {call} has {count} tickets" for call, count in of_call.items() if count > 1]
    wrong += [f"I4 ticket {number} is of two calls" for number, n in _counted(history.tickets, "number") if n > 1]
    wrong += [f"I4 ticket {number} was opened {opened[number]} times" for number in numbers if opened[number] != 1]
    wrong += [f"I4 ticket {number} was opened and is gone" for number in opened if number not in numbers]
    for call in history.calls:
        others = is_callback(call["id"])  # a callback is about the ticket of the call before it
        if call["ticket"] is not None and numbers.get(call["ticket"]) != call["id"] and not others:
            wrong.append(f"I4 call {call['id']} says ticket {call['ticket']}, which is not its own")
    queued = {entry["call_id"] for entry in history.queue_entries}
    wrong += [
        f"I4 call {call} waited without a ticket"
        for call in sorted(queued)
        if not of_call[call] and not is_callback(call)
    ]
    return wrong


def i5_no_state_goes_backwards(history: History) -> list[str]:
    """A call starts first and ends last; an offer ends once, as its row says."""
    wrong = []
    for call, records in _by(history.records, "call_id").items():
        kinds = [record["kind"] for record in records if record["kind"].split(".")[0] != "leg"]
        if "call.started" in kinds and kinds.index("call.started") != 0:
            wrong.append(f"I5 call {call}: {kinds[0]} came before its start")
        after = kinds[kinds.index("call.ended") + 1 :] if "call.ended" in kinds else []
        late = [kind for kind in after if kind.split(".")[0] in {"call", "entry", "offer", "talk", "tier"}]
        wrong += [f"I5 call {call}: {kind} came after its end" for kind in late if kind != "call.reconciled"]
    ends = defaultdict(list)
    for record in history.records:
        if record["kind"] in ENDS_OF_OFFERS:
            ends[record["fields"]["offer"]].append(ENDS_OF_OFFERS[record["kind"]])
    for offer in history.offers:
        told = ends[offer["id"]]
        if told != ([] if offer["state"] in LIVE else [offer["state"]]):
            wrong.append(f"I5 offer {offer['id']} is {offer['state']}, its records say {told}")
    return wrong


def i6_offers_start_in_arrival_order(history: History) -> list[str]:
    """Nobody was passed by: whoever stood before at the same desk was no longer, or not yet, free to be offered."""
    lines = {(line["entry_id"], line["desk"]): line for line in history.queue_lines}
    waits = _waits(history)
    entries = {entry["id"]: entry for entry in history.queue_entries}
    plain = [entry for entry in history.queue_entries if entry["priority_seconds"] == 0]
    let_pass = _let_pass(history)
    wrong = []
    for offer in history.offers:
        mine, at = entries[offer["entry_id"]], offer["made_at"]
        if mine["priority_seconds"]:
            continue
        for other in plain:
            line = lines.get((other["id"], offer["desk"]))
            own = lines.get((mine["id"], offer["desk"]))
            if line is None or own is None or line["opened_at"] is None:
                continue
            if (_place_at(line, other, at), other["id"]) > (_place_at(own, mine, at), mine["id"]):
                continue
            since = max(line["opened_at"], other["entered_at"])
            free = any(max(start, since) + history.slack < at < end for start, end in waits[other["id"]])
            avoided = any(start <= at < end for start, end in let_pass[other["id"], offer["agent_id"]])
            if free and not avoided:
                wrong.append(
                    f"I6 offer {offer['id']} passed by entry {other['id']}, which stood before at {offer['desk']}"
                )
    return wrong


def _place_at(line: Row, entry: Row, at: datetime) -> datetime:
    """Return the place in a line as it was then: who gave way later stood before by so much."""
    gave_way_at = entry["gave_way_at"]
    later = gave_way_at is not None and at < gave_way_at
    place: datetime = line["place"]
    return place - timedelta(seconds=entry["gives_way_seconds"]) if later else place


def i7_nobody_waits_beside_an_idle_agent(history: History) -> list[str]:
    lines = _by(history.queue_lines, "entry_id")
    idle, waits, let_pass = _idle(history), _waits(history), _let_pass(history)
    wrong = []
    for entry in history.queue_entries:
        for agent, times in idle.items():
            opened = [
                line["opened_at"]
                for line in lines[entry["id"]]
                if line["opened_at"] is not None and line["desk"] in history.seats.get(agent, ())
            ]
            if not opened:
                continue
            since = min(opened)
            for wait in waits[entry["id"]]:
                for time in times:
                    both = (max(wait[0], time[0], since), min(wait[1], time[1]))
                    wrong += [
                        f"I7 entry {entry['id']} waited {until - began} beside idle {agent} from {began}"
                        for began, until in _without(both, [*history.outages, *let_pass[entry["id"], agent]])
                        if until - began > history.slack
                    ]
    return wrong


def i8_nobody_is_stuck(history: History) -> list[str]:
    """No offer outlives its time, and nobody is busy with a call that is over."""
    wrong = []
    longest = timedelta(seconds=history.ring_seconds) + history.slack
    for offer in history.offers:
        if offer["ended_at"] is None:
            wrong.append(f"I8 offer {offer['id']} still {offer['state']}")
        elif offer["state"] != "accepted":
            wrong += [
                f"I8 offer {offer['id']} rang until {until}, {until - began} too long"
                for began, until in _without((offer["made_at"] + longest, offer["ended_at"]), history.outages)
            ]
    wrong += [
        f"I8 agent {agent['id']} is {agent['work_state']} when all calls are over"
        for agent in history.agents
        if agent["work_state"] != "idle"
    ]
    wrong += [f"I8 leg {leg['id']} is {leg['state']}" for leg in history.legs if leg["state"] != "ended"]
    wrong += list(_late_wrap_ups(history))
    return wrong


def _late_wrap_ups(history: History) -> Iterator[str]:
    """Who talked is idle again when the wrap-up is over, counted from the end of their leg, or of the call before it."""
    most = timedelta(seconds=history.wrap_up_seconds) + history.slack
    by_agent = _by(history.records, "agent_id")
    lost = {(r["call_id"], r["agent_id"]) for r in history.records if r["kind"] == "entry.put_back"}
    for offer in (offer for offer in history.offers if offer["state"] == "accepted"):
        if (offer["call_id"], offer["agent_id"]) in lost:
            continue
        end = _over_at(history, offer)
        idle = next(
            (r["at"] for r in by_agent[offer["agent_id"]] if r["kind"] == "agent.idle" and r["at"] >= end), None
        )
        if idle is None:
            yield f"I8 agent {offer['agent_id']} never came back from call {offer['call_id']}"
        else:
            for left in _without((end + most, idle), history.outages):
                yield f"I8 agent {offer['agent_id']} came back {left[1] - left[0]} too late from call {offer['call_id']}"


def i9_the_sums_agree(history: History) -> list[str]:
    calls = Counter(call["outcome"] for call in history.calls)
    told = Counter(r["fields"]["outcome"] for r in history.records if r["kind"] == "call.ended")
    wrong = [] if calls == told else [f"I9 outcomes of calls {dict(calls)}, of the records {dict(told)}"]
    queued = {entry["call_id"] for entry in history.queue_entries}
    outcomes = Counter(call["outcome"] for call in history.calls if call["id"] in queued)
    if outcomes.total() != len(queued) or NEVER_QUEUED & set(outcomes):
        wrong.append(f"I9 {len(queued)} were queued, they ended as {dict(outcomes)}")
    offers = Counter(offer["state"] for offer in history.offers if offer["state"] not in LIVE)
    ends = Counter(ENDS_OF_OFFERS[r["kind"]] for r in history.records if r["kind"] in ENDS_OF_OFFERS)
    if offers != ends:
        wrong.append(f"I9 offers {dict(offers)}, their records {dict(ends)}")
    made = sum(r["kind"] == "offer.made" for r in history.records)
    reasons = sum(decision["kind"] == "choice" for decision in history.decisions)
    if not made == reasons == len(history.offers):
        wrong.append(f"I9 {len(history.offers)} offers, {made} records of them, {reasons} decisions")
    return wrong


INVARIANTS: tuple[Callable[[History], list[str]], ...] = (
    i1_an_agent_has_one_offer_or_call,
    i2_a_call_has_one_offer_or_agent,
    i3_every_accepted_call_ends_once,
    i4_one_ticket_for_each_call,
    i5_no_state_goes_backwards,
    i6_offers_start_in_arrival_order,
    i7_nobody_waits_beside_an_idle_agent,
    i8_nobody_is_stuck,
    i9_the_sums_agree,
)


def broken(history: History) -> list[str]:
    """Return everything that does not hold."""
    return [problem for invariant in INVARIANTS for problem in invariant(history)]


def _overlaps(history: History, who: str, name: str) -> list[str]:
    number = {"agent": "I1", "call": "I2"}[name]
    busy: dict[str, list[tuple[datetime, datetime, int]]] = defaultdict(list)
    for offer in history.offers:
        busy[offer[who]].append((offer["made_at"], _over_at(history, offer), offer["id"]))
    wrong = []
    for one, times in busy.items():
        times.sort()
        for (_, end, first), (start, _, second) in pairwise(times):
            if start < end:
                wrong.append(f"{number} {name} {one} had offers {first} and {second} at once, at {start}")
    return wrong


def _over_at(history: History, offer: Row) -> datetime:
    """Return when an offer, or the talk it led to, was over."""
    never = datetime.max.replace(tzinfo=offer["made_at"].tzinfo)
    if offer["state"] != "accepted":
        return offer["ended_at"] or never
    legs = [leg["ended_at"] or never for leg in history.legs if leg["offer_id"] == offer["id"]]
    calls = [call["ended_at"] or never for call in history.calls if call["id"] == offer["call_id"]]
    return min([*legs, *calls], default=never)


def _waits(history: History) -> dict[int, list[Span]]:
    """Return when each entry waited with nobody offered, by its records."""
    entry_of = {entry["call_id"]: entry["id"] for entry in history.queue_entries}
    waits: dict[int, list[Span]] = defaultdict(list)
    for call, records in _by(history.records, "call_id").items():
        since = None
        for record in records:
            if call not in entry_of:  # its place has become a callback
                break
            starts = record["kind"] in {"entry.waiting", "entry.put_back", "entry.sent_back", *OVER}
            if starts and since is None:
                since = record["at"]
            elif since is not None and record["kind"] in {"offer.made", "call.ended", "callback.promised"}:
                waits[entry_of[call]].append((since, record["at"]))
                since = None
    return waits


def _idle(history: History) -> dict[str, list[Span]]:
    """Return when each agent could have been offered a call, by their records."""
    end = max((record["at"] for record in history.records), default=None)
    idle: dict[str, list[Span]] = {}
    for agent, records in _by(history.records, "agent_id").items():
        times: list[Span] = []
        since, available = None, False
        for record in records:
            kind, at = record["kind"], record["at"]
            if kind == "agent.presence":
                available = record["fields"]["presence"] == "available"
                since = (since or at) if available else _closed(times, since, at)
            elif kind in {"offer.made", "agent.put_on_break"}:
                available = available and kind == "offer.made"
                since = _closed(times, since, at)
            elif available and kind in {"agent.idle", "offer.withdrawn", "entry.put_back", *OVER}:
                event = "leg_lost" if kind == "entry.put_back" else record["fields"].get("event")
                since = at + timedelta(seconds=REST_AFTER.get(event, 0))
        _closed(times, since, end)
        idle[agent] = times
    return idle


def _closed(times: list[Span], since: datetime | None, at: datetime | None) -> None:
    if since is not None and at is not None and since < at:
        times.append((since, at))


def _let_pass(history: History) -> dict[tuple[int, str], list[Span]]:
    """Return when an agent was not to be offered an entry they had let pass."""
    passes: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for offer in history.offers:
        if offer["state"] in OVER.values() and offer["ended_at"]:
            until = offer["ended_at"] + timedelta(seconds=SAME_CALLER_AGAIN_SECONDS) + history.slack
            passes[offer["entry_id"], offer["agent_id"]].append((offer["ended_at"], until))
    return passes


def _without(span: Span, holes: Iterable[Span]) -> list[Span]:
    """Return what is left of a span outside the holes."""
    left = [span] if span[0] < span[1] else []
    for start, end in holes:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return left


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[column] is not None:
            grouped[row[column]].append(row)
    return grouped


def _counted(rows: Iterable[Row], column: str) -> Iterable[tuple[Any, int]]:
    return Counter(row[column] for row in rows).items()
