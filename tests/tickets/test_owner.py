"""One owner, and a company that is not sent round."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import AgentId, DeskId
from tickets.life import DONE, TicketState
from tickets.owner import TooManyHandovers, is_handover, owned_by
from tickets.ticket import NotNow
from tickets.written import CaseError

ICG, SEL = DeskId("center:ICG"), DeskId("center:SEL")


def handed(ticket, desk, agent, most=3, *, supervisor=False):
    return owned_by(ticket, desk, AgentId(agent) if agent else None, most, supervisor=supervisor)


def test_a_case_has_the_owner_it_was_given(ticket):
    owned = handed(ticket, SEL, "sel_1")

    assert (owned.desk, owned.agent, owned.state, owned.handovers) == (SEL, "sel_1", TicketState.ASSIGNED, 1)


def test_somebody_of_the_desk_taking_it_up_is_no_hand_over(ticket):
    at_the_desk = replace(ticket, agent=None)

    assert not is_handover(at_the_desk, ICG, AgentId("icg_2"))
    assert is_handover(ticket, ICG, AgentId("icg_2"))
    assert is_handover(at_the_desk, SEL, None)
    assert is_handover(ticket, ICG, None)


def test_the_same_owner_again_is_refused(ticket):
    with pytest.raises(CaseError, match="icg_1 owns it already"):
        handed(ticket, ICG, "icg_1")


@pytest.mark.parametrize("state", [TicketState.IN_PROGRESS, TicketState.REFERRED, TicketState.ANSWERED])
def test_work_under_way_goes_on_with_the_new_owner(ticket, state):
    assert handed(replace(ticket, state=state), ICG, "icg_2").state is state


@pytest.mark.parametrize("state", sorted(DONE))
def test_a_case_that_is_done_gets_no_owner(ticket, state):
    with pytest.raises(NotNow, match=f"is {state}: it cannot be assigned"):
        handed(replace(ticket, state=state), ICG, "icg_2")


@given(st.lists(st.sampled_from(["icg_1", "icg_2", "sel_1"]), max_size=12), st.integers(0, 4))
def test_a_company_is_never_sent_round_more_often_than_the_cap(ticket, owners, most):
    handovers = 0
    for agent in owners:
        desk = SEL if agent.startswith("sel") else ICG
        if (desk, agent) == (ticket.desk, ticket.agent):
            continue
        if handovers < most:
            ticket = handed(ticket, desk, agent, most)
            handovers += 1
            continue
        with pytest.raises(TooManyHandovers, match=f"{handovers} times, where {most} is the most .*--supervisor"):
            handed(ticket, desk, agent, most)
    assert ticket.handovers == handovers <= most


def test_a_supervisor_may_hand_over_once_more_and_the_cap_holds_again(ticket):
    worn = replace(ticket, handovers=3)

    once_more = handed(worn, SEL, "sel_1", supervisor=True)

    assert once_more.handovers == 4
    with pytest.raises(TooManyHandovers):
        handed(once_more, ICG, "icg_1")


def test_taking_up_a_worn_case_at_its_own_desk_needs_no_supervisor(ticket):
    assert handed(replace(ticket, agent=None, handovers=3), ICG, "icg_2").agent == "icg_2"
