"""An agent holds the caller, mutes themselves, or pauses the recording; a supervisor may do it for them."""

from calls.call import Call, CallId
from calls.leg import Leg
from calls.talk import Control, TalkState
from calls.talk_rights import NoTalk, require_right, require_talk
from directory.model import AgentId
from records.life import IllegalMove
from records.record import Record
from switchboard.doors import Work
from switchboard.house import House, log


def control_talk(
    house: House, call_id: CallId, control: Control, by: AgentId, *, supervisor: bool = False
) -> TalkState:
    """Change how a talk stands and ask the carrier for it after the commit.

    Raises NoTalk, NotYourTalk, or IllegalMove when the talk stands so already: a second click changes nothing.
    """
    now = house.now()
    with house.store.work() as work:
        call, leg = talk_of(work, call_id)
        require_right(leg, by, supervisor=supervisor)
        after = leg.talk.after(control)
        if not work.legs.control(leg.id, control):
            raise IllegalMove(f"the talk changed meanwhile: cannot {control}")
        work.commands.add(str(control), call.id, leg.id, now, leg.offer_id)
        fields = {"by": by} if by != leg.agent_id else {}
        record = Record(f"talk.{control}", now, call=call.id, ticket=call.ticket, agent=leg.agent_id, fields=fields)
        work.records.append(record)
    log.info(f"talk.{control}", call=call_id, agent=leg.agent_id, by=by)
    return after


def talk_of(work: Work, call_id: CallId) -> tuple[Call, Leg]:
    """Return a call, locked, and the agent's leg that talks in it; raise NoTalk when nobody does."""
    call = work.calls.get(call_id)
    if call is None:
        raise NoTalk(f"call {call_id} is not known: nobody is talking")
    offer = work.offers.accepted_of_call(call_id)
    return call, require_talk(call.state, work.legs.of_offer(offer.id) if offer else None)
