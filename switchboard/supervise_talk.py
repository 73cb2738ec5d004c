"""A supervisor listens to a talk, whispers to its agent, speaks to both, and leaves again."""

from agents.station import Station
from calls.call import CallId
from calls.talk_rights import NoTalk, NotYourTalk, require_supervisor
from calls.talk_supervision import Supervised, Supervising, SupervisorEvent
from directory.model import AgentId
from records.life import IllegalMove
from records.record import Record
from switchboard.control_talk import talk_of
from switchboard.house import House, log
from switchboard.report_status import OVER

JOINED = "in-progress"


def supervise_talk(
    house: House, call_id: CallId, mode: Supervising, by: AgentId, station: Station, *, supervisor: bool
) -> int:
    """Call a supervisor into a talk, or change what they do in it, and return the supervision's id.

    Raises NoTalk, NotYourTalk, or IllegalMove when they do that already.
    """
    now = house.now()
    with house.store.work() as work:
        call, leg = talk_of(work, call_id)
        require_supervisor(leg, by, supervisor=supervisor)
        found = work.supervisions.present(call_id, by)
        if found is not None and found.agent_leg == leg.id:
            if not work.supervisions.change_mode(found.id, mode):
                raise IllegalMove(f"{by} is there: cannot {mode} a second time")
            work.commands.add("change_supervising", call.id, str(found.id), now)
        else:
            if found is not None:  # of a talk before this one, whose end was never told
                work.supervisions.move(found.id, SupervisorEvent.GONE, now)
            found = work.supervisions.begin(call.id, leg.id, by, str(station), mode, now)
            if found is None:
                raise IllegalMove(f"{by} is being called already: cannot {mode}")
            work.commands.add("supervise", call.id, str(found.id), now)
        fields = {"by": by, "supervision": found.id}
        record = Record(f"talk.{mode}", now, call=call.id, ticket=call.ticket, agent=leg.agent_id, fields=fields)
        work.records.append(record)
    log.info(f"talk.{mode}", call=call_id, agent=leg.agent_id, by=by)
    return found.id


def remove_from_talk(house: House, call_id: CallId, supervision_id: int, by: AgentId, *, supervisor: bool) -> None:
    """Take a supervisor out of a talk: themselves, or another one. Caller and agent are never removed: a talk is ended.

    Raises NotYourTalk, or NoTalk when that supervisor is not there.
    """
    now = house.now()
    with house.store.work() as work:
        found = work.supervisions.get(supervision_id)
        if found is None or found.call_id != call_id or found.state is Supervised.OVER:
            raise NoTalk(f"supervision {supervision_id} is not going on in call {call_id}")
        if not supervisor:
            raise NotYourTalk(f"{by} is no supervisor")
        work.supervisions.move(found.id, SupervisorEvent.GONE, now)
        if found.leg_id is not None:
            kind = "remove" if found.state is Supervised.PRESENT else "end"  # who only rings is no participant yet
            work.commands.add(kind, call_id, found.leg_id, now)
        fields = {"by": by, "supervision": found.id, "supervisor": found.supervisor}
        work.records.append(Record("talk.supervisor_removed", now, call=call_id, fields=fields))
    log.info("talk.supervisor_removed", call=call_id, supervisor=found.supervisor, by=by)


def report_supervision(house: House, supervision_id: int, leg_id: CallId, status: str) -> None:
    """Take the carrier's report of a supervisor's leg; one that nobody wants any more is ended."""
    now = house.now()
    with house.store.work() as work:
        found = work.supervisions.get(supervision_id)
        if found is None:
            log.warning("supervision.unknown", supervision=supervision_id, leg=leg_id)
            return
        work.supervisions.bind(supervision_id, leg_id)
        if status == JOINED and work.supervisions.move(supervision_id, SupervisorEvent.JOINED, now):
            work.commands.add("change_supervising", found.call_id, str(found.id), now)  # they may have chosen meanwhile
        elif status in OVER and work.supervisions.move(supervision_id, SupervisorEvent.GONE, now):
            fields = {"supervision": found.id, "status": status}
            work.records.append(Record("talk.supervisor_left", now, call=found.call_id, fields=fields))
        elif status not in OVER and found.state is Supervised.OVER and not work.commands.has("end", leg_id):
            work.commands.add("end", found.call_id, leg_id, now)
