"""Somebody hears what was recorded in a case: only with a right to and a reason, and it is written down.

What is given is the carrier's id of the recording. It stands in no report: there is no other way to it than this one.
"""

from collections.abc import Sequence
from enum import StrEnum

from agents.rights import Act, NotAllowed
from directory.codes import AgentId
from routing.callback import callback_of
from switchboard.acting import check_right, refusals_kept
from switchboard.change_case import known_ticket, record
from switchboard.doors import Recording, Work
from switchboard.house import House
from tickets.number import TicketNumber
from tickets.ticket import Ticket
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

    Whoever took the task of a message may hear that one, also before they own the case; each hearing is recorded.
    """
    act, why = Act.HEAR_RECORDING, written("reason", reason)
    with refusals_kept(house, by, act, number), house.store.work() as work:
        ticket = known_ticket(work, number)
        of_ticket = work.recordings.of_ticket(number)
        known = _may_be_heard(house, work, ticket, [one for one in of_ticket if what_it_is(one) is what], by)
        ready = [one for one in known if one.state == READY]
        if not ready:
            states = ", ".join(one.state for one in known) or "there is none"
            raise CaseError(f"{number}: no {what} can be heard ({states})")
        for one in ready:
            record(house, work, ticket, "recording.heard", by, recording=one.id, what=what, reason=why)
        return ready


def _may_be_heard(
    house: House, work: Work, ticket: Ticket, known: Sequence[Recording], by: AgentId
) -> Sequence[Recording]:
    """Return what of a case they may hear: all of a case of their own, else the messages whose tasks they took."""
    try:
        check_right(house, by, Act.HEAR_RECORDING, ticket.desk, ticket.agent)
    except NotAllowed:
        theirs = [one for one in known if _took_task(work, one, by)]
        if not theirs:
            raise
        check_right(house, by, Act.HEAR_RECORDING, ticket.desk, owner=by)
        return theirs
    return known


def _took_task(work: Work, recording: Recording, by: AgentId) -> bool:
    """Say whether somebody was the last to take the task that a call's message made."""
    if what_it_is(recording) is not What.MESSAGE:
        return False
    offer = work.offers.accepted_of_call(callback_of(recording.call_id))
    return offer is not None and offer.agent_id == by
