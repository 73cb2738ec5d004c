"""Who may do what is one table: what stands there may be done, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.rights import MAY, Act, NotAllowed, Reach, require
from directory.codes import AgentId, DeskId
from directory.people import Person, Role

ME, OTHER = AgentId("me"), AgentId("other")
MINE, THEIRS = DeskId("institute:KITECH"), DeskId("center:ICG")


def may(role, act, desk=None, owner=None) -> bool:
    try:
        require(ME, Person(ME, role, frozenset({MINE})), act, desk=desk, owner=owner)
    except NotAllowed:
        return False
    return True


def test_every_role_has_its_row():
    assert set(MAY) == set(Role)


@given(st.sampled_from(Role), st.sampled_from(Act), st.sampled_from([MINE, THEIRS, None]), st.sampled_from([ME, OTHER]))
def test_somebody_may_do_what_the_table_says_and_of_their_own_alone_where_it_says_so(role, act, desk, owner):
    reach = MAY[role].get(act)

    assert may(role, act, desk, owner) == (reach is Reach.ALL or (reach is Reach.OWN and (desk == MINE or owner == ME)))


@pytest.mark.parametrize("act", [Act.CHANGE_PRIORITY, Act.HAND_ON_WORN_CASE])
def test_only_a_supervisor_decides_over_others(act):
    assert [role for role in Role if may(role, act, MINE, ME)] == [Role.SUPERVISOR]


@pytest.mark.parametrize("act", Act)
def test_who_reads_changes_nothing_and_who_is_unknown_does_nothing(act):
    assert not may(Role.MINISTRY, act, MINE, ME)
    with pytest.raises(NotAllowed, match='"me" is not on the staff'):
        require(ME, None, act)
