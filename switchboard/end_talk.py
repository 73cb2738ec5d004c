"""The agent ends the talk: the caller is not put back, the call was answered, and the wrap-up begins."""

from calls.call import CallId
from calls.talk_rights import require_right
from directory.model import AgentId
from records.record import Record
from switchboard.control_talk import talk_of
from switchboard.end_call import end_call
from switchboard.house import House, log

ENDED_BY_AGENT = "ended by the agent"


def end_talk(house: House, call_id: CallId, by: AgentId, *, supervisor: bool = False) -> None:
    """End a talk for the caller and the agent. Raises NoTalk, also the second time, or NotYourTalk.

    The wish is kept first: should we stop before the call is ended in the rows, the carrier's report of it ends it.
    """
    now = house.now()
    with house.store.work() as work:
        call, leg = talk_of(work, call_id)
        require_right(leg, by, supervisor=supervisor)
        work.commands.add("end", call.id, call.on_the_line, now, leg.offer_id)
        fields = {"by": by}
        work.records.append(
            Record("talk.ended_by_agent", now, call=call.id, ticket=call.ticket, agent=leg.agent_id, fields=fields)
        )
    log.info("talk.ended_by_agent", call=call_id, agent=leg.agent_id, by=by)
    end_call(house, call_id, ENDED_BY_AGENT)
