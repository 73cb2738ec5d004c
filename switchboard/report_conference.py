"""The carrier reports who joined and left a talk."""

from datetime import timedelta

from calls.call import CallId, CallState
from calls.leg import LegEvent
from records.record import Record
from switchboard.house import House, log
from switchboard.lose_agent import lose_leg

SECONDS_FOR_THE_TICKET_NUMBER = 4  # a caller is not moved in before they have heard it, however fast the agent was
JOINED = "participant-join"
LEFT = "participant-leave"
CLOSED_BY_THE_CALLER = frozenset({"moderator_ended_conference", "conference_ended_via_api"})


def report_conference(house: House, event: str, party: CallId, why_left: str) -> None:
    """Move the caller in when the agent has joined; an agent who left for good is looked into."""
    if event == JOINED:
        _agent_joined(house, party)
    elif event == LEFT and why_left not in CLOSED_BY_THE_CALLER:
        lose_leg(house, party, why_left or "left the conference")


def _agent_joined(house: House, party: CallId) -> None:
    with house.store.work() as work:
        leg = work.legs.get(party)
        if leg is None or not work.legs.move(leg.id, LegEvent.JOINED, house.now()):
            return
        call = work.calls.get(leg.call_id)
        if call is None or call.state is not CallState.TALKING:
            return
        entry = work.queue.of_call(call.id)
        heard_at = (entry.entered_at if entry else house.now()) + timedelta(seconds=SECONDS_FOR_THE_TICKET_NUMBER)
        starts_at = max(house.now(), heard_at)
        work.commands.add("move", call.id, str(call.turn + 1), house.now(), starts_at=starts_at)
        work.records.append(Record("talk.started", house.now(), call=call.id, ticket=call.ticket, agent=leg.agent_id))
    log.info("talk.started", call=leg.call_id, agent=leg.agent_id)
