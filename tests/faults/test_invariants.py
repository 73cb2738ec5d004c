"""Each invariant holds of a good day and fails on the very thing it is there for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.faults import invariants
from tests.faults.invariants import INVARIANTS, History, broken

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def record(seconds: float, kind: str, **given: Any) -> dict:
    row = {"at": at(seconds), "kind": kind, "call_id": None, "ticket": None, "agent_id": None, "fields": {}}
    return {**row, **given}


def call_records(call: str, agent: str, offer: int, begins: float) -> list[dict]:
    """One caller: comes, waits a moment, talks for twenty seconds, is written up for thirty."""
    told = {"call_id": call, "ticket": f"T{call}"}
    mine = {**told, "agent_id": agent, "fields": {"offer": offer}}
    return [
        record(begins, "call.started", call_id=call),
        record(begins + 5, "ticket.opened", **told),
        record(begins + 5, "entry.waiting", **told),
        record(begins + 5.5, "offer.made", **mine),
        record(begins + 8, "offer.accepted", **mine),
        record(begins + 28, "call.ended", **told, fields={"outcome": "answered"}),
        record(begins + 58, "agent.idle", agent_id=agent),
    ]


def good_day() -> History:
    """Two callers, two agents of one desk, one after the other."""
    calls = {"A": ("minji", 1, 10.0), "B": ("jisu", 2, 12.0)}
    ended = {name: at(begins + 28) for name, (_, _, begins) in calls.items()}
    records = [
        record(second, "agent.presence", agent_id=agent, fields={"presence": "available"})
        for second, agent in ((0, "minji"), (1, "jisu"))
    ]
    for name, (agent, offer, begins) in calls.items():
        records += call_records(name, agent, offer, begins)
    made = {name: at(begins + 5.5) for name, (_, _, begins) in calls.items()}
    return History(
        calls=[
            {"id": name, "state": "ended", "ended_at": ended[name], "outcome": "answered", "ticket": f"T{name}"}
            for name in calls
        ],
        tickets=[{"number": f"T{name}", "call_id": name} for name in calls],
        queue_entries=[
            {"id": number, "call_id": name, "entered_at": at(begins + 5), "priority_seconds": 0, "state": "ended"}
            | {"gave_way_at": None, "gives_way_seconds": 0}
            for number, (name, (_, _, begins)) in enumerate(calls.items(), start=1)
        ],
        queue_lines=[
            {"entry_id": number, "desk": "center:ICG", "opened_at": at(begins + 5), "place": at(begins + 5)}
            for number, (_, _, begins) in enumerate(calls.values(), start=1)
        ],
        offers=[
            {
                "id": offer,
                "entry_id": offer,
                "call_id": name,
                "agent_id": agent,
                "desk": "center:ICG",
                "state": "accepted",
                "made_at": made[name],
                "ended_at": at(begins + 8),
            }
            for name, (agent, offer, begins) in calls.items()
        ],
        agents=[{"id": agent, "work_state": "idle"} for agent in ("minji", "jisu")],
        legs=[
            {"id": f"L{name}", "offer_id": offer, "state": "ended", "ended_at": ended[name]}
            for name, (_, offer, _) in calls.items()
        ],
        records=sorted(records, key=lambda row: row["at"]),
        decisions=[{"kind": "choice"}, {"kind": "choice"}, {"kind": "route"}],
        answered=frozenset(calls),
        seats={agent: frozenset({"center:ICG"}) for agent in ("minji", "jisu")},
    )


def change(rows, which, **changes) -> list[dict]:
    """Return the rows with one of them changed."""
    return [{**row, **changes} if number == which else row for number, row in enumerate(rows)]


def late(history: History, kind: str, call: str | None, seconds: float) -> History:
    """Return the day with one kind of event so much later."""
    moved = [
        {**row, "at": row["at"] + timedelta(seconds=seconds)} if (row["kind"], row["call_id"]) == (kind, call) else row
        for row in history.records
    ]
    return replace(history, records=sorted(moved, key=lambda row: row["at"]))


DAY = good_day()
WRONG = {
    "I1 one agent with two callers at once": replace(DAY, offers=change(DAY.offers, 1, agent_id="minji")),
    "I2 one caller with two agents at once": replace(DAY, offers=change(DAY.offers, 1, call_id="A")),
    "I3 a call that never ended": replace(DAY, calls=change(DAY.calls, 0, state="talking", ended_at=None)),
    "I3 a call that was answered and is nowhere": replace(DAY, answered=DAY.answered | {"C"}),
    "I3 a call that ended twice": replace(
        DAY, records=[*DAY.records, DAY.records[-1] | {"kind": "call.ended", "call_id": "A"}]
    ),
    "I4 a call with two tickets": replace(DAY, tickets=[*DAY.tickets, {"number": "T3", "call_id": "A"}]),
    "I4 a ticket that is gone": replace(DAY, tickets=DAY.tickets[:1]),
    "I5 an offer after the end": late(DAY, "offer.made", "A", 100),
    "I5 an offer that says two things": replace(DAY, offers=change(DAY.offers, 0, state="expired")),
    "I6 the later caller is offered first": replace(
        late(DAY, "offer.made", "A", 2.5),
        offers=change(DAY.offers, 0, made_at=at(18)),
        slack=timedelta(0),
    ),
    "I7 a caller waits beside an idle agent": late(DAY, "offer.made", "A", 2.4),
    "I8 an agent who never came back": replace(DAY, agents=change(DAY.agents, 0, work_state="talking")),
    "I8 an offer that rang for a minute": replace(DAY, offers=change(DAY.offers, 0, state="expired", ended_at=at(80))),
    "I8 a wrap-up that took too long": late(DAY, "agent.idle", None, 5),
    "I8 a leg that lives on": replace(DAY, legs=change(DAY.legs, 0, state="talking")),
    "I9 an outcome that was never told": replace(DAY, calls=change(DAY.calls, 0, outcome="callback")),
    "I9 an offer without its reasons": replace(DAY, decisions=DAY.decisions[:1]),
}


def test_a_good_day_breaks_nothing():
    assert broken(DAY) == []


@pytest.mark.parametrize("name", WRONG)
def test_an_invariant_fails_on_what_it_is_there_for(name):
    number = name.split()[0].lower()
    (invariant,) = (invariant for invariant in INVARIANTS if invariant.__name__.startswith(f"{number}_"))

    assert invariant(WRONG[name]), f"{invariant.__name__} sees nothing wrong"


def test_an_outage_excuses_a_wait_and_nothing_else():
    waits = WRONG["I7 a caller waits beside an idle agent"]

    excused = replace(waits, outages=[(at(14), at(18))])

    assert invariants.i7_nobody_waits_beside_an_idle_agent(waits)
    assert not invariants.i7_nobody_waits_beside_an_idle_agent(excused)


def test_every_invariant_has_its_failure():
    assert {name.split()[0] for name in WRONG} == {f"I{number}" for number in range(1, 10)}
