"""The agent ends the talk: the call was answered, the wrap-up begins, and the caller is asked one thing more."""

from calls.call import CallEvent, CallId, Outcome
from calls.talk_rights import require_right
from directory.model import AgentId
from records.record import Record
from routing.queue_entry import EntryEvent
from switchboard.ask_satisfaction import QUESTION
from switchboard.choose_agents import choose_agents
from switchboard.control_talk import talk_of
from switchboard.end_call import release_agent
from switchboard.house import House, log


def end_talk(house: House, call_id: CallId, by: AgentId, *, supervisor: bool = False) -> None:
    """End a talk: the agent is free at once, the caller hears one question more. Raises NoTalk, also the second time.

    Raises NotYourTalk for anyone but its agent or a supervisor.
    """
    now = house.now()
    with house.store.work() as work:
        call, leg = talk_of(work, call_id)
        require_right(leg, by, supervisor=supervisor)
        work.calls.move(call.id, CallEvent.TALK_OVER, Outcome.ANSWERED)
        work.calls.owe(call.id, QUESTION)
        work.commands.add("move", call.id, str(call.turn + 1), now)
        entry = work.queue.of_call(call.id)
        if entry:
            work.queue.move(entry.id, EntryEvent.GONE, now)
        release_agent(house, work, call)
        fields = {"by": by}
        work.records.append(
            Record("talk.ended_by_agent", now, call=call.id, ticket=call.ticket, agent=leg.agent_id, fields=fields)
        )
    log.info("talk.ended_by_agent", call=call_id, agent=leg.agent_id, by=by)
    choose_agents(house)
