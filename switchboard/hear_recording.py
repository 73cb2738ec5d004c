"""Somebody hears what was recorded in a case: only with a right to and a reason, and it is written down.

What is given is the carrier's id of the recording. It stands in no report: there is no other way to it than this one.
"""

from collections.abc import Sequence
from enum import StrEnum

from agents.rights import Act
from directory.codes import AgentId
from routing.callback import callback_of
from switchboard.acting import check_right, refusals_kept
from switchboard.change_case import known_ticket, record
from switchboard.doors import Recording, Work
from switchboard.house import House
from tickets.number import TicketNumber
from tickets.written import CaseError, written

READY = "completed"
AT_THE_TONE = "RecordVerb"  # the source of what a caller says when nobody is there


class What(StrEnum):
    MESSAGE = "message"  # left by the caller: instead of waiting, out of hours, or as a note
    TALK = "talk"


def what_it_is(recording: Recording) -> What:
    return What.MESSAGE if recording.source == AT_THE_TONE else What.TALK


def hear_recordings(house: House, number: TicketNumber, what: What, by: AgentId, reason: str) -> Sequence[Recording]:
    """Return a case's messages, or its talks, to somebody who may hear them. Raises NotAllowed or CaseError.

    Whoever took the task of a message may hear it, also before they own the case; each hearing is recorded.
    """
    act, why = Act.HEAR_RECORDING, written("reason", reason)
    with refusals_kept(house, by, act, number), house.store.work() as work:
        ticket = known_ticket(work, number)
        known = [one for one in work.recordings.of_ticket(number) if what_it_is(one) is what]
        took_task = any(_took_task(work, one, by) for one in known)
        check_right(house, by, act, ticket.desk, by if took_task else ticket.agent)
        ready = [one for one in known if one.state == READY]
        if not ready:
            states = ", ".join(one.state for one in known) or "there is none"
            raise CaseError(f"{number}: no {what} can be heard ({states})")
        for one in ready:
            record(house, work, ticket, "recording.heard", by, recording=one.id, what=what, reason=why)
        return ready


def _took_task(work: Work, recording: Recording, by: AgentId) -> bool:
    """Say whether somebody was the last to take the task that a call's message made."""
    offer = work.offers.accepted_of_call(callback_of(recording.call_id))
    return offer is not None and offer.agent_id == by
